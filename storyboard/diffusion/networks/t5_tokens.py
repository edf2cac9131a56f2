"""T5's tokenizer: its file looked at, handed to transformers, and counted with, without torch."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tokenizers import Tokenizer

from storyboard.files.model_folder import ModelFolder
from storyboard.values import bounds

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["T5_WINDOW", "T5TokenCounter", "T5Vocabulary", "read_t5_vocabulary"]

T5_WINDOW = 512
"""Most tokens that pipelines of diffusers let T5 read, the end token included."""

_CACHED_TEXTS = 4096
_CURE = "copy or download the model again"


@dataclass(frozen=True, slots=True)
class T5Vocabulary:
    """A tokenizer, checked.

    Attributes:
        text: Its ``tokenizer.json``.
        tokens: How many numbers of tokens there are: what the encoder's table must hold.
        window: Tokens of a text that are read, the end included.
    """

    text: str
    tokens: int
    window: int

    def write(self, folder: Path) -> None:
        """Write the files that transformers' T5 tokenizer reads, and no others."""
        folder.mkdir()
        (folder / "tokenizer.json").write_text(self.text, encoding="utf-8")
        # The sentinels for training are among the file's tokens, where it has any.
        config = {
            "tokenizer_class": "T5TokenizerFast",
            "model_max_length": self.window,
            "extra_ids": 0,
        }
        (folder / "tokenizer_config.json").write_text(json.dumps(config), encoding="utf-8")


class T5TokenCounter:
    """Counts as a T5 encoder of a pipeline reads; the file is read at the first count."""

    def __init__(self, folder: Path, window: int) -> None:
        """Count with the tokenizer in a folder.

        Args:
            folder: Inside a model's folder.
            window: Most tokens that the pipeline reads.
        """
        self._folder, self._most = folder, window
        self._remembered = functools.lru_cache(maxsize=_CACHED_TEXTS)(self._count)

    @functools.cached_property
    def window(self) -> int:
        """Tokens of a text that are read, the end included."""
        folder = ModelFolder(self._folder.parent, _CURE)
        return min(self._most, _window(folder, self._folder.name))

    def count(self, text: str) -> int:
        """The number of tokens of a text, the end included.

        Raises:
            ModelError: The tokenizer's file is missing or damaged.
        """
        return self._remembered(text)

    def _count(self, text: str) -> int:
        return len(self._tokenizer.encode(text).ids)

    @functools.cached_property
    def _tokenizer(self) -> Tokenizer:
        folder = ModelFolder(self._folder.parent, _CURE)
        tokenizer = Tokenizer.from_str(read_t5_vocabulary(folder, self._folder.name).text)
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer


def read_t5_vocabulary(folder: ModelFolder, part: str) -> T5Vocabulary:
    """Read a tokenizer.

    Args:
        folder: The model's.
        part: The tokenizer's folder inside.

    Raises:
        ModelError: Its file is missing or damaged, or is no T5 tokenizer's.
    """
    name = f"{part}/tokenizer.json"
    text = folder.text(name, bounds.TOKENIZER_BYTES)
    model = folder.json(name, bounds.TOKENIZER_BYTES).get("model")
    words = model.get("vocab") if isinstance(model, dict) else None
    kind = model.get("type", "Unigram") if isinstance(model, dict) else None
    if kind != "Unigram" or not isinstance(words, list):
        raise folder.damaged(name, "it is not a Unigram tokenizer")
    if len(words) > bounds.TOKENS:
        raise folder.damaged(name, f"it has {len(words)} tokens, at most {bounds.TOKENS} are read")
    try:
        tokens = Tokenizer.from_str(text).get_vocab_size(with_added_tokens=True)
    except Exception as error:  # noqa: BLE001  (tokenizers raises this very class)
        raise folder.damaged(name, " ".join(str(error).split())[:200]) from None
    return T5Vocabulary(text, tokens, _window(folder, part))


def _window(folder: ModelFolder, part: str) -> int:
    name = f"{part}/tokenizer_config.json"
    length = folder.json(name).get("model_max_length") if folder.has(name) else None
    return min(length, T5_WINDOW) if type(length) is int and length > 2 else T5_WINDOW
