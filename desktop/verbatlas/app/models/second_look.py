"""What a model's own files say of it, where that is news: they win over what the catalogue says."""

from verbatlas.app.models.shelf import ShelfModel
from verbatlas.encoders.local import Prompts, describe, disagreements
from verbatlas.errors import UserError
from verbatlas.local_words import disagreement_words
from verbatlas.problem_words import sentence
from verbatlas.words import gettext as _


def second_look(model: ShelfModel) -> str:
    """Return in sentences what the files of an installed model say; blank where it was known.

    Reads some small files; why a model will be refused is told too.
    """
    if model.installed is None or not model.is_transformer:
        return ""
    try:
        description = describe(model.installed.folder)
    except UserError as error:
        return sentence(error)
    known = model.offered
    if known is None:
        words = _("Its vectors have {dimensions} dimensions, and it reads texts of up to {tokens} tokens whole.")
        return words.format(dimensions=f"{description.n_dimensions:,}", tokens=f"{description.max_tokens:,}")
    found = disagreements(
        description,
        pooling=known.pooling,
        max_tokens=known.max_tokens,
        n_dimensions=known.n_dimensions,
        prompts=Prompts(document=known.document_prompt, query=known.query_prompt),
    )
    return " ".join(disagreement_words(found))
