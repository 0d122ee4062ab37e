"""Rows per second and peak memory of the local encoder against ``SentenceTransformer.encode`` with its defaults.

    python tests/benchmarks/embedding.py [--model minilm|large] [--rows 10003] [--rounds 5] [--processors 1]

Every side is a process of its own that loads the model once and is then asked by turns, one piece of the texts after
the other; a piece's time is the least of all rounds, so that other programs spoil little (the processor's
time, all threads together, even less). ``minilm`` is
all-MiniLM-L6-v2 on banking77_train, ``large`` a BERT-large of random weights (the size of bge-large-zh-v1.5) on Chinese
chit-chat. Conversion and calibration, once per computer, come before and are not counted; nor is loading.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from verbatlas.encoders.local.computer import processor_name

_ROOT = Path(__file__).resolve().parents[2]
_DATA = _ROOT.parent / "shared" / "data" / "csv"
_PIECES = 4
_PEER = "sentence-transformers"
_SIDES = (_PEER, "exact", "auto", "fast")
_LARGE = {"hidden_size": 1024, "num_hidden_layers": 24, "num_attention_heads": 16, "intermediate_size": 4096}


@dataclass
class Side:
    """One process and what it has told."""

    process: "subprocess.Popen[str]"
    name: str
    seconds: list[float]
    busy: list[float]
    way: str = ""
    megabytes: float = 0.0

    def ask(self, *words: str) -> dict[str, object]:
        """Send one line and return the answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", choices=["minilm", "large"], default="minilm")
    parser.add_argument("--rows", type=int)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--processors", type=int, help="keep to so many: for figures on a machine that is busy otherwise"
    )
    parser.add_argument("--side", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--texts", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.processors:
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[: options.processors]))
    if options.side:
        _serve(options.side, options.folder, json.loads(options.texts.read_text(encoding="utf-8")))
        return
    with tempfile.TemporaryDirectory() as made:
        texts = _texts(options.model, options.rows)
        folder = _model(options.model, Path(made) / "model")
        (Path(made) / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
        for name in _SIDES[1:]:  # converts and calibrates, and is gone before anything is measured
            _end(_begin(name, folder, Path(made) / "texts.json"), Path(made))
        sides = [_begin(name, folder, Path(made) / "texts.json") for name in _SIDES]
        for _ in range(options.rounds):
            for piece in range(_PIECES):
                for side in sides:
                    told = side.ask("encode", str(piece))
                    side.seconds[piece] = min(side.seconds[piece], float(str(told["seconds"])))
                    side.busy[piece] = min(side.busy[piece], float(str(told["busy"])))
        vectors = {side.name: _end(side, Path(made)) for side in sides}
    _print(sides, vectors, n_texts=len(texts), rounds=options.rounds)


def _texts(model: str, rows: int | None) -> list[str]:
    name, usual = ("banking77_train.csv", 10_003) if model == "minilm" else ("ms_chitchat_zh.csv", 400)
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        found = list(dict.fromkeys(row["text"] for row in csv.DictReader(file)))
    count = min(rows or usual, len(found))
    return [found[place * len(found) // count] for place in range(count)]


def _model(model: str, folder: Path) -> Path:
    if model == "minilm":
        from verbatlas.encoders.local.packaged import find_model  # noqa: PLC0415
        from verbatlas.encoders.packages import MINILM_PACKAGE  # noqa: PLC0415

        return find_model(MINILM_PACKAGE)
    sys.path.insert(0, str(_ROOT / "tests" / "encoders"))
    from tiny_models import bert  # noqa: PLC0415

    characters = sorted(set("".join(_texts("large", 20_000)).lower()))
    sizes = {**_LARGE, "max_position_embeddings": 512, "initializer_range": 0.02, "vocab_size": 21_128}
    return bert(folder, limit=512, characters=characters, **sizes)


def _begin(name: str, folder: Path, texts: Path) -> Side:
    command = [
        sys.executable,
        str(Path(__file__).resolve()),
        "--side",
        name,
        "--folder",
        str(folder),
        "--texts",
        str(texts),
    ]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"HF_HUB_OFFLINE": "1"},
    )
    side = Side(process, name, [float("inf")] * _PIECES, [float("inf")] * _PIECES)
    side.way = str(side.ask("begin")["way"])
    return side


def _end(side: Side, folder: Path) -> np.ndarray:
    told = side.ask("end", str(folder / f"{side.name}.npy"))
    side.megabytes = float(str(told["megabytes"]))
    side.process.communicate()
    vectors: np.ndarray = np.load(folder / f"{side.name}.npy")
    return vectors


def _serve(name: str, folder: Path, texts: list[str]) -> None:
    """Be one side: encode the piece that is asked for, and tell the seconds; at the end the peak of the memory."""
    pieces = [texts[place::_PIECES] for place in range(_PIECES)]
    answer = sys.stdout
    sys.stdout = sys.stderr
    way = ""
    for line in sys.stdin:
        kind, *given = line.split(maxsplit=1)
        told: dict[str, object] = {}
        if kind == "begin":
            encode, way = _loaded(name, folder)
            told["way"] = way
        elif kind == "encode":
            begun, busy = time.perf_counter(), time.process_time()
            encode(pieces[int(given[0])])
            told |= {"seconds": time.perf_counter() - begun, "busy": time.process_time() - busy}
        else:
            told["megabytes"] = _peak_bytes() / 1e6  # what is compared next is not part of it
            np.save(given[0].strip(), encode(texts[::17]))
        answer.write(json.dumps(told) + "\n")
        answer.flush()
        if kind == "end":
            return


def _peak_bytes() -> int:
    """Return the peak of this program's own memory: that of getrusage begins with what the starting process had."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def _loaded(name: str, folder: Path):
    if name == _PEER:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415

        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        return lambda some: model.encode(some, show_progress_bar=False), "PyTorch fp32"
    from verbatlas.encoders.local.encoder import LocalEncoder  # noqa: PLC0415
    from verbatlas.encoders.local.precision import Precision  # noqa: PLC0415

    encoder = LocalEncoder(folder, name="benchmark", precision=Precision(name))
    encoder.prepare()
    assert encoder.way is not None
    return lambda some: encoder.encode(some).vectors, encoder.way.precision


def _print(sides: list[Side], vectors: dict[str, np.ndarray], *, n_texts: int, rounds: int) -> None:
    cores = f"{len(os.sched_getaffinity(0))} of {os.cpu_count()} cores"
    print(f"{processor_name()}, {cores}; {n_texts:,} texts, best of {rounds} rounds\n")
    print("| | way | rows/s | ratio | processor time, ratio | peak memory, MB | ratio | cosine, mean | least |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    peer = sides[0]
    for side in sides:
        speed, memory = sum(peer.seconds) / sum(side.seconds), side.megabytes / peer.megabytes
        cosines = (vectors[side.name] * vectors[peer.name]).sum(axis=1)
        cells = [side.name, side.way, f"{n_texts / sum(side.seconds):,.0f}", f"{speed:.2f}"]
        cells += [f"{sum(peer.busy) / sum(side.busy):.2f}", f"{side.megabytes:,.0f}"]
        cells += [f"{memory:.2f}", f"{cosines.mean():.5f}", f"{cosines.min():.5f}"]
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
