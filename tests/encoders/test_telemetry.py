import subprocess
import sys

_IMPORT = """
import sys
from verbatlas.encoders import openvino_model
print(*(name for name, module in sys.modules.items() if module is not None and name.startswith("openvino_telemetry")))
"""


def test_openvino_is_imported_without_what_reports_to_its_makers() -> None:
    done = subprocess.run([sys.executable, "-c", _IMPORT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
