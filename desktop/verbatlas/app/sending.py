"""Whether comments would leave this computer, and whether the person knows and wants that."""

from urllib.parse import urlsplit

from verbatlas.app.preferences import Preferences
from verbatlas.encoders.reference import ReferenceKind, parse
from verbatlas.encoders.server import is_loopback
from verbatlas.errors import UserError


def host_beyond(encoder: str) -> str:
    """Return the host of a server beyond this computer; blank for every other encoder, and for what is none."""
    try:
        reference = parse(encoder)
        if reference.kind is not ReferenceKind.SERVER or is_loopback(reference.name):
            return ""
    except UserError:
        return ""
    return urlsplit(reference.name).netloc


def may_send(encoder: str, preferences: Preferences) -> bool:
    """Return whether ``encoder`` may be given comments without asking the person first."""
    host = host_beyond(encoder)
    return not host or host in preferences.told_hosts
