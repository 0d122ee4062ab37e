"""Every problem has a whole sentence in every language."""

import re
from collections.abc import Iterator

import pytest

from verbatlas import words
from verbatlas.errors import Problem, UserError
from verbatlas.problem_words import sentence

_VALUES = {
    "path": "评论.csv",
    "reason": "Permission denied",
    "encoding": "gb18030",
    "line": 1234,
    "columns": ["id", "comment"],
    "column": "text",
    "documents": 9,
    "clusters": 5000,
    "model": "all-MiniLM-L6-v2",
    "file": "model.safetensors",
    "version": 9,
    "known": 1,
    "cluster": 4,
    "position": 3,
    "part": "(late",
    "name": "物流",
    "sheet": "四月",
    "sheets": ("三月", "五月"),
    "row": 7,
    "rows": 1_048_576,
    "ending": ".xls",
    "longest": 32_767,
    "most": 16_384,
    "url": "http://localhost:30000/v1",
    "command": "python -m sglang.launch_server",
    "words": "no room",
    "models": ["bge-m3"],
    "text": "late",
    "before": 384,
    "now": 1024,
    "variable": "VERBATLAS_API_KEY",
    "encoder": "bge-lage",
    "nearest": "bge-large-zh-v1.5",
    "names": ["auto", "minilm"],
    "host": "hf-mirror.com",
    "status": 503,
    "address": "hf-mirror",
    "needed": 1_353,
    "free": 12,
}


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    words.use_language(request.param)
    yield request.param
    words.use_language("en")


@pytest.mark.parametrize("problem", Problem)
def test_every_problem_has_a_whole_sentence_in_every_language(problem: Problem, language: str) -> None:
    said = sentence(UserError(problem, **_VALUES))

    assert said.rstrip()[-1] in ".。", said
    assert "{" not in said
    assert "Traceback" not in said
    assert bool(re.search(r"[\u4e00-\u9fff]{4}", said)) == (language == "zh_CN")


def test_numbers_are_grouped_and_lists_read_as_lists() -> None:
    assert "5,000 clusters" in sentence(UserError(Problem.TOO_FEW_DOCUMENTS, documents=9, clusters=5000))
    assert "id, comment" in sentence(UserError(Problem.COLUMN_MISSING, column="x", columns=["id", "comment"]))
