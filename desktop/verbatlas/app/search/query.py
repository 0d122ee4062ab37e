"""What a person asks of the comments."""

from dataclasses import dataclass

from verbatlas.analysis.text_query import SearchKind


@dataclass(frozen=True, slots=True)
class Query:
    """A question to all comments.

    Attributes:
        text: As it was typed, without blanks around it.
        kind: How it is understood.
        n_most: How many of the most similar comments are wanted; counts for MEANING only.
    """

    text: str
    kind: SearchKind
    n_most: int
