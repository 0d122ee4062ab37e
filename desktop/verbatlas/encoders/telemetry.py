"""No library that encodes may report to its makers: nothing leaves the computer unless the analyst asked for it."""

import sys


def forbid_telemetry() -> None:
    """Hide the package through which openvino, as soon as it is imported, reports to its makers' analytics.

    openvino is made to work without it. Call this before the first import of openvino in a process.
    """
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment] # Python's way to say: not to be found
