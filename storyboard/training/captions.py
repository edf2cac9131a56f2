"""The words for a picture: its own, its character's traits, and the trigger before them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.files.regular_file import read_regular

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.values.character import Character

__all__ = ["named_sides", "own_caption", "traits_caption", "with_trigger"]

_SIDES = re.compile(
    r"\b(left|right|mirror\w*|text|letters?|writing|asymmetric\w*)\b", re.IGNORECASE
)
_MOST = 8000


def own_caption(picture: Path) -> str | None:
    """What the text file beside a picture says, on one line; None where there is none.

    Raises:
        InputError: It is no plain text.
    """
    file = picture.with_suffix(".txt")
    try:
        data = read_regular(file, _MOST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(
            "{file} cannot be read: {strerror}", file=file, strerror=error.strerror
        ) from None
    try:
        text = " ".join(data.decode("utf-8-sig").split())
    except UnicodeDecodeError:
        raise InputError("{file} is not text in UTF-8", file=file) from None
    if len(data) > _MOST:
        raise InputError("{file} is longer than any caption: is it the right file?", file=file)
    return text


def traits_caption(character: Character) -> str:
    """The looks of a character in the order in which prompts have them."""
    return ", ".join(words for _, words in character.traits if words)


def with_trigger(caption: str, trigger: str) -> tuple[str, str]:
    """A caption with the trigger in it, and the same without.

    A caption that has the trigger already keeps it where it is. Else it goes before everything,
    because a caption that is too long loses its end.
    """
    if not trigger:
        return caption, caption
    said = re.compile(rf"(?<!\w){re.escape(trigger)}(?!\w)[ ,]*", re.IGNORECASE)
    plain = " ".join(said.sub("", caption).split()).strip(" ,")
    if plain != caption:
        return caption, plain
    return (f"{trigger}, {caption}" if caption else trigger), caption


def named_sides(caption: str) -> bool:
    """Whether a mirrored picture would make a caption wrong."""
    return bool(_SIDES.search(caption))
