"""Tiny models of random weights, in the exact file layout of the families that people use."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tokenizers
import torch
import transformers
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

TEXTS = [
    "快递太慢了，等了一个星期。",
    "电池不耐用！",
    "The parcel came late, and nobody answered.",
    "good",
    "质量很好 very good",
    "",
    "客服态度差。退货也不方便；我很失望。",
]
_CHARACTERS = sorted(set("".join(TEXTS)) | set("abcdefghijklmnopqrstuvwxyz.,!?:")) + list(
    "为这个句子生成表示以用于检索相关文章："
)
_SMALL: dict[str, Any] = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 64,
    "initializer_range": 0.3,
}


def bert(
    folder: Path,
    *,
    pooling: str = "cls",
    limit: int = 24,
    dtype: torch.dtype = torch.float32,
    shards: bool = False,
    characters: Sequence[str] = _CHARACTERS,
    **sizes: Any,
) -> Path:
    """As BAAI/bge-large-zh-v1.5: BertModel, one pooling, Normalize."""
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    words += [
        prefix + character for character in dict.fromkeys(characters) if character.strip() for prefix in ("", "##")
    ]
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.decoder = decoders.WordPiece()
    config = transformers.BertConfig(**{"vocab_size": len(words), "max_position_embeddings": 64, **_SMALL, **sizes})
    names = {
        "unk_token": "[UNK]",
        "sep_token": "[SEP]",
        "pad_token": "[PAD]",
        "cls_token": "[CLS]",
        "mask_token": "[MASK]",
    }
    _save(folder, transformers.BertModel(_seeded(config)), tokenizer, dtype=dtype, shards=shards)
    _describe(folder, "BertTokenizer", names, pooling=pooling, limit=limit, n_dimensions=config.hidden_size)
    return folder


def xlm_roberta(folder: Path, *, limit: int = 62) -> Path:
    """As BAAI/bge-m3: XLMRobertaModel, the first token, Normalize; padding is number 1."""
    words = [
        "<s>",
        "<pad>",
        "</s>",
        "<unk>",
        "▁",
        *[c for c in dict.fromkeys(_CHARACTERS) if c.strip()],
        "▁the",
        "▁good",
        "<mask>",
    ]
    tokenizer = Tokenizer(models.Unigram([(word, -float(number)) for number, word in enumerate(words)], unk_id=3))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.decoder = decoders.Metaspace()
    numbers = {"pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2, "type_vocab_size": 1}
    config = transformers.XLMRobertaConfig(
        vocab_size=len(words), max_position_embeddings=limit + 2, **numbers, **_SMALL
    )
    names = {
        "unk_token": "<unk>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "cls_token": "<s>",
        "mask_token": "<mask>",
    }
    names |= {"bos_token": "<s>", "eos_token": "</s>"}
    _save(folder, transformers.XLMRobertaModel(_seeded(config)), tokenizer)
    _describe(folder, "XLMRobertaTokenizer", names, pooling="cls", limit=limit, n_dimensions=config.hidden_size)
    return folder


def qwen3(folder: Path, *, side: str = "left", limit: int = 128) -> Path:
    """As Qwen/Qwen3-Embedding-0.6B: Qwen3 in bfloat16, the last token, Normalize, a prompt for queries."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {word: number for number, word in enumerate([*alphabet, "<|endoftext|>"])}
    end = len(alphabet)
    tokenizer = Tokenizer(models.BPE(vocabulary, [], ignore_merges=False))
    tokenizer.add_special_tokens([tokenizers.AddedToken("<|endoftext|>", special=True)])
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A <|endoftext|>", pair="$A $B:1 <|endoftext|>", special_tokens=[("<|endoftext|>", end)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    numbers = {"num_key_value_heads": 2, "head_dim": 8, "max_position_embeddings": 256, "eos_token_id": end}
    config = transformers.Qwen3Config(vocab_size=end + 1, tie_word_embeddings=True, **numbers, **_SMALL)
    _save(folder, transformers.Qwen3Model(_seeded(config)), tokenizer, dtype=torch.bfloat16)
    names = {"pad_token": "<|endoftext|>", "eos_token": "<|endoftext|>", "padding_side": side}
    _describe(
        folder, "PreTrainedTokenizerFast", names, pooling="lasttoken", limit=limit, n_dimensions=config.hidden_size
    )
    query = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"
    prompts = {"prompts": {"query": query, "document": ""}, "default_prompt_name": None}
    write(folder, "config_sentence_transformers.json", prompts)
    return folder


def with_module(
    folder: Path, kind: str, config: dict[str, Any], weights: dict[str, torch.Tensor] | None = None
) -> Path:
    """Add a step before the last, which is Normalize."""
    modules = json.loads((folder / "modules.json").read_text())
    path = f"{len(modules)}_{kind.rpartition('.')[2]}"
    modules.insert(-1, {"idx": len(modules), "name": str(len(modules)), "path": path, "type": kind})
    write(folder, "modules.json", modules)
    (folder / path).mkdir()
    write(folder, f"{path}/config.json", config)
    if weights is not None:
        save_file(weights, folder / path / "model.safetensors")
    return folder


def write(folder: Path, name: str, content: object) -> None:
    """Write a JSON file of the model."""
    (folder / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def change(folder: Path, name: str, **values: object) -> None:
    """Change values of a JSON file of the model."""
    write(folder, name, json.loads((folder / name).read_text(encoding="utf-8")) | values)


def _seeded(config: Any) -> Any:
    torch.manual_seed(3)
    return config


def _save(
    folder: Path, model: Any, tokenizer: Tokenizer, *, dtype: torch.dtype = torch.float32, shards: bool = False
) -> None:
    model.to(dtype).save_pretrained(folder, max_shard_size="20KB" if shards else "5GB")
    tokenizer.save(str(folder / "tokenizer.json"))


def _describe(folder: Path, kind: str, names: dict[str, str], *, pooling: str, limit: int, n_dimensions: int) -> None:
    write(folder, "tokenizer_config.json", {"tokenizer_class": kind, "model_max_length": limit, **names})
    types = ["Transformer", "Pooling", "Normalize"]
    paths = ["", "1_Pooling", "2_Normalize"]
    modules = [
        {"idx": n, "name": str(n), "path": paths[n], "type": f"sentence_transformers.models.{kind}"}
        for n, kind in enumerate(types)
    ]
    write(folder, "modules.json", modules)
    write(folder, "sentence_bert_config.json", {"max_seq_length": limit, "do_lower_case": False})
    (folder / "1_Pooling").mkdir()
    flags = {"cls": "cls_token", "mean": "mean_tokens", "max": "max_tokens", "lasttoken": "lasttoken"}
    flags |= {"mean_sqrt_len_tokens": "mean_sqrt_len_tokens", "weightedmean": "weightedmean_tokens"}
    config = {f"pooling_mode_{flag}": name == pooling for name, flag in flags.items()}
    write(folder, "1_Pooling/config.json", {"word_embedding_dimension": n_dimensions, **config})
