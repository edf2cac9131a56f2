"""Counting tokens as the text encoders do, without torch.

A prompt longer than the encoders' window is cut in the middle of a word, silently. Who writes
prompts must therefore count with the very tokenizers of the pipeline.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from tokenizers import AddedToken, Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import BPE

from storyboard.diffusion.networks.clip_vocabulary import (
    CLIP_WINDOW,
    END,
    read_vocabulary,
    read_window,
)
from storyboard.files.model_folder import ModelFolder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["CLIP_WINDOW", "ClipTokenCounter"]

_ENDS = 2  # the start and the end token
# What counts as one word for CLIP (Radford et al., arXiv 2103.00020, and OpenAI's reference code).
_WORD = (
    r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
)
_CACHED_TEXTS = 4096
_CURE = "copy or download the model again"


class ClipTokenCounter:
    """Counts with CLIP tokenizers; of several, the one that needs most tokens decides.

    The files are read at the first count, so that a window opens without them.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        """Count with the tokenizers in `folders`, each with vocab.json and merges.txt.

        Raises:
            ValueError: No folder at all.
        """
        if not folders:
            raise ValueError("a CLIP pipeline has at least one tokenizer")
        self._folders = tuple(folders)
        self._remembered = functools.lru_cache(maxsize=_CACHED_TEXTS)(self._count)

    @functools.cached_property
    def window(self) -> int:
        """The smallest window of the tokenizers, at most 77."""
        return min(CLIP_WINDOW, *(_window(folder) for folder in self._folders))

    def count(self, text: str) -> int:
        """The number of tokens of `text`, start and end tokens included.

        Raises:
            ModelError: A tokenizer's files are missing or damaged.
        """
        return self._remembered(text)

    def _count(self, text: str) -> int:
        return _ENDS + max(
            len(tokenizer.encode(text, add_special_tokens=False).ids)
            for tokenizer in self._tokenizers
        )

    @functools.cached_property
    def _tokenizers(self) -> tuple[Tokenizer, ...]:
        # SDXL's two tokenizers share a vocabulary and differ in the padding token only.
        return tuple(_load(folder) for folder in self._folders)


def _load(folder: Path) -> Tokenizer:
    """Build the tokenizer that transformers' CLIPTokenizer builds from the same folder."""
    # 1. The vocabulary and its merges.
    found = read_vocabulary(ModelFolder(folder.parent, _CURE), folder.name)

    # 2. Words as CLIP sees them: lower case, any white space one blank.
    tokenizer = Tokenizer(
        BPE(
            vocab=dict(found.tokens),
            merges=list(found.merges),
            unk_token=END,
            end_of_word_suffix="</w>",
        )
    )
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_WORD), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )

    # 3. Special tokens are taken out of the text before anything else. SDXL's second tokenizer
    #    pads with "!": there, "!!!" is three tokens and not one.
    special = [AddedToken(each, normalized=False) for each in found.special]
    tokenizer.add_special_tokens(special)
    return tokenizer


def _window(folder: Path) -> int:
    return read_window(ModelFolder(folder.parent, _CURE), folder.name)
