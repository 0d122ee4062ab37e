import subprocess
import sys

import pytest

from verbatlas import encoders

_HEAVY = {"torch", "transformers", "sentence_transformers", "sklearn", "scipy", "openvino", "tokenizers", "safetensors"}
_CHOOSE = """
import sys
from verbatlas import encoders
encoders.choose(["The parcel came late.", "快递太慢了"])
print(*sys.modules)
"""


def test_choosing_an_encoder_loads_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", _CHOOSE], capture_output=True, text=True, check=True)
    assert _HEAVY & set(done.stdout.split()) == set()


@pytest.mark.parametrize("name", ["minilm", "lexical"])
def test_an_encoder_has_the_name_it_was_asked_by(name: str) -> None:
    assert encoders.load(name, seed=1).name == name
