"""A random text encoder of Qwen3's structure, and a tokenizer of letters and two words."""

from __future__ import annotations

from typing import Any

from tokenizers.pre_tokenizers import ByteLevel
from transformers import Qwen2Tokenizer, Qwen3Config

__all__ = ["qwen_config", "qwen_tokenizer"]

# As the published tokenizers' template makes one turn, written in another way than the program's.
_TEMPLATE = (
    "{% for turn in messages %}<|im_start|>{{ turn['role'] }}\n{{ turn['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n"
    "{% if enable_thinking is defined and not enable_thinking %}<think>\n\n</think>\n\n"
    "{% endif %}{% endif %}"
)


def qwen_tokenizer() -> Qwen2Tokenizer:
    """A tokenizer whose longest words are "red" and "hat"."""
    known = {letter: number for number, letter in enumerate(sorted(ByteLevel.alphabet()))}
    merges = [("r", "e"), ("re", "d"), ("h", "a"), ("ha", "t"), ("Ġ", "red"), ("Ġ", "hat")]
    known |= {one + two: len(known) + place for place, (one, two) in enumerate(merges)}
    kind: Any = Qwen2Tokenizer  # pairs are no merges to its types
    tokenizer: Qwen2Tokenizer = kind(
        vocab=known,
        merges=merges,
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        unk_token="<|endoftext|>",
        extra_special_tokens=["<|im_start|>"],
    )
    tokenizer.chat_template = _TEMPLATE
    return tokenizer


def qwen_config(tokens: int, layers: int, width: int = 32) -> Qwen3Config:
    """The configuration of a small encoder.

    Args:
        tokens: How many its table holds.
        layers: How deep it is.
        width: Of what it writes for a token.
    """
    return Qwen3Config(
        vocab_size=tokens,
        hidden_size=width,
        intermediate_size=2 * width,
        num_hidden_layers=layers,
        num_attention_heads=2,
        num_key_value_heads=1,
        head_dim=8,
        tie_word_embeddings=True,
        bos_token_id=None,
        eos_token_id=None,
        pad_token_id=None,
    )
