"""Which encoder is meant by the one string that a person types or a study keeps."""

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PureWindowsPath
from urllib.parse import urldefrag, urlsplit

from verbatlas.encoders.catalogue import CATALOGUE, by_name
from verbatlas.encoders.names import AUTO, LEXICAL
from verbatlas.errors import Problem, UserError

# As on the hub: an owner and a name of letters, digits, '-', '_' and '.', 96 characters at most.
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", re.ASCII)
_LONGEST_HUB_ID = 96


class ReferenceKind(StrEnum):
    """What kind of encoder is meant."""

    AUTO = "auto"  # whichever suits the table
    LEXICAL = "lexical"
    CATALOGUE = "catalogue"  # a model that is offered by name, packaged or not
    HUB = "hub"  # any other model of the hub
    FOLDER = "folder"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class Reference:
    """An encoder, as a person names it.

    Attributes:
        kind: What kind of encoder it is.
        name: Its name in the catalogue, its hub id, its absolute folder or the address of its server.
        model: The model on a server, blank for the server's first; blank for all other kinds.
    """

    kind: ReferenceKind
    name: str
    model: str = ""

    def text(self) -> str:
        """Return the string that :func:`parse` makes this of."""
        return f"{self.name}#{self.model}" if self.model else self.name

    @property
    def hub_id(self) -> str:
        """The model's name on the hub; blank where it has none."""
        if self.kind is ReferenceKind.HUB:
            return self.name
        model = by_name(self.name) if self.kind is ReferenceKind.CATALOGUE else None
        return model.hub_id if model is not None else ""


def parse(text: str) -> Reference:
    """Return what ``text`` means; a model of the catalogue has one name, also when it is called by its hub id.

    Raises:
        UserError: It means nothing (ENCODER_UNKNOWN).
    """
    text = text.strip()
    if text.casefold() == AUTO:
        return Reference(ReferenceKind.AUTO, AUTO)
    offered = by_name(text)
    if offered is not None:
        kind = ReferenceKind.LEXICAL if offered.name == LEXICAL else ReferenceKind.CATALOGUE
        return Reference(kind, offered.name)
    if text.casefold().startswith(("http://", "https://")):
        return _server(text)
    if Path(text).is_absolute() or PureWindowsPath(text).is_absolute():
        return Reference(ReferenceKind.FOLDER, text)
    if is_hub_id(text):
        return Reference(ReferenceKind.HUB, text)
    raise _unknown(text)


def parse_typed(text: str, *, folder: Path) -> Reference:
    """Return what ``text`` means, typed at a prompt in ``folder``: there, a folder may be relative.

    Raises:
        UserError: It means nothing (ENCODER_UNKNOWN).
    """
    looks_relative = text.startswith((".", "~")) or (by_name(text) is None and text and (folder / text).is_dir())
    if not looks_relative:
        return parse(text)
    return Reference(ReferenceKind.FOLDER, str((folder / Path(text).expanduser()).resolve()))


def is_hub_id(text: str) -> bool:
    """Return whether ``text`` can be the name of a model on the hub."""
    allowed = _HUB_ID.fullmatch(text) and len(text) <= _LONGEST_HUB_ID
    return bool(allowed) and "--" not in text and ".." not in text and not text.endswith((".git", "-", "."))


def _server(text: str) -> Reference:
    address, model = urldefrag(text)
    try:
        parts = urlsplit(address)
        has_host = bool(parts.hostname) and parts.port != 0  # reading the port of a wrong one raises
    except ValueError:
        has_host = False
    if not has_host:
        raise _unknown(text)
    return Reference(ReferenceKind.SERVER, address.rstrip("/"), model)


def _unknown(text: str) -> UserError:
    names = [AUTO, *(model.name for model in CATALOGUE)]
    return UserError(Problem.ENCODER_UNKNOWN, encoder=text, nearest=_nearest(text, names), names=names)


def _nearest(text: str, names: list[str]) -> str:
    """Return the name most like ``text``, or whose beginning is: who mistypes a name often shortens it too."""
    typed = text.casefold().rpartition("/")[2]

    def likeness(name: str) -> tuple[float, float]:
        beginnings = (name.casefold(), name.casefold()[: len(typed)])
        whole, beginning = (difflib.SequenceMatcher(None, typed, one).ratio() for one in beginnings)
        return max(whole, beginning), whole

    return max(names, key=likeness)
