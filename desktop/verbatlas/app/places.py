"""Where the program keeps what is the person's own: preferences and the log."""

import os
from pathlib import Path

import platformdirs

from verbatlas.shared_settings import CONFIG_VARIABLE, config_folder


def preferences_file() -> Path:
    """Return the file of the preferences; it need not exist."""
    return config_folder() / "verbatlas.ini"


def log_folder() -> Path:
    """Return the folder of the log files; it need not exist."""
    override = os.environ.get(CONFIG_VARIABLE)
    return Path(override) / "logs" if override else platformdirs.user_log_path("verbatlas", appauthor=False)
