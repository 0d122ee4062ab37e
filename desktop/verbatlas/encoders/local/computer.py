"""What this computer has to run a model with, found out without loading anything heavy."""

import ctypes
import hashlib
import importlib.util
import os
import platform
import sys
from pathlib import Path

_DRIVERS = {"linux": "libcuda.so.1", "win32": "nvcuda.dll"}


def processor_name() -> str:
    """Return the processor's name, such as ``AMD EPYC``, as the system has it."""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:  # no Linux
        pass
    return platform.processor() or platform.machine()


def computer_key() -> str:
    """Return a short digest of what decides how fast a model is run which way: 12 hexadecimal digits."""
    parts = (platform.machine(), processor_name(), _abilities(), str(os.cpu_count()), str(may_have_card()))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def may_have_card() -> str:
    """Return ``cuda`` or ``mps`` where there may be a graphics card for that; blank where there is surely none.

    Whether PyTorch can use it is known only when that is loaded, which takes seconds.
    """
    if sys.platform == "darwin":
        return "mps" if platform.machine() == "arm64" else ""
    try:
        ctypes.CDLL(_DRIVERS.get(sys.platform, "libcuda.so.1"))
    except OSError:
        return ""
    return "cuda" if _torch_is_for_cards() else ""


def _torch_is_for_cards() -> bool:
    """Return whether the installed PyTorch is not the one for processors only, by its files."""
    found = importlib.util.find_spec("torch")
    if found is None or found.origin is None:
        return False
    return any(Path(found.origin).parent.glob("lib/*torch_cuda*"))


def _abilities() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return next((line for line in lines if line.startswith(("flags", "Features"))), "")
