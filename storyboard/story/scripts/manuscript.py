"""The manuscript: the author's text, checked, with its title and its paragraphs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from storyboard.errors import InputError
from storyboard.story.scripts.fountain import looks_like_script
from storyboard.story.scripts.script import Script, read_script
from storyboard.values import bounds

__all__ = ["Manuscript", "check_pieces", "read_manuscript"]

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
# U+E000 stands for a quotation while sentences are split, so no text may bring its own.
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\ue000-\uf8ff\ud800-\udfff\u00ad\x7f-\x84]")
_RULE = re.compile(r"\s*(?:[*#=~_-]\s*){1,}|\s*[•⁂]\s*")
_ENDS = (".", "!", "?", "…", ":", ";")
_CLOSERS = "\"'”’»)]"
_SPEECH_DASH = re.compile(r"[—–-]\s")
_HEADING = re.compile(r"#{1,6}\s+")
_TITLE_LETTERS, _TITLE_WORDS = 80, 10


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The text, ready to be read.

    Attributes:
        title: From a heading line, else the first words; never empty.
        paragraphs: Each on one line.
        parts: For each paragraph, the number of the part it belongs to; a rule such as ``***``
            begins a new part, and so does a scene of a script.
        script: The script that it is; None for prose.
    """

    title: str
    paragraphs: tuple[str, ...]
    parts: tuple[int, ...]
    script: Script | None = None


def read_manuscript(story: str, *, script: bool | None = None) -> Manuscript:
    """Check the author's text and find its title and paragraphs.

    Args:
        story: Text of at most `bounds.STORY_LETTERS` letters, a script of `SCRIPT_LETTERS`.
        script: Whether it is a film script in Fountain; None finds out.

    Raises:
        InputError: Empty, without a single letter, too long, or not text at all; a script with
            neither a scene nor a line.
    """
    # 1. Is it text that can be drawn?
    _check_length(len(story), bounds.SCRIPT_LETTERS)
    if _CONTROL.search(story) or story.count("\ufffd") > 2:
        raise InputError("the story holds binary data: save it as plain text in UTF-8")
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", story))
    if not text.strip():
        raise InputError("the story is empty: write at least one sentence")
    if not any(each.isalpha() for each in text):
        raise InputError("the story has no words: write at least one sentence")

    # 2. A script says itself what is what.
    if script or (script is None and looks_like_script(text)):
        read = _of_script(read_script(text.replace("\t", "    ")))
        check_pieces(len(read.paragraphs), "paragraphs")
        return read

    # 3. Its lines, its heading, its paragraphs.
    _check_length(len(story), bounds.STORY_LETTERS)
    lines = text.replace("\t", " ").splitlines()
    title, lines = _take_title(lines)
    paragraphs, parts = _paragraphs(lines)
    check_pieces(len(paragraphs), "paragraphs")
    if not paragraphs:
        paragraphs, parts = [title], [0]
    return Manuscript(title or _first_words(paragraphs[0]), tuple(paragraphs), tuple(parts))


def _check_length(letters: int, most: int) -> None:
    if letters > most:
        raise InputError(
            "the story has {letters} letters and at most {most} can be planned at once: "
            "split it into chapters and make a storyboard of each",
            letters=f"{letters:,}",
            most=f"{most:,}",
        )


def check_pieces(count: int, pieces: str) -> None:
    """Refuse a text that is cut into more than any author writes; each piece costs as much as ten.

    Raises:
        InputError: There are more than `bounds.STORY_PIECES`.
    """
    if count > bounds.STORY_PIECES:
        raise InputError(
            "the story has {count} {pieces} and at most {story_pieces} can be planned"
            " at once: split it into chapters and make a storyboard of each",
            count=f"{count:,}",
            pieces=pieces,
            story_pieces=f"{bounds.STORY_PIECES:,}",
        )


def _of_script(script: Script) -> Manuscript:
    if not script.paragraphs:
        raise InputError(
            "the script has neither a scene nor a line, only notes or a title page: write at "
            "least a scene heading such as INT. KITCHEN - NIGHT"
        )
    title = script.title if _has_letters(script.title) else _first_words(script.paragraphs[0])
    return Manuscript(title[:_TITLE_LETTERS], script.paragraphs, script.parts, script)


def _take_title(lines: list[str]) -> tuple[str, list[str]]:
    """Take a heading off the top: a marked one, or a short line followed by an empty one."""
    start = next(index for index, line in enumerate(lines) if line.strip())
    first, rest = lines[start].strip(), lines[start + 1 :]
    marked = _HEADING.match(first)
    words = first.split()
    short = len(first) <= _TITLE_LETTERS and len(words) <= _TITLE_WORDS
    alone = not rest or not rest[0].strip()
    followed = any(_has_letters(line) for line in rest)
    plain = not first.endswith((".", "!", "?", "…", ":", ",", ";", "”", "»", '"'))
    if followed and short and (marked or (alone and plain)) and _has_letters(first):
        return first[marked.end() if marked else 0 :].strip().rstrip("#").strip(), rest
    return "", lines


def _paragraphs(lines: list[str]) -> tuple[list[str], list[int]]:
    wrapped: list[list[str]] = []  # the lines of each paragraph
    parts: list[int] = []
    part, fresh = 0, True
    for raw in lines:
        line = " ".join(_HEADING.sub("", raw.strip()).split()) if raw.strip() else ""
        if not line or _RULE.fullmatch(line):
            part += bool(line)
            fresh = True
            continue
        # A line that continues a sentence was only wrapped.
        if fresh or _ends_sentence(wrapped[-1][-1]) or _SPEECH_DASH.match(line):
            wrapped.append([line])
            parts.append(part)
        else:
            wrapped[-1].append(line)
        fresh = False
    paragraphs = [" ".join(each) for each in wrapped]
    worded = [index for index, each in enumerate(paragraphs) if _has_letters(each)]
    return [paragraphs[index] for index in worded], [parts[index] for index in worded]


def _ends_sentence(line: str) -> bool:
    return line.endswith(("”", "»", '"')) or line.rstrip(_CLOSERS).endswith(_ENDS)


def _has_letters(text: str) -> bool:
    return any(each.isalpha() for each in text)


def _first_words(text: str) -> str:
    words = text.strip("«»“”\"'—–- ").split()
    head = " ".join(words[:6])
    cut = re.split(r"(?<=\w)[!?…;:][\"”»]?(?:\s|$)|\.(?:\s+(?=[A-ZА-ЯЁ])|$)", head, maxsplit=1)[0]
    return cut.strip(" ,.!?…;:—–-«»“”\"'")[:_TITLE_LETTERS] or head[:_TITLE_LETTERS]
