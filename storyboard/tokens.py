"""Counting tokens as the text encoders do, without torch.

A prompt longer than the encoders' window is cut in the middle of a word, silently. Who writes
prompts must therefore count with the very tokenizers of the pipeline.
"""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any, Protocol

from tokenizers import AddedToken, Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import BPE

from storyboard.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["CLIP_WINDOW", "ClipTokenCounter", "TokenCounter"]

CLIP_WINDOW = 77
"""Positions of CLIP's text encoders, start and end tokens included."""

_START, _END = "<|startoftext|>", "<|endoftext|>"
_ENDS = 2  # the start and the end token
# What counts as one word for CLIP (Radford et al., arXiv 2103.00020, and OpenAI's reference code).
_WORD = (
    r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
)
_NAMED = ("bos_token", "eos_token", "unk_token", "pad_token")
_MAX_BYTES = 64 * 1024 * 1024
_CACHED_TEXTS = 4096


class TokenCounter(Protocol):
    """Counts the tokens of a text.

    The empty text must fit the window, and a text should not cost less when a word is added.
    """

    @property
    def window(self) -> int:
        """The most tokens that the text encoders read, start and end tokens included."""

    def count(self, text: str) -> int:
        """The number of tokens of `text`, start and end tokens included."""


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
    vocabulary, merges = _vocabulary(folder), _merges(folder)
    missing = next((each for each in (_START, _END) if each not in vocabulary), None)
    if missing is not None:
        raise _damaged(folder / "vocab.json", f"it lacks the token {missing!r}")
    pieces = {left + right for left, right in merges}.union(*merges)
    missing = next((each for each in pieces if each not in vocabulary), None)
    if missing is not None:
        raise _damaged(folder / "merges.txt", f"{missing[:40]!r} is not in vocab.json")

    # 2. Words as CLIP sees them: lower case, any white space one blank.
    tokenizer = Tokenizer(
        BPE(vocab=vocabulary, merges=merges, unk_token=_END, end_of_word_suffix="</w>")
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
    special = [AddedToken(each, normalized=False) for each in _special_tokens(folder)]
    tokenizer.add_special_tokens(special)
    return tokenizer


def _vocabulary(folder: Path) -> dict[str, int]:
    path = folder / "vocab.json"
    vocabulary = _json(path)
    if not all(type(number) is int and number >= 0 for number in vocabulary.values()):
        raise _damaged(path, "a token has no number")
    return vocabulary


def _merges(folder: Path) -> list[tuple[str, str]]:
    path = folder / "merges.txt"
    merges: list[tuple[str, str]] = []
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip() or line.startswith("#version"):
            continue
        left, _, right = line.rstrip("\r").partition(" ")
        if not left or not right or " " in right:
            raise _damaged(path, f"line {number} is not a pair")
        merges.append((left, right))
    return merges


def _special_tokens(folder: Path) -> list[str]:
    """The named special tokens, from either file in which models keep them."""
    named = {"bos_token": _START, "eos_token": _END, "unk_token": _END, "pad_token": _END}
    added: list[str] = []
    config = _optional_json(folder / "tokenizer_config.json")
    sources = [config]
    if "added_tokens_decoder" in config:
        added = list(_contents(config["added_tokens_decoder"]))
    else:
        # Older models; transformers lets the map win over the configuration.
        sources.append(_optional_json(folder / "special_tokens_map.json"))
    for source in sources:
        named.update({name: _content(source[name]) for name in _NAMED if source.get(name)})
    return list(dict.fromkeys([*added, *named.values()]))


def _contents(decoder: object) -> Iterator[str]:
    if isinstance(decoder, dict):
        yield from (_content(token) for token in decoder.values())


def _content(token: object) -> str:
    """The text of a token that is written as a word or as {"content": word, ...}."""
    return str(token.get("content", "")) if isinstance(token, dict) else str(token)


def _window(folder: Path) -> int:
    length = _optional_json(folder / "tokenizer_config.json").get("model_max_length")
    return length if isinstance(length, int) and length > _ENDS else CLIP_WINDOW


def _optional_json(path: Path) -> dict[str, Any]:
    return _json(path) if path.exists() else {}


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(_text(path))
    except (ValueError, RecursionError):
        raise _damaged(path, "it is not JSON") from None
    if not isinstance(content, dict):
        raise _damaged(path, "it is not a JSON object")
    return content


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise _damaged(path, "it is far too large")
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ModelError(
            f"{path.parent} lacks {path.name}: a CLIP tokenizer is a folder with vocab.json and "
            "merges.txt; copy or download the model again"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged(path, str(getattr(error, "strerror", None) or "it is not text")) from None


def _damaged(path: Path, problem: str) -> ModelError:
    return ModelError(
        f"{path} cannot be used as a tokenizer: {problem}; copy or download the model again"
    )
