"""Verbatlas: customer comments as a map that an analyst can read, correct and export."""

import os

__version__ = "0.1.0"

# A process that a guarded one started: it is guarded too, before it can do anything.
if os.environ.get("VERBATLAS_NETWORK_GUARD"):
    from verbatlas import network_guard

    network_guard.install()
