"""Final Draft's scripts (.fdx, XML) as Fountain, the plain text that people can go on writing.

The XML is read by expat, event by event, without a tree: a file of 4 MB takes no more memory than
its text. A document type is refused where it begins, so no entity is ever declared, and expat
fetches nothing from outside. (defusedxml does the same for trees, but is typed for no checker.)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

from storyboard.errors import InputError
from storyboard.story.scripts.fountain import is_cue, is_transition
from storyboard.story.scripts.headings import read_heading
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MAX_BYTES", "fountain_from_fdx", "is_fdx"]

MAX_BYTES = bounds.FINAL_DRAFT_BYTES
"""XML is several times longer than its text; a feature film's file has about a megabyte."""

_DEEPEST = bounds.FINAL_DRAFT_DEPTH
_LONGEST_HEADING = 220
_SAMPLE = 2000
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,20}(?:<\?xml[^>]{0,200}\?>\s{0,20})?<FinalDraft\b")
_HOLDERS = frozenset(("FinalDraft", "Content", "DualDialogue", "Paragraph"))
_SPOKEN = ("Parenthetical", "Dialogue", "Singing")
_UNSHOWN = re.compile(
    r"(?:New Act|End of Act|Cast List|Section|Synopsis|Outline|Note|Summary|Hidden ?Text)\b.*"
)
_NUMBER = re.compile(r"[^#\s]{1,20}")
_SIGNS = re.compile(r"[*_\\]")
_BRACKETS = str.maketrans("[]", "()")
_OPENINGS = re.compile(r"\[(?=\[)")


def is_fdx(data: bytes, name: str = "") -> bool:
    """Whether a file is Final Draft's: by its name or its first element."""
    return name.lower().endswith(".fdx") or _BEGINS.match(data[:_SAMPLE]) is not None


def fountain_from_fdx(data: bytes, name: str) -> str:
    """Write a Final Draft script as Fountain; outlines, summaries and omitted scenes stay behind.

    Args:
        data: The file, at most `MAX_BYTES` bytes.
        name: What messages call it.

    Raises:
        InputError: Too large, no whole XML, a document type (and so entities), or no text.
    """
    if len(data) > MAX_BYTES:
        raise InputError(
            "{name} has more than {max_bytes} bytes: save ten pages at a time",
            name=name,
            max_bytes=f"{MAX_BYTES:,}",
        )
    reader = _Reader(name)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise InputError(
            "{name} is no whole Final Draft file (line {lineno}: "
            "{errorstring}): save it again in Final Draft as .fdx",
            name=name,
            lineno=error.lineno,
            errorstring=expat.ErrorString(error.code),
        ) from None
    except (LookupError, UnicodeError, ValueError):  # an encoding that nobody knows
        raise InputError(
            "{name} is in an unknown encoding: save it again in Final Draft as .fdx", name=name
        ) from None
    if not reader.root:
        raise InputError("{name} is XML, but not Final Draft's: save the script as .fdx", name=name)
    text = _fountain(reader.title, reader.paragraphs)
    if not any(each.isalpha() for each in text):
        raise InputError(
            "{name} has no paragraph of a script in it: was it saved as .fdx from Final Draft?",
            name=name,
        )
    return text


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph: kind, text, number of its scene, whether it is spoken with the one before."""

    kind: str
    text: str
    number: str = ""
    dual: bool = False
    notes: tuple[str, ...] = ()


class _Reader:
    """What expat tells of, kept as paragraphs of a kind and a text."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._path: list[str] = []
        self._elements = 0
        self._kinds: list[str] = []
        self._words: list[list[str]] = []
        self._numbers: list[str] = []
        self._is_hidden = False
        self._notes: list[str] = []
        self._at_once = 0
        self.root = False
        self.title = ""
        self.paragraphs: list[_Paragraph] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._path.append(tag)
        if len(self._path) == 1:
            self.root = tag == "FinalDraft"
        if len(self._path) > _DEEPEST:
            raise InputError(
                "{name} is nested deeper than any script: save it again", name=self._name
            )
        self._elements += 1
        full = len(self.paragraphs) == bounds.FINAL_DRAFT_PARAGRAPHS
        if full or self._elements > bounds.FINAL_DRAFT_ELEMENTS:
            raise InputError(
                "{name} is longer than any script: save ten pages at a time", name=self._name
            )
        if tag == "Paragraph":
            self._kinds.append(attributes.get("Type", ""))
            self._numbers.append(" ".join(attributes.get("Number", "").split()))
            self._words.append([])
        elif tag == "DualDialogue":
            self._at_once = 0
        elif tag == "Text":
            self._is_hidden = "hidden" in attributes.get("Style", "").lower()

    def text(self, text: str) -> None:
        """Characters; only those in a Text right inside a Paragraph are the script's."""
        if self._words and self._path[-2:] == ["Paragraph", "Text"] and not self._is_hidden:
            self._words[-1].append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        path = self._path
        if tag == "Paragraph":
            kind, number = self._kinds.pop(), self._numbers.pop()
            text = " ".join("".join(self._words.pop()).split())
            if self.root and path[1:2] == ["Content"] and set(path) <= _HOLDERS:
                is_cue = kind == "Character" and "DualDialogue" in path
                self._at_once += is_cue
                dual = is_cue and self._at_once > 1
                notes, self._notes = tuple(self._notes), []
                self.paragraphs.append(_Paragraph(kind, text, number, dual=dual, notes=notes))
            elif self.root and path[1:2] == ["Content"] and "ScriptNote" in path:
                self._notes.append(text.translate(_BRACKETS))
            elif self.root and path[1:-1] == ["TitlePage", "Content"] and not self.title:
                self.title = text  # a head of its pages stands before its content
        path.pop()

    def refuse_doctype(self, *_: object) -> None:
        """A document type is there to declare entities, which no script needs."""
        raise InputError(
            "{name} declares a document type or entities, which no Final Draft file has: "
            "save it again in Final Draft as .fdx",
            name=self._name,
        )


