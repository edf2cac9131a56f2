"""Qwen's tokenizer: its file looked at, handed to transformers, and counted with, without torch.

Pipelines wrap a prompt into a turn of a conversation, by a template that comes with the tokenizer
and may be any program in Jinja's language. What it makes of one turn is known, so ours is written
in its place.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tokenizers import Tokenizer

from storyboard.files.model_folder import ModelFolder
from storyboard.values import bounds

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "QWEN_WINDOW",
    "EstimatedTokens",
    "QwenTokenCounter",
    "QwenVocabulary",
    "read_qwen_vocabulary",
]

QWEN_WINDOW = 512
"""Most tokens that pipelines of diffusers let Qwen read, the turn's own included."""

_BEFORE = "<|im_start|>user\n"
_AFTER = "<|im_end|>\n<|im_start|>assistant\n"
_NO_THINKING = "<think>\n\n</think>\n\n"
# As Qwen3's own, of one turn of the user's.
_TEMPLATE = (
    "{%- for message in messages %}"
    "{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}"
    "{%- endfor %}"
    "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}"
    "{%- if enable_thinking is defined and enable_thinking is false %}"
    "{{- '<think>\\n\\n</think>\\n\\n' }}{%- endif %}{%- endif %}"
)
_END = "<|endoftext|>"
_CACHED_TEXTS = 4096
_CURE = "copy or download the model again"
_TOKENS_A_WORD = 1.4  # of English prompts with commas
_TOKENS_OF_A_TURN = 12


@dataclass(frozen=True, slots=True)
class QwenVocabulary:
    """A tokenizer, checked.

    Attributes:
        text: Its ``tokenizer.json``.
        tokens: How many numbers of tokens there are: what the encoder's table must hold.
        side: Where a text is filled up, which decides pixels.
    """

    text: str
    tokens: int
    side: Literal["left", "right"] = "right"

    def write(self, folder: Path) -> None:
        """Write the files that transformers' tokenizer reads, and no others."""
        folder.mkdir()
        (folder / "tokenizer.json").write_text(self.text, encoding="utf-8")
        config = {
            "tokenizer_class": "Qwen2Tokenizer",
            "eos_token": "<|im_end|>",
            "pad_token": _END,
            "unk_token": _END,
            "padding_side": self.side,
            "model_max_length": QWEN_WINDOW,
            "chat_template": _TEMPLATE,
        }
        (folder / "tokenizer_config.json").write_text(json.dumps(config), encoding="utf-8")


class QwenTokenCounter:
    """Counts as a pipeline lets Qwen read; the file is read at the first count.

    Args:
        folder: The tokenizer's, inside a model's folder.
        thinking: Whether the pipeline leaves the answer open to thoughts; else it closes them,
            which takes tokens.

    Attributes:
        window: Tokens of a text that are read, those around it included.
    """

    window = QWEN_WINDOW

    def __init__(self, folder: Path, *, thinking: bool) -> None:
        self._folder = folder
        self._after = _AFTER if thinking else _AFTER + _NO_THINKING
        self._remembered = functools.lru_cache(maxsize=_CACHED_TEXTS)(self._count)

    def count(self, text: str) -> int:
        """The number of tokens of a text, those around it included.

        Raises:
            ModelError: The tokenizer's file is missing or damaged.
        """
        return self._remembered(text)

    def _count(self, text: str) -> int:
        return len(self._tokenizer.encode(_BEFORE + text + self._after).ids)

    @functools.cached_property
    def _tokenizer(self) -> Tokenizer:
        folder = ModelFolder(self._folder.parent, _CURE)
        tokenizer = Tokenizer.from_str(read_qwen_vocabulary(folder, self._folder.name).text)
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer


class EstimatedTokens:
    """Guesses, where a published model is asked about without its files.

    Attributes:
        window: Tokens of a text that are read.
    """

    window = QWEN_WINDOW

    def count(self, text: str) -> int:
        """About as many as Qwen's tokenizer would find."""
        return _TOKENS_OF_A_TURN + round(_TOKENS_A_WORD * len(text.split()))


def read_qwen_vocabulary(folder: ModelFolder, part: str) -> QwenVocabulary:
    """Read a tokenizer.

    Args:
        folder: The model's.
        part: The tokenizer's folder inside.

    Raises:
        ModelError: Its file is missing or damaged, or is no Qwen tokenizer's.
    """
    name = f"{part}/tokenizer.json"
    text = folder.text(name, bounds.TOKENIZER_BYTES)
    told = folder.json(name, bounds.TOKENIZER_BYTES)
    model = told.get("model")
    words = model.get("vocab") if isinstance(model, dict) else None
    if not isinstance(model, dict) or model.get("type") != "BPE" or not isinstance(words, dict):
        raise folder.damaged(name, "it is not a BPE tokenizer")
    added = told.get("added_tokens")
    count = len(added) if isinstance(added, list) else 0
    if len(words) > bounds.TOKENS or count > bounds.ADDED_TOKENS:
        problem = f"it has {len(words)} tokens and {count} more, at most {bounds.TOKENS} are read"
        raise folder.damaged(name, problem)
    try:
        known = Tokenizer.from_str(text)
    except Exception as error:  # noqa: BLE001  (tokenizers raises this very class)
        raise folder.damaged(name, " ".join(str(error).split())[:200]) from None
    for mark in ("<|im_start|>", "<|im_end|>", _END):
        if known.token_to_id(mark) is None:
            raise folder.damaged(name, f"it lacks {mark}, by which a prompt is wrapped")
    tokens = known.get_vocab_size(with_added_tokens=True)
    return QwenVocabulary(text, tokens, _side(folder, part))


def _side(folder: ModelFolder, part: str) -> Literal["left", "right"]:
    name = f"{part}/tokenizer_config.json"
    told = folder.json(name).get("padding_side") if folder.has(name) else None
    return "left" if told == "left" else "right"
