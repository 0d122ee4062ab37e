"""What a person has set for every process of ours at once: each open window, what works behind it, the command line.

It lies in one small file, which each of them reads at the moment when it matters, so that a change holds at once and
everywhere.
"""

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import platformdirs

from verbatlas.errors import Problem, UserError
from verbatlas.small_files import write_small

# Tests, screenshots and people who carry the program on a stick set this to keep their own folder untouched.
CONFIG_VARIABLE = "VERBATLAS_CONFIG_DIR"


@dataclass(frozen=True, slots=True)
class SharedSettings:
    """What holds in every process.

    Attributes:
        is_offline: Whether nothing beyond this computer may be reached.
        cache_bytes: How large the vector cache may become, 0 for none; None for as much as it comes with.
    """

    is_offline: bool = False
    cache_bytes: int | None = None


def config_folder() -> Path:
    """Return the folder of what is the person's own; it need not exist."""
    override = os.environ.get(CONFIG_VARIABLE)
    return Path(override) if override else platformdirs.user_config_path("verbatlas", appauthor=False)


def shared_settings_file() -> Path:
    """Return the file of these settings; it need not exist."""
    return config_folder() / "shared.json"


def shared_settings() -> SharedSettings:
    """Return what is set at this moment; the default for what is absent or damaged."""
    try:
        saved = json.loads(shared_settings_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return SharedSettings()
    if not isinstance(saved, dict):
        return SharedSettings()
    is_offline, cache_bytes = saved.get("is_offline"), saved.get("cache_bytes")
    # JSON's true is a whole number to Python.
    is_size = isinstance(cache_bytes, int) and not isinstance(cache_bytes, bool) and cache_bytes >= 0
    return SharedSettings(is_offline=is_offline is True, cache_bytes=cache_bytes if is_size else None)


def change_shared(**changes: Any) -> SharedSettings:
    """Set some fields of :class:`SharedSettings`, leave the others as they are at this moment, and return all.

    Raises:
        UserError: The file cannot be written, and nothing is changed (OUTPUT_UNWRITABLE).
    """
    settings, path = replace(shared_settings(), **changes), shared_settings_file()
    try:
        write_small(path, json.dumps(asdict(settings)))
    except OSError as error:
        raise UserError(Problem.OUTPUT_UNWRITABLE, path=path, reason=error.strerror or str(error)) from error
    return settings
