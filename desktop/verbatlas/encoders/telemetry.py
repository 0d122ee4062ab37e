"""No library that encodes may report to its makers: nothing leaves the computer unless the analyst asked for it."""

import os
import sys


def forbid_telemetry() -> None:
    """Keep libraries from reporting to their makers. Call this before the first import of any of them in a process.

    The package through which openvino, as soon as it is imported, reports to its makers' analytics is hidden; openvino
    is made to work without it. huggingface_hub neither asks who is calling nor tells, and does not hand downloads to
    its native library, which keeps to no network setting of ours.
    """
    os.environ |= {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_XET": "1"}
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment] # Python's way to say: not to be found
