"""Where a story comes from: a file, standard input, or the words themselves.

A Final Draft script becomes Fountain here, so that everybody after has one kind of text. A file
that is a script by its name alone says so in its text from here on: the text is what a board keeps
and what is planned again, in the window as on the command line, and it has no file name any more.
"""

from __future__ import annotations

import codecs
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.files.regular_file import NotRegularError, read_regular
from storyboard.message import Message
from storyboard.story.legacy_encoding import legacy_encoding
from storyboard.story.scripts import final_draft
from storyboard.story.scripts.fountain import MARK, has_title_page, looks_like_script
from storyboard.values import bounds

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["MAX_BYTES", "Source", "read_source"]

MAX_BYTES = bounds.SOURCE_BYTES
"""A file with more bytes is no story; ten pages have 30,000."""

_MOST_BYTES = max(MAX_BYTES, final_draft.MAX_BYTES)
_SHOT_LISTS = frozenset({".yaml", ".yml"})
_SCRIPTS = frozenset({".fountain", ".spmd", ".fdx"})
_PACKED = {".highland": "Highland", ".fadein": "Fade In"}
_DOCUMENTS = (
    _SCRIPTS | _PACKED.keys() | frozenset({".txt", ".md", ".pdf", ".doc", ".docx", ".rtf", ".odt"})
)
_LONGEST_PATH = 1024
_PIPED = re.compile(r"/dev/stdin|/dev/fd/\d{1,5}|/proc/self/fd/\d{1,5}", re.ASCII)
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Source:
    """A story, or a shot list that was planned before.

    Attributes:
        text: What was read.
        name: What messages call it: the path, "standard input" or "the story".
        path: The file, or None.
        note: What to tell people about how it was read.
        scenes: Of a film script, those that `text` has, such as "12-18,23A"; empty for all.
    """

    text: str
    name: str
    path: Path | None = None
    note: Message | None = None
    scenes: str = ""

    @property
    def is_shot_list(self) -> bool:
        """Whether it is a shot list as `storyboard plan` prints it: by its name or its lines."""
        from storyboard.story.text_kind import is_shot_list

        named = self.path is not None and self.path.suffix.lower() in _SHOT_LISTS
        return named or is_shot_list(self.text)

    def of_scenes(self, scenes: str) -> Source:
        """The same with some scenes of its script only; with all where none are named.

        Raises:
            InputError: It is no script, or has no such scenes.
        """
        from storyboard.story.scripts.excerpt import excerpt

        if not scenes:
            return self
        return replace(self, text=excerpt(self.text, scenes, self.name), scenes=scenes)


def read_source(argument: str, stdin: BinaryIO) -> Source:
    """Read what the user named: a file that exists, "-" for `stdin`, or else the story itself.

    Raises:
        InputError: Nothing there, too large, not text, a path that does not exist, or a broken
            Final Draft file.
    """
    if argument == "-":
        name = "standard input"
        text, note = _text(stdin.read(_MOST_BYTES + 1), name)
        return Source(text, name, note=note)
    path = _existing(argument)
    if path is None:
        _refuse_lost_path(argument)
        name = "the story"
        text, note = _text(argument.encode("utf-8", "surrogateescape"), name)
        return Source(text, name, note=note)
    try:
        data = _piped(argument) if _PIPED.fullmatch(argument) else read_regular(path, _MOST_BYTES)
    except NotRegularError:
        raise InputError(
            "{path} is not a file: name a text file, or a shot list in YAML", path=path
        ) from None
    except OSError as error:
        raise InputError(
            "{path} cannot be read ({error}): check the file", path=path, error=error.strerror
        ) from None
    program = _PACKED.get(path.suffix.lower())
    if program:
        raise InputError(
            "{path} is a document of {program}, which only it can read: export it there as "
            "Fountain (.fountain) or Final Draft (.fdx)",
            path=path,
            program=program,
        )
    text, note = _text(data, str(path))
    if path.suffix.lower() in _SCRIPTS and not looks_like_script(text):
        # It joins a title page that is there, and else is one.
        text = f"{MARK}\n{text}" if has_title_page(text) else f"{MARK}\n\n{text}"
    return Source(text, str(path), path, note)


def _piped(argument: str) -> bytes:
    """What `<(command)` of a shell, or /dev/stdin, hands over: already open, so nothing waits."""
    number = int(argument.rpartition("/")[2]) if argument[-1].isdigit() else 0
    with open(os.dup(number), "rb") as file:  # noqa: PTH123
        return file.read(_MOST_BYTES + 1)


def _existing(argument: str) -> Path | None:
    if not 0 < len(argument) <= _LONGEST_PATH or "\0" in argument:
        return None
    path = Path(argument)
    try:
        return path if path.exists() else None
    except OSError:  # a sentence can be longer than a file system allows
        return None


def _is_link(argument: str) -> bool:
    try:
        return Path(argument).is_symlink()
    except (OSError, ValueError):  # a sentence, as above
        return False


def _refuse_lost_path(argument: str) -> None:
    """A path with a slip of the pen must not be drawn as if it were a story."""
    if _is_link(argument):
        raise InputError(
            "{argument} is a link that leads nowhere: check where it should lead", argument=argument
        )
    words = argument.split()
    suffix = Path(argument).suffix if "\n" not in argument else ""
    is_document = suffix.lower() in _DOCUMENTS | _SHOT_LISTS
    is_word = len(words) == 1 and bool(_SUFFIX.fullmatch(suffix) or re.search(r"[/\\]", argument))
    if is_document or is_word:
        raise InputError(
            "{argument} does not exist: check the path (a story is given as a sentence, a file, "
            "or - for standard input)",
            argument=argument,
        )


def _text(data: bytes, name: str) -> tuple[str, Message | None]:
    """The text, and what to tell people about how it was read."""
    if final_draft.is_fdx(data, name):
        return final_draft.fountain_from_fdx(data, name), None
    if len(data) > MAX_BYTES:
        raise InputError(
            "{name} has more than {max_bytes} bytes: storyboard ten pages at a time",
            name=name,
            max_bytes=f"{MAX_BYTES:,}",
        )
    text, note = _decoded(data, name)
    if not text.strip():
        raise InputError("{name} is empty: write at least one sentence", name=name)
    return text.replace("\r\n", "\n").replace("\r", "\n"), note


def _decoded(data: bytes, name: str) -> tuple[str, Message | None]:
    """A text, and what to tell people where it is not in Unicode."""
    encoding, note = "utf-8", None
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        encoding = legacy_encoding(data)
        text = data.decode(encoding) if encoding else "\0"
        note = Message(
            "{name} is not in UTF-8: read as {encoding}; save it as UTF-8 if letters are wrong",
            {"name": name, "encoding": encoding},
        )
    if "\0" in text:
        raise InputError("{name} is not text: save it as plain text in UTF-8", name=name)
    return text, note