def _fountain(title: str, paragraphs: Iterable[_Paragraph]) -> str:
    lines = [f"Title: {_escaped(title)}"] if title else []
    cue = spoke = ""
    for paragraph in paragraphs:
        kind, text = paragraph.kind, paragraph.text
        if not any(each.isalnum() for each in text) or _UNSHOWN.fullmatch(kind):
            continue
        if kind == "Character":
            # Written when something is spoken: alone it would be read as action.
            cue, spoke = _cue(text) + " ^" * paragraph.dual, ""
        elif kind not in _SPOKEN:
            lines += ["", _shown(paragraph, first=not lines), *_noted(paragraph)]
            cue = spoke = ""
        elif cue or spoke:
            lines += ["", cue] if cue else []
            lines += [_spoken(kind, text), *_noted(paragraph)]
            cue, spoke = "", cue or spoke
        elif kind != "Parenthetical":
            lines += ["", f"~{_escaped(text)}"]  # nobody is said to speak it
    return "\n".join(lines).strip("\n") + "\n"


def _noted(paragraph: _Paragraph) -> list[str]:
    return [f"[[{each}]]" for each in paragraph.notes if any(map(str.isalnum, each))]


def _cue(text: str) -> str:
    if is_cue(text):
        return text
    return f"@{text}" if any(each.isalpha() for each in text) else ""


def _shown(paragraph: _Paragraph, *, first: bool) -> str:
    """A paragraph as one line that Fountain reads as the same kind."""
    kind, text = paragraph.kind, paragraph.text
    if kind == "Scene Heading" and not is_transition(text):  # OMITTED
        head = text[:_LONGEST_HEADING]
        number = f" #{paragraph.number}#" if _NUMBER.fullmatch(paragraph.number) else ""
        if read_heading(head):
            return head + number
        # The full stop must stand before a letter or a digit.
        start = next((index for index, each in enumerate(head) if each.isalnum()), None)
        return "" if start is None else f".{head[start:]}{number}"
    if kind == "Transition":
        return text if is_transition(text) else f">{text.rstrip(' <')}"
    if is_transition(text):
        return text  # FADE IN: is action to Final Draft
    plain = _escaped(text)
    # What only looks like something else is said to be action; so is what looks like a title page.
    other = plain[0] in "#=>~.@!" or read_heading(plain, alone=True)
    return f"!{plain}" if other or (first and ":" in plain) else plain


def _spoken(kind: str, text: str) -> str:
    if kind == "Parenthetical":
        return f"({text.replace('(', '').replace(')', '')})"
    plain = _escaped(text)
    return f"~{plain}" if read_heading(plain) else plain


def _escaped(text: str) -> str:
    """A text in which Fountain finds no emphasis, no note and no boneyard."""
    return _OPENINGS.sub(r"\g<0>\\", _SIGNS.sub(r"\\\g<0>", text))
