"""What the parts before it say that a part is."""

from collections import defaultdict
from collections.abc import Sequence

Votes = tuple[tuple[int, float], ...]


def names_of(answers: Sequence[str | None], votes: Sequence[Votes]) -> list[str]:
    """Return what parts are called: each by its answer, or as the earlier parts say; blank for the first.

    Args:
        answers: What a person said each part is, None for nothing.
        votes: Of each part, the places of earlier ones, and how strong the vote of each is.
    """
    found: list[str] = []
    for answer, own in zip(answers, votes, strict=True):
        found.append(likeliest(found, own)[0] if answer is None else answer)
    return found


def likeliest(names: Sequence[str], votes: Votes) -> tuple[str, int]:
    """Return the name with most votes, and the place of the part of that name with the strongest one.

    Blank and -1 where there is no vote.

    Args:
        names: Of the earlier parts; those that differ in case only are one.
        votes: The places of some of them, and how strong the vote of each is, the strongest first.
    """
    sums: defaultdict[str, float] = defaultdict(float)
    for place, vote in votes:
        sums[names[place].casefold()] += vote
    if not sums:
        return "", -1
    most = max(sums, key=lambda name: sums[name])
    place = next(place for place, _vote in votes if names[place].casefold() == most)
    return names[place], place
