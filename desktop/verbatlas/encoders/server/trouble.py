"""What can go wrong between here and a server, as kinds; the encoder decides what is tried again."""

from enum import Enum, auto

from verbatlas.errors import Problem, UserError

_LONGEST_WORDS = 300  # some servers send the whole request back


class Kind(Enum):
    """What went wrong with one request."""

    ABSENT = auto()  # nobody listens there
    LOST = auto()  # the connection was cut
    SLOW = auto()  # no answer in time
    BUSY = auto()  # 429
    FAILING = auto()  # 5xx
    KEY = auto()  # 401, 403
    NOT_FOUND = auto()  # 404
    REFUSED = auto()  # any other status
    NOT_VECTORS = auto()  # an answer that is something else
    WRONG_COUNT = auto()  # not one vector for each text
    NOT_FINITE = auto()  # NaN, infinity or nothing but zeros in a vector


_PROBLEMS = {
    Kind.ABSENT: Problem.SERVER_ABSENT,
    Kind.LOST: Problem.SERVER_LOST,
    Kind.SLOW: Problem.SERVER_SLOW,
    Kind.BUSY: Problem.SERVER_BUSY,
    Kind.FAILING: Problem.SERVER_FAILS,
    Kind.KEY: Problem.SERVER_KEY,
    Kind.NOT_FOUND: Problem.SERVER_NO_SERVICE,
    Kind.REFUSED: Problem.SERVER_REFUSES,
    Kind.NOT_VECTORS: Problem.SERVER_NOT_VECTORS,
    Kind.WRONG_COUNT: Problem.SERVER_NOT_VECTORS,
    Kind.NOT_FINITE: Problem.SERVER_NOT_FINITE,
}


class Trouble(Exception):  # noqa: N818 - what happened, as with Cancelled
    """One request did not bring what it should.

    Attributes:
        kind: What went wrong.
        words: What the server said, or what is wrong with its answer; short, on one line.
        retry_after: Seconds after which the server wants to be asked again; None where it said nothing.
        row: Which of the texts it is about; None where it is about all of them.
        text: That text, for whoever knows it to say.
    """

    def __init__(
        self, kind: Kind, words: str = "", *, retry_after: float | None = None, row: int | None = None
    ) -> None:
        super().__init__(kind, words)
        self.kind = kind
        self.words = shortened(words)
        self.retry_after = retry_after
        self.row = row
        self.text = ""

    def as_error(self, address: str) -> UserError:
        """Return what a person is told.

        Args:
            address: The server's.
        """
        return UserError(
            _PROBLEMS[self.kind],
            url=address,
            words=self.words or "-",
            text=shortened(self.text, most=60),
            command=START_SGLANG,
        )


# How the server of the mission is started; docs/servers.md has the others.
START_SGLANG = (
    "python -m sglang.launch_server --model-path BAAI/bge-m3 --is-embedding --disable-radix-cache "
    "--chunked-prefill-size -1 --port 30000"
)


def shortened(words: str, *, most: int = _LONGEST_WORDS) -> str:
    """Return ``words`` on one line and not longer than ``most`` characters."""
    line = " ".join(words[: 4 * most].split())
    return line if len(line) <= most else line[: most - 1] + "…"
