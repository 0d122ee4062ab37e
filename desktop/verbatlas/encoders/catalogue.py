"""The models that are offered by name: what each can read, what it costs, and how it wants to be asked.

What is said here was taken from the models' own pages on https://huggingface.co. It is for choosing a model before its
files are there; once they are, what the files themselves say counts.
"""

from dataclasses import dataclass
from enum import StrEnum

from verbatlas.encoders.names import LEXICAL, MINILM, UNIVERSAL


class Languages(StrEnum):
    """What a model was made to read."""

    CHINESE = "zh"
    ENGLISH = "en"
    MULTILINGUAL = "multilingual"
    ANY = "any"  # it learns from the comments themselves


class Speed(StrEnum):
    """How long a model takes without a graphics card, roughly, for comments of a sentence or two."""

    FAST = "fast"  # a thousand comments in seconds
    MIDDLE = "middle"  # in about a minute
    SLOW = "slow"  # in minutes: wants a graphics card or a server


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueModel:
    """A model that is offered by name.

    Attributes:
        name: How a person chooses it: ``--encoder NAME``.
        hub_id: Its name on the hub; blank for one that cannot be had there.
        languages: What it was made to read.
        speed: How long it takes.
        download_bytes: About what a download takes, all files together; 0 where there is none.
        n_parameters: How large it is; 0 for an encoder without files.
        n_dimensions: The length of its vectors.
        max_tokens: The longest text that it reads whole, in tokens; 0 where there is no limit.
        licence: Under which its makers publish it, as an SPDX identifier; blank for our own.
        pooling: How token vectors become one: ``mean``, ``cls``, ``last``, ``sum``; ``none`` where there are no tokens.
        document_prompt: What goes before every text that is clustered.
        query_prompt: What goes before a search query.
        is_packaged: Whether it is installed with Verbatlas.
    """

    name: str
    hub_id: str
    languages: Languages
    speed: Speed
    download_bytes: int
    n_parameters: int
    n_dimensions: int
    max_tokens: int
    licence: str
    pooling: str
    document_prompt: str = ""
    query_prompt: str = ""
    is_packaged: bool = False


_BGE_QUERY = "为这个句子生成表示以用于检索相关文章："  # with the wide colon that the model was trained with
_QWEN_QUERY = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"
# Everything but retrieval takes this one for both sides: https://huggingface.co/intfloat/multilingual-e5-small
_E5 = "query: "
_MB = 1_000_000

