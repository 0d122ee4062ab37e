"""The libraries and programs of the operating system that Qt's windows and the tests need on Linux."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence

# What Qt's xcb and offscreen plug-ins load (ldd), and the Debian package that has it; programs have no ".so".
FOR_WINDOWS = (
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-sync.so.1", "libxcb-sync1"),
    ("libxcb-xfixes.so.0", "libxcb-xfixes0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
)
# Some tests skip without it.
FOR_SOME_TESTS = (("soffice", "libreoffice-calc"),)
FOR_TESTS = (("Xvfb", "xvfb"), ("openbox", "openbox"), ("xdotool", "xdotool"))


def ready(needed: Iterable[tuple[str, str]]) -> bool:
    """Return whether all that is needed is there, after installing what is missing where that is allowed."""
    packages = missing(needed)
    return not packages or (install(packages) and not missing(needed))


def missing(needed: Iterable[tuple[str, str]]) -> list[str]:
    """Return the Debian packages of what is not there; nothing on other systems, where Qt brings its own."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for thing, package in needed if not _is_there(thing)]


def _is_there(thing: str) -> bool:
    if ".so" not in thing:
        return shutil.which(thing) is not None
    try:
        ctypes.CDLL(thing)
    except OSError:
        return False
    return True


def install(packages: Sequence[str]) -> bool:
    """Install Debian packages as root; otherwise print the one line that does it, and return False."""
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        print(f"Some system libraries are missing. On Debian or Ubuntu, type:\n  sudo sh -c '{line}'", flush=True)
        return False
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(["sh", "-c", line], env=quiet, stdout=subprocess.DEVNULL, check=False).returncode == 0
