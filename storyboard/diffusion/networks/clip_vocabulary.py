"""The files of a CLIP tokenizer, read once for all who need them: the counter and the pipeline.

Only what a CLIP tokenizer is made of is taken: a vocabulary, its merges and its special tokens. How
text is cut into words is CLIP's and no file's, so a ``tokenizer.json`` may only bring these.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from storyboard.files.model_folder import ModelFolder

__all__ = ["CLIP_WINDOW", "END", "START", "ClipVocabulary", "read_vocabulary", "read_window"]

CLIP_WINDOW = 77
"""Positions of CLIP's text encoders, start and end tokens included."""

START, END = "<|startoftext|>", "<|endoftext|>"
_NAMED = ("bos_token", "eos_token", "unk_token", "pad_token")
_FLAGS = ("lstrip", "normalized", "rstrip", "single_word", "special")

Token = str | dict[str, Any]
"""A special token: its text, or that with how it is found in a text."""


@dataclass(frozen=True, slots=True)
class ClipVocabulary:
    """A tokenizer, checked.

    Attributes:
        tokens: The number of each token, from 0.
        merges: Pairs of tokens, the first to be merged first.
        named: The special tokens by role.
        map: The same, from the file in which older models keep them; it wins.
        added: Tokens by number that are taken out of a text before anything else.
        window: Tokens of a text that are read, start and end included; at most 77.
    """

    tokens: Mapping[str, int] = field(repr=False)
    merges: tuple[tuple[str, str], ...] = field(repr=False)
    named: Mapping[str, Token]
    map: Mapping[str, Token]
    added: Mapping[int, dict[str, Any]]
    window: int

    @property
    def special(self) -> list[str]:
        """The special tokens as transformers gathers them, each once."""
        named: dict[str, Token] = {"bos_token": START, "eos_token": END}
        named |= {"unk_token": END, "pad_token": END}
        named |= {**self.named, **self.map}
        added = [each["content"] for each in self.added.values()]
        return list(dict.fromkeys([*added, *(_content(each) for each in named.values())]))

    @property
    def numbers(self) -> int:
        """How many numbers of tokens there can be: what the encoder's table must hold."""
        new = {each for each in self.special if each not in self.tokens}
        return max(self.tokens.values(), default=-1) + 1 + len(new)

    def write(self, folder: Path) -> None:
        """Write the files that transformers' CLIPTokenizer reads, and no others."""
        folder.mkdir()
        config: dict[str, Any] = {
            "tokenizer_class": "CLIPTokenizer",
            "model_max_length": self.window,
        }
        config |= self.named
        if self.added:
            config["added_tokens_decoder"] = {str(key): each for key, each in self.added.items()}
        files = {"vocab.json": dict(self.tokens), "tokenizer_config.json": config}
        if self.map:
            files["special_tokens_map.json"] = dict(self.map)
        for name, content in files.items():
            (folder / name).write_text(json.dumps(content), encoding="utf-8")
        lines = ["#version: 0.2", *(" ".join(pair) for pair in self.merges)]
        (folder / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_window(folder: ModelFolder, part: str) -> int:
    """How many tokens of a text are read.

    Raises:
        ModelError: The configuration is damaged.
    """
    length = _optional(folder, f"{part}/tokenizer_config.json").get("model_max_length")
    return min(length, CLIP_WINDOW) if type(length) is int and length > 2 else CLIP_WINDOW


def read_vocabulary(folder: ModelFolder, part: str) -> ClipVocabulary:
    """Read a tokenizer.

    Args:
        folder: The model's.
        part: The tokenizer's folder inside.

    Raises:
        ModelError: A file is missing or damaged, or is no CLIP tokenizer's.
    """
    # 1. The files; the single one of newer models only where the two are not there.
    whole = _optional(folder, f"{part}/tokenizer.json", bounds.TOKENIZER_BYTES)
    names = (f"{part}/vocab.json", f"{part}/merges.txt")
    if whole and not folder.has(names[0]):
        names = (f"{part}/tokenizer.json",) * 2
        tokens, merges = _from_whole(folder, names[0], whole)
    else:
        tokens = _tokens(folder, names[0], folder.json(names[0], bounds.TOKENIZER_BYTES))
        merges = _merges(folder, names[1])
    missing = next((each for each in (START, END) if each not in tokens), None)
    if missing is not None:
        raise folder.damaged(names[0], f"it lacks the token {missing!r}")
    pieces = {left + right for left, right in merges}.union(*merges)
    missing = next((each for each in pieces if each not in tokens), None)
    if missing is not None:
        raise folder.damaged(names[1], f"{missing[:40]!r} is not in vocab.json")

    # 2. The special tokens. The map counts where nothing says what the added tokens are, and then
    #    it wins over the configuration.
    name, other = f"{part}/tokenizer_config.json", f"{part}/special_tokens_map.json"
    config = _optional(folder, name)
    named = _named(folder, name, config)
    special = _named(folder, other, _optional(folder, other))
    if "added_tokens_decoder" in config:
        added, special = _added(folder, name, config["added_tokens_decoder"]), {}
    elif isinstance(whole.get("added_tokens"), list):
        listed = [each for each in whole["added_tokens"] if isinstance(each, dict)]
        table = {str(each.get("id")): each for each in listed}
        added = _added(folder, f"{part}/tokenizer.json", table)
        named, special = named | special, {}
    else:
        added = {}
    return ClipVocabulary(
        tokens=tokens,
        merges=tuple(merges),
        named=named,
        map=special,
        added=added,
        window=read_window(folder, part),
    )


def _tokens(folder: ModelFolder, name: str, found: Any) -> dict[str, int]:
    if not isinstance(found, dict):
        raise folder.damaged(name, "it has no vocabulary")
    if len(found) > bounds.TOKENS:
        raise folder.damaged(name, f"it has {len(found)} tokens, at most {bounds.TOKENS} are read")
    if not all(type(number) is int and 0 <= number < 2**31 for number in found.values()):
        raise folder.damaged(name, "a token has no number")
    if any(len(each) > bounds.TOKEN for each in found):
        raise folder.damaged(name, f"a token is longer than {bounds.TOKEN} letters")
    return found


def _merges(folder: ModelFolder, name: str) -> list[tuple[str, str]]:
    lines = enumerate(folder.text(name, bounds.TOKENIZER_BYTES).split("\n"), 1)
    kept = [(n, line) for n, line in lines if line.strip() and not line.startswith("#version")]
    return _pairs(folder, name, ((n, line.rstrip("\r").split(" ")) for n, line in kept))


def _from_whole(
    folder: ModelFolder, name: str, whole: dict[str, Any]
) -> tuple[dict[str, int], list[tuple[str, str]]]:
    model = whole.get("model")
    if not isinstance(model, dict) or not isinstance(model.get("merges"), list):
        raise folder.damaged(name, "it is not a BPE tokenizer")
    listed = enumerate(model["merges"], 1)
    rows = ((n, each.split(" ") if isinstance(each, str) else each) for n, each in listed)
    return _tokens(folder, name, model.get("vocab")), _pairs(folder, name, rows)


def _pairs(
    folder: ModelFolder, name: str, rows: Iterable[tuple[int, Any]]
) -> list[tuple[str, str]]:
    merges: list[tuple[str, str]] = []
    for number, row in rows:
        if (
            not isinstance(row, list)
            or len(row) != 2
            or not all(isinstance(each, str) and each for each in row)
        ):
            raise folder.damaged(name, f"line {number} is not a pair")
        merges.append((row[0], row[1]))
        if len(merges) > bounds.TOKENS:
            raise folder.damaged(name, f"more than {bounds.TOKENS} merges")
    return merges


def _named(folder: ModelFolder, name: str, source: dict[str, Any]) -> dict[str, Token]:
    found = {key: source[key] for key in _NAMED if source.get(key)}
    return {key: _token(folder, name, each) for key, each in found.items()}


def _added(folder: ModelFolder, name: str, found: Any) -> dict[int, dict[str, Any]]:
    if found is None:
        return {}
    if not isinstance(found, dict) or len(found) > bounds.ADDED_TOKENS:
        raise folder.damaged(
            name, f"its added tokens are no table of at most {bounds.ADDED_TOKENS}"
        )
    added: dict[int, dict[str, Any]] = {}
    for key, each in found.items():
        if not (key.isascii() and key.isdecimal() and len(key) < 8 and isinstance(each, dict)):
            raise folder.damaged(name, f"added token {key[:40]!r} has no number")
        token = _token(folder, name, each)
        assert isinstance(token, dict)  # as it was given
        added[int(key)] = token
    return added


def _token(folder: ModelFolder, name: str, token: Any) -> Token:
    """A special token, with nothing but its text and its flags."""
    content = token.get("content") if isinstance(token, dict) else token
    if not isinstance(content, str) or not 0 < len(content) <= bounds.TOKEN:
        raise folder.damaged(name, f"a special token is no word of at most {bounds.TOKEN} letters")
    if not isinstance(token, dict):
        return content
    flags = {flag: token[flag] for flag in _FLAGS if isinstance(token.get(flag), bool)}
    marked = {"__type": "AddedToken"} if token.get("__type") == "AddedToken" else {}
    return {**marked, "content": content, **flags}


def _content(token: Token) -> str:
    return str(token["content"]) if isinstance(token, dict) else token


def _optional(folder: ModelFolder, name: str, most: int = 2**20) -> dict[str, Any]:
    return folder.json(name, most) if folder.has(name) else {}
