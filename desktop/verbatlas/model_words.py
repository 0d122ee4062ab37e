"""The words for models: what each is good for, where an installed one comes from, and how a download goes on."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from verbatlas.amounts import bytes_in_words
from verbatlas.encoders import AUTO, LEXICAL, MINILM, UNIVERSAL
from verbatlas.encoders.catalogue import CatalogueModel, Languages, Speed
from verbatlas.encoders.hub.installed import Origin
from verbatlas.encoders.reference import ReferenceKind, parse
from verbatlas.errors import UserError
from verbatlas.words import gettext as _

# Each entry is a function so that the words are looked up when they are needed, in the language of that moment.
_GOOD_FOR: dict[str, Callable[[], str]] = {
    "bge-large-zh-v1.5": lambda: _("Chinese, large: among the best clusters for Chinese comments"),
    "bge-base-zh-v1.5": lambda: _("Chinese, middle: nearly as good as the large one in a third of the time"),
    "bge-small-zh-v1.5": lambda: _("Chinese, small: a good first model for Chinese comments on any computer"),
    "bge-m3": lambda: _("over 100 languages, large: for Chinese and English mixed, and for very long texts"),
    "gte-large-zh": lambda: _("Chinese, large: among the best clusters for Chinese comments, half the download of bge"),
    "gte-base-zh": lambda: _("Chinese, middle: clusters nearly as well as the large one"),
    "Qwen3-Embedding-0.6B": lambda: _("over 100 languages, large: strong on mixed comments and very long texts"),
    "multilingual-e5-base": lambda: _("about 100 languages, middle: for comments in several languages"),
    "multilingual-e5-small": lambda: _("about 100 languages, small: for several languages on any computer"),
    MINILM: lambda: _("English, small: good clusters for English comments on any computer"),
    UNIVERSAL: lambda: _("Chinese, English and 13 other languages, small: good clusters on any computer"),
    LEXICAL: lambda: _("any language: no model at all, puts together comments that share words and characters"),
}
_SPEEDS: dict[Speed, Callable[[], str]] = {
    Speed.FAST: lambda: _("fast"),
    Speed.MIDDLE: lambda: _("medium speed"),
    Speed.SLOW: lambda: _("slow without a graphics card"),
}
_LANGUAGES: dict[Languages, Callable[[], str]] = {
    Languages.CHINESE: lambda: _("Chinese"),
    Languages.ENGLISH: lambda: _("English"),
    Languages.MULTILINGUAL: lambda: _("multilingual"),
    Languages.ANY: lambda: _("any language"),
}
_ORIGINS: dict[Origin, Callable[[], str]] = {
    Origin.PACKAGED: lambda: _("comes with Verbatlas"),
    Origin.DOWNLOADED: lambda: _("downloaded"),
    Origin.HUB_CACHE: lambda: _("shared with other programs"),
    Origin.NAMED_FOLDER: lambda: _("in your folder"),
}


def encoder_title(name: str) -> str:
    """Return what people call an encoder: a model without its owner, a folder without its path, a server's model."""
    own = {
        AUTO: _("Automatic"),
        LEXICAL: _("Shared characters (no model)"),
        MINILM: "all-MiniLM-L6-v2",
        UNIVERSAL: "Universal Sentence Encoder",
    }
    if name in own:
        return own[name]
    try:
        reference = parse(name)
    except UserError:  # of another version
        return name
    if reference.kind is ReferenceKind.SERVER:
        host = urlsplit(reference.name).netloc
        return _("{model} on {host}").format(model=reference.model or _("the first model"), host=host)
    if reference.kind is ReferenceKind.FOLDER:
        return Path(reference.name).name
    return reference.name.rpartition("/")[2]


def model_description(model: CatalogueModel) -> str:
    """Return what a model is good for and what it costs, in one line without a full stop."""
    cost = _("comes with Verbatlas") if model.is_packaged else bytes_in_words(model.download_bytes)
    return _("{use}, {cost}").format(use=use_in_words(model), cost=cost)


def use_in_words(model: CatalogueModel) -> str:
    """Return what a model is good for and how fast it is."""
    return _("{use}, {speed}").format(use=_GOOD_FOR[model.name](), speed=speed_in_words(model.speed))


def speed_in_words(speed: Speed) -> str:
    """Return how long a model takes."""
    return _SPEEDS[speed]()


def languages_in_words(languages: Languages) -> str:
    """Return what a model was made to read."""
    return _LANGUAGES[languages]()


def origin_in_words(origin: Origin) -> str:
    """Return where an installed model comes from."""
    return _ORIGINS[origin]()


def waiting_words(number: int, tries: int) -> str:
    """Return that a server is waited for, which may pass by itself."""
    return _("Waiting for the server: try {number} of {tries}").format(number=number, tries=tries)


def conversion_sentence(author: str, pull_request: int) -> str:
    """Return that the weights are not the makers' own file but the official conversion of it."""
    return _(
        "Its makers publish the weights only in a file that can run programs, so they are taken from the safe copy "
        "that the hub's own converter {author} made of it (proposal {number})."
    ).format(author=author, number=pull_request)
