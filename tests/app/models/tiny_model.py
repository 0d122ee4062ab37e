"""A model so small that a hub on this computer gives it in a moment; its weights are no weights."""

import random

TINY = "owner/tiny-zh"


def tiny_model() -> dict[str, bytes]:
    return {
        "config.json": b'{"model_type": "bert", "hidden_size": 8}',
        "tokenizer.json": b'{"version": "1.0"}',
        "tokenizer_config.json": b"{}",
        "modules.json": b'[{"type": "sentence_transformers.models.Pooling", "path": "1_Pooling"}]',
        "1_Pooling/config.json": b'{"pooling_mode_cls_token": true}',
        "model.safetensors": random.Random(7).randbytes(600_000),
    }
