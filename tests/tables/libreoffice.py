"""LibreOffice as the other program that opens what was written; tests that need it skip where it is not installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def converted(path: Path, to: str, *, opened_as: str = "") -> Path:
    """Open a file in LibreOffice and return what it saves of it.

    Args:
        path: The file.
        to: The ending of the new file, after a colon its filter and the filter's options.
        opened_as: The filter and options to open it with; LibreOffice's own choice if empty.
    """
    folder = path.parent / "saved"
    words = ["soffice", f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--headless"]
    words += [f"--infilter={opened_as}"] if opened_as else []
    words += ["--convert-to", to, "--outdir", str(folder), str(path)]
    subprocess.run(words, check=True, timeout=120, capture_output=True)
    return folder / f"{path.stem}.{to.partition(':')[0]}"
