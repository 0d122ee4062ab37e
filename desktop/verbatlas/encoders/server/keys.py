"""API keys of servers: kept by the system's own keyring, and nowhere else."""

import logging
import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from verbatlas.encoders.server.address import clean
from verbatlas.errors import Problem, UserError

NO_KEY = "EMPTY"  # what servers without keys are sent
VARIABLE = "VERBATLAS_API_KEY"
_OPENAI_VARIABLE, _OPENAI_PLACE, _OPENAI_HOST = "OPENAI_API_KEY", "OPENAI_BASE_URL", "api.openai.com"
_USER = "api-key"
_log = logging.getLogger(__name__)


def find_key(address: str, *, environment: Mapping[str, str] = os.environ) -> str:
    """Return the key for ``address``: from the keyring, or an environment variable, or ``EMPTY``.

    VERBATLAS_API_KEY goes to any server that the analyst names. OPENAI_API_KEY goes only where its owner meant it to:
    to OpenAI, or to what OPENAI_BASE_URL names.
    """
    return _kept(address) or environment.get(VARIABLE) or _of_openai(address, environment) or NO_KEY


def keep_key(address: str, key: str) -> None:
    """Keep ``key`` for ``address`` in the keyring; a blank one and ``EMPTY`` remove what is kept.

    Raises:
        UserError: This computer has no keyring, or it does not let itself be opened (KEY_NOT_KEPT).
    """
    import keyring  # noqa: PLC0415 - asks the system which keyrings there are
    from keyring.errors import PasswordDeleteError  # noqa: PLC0415

    key = key.strip()
    try:
        if key and key != NO_KEY:
            keyring.set_password(_service(address), _USER, key)
        elif _kept(address):
            keyring.delete_password(_service(address), _USER)
    except PasswordDeleteError:  # another window was first
        return
    except Exception:  # every system's keyring raises errors of its own kind
        # The error's own words may hold the key.
        raise UserError(Problem.KEY_NOT_KEPT, url=clean(address), variable=VARIABLE) from None


def _kept(address: str) -> str:
    """Return what the keyring has for ``address``; blank for nothing, and where there is no keyring."""
    import keyring  # noqa: PLC0415

    try:
        return keyring.get_password(_service(address), _USER) or ""
    except Exception as error:  # as in keep_key; a server may well do without a key
        _log.warning("the keyring could not be read: %s", type(error).__name__)
        return ""


def _service(address: str) -> str:
    return f"verbatlas {clean(address)}"


def _of_openai(address: str, environment: Mapping[str, str]) -> str:
    meant = environment.get(_OPENAI_PLACE, "").rstrip("/")
    is_meant = clean(address) == meant or urlsplit(clean(address)).hostname == _OPENAI_HOST
    return environment.get(_OPENAI_VARIABLE, "") if is_meant else ""
