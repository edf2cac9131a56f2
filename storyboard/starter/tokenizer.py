"""The starter model's CLIP tokenizer: byte-pair merges learned from its own captions.

Every byte is a token of its own, alone and at the end of a word, so that no word of any language
is ever unknown; it only costs more tokens.
"""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from storyboard.starter.architecture import WINDOW
from storyboard.starter.captioner import ENGLISH_FILLER, NEGATIVE_PHRASES, caption
from storyboard.starter.sampling import sample_scene

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["train_tokenizer"]

_SIZE = 2048
_CAPTIONS = 6000
_START, _END = "<|startoftext|>", "<|endoftext|>"
_WORD = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
"""CLIP's own pattern of what a word is (Radford et al., arXiv 2103.00020)."""


def train_tokenizer(folder: Path, seed: int = 0) -> None:
    """Write ``vocab.json``, ``merges.txt`` and ``tokenizer_config.json`` into ``folder``."""
    # 1. Learn merges from captions and from ordinary story English.
    rng = random.Random(seed)
    texts = [caption(sample_scene(rng), rng) for _ in range(_CAPTIONS)]
    texts += [*NEGATIVE_PHRASES, *ENGLISH_FILLER] * 20
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    learner = Tokenizer(models.BPE(end_of_word_suffix="</w>"))
    learner.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    learner.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_WORD), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=_SIZE - len(alphabet) - 2,
        end_of_word_suffix="</w>",
        initial_alphabet=alphabet,
        show_progress=False,
    )
    learner.train_from_iterator(texts, trainer)
    merges = [tuple(pair) for pair in json.loads(learner.to_str())["model"]["merges"]]

    # 2. Number the tokens as CLIP does: bytes, bytes at a word's end, merges, the two marks.
    tokens = [*alphabet, *(each + "</w>" for each in alphabet)]
    tokens += [left + right for left, right in merges]
    tokens = [*dict.fromkeys(tokens), _START, _END]
    numbers = {token: number for number, token in enumerate(tokens)}

    # 3. Write the files that transformers' CLIPTokenizer loads.
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps(numbers, ensure_ascii=False), encoding="utf-8")
    lines = ["#version: 0.2", *(f"{left} {right}" for left, right in merges)]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    config = {
        "tokenizer_class": "CLIPTokenizer",
        "model_max_length": WINDOW,
        "bos_token": _START,
        "eos_token": _END,
        "unk_token": _END,
        "pad_token": _END,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2), encoding="utf-8")
