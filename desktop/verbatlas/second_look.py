"""What a model's own files say of it, where that is news: they win over what the catalogue says."""

from verbatlas.encoders import UNIVERSAL
from verbatlas.encoders.catalogue import CatalogueModel, by_name
from verbatlas.encoders.hub.installed import InstalledModel, list_installed
from verbatlas.encoders.local import Prompts, describe, disagreements
from verbatlas.errors import UserError
from verbatlas.local_words import disagreement_words
from verbatlas.problem_words import sentence
from verbatlas.words import gettext as _


def second_look(model: InstalledModel, offered: CatalogueModel | None) -> str:
    """Return in sentences what the files of a model say; blank where it was known.

    Reads some small files; why a model will be refused is told too.

    Args:
        model: Where its files lie.
        offered: What the catalogue says of it; None for others.
    """
    if offered is not None:
        return " ".join(otherwise(model, offered))
    try:
        description = describe(model.folder)
    except UserError as error:
        return sentence(error)
    words = _("Its vectors have {dimensions} dimensions, and it reads texts of up to {tokens} tokens whole.")
    return words.format(dimensions=f"{description.n_dimensions:,}", tokens=f"{description.max_tokens:,}")


def otherwise(model: InstalledModel, offered: CatalogueModel) -> list[str]:
    """Return a sentence for each thing that a model's files say otherwise, or why it will be refused."""
    if offered.name == UNIVERSAL:  # its files are described by nothing of its own
        return []
    try:
        description = describe(model.folder)
    except UserError as error:
        return [sentence(error)]
    found = disagreements(
        description,
        pooling=offered.pooling,
        max_tokens=offered.max_tokens,
        n_dimensions=offered.n_dimensions,
        prompts=Prompts(document=offered.document_prompt, query=offered.query_prompt),
    )
    return disagreement_words(found)


def otherwise_of(name: str) -> list[str]:
    """Return the same of the installed model of this name, the one that would be used; nothing for all others."""
    offered = by_name(name)
    model = next((model for model in list_installed() if model.name == name), None)
    return [] if offered is None or model is None else otherwise(model, offered)


def dimensions_of(model: InstalledModel) -> int | None:
    """Return how many dimensions a model's vectors have, by its own files; None where they do not say it."""
    offered = by_name(model.name)
    if offered is not None and offered.name == UNIVERSAL:
        return offered.n_dimensions
    try:
        return describe(model.folder).n_dimensions
    except UserError:
        return None
