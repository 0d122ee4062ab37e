"""Rows per second on a graphics card against ``SentenceTransformer.encode`` with its defaults there.

    python tests/benchmarks/embedding_gpu.py [--rows 10003] [--rounds 3]

With all-MiniLM-L6-v2 on banking77_train, by turns in one process: sentence-transformers' defaults (fp32), and the
local encoder's model in fp32 and bf16, each with batches of like length and with the texts as they come. Says why and
ends well where there is no card.
"""

import argparse
import csv
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from verbatlas.encoders.batching import batches_by_length
from verbatlas.encoders.local.description import describe
from verbatlas.encoders.local.packaged import find_model
from verbatlas.encoders.local.running import TOKENS_ON_CARD
from verbatlas.encoders.local.tokens import TextReader
from verbatlas.encoders.local.torch_model import TorchModel
from verbatlas.encoders.packages import MINILM_PACKAGE

_DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "csv" / "banking77_train.csv"
_TEXTS_PER_BATCH = 32  # as sentence-transformers has it


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_003)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not torch.cuda.is_available():
        print("There is no graphics card that PyTorch can use here, so nothing was measured.")
        return
    with _DATA.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)][: options.rows]
    peer = SentenceTransformer(str(find_model(MINILM_PACKAGE)), device="cuda", local_files_only=True)
    sides: dict[str, Callable[[list[str]], np.ndarray]] = {"sentence-transformers": peer.encode}
    for arithmetic in ("fp32", "bf16"):
        model = TorchModel(describe(find_model(MINILM_PACKAGE)), arithmetic=arithmetic, device="cuda")
        sides[f"{arithmetic}, as they come"] = _side(model, is_sorted=False)
        sides[f"{arithmetic}, by length"] = _side(model, is_sorted=True)
    exact = {name: encode(texts) for name, encode in sides.items()}  # and warms up
    best = dict.fromkeys(sides, float("inf"))
    for _ in range(options.rounds):
        for name, encode in sides.items():
            begun = time.perf_counter()
            encode(texts)
            best[name] = min(best[name], time.perf_counter() - begun)
    print(f"{torch.cuda.get_device_name()}; {len(texts):,} texts, best of {options.rounds} rounds\n")
    print("| | rows/s | ratio | least cosine |")
    print("| --- | --- | --- | --- |")
    usual = next(iter(sides))
    for name, seconds in best.items():
        cosine = (exact[name] * exact[usual]).sum(axis=1).min()
        print(f"| {name} | {len(texts) / seconds:,.0f} | {best[usual] / seconds:.2f} | {cosine:.5f} |")


def _side(model: TorchModel, *, is_sorted: bool) -> Callable[[list[str]], np.ndarray]:
    reader = TextReader(describe(find_model(MINILM_PACKAGE)))

    def encode(texts: list[str]) -> np.ndarray:
        tokens = reader.read(texts, begun=lambda: None)
        vectors = np.zeros((len(texts), 384), dtype=np.float32)
        for batch in _batches(tokens.lengths, is_sorted=is_sorted):
            vectors[batch] = model(*tokens.padded(batch))
        return vectors

    return encode


def _batches(lengths: np.ndarray, *, is_sorted: bool) -> Iterator[np.ndarray]:
    if is_sorted:
        return batches_by_length(lengths, tokens=TOKENS_ON_CARD)
    return iter(np.array_split(np.arange(len(lengths)), -(-len(lengths) // _TEXTS_PER_BATCH)))


if __name__ == "__main__":
    main()
