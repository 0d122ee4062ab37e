"""Which versions of the libraries are installed that read and run models: their vectors depend on them."""

import functools
import importlib.metadata
import re

_VERSION = re.compile(r"^Version: *(\S+)", re.MULTILINE)


@functools.cache
def version_of(library: str) -> str:
    """Return the version of an installed library, read once in a process.

    Its metadata are not taken apart whole, as ``importlib.metadata.version`` does: that takes some milliseconds.

    Raises:
        importlib.metadata.PackageNotFoundError: It is not installed.
    """
    found = _VERSION.search(importlib.metadata.distribution(library).read_text("METADATA") or "")
    return importlib.metadata.version(library) if found is None else found[1]
