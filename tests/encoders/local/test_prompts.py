from pathlib import Path

import pytest
from tiny_models import write

from verbatlas.encoders.local.prompts import Prompts, read_prompts


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({}, Prompts()),
        ({"prompts": {"query": "Q: ", "document": ""}, "default_prompt_name": None}, Prompts(query="Q: ")),
        ({"prompts": {"query": "Q: ", "passage": "P: "}}, Prompts(query="Q: ")),
        ({"prompts": {"all": "A: "}, "default_prompt_name": "all"}, Prompts(document="A: ", query="A: ")),
        ({"prompts": {"query": "Q: ", "clustering": "C: "}}, Prompts(document="C: ", query="Q: ")),
        ({"prompts": None}, Prompts()),
    ],
)
def test_prompts_are_read_as_sentence_transformers_does(tmp_path: Path, config: object, expected: Prompts) -> None:
    write(tmp_path, "config_sentence_transformers.json", config)
    assert read_prompts(tmp_path) == expected


def test_the_models_own_prompts_win_also_when_they_are_blank() -> None:
    known = Prompts(document="query: ", query="query: ")
    assert Prompts(query="").or_else(known) == Prompts(document="query: ", query="")
