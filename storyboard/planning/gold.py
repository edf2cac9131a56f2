"""Gold stories: what a director expects of the shots of a story, written before it was planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.errors import InputError, ProjectError
from storyboard.files.regular_file import read_regular
from storyboard.files.yaml_tree import YamlTree, parse_yaml
from storyboard.values import bounds

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ExpectedShot", "GoldStory", "read_gold"]

_STORY = ("title", "kind", "language", "held_out", "text", "cast", "looks", "shots")
_SHOT = (
    *("of", "place", "time", "present", "agent", "speakers", "prompt", "never"),
    *("size", "seconds"),
)
_MOST = 200
"""Stories in a folder, shots in a story, words in a list."""


@dataclass(frozen=True, slots=True)
class ExpectedShot:
    """What a director expects of the shot that shows some words of the story.

    Of words in English any alternative will do (``pool|water``), each at the beginning of a word.
    What is None is not asked.

    Attributes:
        of: The story's own words, in an action or a line.
        place: Where; with "!" in front, where it is not.
        time: When; likewise.
        present: Everybody in the frame; a name with "?" behind it may be there or not.
        agent: Who acts, and so comes first.
        speakers: Who speaks the line.
        prompt: What the prompt must name.
        never: What it must not.
        size: Words of the shot's size, such as "close".
        seconds: Shortest and longest duration.
    """

    of: str
    place: str | None = None
    time: str | None = None
    present: tuple[str, ...] | None = None
    agent: str | None = None
    speakers: tuple[str, ...] | None = None
    prompt: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    size: str | None = None
    seconds: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class GoldStory:
    """A story and what is expected of it.

    Attributes:
        name: Of its file.
        kind: Such as "ad", "joke" or "script".
        language: "en", "ru" or "kk".
        held_out: Whether its failures stay unread while the planner is worked on.
        text: The story; it is planned with a panel for each expected shot.
        cast: Everybody who needs looks, and nobody else; "?" as in `ExpectedShot.present`.
        looks: English words that somebody's traits must hold, by name.
        shots: In reading order.
    """

    name: str
    kind: str
    language: str
    held_out: bool
    text: str
    cast: tuple[str, ...]
    looks: Mapping[str, tuple[str, ...]]
    shots: tuple[ExpectedShot, ...]


def read_gold(folder: Path) -> tuple[GoldStory, ...]:
    """Read the gold stories of a folder, one YAML file each, in the order of their names.

    Raises:
        InputError: No such folder, no story in it, or a file that is none; one line.
    """
    if not folder.is_dir():
        raise InputError(
            "{folder} is no folder: name the one that holds the gold stories", folder=folder
        )
    files = sorted(folder.glob("*.yaml"))[:_MOST]
    if not files:
        raise InputError(
            "{folder} holds no gold story: each is a file that ends with .yaml", folder=folder
        )
    return tuple(_story(each) for each in files)


def _story(path: Path) -> GoldStory:
    try:
        text = read_regular(path, bounds.CHARACTER_BYTES).decode("utf-8")
        fields = parse_yaml(text, str(path)).fields(_STORY, required=("language", "text", "shots"))
        looks = fields["looks"].mapping() if "looks" in fields else {}
        return GoldStory(
            name=path.stem,
            kind=_words(fields, "kind") or "story",
            language=fields["language"].text(2),
            held_out=_words(fields, "held_out") == "true",
            text=fields["text"].text(),
            cast=_list(fields, "cast") or (),
            looks={name: _members(tree) for name, tree in looks.items()},
            shots=tuple(_shot(each) for each in fields["shots"].items(_MOST)),
        )
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "{path} cannot be read ({error}): check the file", path=path, error=error
        ) from None
    except ProjectError as error:
        raise InputError(error.message) from None


def _shot(tree: YamlTree) -> ExpectedShot:
    fields = tree.fields(_SHOT, required=("of",))
    return ExpectedShot(
        of=fields["of"].text(),
        place=_words(fields, "place"),
        time=_words(fields, "time"),
        present=_list(fields, "present"),
        agent=_words(fields, "agent"),
        speakers=_list(fields, "speakers"),
        prompt=_list(fields, "prompt") or (),
        never=_list(fields, "never") or (),
        size=_words(fields, "size"),
        seconds=_span(fields["seconds"]) if "seconds" in fields else None,
    )


def _span(tree: YamlTree) -> tuple[float, float]:
    shortest, dash, longest = tree.text(20).partition("-")
    try:
        return float(shortest), float(longest if dash else shortest)
    except ValueError:
        tree.fail("is no span of seconds, such as 2-4.5")


def _words(fields: Mapping[str, YamlTree], name: str) -> str | None:
    return fields[name].text() if name in fields else None


def _list(fields: Mapping[str, YamlTree], name: str) -> tuple[str, ...] | None:
    return _members(fields[name]) if name in fields else None


def _members(tree: YamlTree) -> tuple[str, ...]:
    return tuple(each.text() for each in tree.items(_MOST))
