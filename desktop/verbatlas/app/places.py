"""Where the program keeps what is the person's own: preferences and the log."""

import os
from pathlib import Path

import platformdirs

# Tests, screenshots and people who carry the program on a stick set this to keep their own folder untouched.
CONFIG_VARIABLE = "VERBATLAS_CONFIG_DIR"


def preferences_file() -> Path:
    """Return the file of the preferences; it need not exist."""
    return _own_folder(platformdirs.user_config_path("verbatlas", appauthor=False)) / "verbatlas.ini"


def log_folder() -> Path:
    """Return the folder of the log files; it need not exist."""
    override = os.environ.get(CONFIG_VARIABLE)
    return Path(override) / "logs" if override else platformdirs.user_log_path("verbatlas", appauthor=False)


def _own_folder(usual: Path) -> Path:
    override = os.environ.get(CONFIG_VARIABLE)
    return Path(override) if override else usual
