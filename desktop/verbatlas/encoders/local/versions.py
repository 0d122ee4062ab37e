"""Which versions of the libraries are installed that read and run models: their vectors depend on them."""

import functools
import importlib.metadata


@functools.cache
def version_of(library: str) -> str:
    """Return the version of an installed library, read once in a process: each reading takes half a millisecond.

    Raises:
        importlib.metadata.PackageNotFoundError: It is not installed.
    """
    return importlib.metadata.version(library)
