"""Models on the disk, laid out as other programs leave them."""

import hashlib
from pathlib import Path

from stand_in_hub import git_digest, is_large

USED = ("config.json", "tokenizer.json", "modules.json", "1_Pooling/config.json", "model.safetensors")


def write_model(folder: Path, files: dict[str, bytes]) -> Path:
    """Put the used files of a model into a plain folder."""
    for name in USED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(files[name])
    return folder


def write_hub_cache(cache: Path, hub_id: str, revision: str, files: dict[str, bytes], *, is_main: bool = True) -> Path:
    """Put a model where huggingface_hub keeps it: content by digest, and a folder of links for each revision."""
    repository = cache / f"models--{hub_id.replace('/', '--')}"
    snapshot = repository / "snapshots" / revision
    for name in USED:
        content = files[name]
        digest = hashlib.sha256(content).hexdigest() if is_large(name) else git_digest(content)
        blob = repository / "blobs" / digest
        blob.parent.mkdir(parents=True, exist_ok=True)
        blob.write_bytes(content)
        (snapshot / name).parent.mkdir(parents=True, exist_ok=True)
        up = "../" * (2 + name.count("/") + 0)
        (snapshot / name).symlink_to(f"{up}blobs/{digest}")
    if is_main:
        (repository / "refs").mkdir(exist_ok=True)
        (repository / "refs" / "main").write_text(revision, encoding="utf-8")
    return snapshot
