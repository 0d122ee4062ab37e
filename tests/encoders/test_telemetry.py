import os
import subprocess
import sys

import pytest

from verbatlas.encoders.telemetry import forbid_telemetry

_IMPORT = """
import sys
from verbatlas.encoders.local import openvino_model
print(*(name for name, module in sys.modules.items() if module is not None and name.startswith("openvino_telemetry")))
"""


def test_openvino_is_imported_without_what_reports_to_its_makers() -> None:
    done = subprocess.run([sys.executable, "-c", _IMPORT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_library_of_the_hub_is_told_to_keep_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HF_HUB_DISABLE_TELEMETRY", "HF_HUB_DISABLE_XET"):
        monkeypatch.setenv(name, "0")
    monkeypatch.setattr(sys, "modules", dict(sys.modules))

    forbid_telemetry()

    assert (os.environ["HF_HUB_DISABLE_TELEMETRY"], os.environ["HF_HUB_DISABLE_XET"]) == ("1", "1")
