"""Read damaged files: each gives a table or a sentence, soon, and with bounded memory. Anything else is a failure.

    python tests/tables/fuzz.py [--mutations 100000] [--seed 1] [--first 0] [--workers 2] [--keep FOLDER]

The files are those of ../shared/data/import and some of the kinds that are missing there, damaged in one to four ways
(mutations.py). A failure is kept as a file and named with its seed and number, which make the same file again:
--seed SEED --first NUMBER --mutations 1. The two seconds of a file are processor time: others may run beside.
"""

import argparse
import itertools
import multiprocessing
import resource
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from mutations import Mutation, Suite

from verbatlas import tables
from verbatlas.errors import UserError

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "import"
_SECONDS = 2.0
_PATIENCE = 60.0  # seconds until a worker that says nothing is ended
_MEMORY = 3 * 1024**3  # bytes of address space, of which the libraries take one
_MOST_CELLS = 1_000_000
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(slots=True)
class Worker:
    """A process that reads every so many files.

    Attributes:
        process: The process.
        connection: What it says comes from here.
        number: The file that it reads.
        since: When it last said something.
    """

    process: multiprocessing.process.BaseProcess
    connection: Connection
    number: int
    since: float


@dataclass(slots=True)
class Tally:
    """What came of the files.

    Attributes:
        suite: Makes the files.
        seed: Of the suite.
        keep: The folder for files that failed.
        outcomes: How often each: ``table``, the name of a problem, or ``failure``.
        n_failures: How many failed.
        slowest: Seconds and the number of the file that took longest.
    """

    suite: Suite
    seed: int
    keep: Path
    outcomes: Counter[str] = field(default_factory=Counter)
    n_failures: int = 0
    slowest: tuple[float, int] = (0.0, 0)

    def fail(self, number: int, what: str) -> None:
        """Count and keep a file that failed, and say so at once."""
        self.n_failures += 1
        mutation = self.suite.mutation(number)
        self.keep.mkdir(parents=True, exist_ok=True)
        path = self.keep / f"{self.seed}-{number}{mutation.suffix}"
        path.write_bytes(mutation.data)
        print(f"FAILED: seed {self.seed}, number {number}, {mutation.origin}: {what}; kept as {path}", flush=True)


def main() -> int:
    """Run, print what came of it, and return 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutations", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, default=Path("out") / "fuzz")
    options = parser.parse_args()
    tally = Tally(Suite(FOLDER, options.seed), options.seed, options.keep)
    _run(tally, options.first, options.first + options.mutations, n_workers=options.workers)
    print(f"{tally.outcomes.total():,} files; slowest {tally.slowest[0]:.2f} s (number {tally.slowest[1]})")
    for outcome, count in tally.outcomes.most_common():
        print(f"{count:8,} {outcome}")
    return 1 if tally.n_failures else 0


def outcome_of(mutation: Mutation, path: Path) -> str:
    """Read a damaged file written to ``path`` and return ``table`` or the name of its problem; let all else out."""
    path.write_bytes(mutation.data)
    try:
        found = tables.read_with_report(path)
    except UserError as error:
        return error.problem.name
    # Cells are made when they are asked for. One long row makes a table of hundreds of millions, most of them missing.
    cells = itertools.islice(itertools.chain.from_iterable(found.table.columns), _MOST_CELLS)
    if not all(cell is None or isinstance(cell, str) for cell in itertools.chain(cells, found.table.row(-1))):
        raise TypeError("a cell that is no text")
    return "table"


def _run(tally: Tally, first: int, end: int, *, n_workers: int) -> None:
    workers = [_started(tally.seed, first + offset, end, n_workers) for offset in range(min(n_workers, end - first))]
    while workers:
        ready = wait([worker.connection for worker in workers], timeout=1.0)
        for worker in list(workers):
            failure = _heard(worker, tally) if worker.connection in ready else _silence(worker)
            if failure is None:
                continue
            workers.remove(worker)
            worker.process.kill()
            worker.process.join()
            worker.connection.close()
            if failure:
                tally.outcomes["failure"] += 1
                tally.fail(worker.number, failure)
            if failure and worker.number + n_workers < end:
                workers.append(_started(tally.seed, worker.number + n_workers, end, n_workers))


def _started(seed: int, first: int, end: int, step: int) -> Worker:
    ours, theirs = _SPAWN.Pipe(duplex=False)
    process = _SPAWN.Process(target=_read_all, args=(theirs, seed, first, end, step))
    process.start()
    theirs.close()
    return Worker(process, ours, first, time.monotonic())


def _silence(worker: Worker) -> str | None:
    return f"no answer for {_PATIENCE:.0f} s" if time.monotonic() - worker.since > _PATIENCE else None


def _heard(worker: Worker, tally: Tally) -> str | None:
    """Note what a worker says; return None if it goes on, nothing if it is done, otherwise why it ended."""
    worker.since = time.monotonic()
    try:
        number, seconds, outcome, failure = worker.connection.recv()
    except EOFError:
        worker.process.join()
        return f"the process ended with {worker.process.exitcode}"
    if number < 0:
        return ""
    worker.number = number
    if seconds is None:
        return None
    tally.slowest = max(tally.slowest, (seconds, number))
    if failure:
        tally.fail(number, failure)
    tally.outcomes[outcome] += 1
    total = tally.outcomes.total()
    if total % 1_000 == 0:
        print(f"{total:,} files, {tally.n_failures} failures", flush=True)
    return None


def _read_all(connection: Connection, seed: int, first: int, end: int, step: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    suite = Suite(FOLDER, seed)
    with tempfile.TemporaryDirectory(prefix="verbatlas-fuzz-") as folder:
        for number in range(first, end, step):
            connection.send((number, None, "", ""))
            mutation = suite.mutation(number)
            started, failure = _processor_seconds(), ""
            try:
                outcome = outcome_of(mutation, Path(folder) / f"in{mutation.suffix}")
            except Exception as error:  # this is what is looked for
                outcome, failure = "failure", f"{type(error).__name__}: {error}"
            seconds = _processor_seconds() - started
            if seconds > _SECONDS:
                failure = failure or f"took {seconds:.1f} s"
            connection.send((number, seconds, outcome, failure))
    connection.send((-1, None, "", ""))


def _processor_seconds() -> float:
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


if __name__ == "__main__":
    sys.exit(main())
