"""Amounts as people say them."""

from verbatlas.words import gettext as _
from verbatlas.words import ngettext

_KILO = 1000


def bytes_in_words(count: int) -> str:
    """Return an amount of data with three figures at most, such as ``1.2 MB``."""
    amount = float(count)
    for unit in ("B", "KB", "MB"):
        if amount < _KILO:
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 100 else f"{amount:.1f} {unit}"
        amount /= _KILO
    return f"{amount:.1f} GB"


def duration_in_words(seconds: float) -> str:
    """Return a duration as coarse as it is uncertain: seconds, minutes or hours."""
    whole = max(1, round(seconds))
    if whole < 60:
        return ngettext("{count} second", "{count} seconds", whole).format(count=whole)
    minutes = round(seconds / 60)
    if minutes < 60:
        return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
    return _("{hours:.1f} hours").format(hours=seconds / 3600)


def share_in_words(part: int, whole: int) -> str:
    """Return a share in per cent; ``under 1%`` rather than a 0 that is not nothing."""
    if part == 0 or whole == 0:
        return "0%"
    share = 100 * part / whole
    return _("under 1%") if share < 1 else f"{share:.0f}%"


def strength_in_words(strength: float) -> str:
    """Return how clearly a comment belongs to its cluster; half lies between its cluster and the next.

    Args:
        strength: 0..1.
    """
    percent = f"{strength:.0%}"
    if strength >= 0.66:
        return _("Fits well ({percent})").format(percent=percent)
    if strength >= 0.5:
        return _("Fits ({percent})").format(percent=percent)
    return _("On the edge ({percent})").format(percent=percent)
