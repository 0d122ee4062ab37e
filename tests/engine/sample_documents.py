"""A small table of comments with three topics, in which some rows are blank."""

from verbatlas.encoders import EncoderIdentity

_TOPICS = {
    "battery": "the battery is empty after {} hours and charging it again takes very long",
    "delivery": "my parcel came {} days late and the courier left it at the wrong door",
    "refund": "i asked {} times for a refund and the money is still not on my account",
}

DOCUMENTS: tuple[str, ...] = tuple(
    "" if number % 7 == 3 else sentence.format(number + 2) for number in range(24) for sentence in _TOPICS.values()
)
BLANK_ROWS: tuple[int, ...] = tuple(row for row, document in enumerate(DOCUMENTS) if not document)
TEXT_ROWS: tuple[int, ...] = tuple(row for row, document in enumerate(DOCUMENTS) if document)
TOPICS: tuple[int, ...] = tuple(row % 3 for row in range(len(DOCUMENTS)))
# What says that vectors come from a model, which goes by what documents mean.
MEANING = EncoderIdentity(model="a model", revision="1", pooling="mean", prompt="", precision="fp32")
