"""The instructions that a model wants before a text: what its own files say, else what is known of it."""

from dataclasses import dataclass
from pathlib import Path

from verbatlas.encoders.local.model_json import read_json

_FILE = "config_sentence_transformers.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """What goes before a text.

    Attributes:
        document: Before every text that is clustered; None for not known.
        query: Before a search query; None for not known.
    """

    document: str | None = None
    query: str | None = None

    def or_else(self, known: "Prompts") -> "Prompts":
        """Return these prompts, with those of ``known`` where they are silent."""
        return Prompts(
            document=known.document if self.document is None else self.document,
            query=known.query if self.query is None else self.query,
        )


def read_prompts(folder: Path) -> Prompts:
    """Return what the model's own files say, as SentenceTransformer reads them.

    Clustering compares documents with each other: a prompt for that goes before what SentenceTransformer.encode puts
    there by default. A prompt for documents that are searched is for another purpose, and not looked at.

    Raises:
        UserError: MODEL_REFUSED: the file cannot be read.
    """
    config = read_json(folder, _FILE)
    prompts = config.get("prompts") or {}
    usual = prompts.get(config.get("default_prompt_name") or "")
    return Prompts(document=prompts.get("clustering", usual), query=prompts.get("query", usual))