CATALOGUE: tuple[CatalogueModel, ...] = (
    CatalogueModel(
        name="bge-large-zh-v1.5",
        hub_id="BAAI/bge-large-zh-v1.5",
        languages=Languages.CHINESE,
        speed=Speed.SLOW,
        download_bytes=1_303 * _MB,
        n_parameters=325_522_432,
        n_dimensions=1024,
        max_tokens=512,
        licence="MIT",
        pooling="cls",
        query_prompt=_BGE_QUERY,
    ),
    CatalogueModel(
        name="bge-base-zh-v1.5",
        hub_id="BAAI/bge-base-zh-v1.5",
        languages=Languages.CHINESE,
        speed=Speed.MIDDLE,
        download_bytes=410 * _MB,
        n_parameters=102_267_648,
        n_dimensions=768,
        max_tokens=512,
        licence="MIT",
        pooling="cls",
        query_prompt=_BGE_QUERY,
    ),
    CatalogueModel(
        name="bge-small-zh-v1.5",
        hub_id="BAAI/bge-small-zh-v1.5",
        languages=Languages.CHINESE,
        speed=Speed.FAST,
        download_bytes=96 * _MB,
        n_parameters=23_953_920,
        n_dimensions=512,
        max_tokens=512,
        licence="MIT",
        pooling="cls",
        query_prompt=_BGE_QUERY,
    ),
    CatalogueModel(
        name="bge-m3",
        hub_id="BAAI/bge-m3",
        languages=Languages.MULTILINGUAL,
        speed=Speed.SLOW,
        download_bytes=2_293 * _MB,
        n_parameters=567_754_752,
        n_dimensions=1024,
        max_tokens=8192,
        licence="MIT",
        pooling="cls",
    ),
    CatalogueModel(
        name="gte-large-zh",
        hub_id="thenlper/gte-large-zh",
        languages=Languages.CHINESE,
        speed=Speed.SLOW,
        download_bytes=652 * _MB,
        n_parameters=325_522_432,
        n_dimensions=1024,
        max_tokens=512,
        licence="MIT",
        pooling="cls",
    ),
    CatalogueModel(
        name="gte-base-zh",
        hub_id="thenlper/gte-base-zh",
        languages=Languages.CHINESE,
        speed=Speed.MIDDLE,
        download_bytes=205 * _MB,
        n_parameters=102_267_648,
        n_dimensions=768,
        max_tokens=512,
        licence="MIT",
        pooling="cls",
    ),
    CatalogueModel(
        name="Qwen3-Embedding-0.6B",
        hub_id="Qwen/Qwen3-Embedding-0.6B",
        languages=Languages.MULTILINGUAL,
        speed=Speed.SLOW,
        download_bytes=1_207 * _MB,
        n_parameters=595_776_512,
        n_dimensions=1024,
        max_tokens=32_768,
        licence="Apache-2.0",
        pooling="last",
        query_prompt=_QWEN_QUERY,
    ),
    CatalogueModel(
        name="multilingual-e5-base",
        hub_id="intfloat/multilingual-e5-base",
        languages=Languages.MULTILINGUAL,
        speed=Speed.MIDDLE,
        download_bytes=1_135 * _MB,
        n_parameters=278_043_648,
        n_dimensions=768,
        max_tokens=512,
        licence="MIT",
        pooling="mean",
        document_prompt=_E5,
        query_prompt=_E5,
    ),
    CatalogueModel(
        name="multilingual-e5-small",
        hub_id="intfloat/multilingual-e5-small",
        languages=Languages.MULTILINGUAL,
        speed=Speed.FAST,
        download_bytes=493 * _MB,
        n_parameters=117_653_760,
        n_dimensions=384,
        max_tokens=512,
        licence="MIT",
        pooling="mean",
        document_prompt=_E5,
        query_prompt=_E5,
    ),
    CatalogueModel(
        name=MINILM,
        hub_id="sentence-transformers/all-MiniLM-L6-v2",
        languages=Languages.ENGLISH,
        speed=Speed.FAST,
        download_bytes=92 * _MB,
        n_parameters=22_713_216,
        n_dimensions=384,
        max_tokens=256,
        licence="Apache-2.0",
        pooling="mean",
        is_packaged=True,
    ),
    CatalogueModel(
        name=UNIVERSAL,
        hub_id="",
        languages=Languages.MULTILINGUAL,
        speed=Speed.FAST,
        download_bytes=0,
        n_parameters=68_927_232,
        n_dimensions=512,
        max_tokens=0,
        licence="Apache-2.0",
        pooling="sum",
        is_packaged=True,
    ),
    CatalogueModel(
        name=LEXICAL,
        hub_id="",
        languages=Languages.ANY,
        speed=Speed.FAST,
        download_bytes=0,
        n_parameters=0,
        n_dimensions=256,
        max_tokens=0,
        licence="",
        pooling="none",
        is_packaged=True,
    ),
)


def by_name(name: str) -> CatalogueModel | None:
    """Return the model that is chosen by ``name`` or by its hub id, in any case of letters; None if there is none."""
    wanted = name.casefold()
    for model in CATALOGUE:
        if wanted == model.name.casefold() or (model.hub_id and wanted in _other_names(model)):
            return model
    return None


def _other_names(model: CatalogueModel) -> tuple[str, ...]:
    hub_id = model.hub_id.casefold()
    return hub_id, hub_id.partition("/")[2]
