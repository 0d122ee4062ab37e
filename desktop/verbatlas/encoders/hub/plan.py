"""What a download of a model is made of: which files, of which commit, of which size and with which content."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verbatlas.encoders.hub.session import Session, asked
from verbatlas.encoders.hub.watch import Watch
from verbatlas.errors import Problem, UserError

if TYPE_CHECKING:
    from huggingface_hub import ModelInfo
    from huggingface_hub.hf_api import RepoSibling

# The hub's own program that makes safetensors of other weights, and proposes them to the makers of the model:
# https://huggingface.co/spaces/safetensors/convert
CONVERTER = "SFconvertbot"
_SETTINGS = frozenset(
    {
        "config.json",
        "modules.json",
        "sentence_bert_config.json",
        "config_sentence_transformers.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "special_tokens_map.json",
        "added_tokens.json",
        "vocab.txt",
        "vocab.json",
        "merges.txt",
        "sentencepiece.bpe.model",
        "spiece.model",
        "tokenizer.model",
        "LICENSE",
        "LICENSE.md",
        "LICENSE.txt",
    }
)
_NEEDED = ("config.json", "tokenizer.json")
# What a model of sentence-transformers has beside its transformer, such as 1_Pooling/config.json.
_MODULE_FILE = re.compile(r"\d+_\w+/(config\.json|model\.safetensors)", re.ASCII)
_WEIGHTS, _INDEX = "model.safetensors", "model.safetensors.index.json"
_WEIGHTS_PART = re.compile(r"model-\d+-of-\d+\.safetensors", re.ASCII)
_MAIN = "main"  # where a mirror does not say which commit that is
_IS_SHA256, _IS_GIT = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file on the hub.

    Attributes:
        name: Its path in the model, with slashes.
        size: In bytes.
        digest: Of its content, as the hub knows it: SHA-256 (64 hexadecimal digits), or git's SHA-1 (40).
        revision: The commit to take it from.
    """

    name: str
    size: int
    digest: str
    revision: str

    @property
    def is_settings(self) -> bool:
        """Whether it says how to use the model, rather than being what was learnt."""
        return not self.name.endswith(".safetensors")


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is fetched for a model.

    Attributes:
        hub_id: The model.
        revision: The commit of its main branch.
        pull_request: The number of the converter's proposal that the weights are taken from; 0 for none.
        files: What to fetch: settings first.
    """

    hub_id: str
    revision: str
    pull_request: int
    files: tuple[HubFile, ...]

    @property
    def size(self) -> int:
        """All bytes."""
        return sum(file.size for file in self.files)


def plan(hub_id: str, *, visit: Session, watch: Watch) -> Plan:
    """Return what to fetch for a model: safetensors, from the model itself or from the hub's own conversion of it.

    Raises:
        UserError: MODEL_NOT_FOR_TEXT or MODEL_WITHOUT_SAFETENSORS.
        HfHubHTTPError: The hub refuses.
        TransportError: It cannot be reached.
        Cancelled: The download is no longer wanted.
    """
    main = _info(hub_id, None, visit=visit, watch=watch)
    files = _files(main)
    for name in _NEEDED:
        if not any(file.name == name for file in files):
            raise UserError(Problem.MODEL_NOT_FOR_TEXT, model=hub_id, file=name)
    weights, number = _weights(files), 0
    if not weights:
        weights, number = _converted(hub_id, visit=visit, watch=watch)
    settings = [file for file in files if not _is_weights(file.name)]
    whole = [_complete(file, hub_id, visit=visit, watch=watch) for file in (*settings, *weights)]
    ordered = sorted(whole, key=lambda file: (not file.is_settings, file.name))
    return Plan(hub_id, main.sha or _MAIN, number, tuple(ordered))


def _info(hub_id: str, revision: str | None, *, visit: Session, watch: Watch) -> "ModelInfo":
    def ask() -> "ModelInfo":
        return visit.api.model_info(hub_id, revision=revision, files_metadata=True, timeout=visit.patience.read)

    return asked(ask, visit=visit, watch=watch)


def _files(info: "ModelInfo") -> list[HubFile]:
    revision = info.sha or _MAIN
    return [_file(one, revision) for one in info.siblings or () if _is_wanted(one.rfilename)]


def _file(sibling: "RepoSibling", revision: str) -> HubFile:
    if sibling.lfs is not None:
        return HubFile(sibling.rfilename, sibling.lfs.size, sibling.lfs.sha256.lower(), revision)
    return HubFile(sibling.rfilename, sibling.size or 0, (sibling.blob_id or "").lower(), revision)


def _converted(hub_id: str, *, visit: Session, watch: Watch) -> tuple[list[HubFile], int]:
    """Return the weights that the hub's converter proposed, and the number of its proposal; the newest that has any.

    Raises:
        UserError: There is none (MODEL_WITHOUT_SAFETENSORS).
    """

    def ask() -> list[int]:
        proposals = visit.api.get_repo_discussions(hub_id, author=CONVERTER, discussion_type="pull_request")
        # Asked for by author, and looked at again: a mirror may not know how to choose.
        return [one.num for one in proposals if one.is_pull_request and one.author == CONVERTER]

    for number in sorted(asked(ask, visit=visit, watch=watch), reverse=True):
        info = _info(hub_id, f"refs/pr/{number}", visit=visit, watch=watch)
        weights = _weights(_files(info))
        if weights:
            return weights, number
    raise UserError(Problem.MODEL_WITHOUT_SAFETENSORS, model=hub_id)


def _complete(file: HubFile, hub_id: str, *, visit: Session, watch: Watch) -> HubFile:
    """Ask for size and content of a single file where the list did not say, as with simple mirrors.

    Raises:
        UserError: The hub does not say what the file is (HUB_FAILING).
    """
    if _is_digest(file.digest):
        return file
    from huggingface_hub import get_hf_file_metadata, hf_hub_url  # noqa: PLC0415 - heavy

    endpoint = visit.network.endpoint
    url = hf_hub_url(hub_id, file.name, revision=file.revision, endpoint=endpoint)
    found = asked(lambda: get_hf_file_metadata(url, token=visit.api.token), visit=visit, watch=watch)
    digest = (found.etag or "").lower()
    if found.size is None or not _is_digest(digest):
        raise UserError(Problem.HUB_FAILING, host=visit.network.host, status=f"{file.name}: ETag")
    return replace(file, size=found.size, digest=digest)


def _is_digest(text: str) -> bool:
    return bool(_IS_SHA256.fullmatch(text) or _IS_GIT.fullmatch(text))


def _is_wanted(name: str) -> bool:
    return name in _SETTINGS or _is_weights(name) or _MODULE_FILE.fullmatch(name) is not None


def _is_weights(name: str) -> bool:
    return name in {_WEIGHTS, _INDEX} or _WEIGHTS_PART.fullmatch(name) is not None


def _weights(files: Sequence[HubFile]) -> list[HubFile]:
    """Return the weights in one file where there is such a one, or else in parts with their index."""
    whole = [file for file in files if file.name == _WEIGHTS]
    parts = [file for file in files if _is_weights(file.name)]
    return whole or (parts if any(file.name == _INDEX for file in parts) else [])
