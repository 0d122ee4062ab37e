"""The words for models on this computer: why one is not used, how one is run, what its files say otherwise."""

from collections.abc import Callable, Iterable, Mapping

from verbatlas.encoders.local import Disagreement, Refusal, Trouble, Way
from verbatlas.engine.jobs import Run
from verbatlas.words import gettext as _

# Each entry is a function so that the words are looked up when they are needed, in the language of that moment.
_REFUSALS: dict[str, Callable[[], str]] = {
    Refusal.NO_MODEL: lambda: _("there is no model in the folder, or its file {detail} is damaged"),
    Refusal.NO_SAFETENSORS: lambda: _(
        "its weights are not in the safetensors format, and other formats can run code when they are opened ({detail})"
    ),
    Refusal.WEIGHTS_INCOMPLETE: lambda: _("a part of its weights is missing ({detail})"),
    Refusal.REMOTE_CODE: lambda: _("it wants to run program code of its own ({detail})"),
    Refusal.MODULE_UNKNOWN: lambda: _("it has a step that Verbatlas does not know ({detail})"),
    Refusal.POOLING_UNKNOWN: lambda: _("it sums up its words in a way that Verbatlas does not know ({detail})"),
    Refusal.NO_TEXT_ENCODER: lambda: _("it is not made to turn texts into vectors ({detail})"),
    Refusal.NO_TOKENIZER: lambda: _("its list of words cannot be read ({detail})"),
    Refusal.ADAPTER: lambda: _("it is only an addition to another model ({detail})"),
}
_TROUBLES: dict[Trouble, Callable[[], str]] = {
    Trouble.CARD_FAILED: lambda: _("The graphics card could not run the model, so the processor does, more slowly."),
    Trouble.CARD_TOO_SMALL: lambda: _(
        "The graphics card has too little memory for the model, so the processor runs it, more slowly."
    ),
}
_DISAGREEMENTS: dict[Disagreement, Callable[[], str]] = {
    Disagreement.POOLING: lambda: _("The model's own files say pooling {says}, not {known}; theirs is used."),
    Disagreement.MAX_TOKENS: lambda: _(
        "The model's own files say that it reads {says} tokens, not {known}; theirs is used."
    ),
    Disagreement.N_DIMENSIONS: lambda: _(
        "The model's own files say that its vectors have {says} dimensions, not {known}; theirs is used."
    ),
    Disagreement.DOCUMENT_PROMPT: lambda: _(
        "The model's own files put “{says}” before every text, not “{known}”; theirs is used."
    ),
    Disagreement.QUERY_PROMPT: lambda: _(
        "The model's own files put “{says}” before a search, not “{known}”; theirs is used."
    ),
}


def refusal_words(reason: str, detail: str) -> str:
    """Return why a model is not used, as the part of a sentence; a reason that is no Refusal is in words already."""
    return _REFUSALS[reason]().format(detail=detail) if reason in _REFUSALS else reason


def way_words(way: Way) -> str:
    """Return how a model is run: by what, how fast, and how close to the exact model."""
    shown = {
        "runtime": f"{way.runtime} {way.arithmetic}",
        "rows": f"{way.rows_per_second:,.0f}",
        # Rounded down: what is not quite exact must not look exact.
        "agreement": f"{int(way.agreement * 10_000) / 10_000:.4f}",
    }
    if way.device != "CPU":
        shown["runtime"] = f"{way.runtime} {way.arithmetic}, {way.device}"
    if not way.rows_per_second:
        return shown["runtime"]
    return _("{runtime}, {rows} rows/s, agrees with the exact model to {agreement}").format(**shown)


def trouble_words(trouble: Trouble) -> str:
    """Return why the processor runs a model although there is a graphics card."""
    return _TROUBLES[trouble]()


def run_sentences(runs: Iterable[Run]) -> list[str]:
    """Return in sentences how a model was run; nothing where none was needed."""
    said = []
    for run in runs:
        if run.way is not None:
            said.append(_("Run by {way}.").format(way=way_words(run.way)))
        if run.trouble is not None:
            said.append(trouble_words(run.trouble))
    return said


def disagreement_words(found: Mapping[Disagreement, tuple[object, object]]) -> list[str]:
    """Return one sentence for everything that a model's files say otherwise than was known of it."""
    return [_DISAGREEMENTS[kind]().format(says=says, known=known) for kind, (says, known) in found.items()]
