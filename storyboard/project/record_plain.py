"""Plain takes in ``board.yaml``: written and read without YAML, to the same effect.

Nine tenths of a long record are takes, and they all look alike. A take that matches one strict
pattern is cut out of the text before YAML reads it, and a mark is left in its place; everything
else, a take that was edited by hand too, is read as YAML. Whoever reads the rest exchanges every
mark for its take. A mark that nobody has asked for stood somewhere else than in a list of takes:
then the whole text is read as YAML, as it also is when something is wrong with the rest.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from storyboard.errors import InputError
from storyboard.project.record_fields import MAX_SEED, STEM
from storyboard.values import bounds
from storyboard.values.board import Take
from storyboard.values.frame_rate import parse_rate
from storyboard.values.judgement import Agreement
from storyboard.values.media import Clip

if TYPE_CHECKING:
    from storyboard.files.yaml_tree import YamlTree

__all__ = ["PlainTake", "PlainTakes", "plain_take"]

# Words that YAML gives back as they stand: no ':', no '#', no quotes, no space at either end, and
# none of its words for nothing at all.
_WORDS = r"(?!(?:[Nn]ull|NULL)\n)[^\W_](?:[\w ./()+=-]{0,150}[\w./()+=-])?"
_NAME = rf"{STEM}\.png"
_COSINE = r"-?(?:0\.[0-9]{1,25}|1\.0)"
_IDENTITY = rf"\n      - character: {_WORDS}\n        cosine: {_COSINE}"
_TAKE = re.compile(
    rf"\n  - file: (?P<file>{_NAME})"
    r"\n    seed: (?P<seed>[0-9]{1,10})"
    rf"\n    mode: (?P<mode>{_WORDS})"
    r"\n    seconds: (?P<seconds>[0-9]{1,9}\.[0-9]{1,25})"
    rf"\n    fingerprint: (?P<fingerprint>{_WORDS})"
    rf"(?:\n    asked: (?P<asked>{_WORDS}))?"
    rf"(?:\n    subject: (?P<subject>{_WORDS}))?"
    rf"(?:\n    model: (?P<model>{_WORDS}))?"
    rf"(?:\n    parent: (?P<parent>{_NAME}))?"
    r"(?:\n    size: (?P<width>[0-9]{1,6})x(?P<height>[0-9]{1,6}))?"
    r"(?:\n    clip:\n      frames: (?P<frames>[0-9]{1,9})"
    r"\n      fps: (?:'(?P<fps>[0-9]{1,3})'|(?P<slowed>[0-9]{1,6}/[0-9]{1,6})))?"
    rf"(?:\n    agreement:\n      identities:(?P<identities> \[\]|(?:{_IDENTITY}){{1,100}})"
    rf"(?:\n      prompt: (?P<prompt>{_COSINE}))?)?"
    r"(?=\n(?! {3}|\t))"  # nothing that follows belongs to it
)
_EACH_IDENTITY = re.compile(rf"character: ({_WORDS})\n        cosine: ({_COSINE})")
_LONGEST_WORDS = 64  # longer ones with spaces may be written in two lines
_resolve: Any = yaml.resolver.Resolver().resolve  # the stubs do not know its types


class PlainTakes:
    """The plain takes of a record, cut out of its text.

    Attributes:
        rest: The text, with a mark for each of them.
        events: YAML's events in what was cut out.
    """

    def __init__(self, text: str) -> None:
        self._takes: dict[str, Take] = {}
        self._mark = secrets.token_hex(8)  # which nobody can have written into the text
        self.events = 0
        self.rest = _TAKE.sub(self._cut_out, text)

    def __len__(self) -> int:
        """How many of them nobody has asked for."""
        return len(self._takes)

    def take(self, tree: YamlTree) -> Take | None:
        """The take for which a mark stands in the rest; None for everything else."""
        if isinstance(tree.node, yaml.ScalarNode):
            return self._takes.pop(tree.node.value, None)
        return None

    def _cut_out(self, match: re.Match[str]) -> str:
        take = _take(match)
        if take is None:
            return match[0]
        mark = f"{self._mark} {len(self._takes)}"
        self._takes[mark] = take
        self.events += _events(take, match[0])
        return f'\n  - "{mark}"'


class PlainTake(NamedTuple):
    """The text of one take.

    Attributes:
        text: As the record has it.
        events: YAML's events in it.
    """

    text: str
    events: int


def plain_take(take: Take) -> PlainTake | None:
    """Write a take as YAML would; None where only YAML can write it so that it can be read."""
    named = take.agreement.identities if take.agreement else ()
    words = (take.mode, take.fingerprint, take.asked, take.subject, take.model)
    if take.rescue or not all(map(_needs_no_quotes, (*words, *(name for name, _ in named)))):
        return None
    # 1. In the order of the pattern.
    lines = [
        *("", f"  - file: {take.file}", f"    seed: {take.seed}", f"    mode: {take.mode}"),
        *(f"    seconds: {take.seconds!r}", f"    fingerprint: {take.fingerprint}"),
    ]
    for key in ("asked", "subject", "model", "parent"):
        if word := getattr(take, key):
            lines.append(f"    {key}: {word}")
    if take.width and take.height:
        lines.append(f"    size: {take.width}x{take.height}")
    if take.clip:
        rate = take.clip.fps if "/" in take.clip.fps else f"'{take.clip.fps}'"
        lines += ["    clip:", f"      frames: {take.clip.frames}", f"      fps: {rate}"]
    if take.agreement:
        lines += ["    agreement:", "      identities:" if named else "      identities: []"]
        for name, cosine in named:
            lines += [f"      - character: {name}", f"        cosine: {cosine!r}"]
        if take.agreement.prompt is not None:
            lines.append(f"      prompt: {take.agreement.prompt!r}")
    # 2. As it will be read.
    text = "\n".join(lines) + "\n"
    match = _TAKE.match(text)
    if match is None or match.end() != len(text) - 1 or _take(match) != take:
        return None
    return PlainTake(text[1:], _events(take, match[0]))


def _needs_no_quotes(words: str) -> bool:
    """Whether YAML writes and reads words that the pattern allows as they stand."""
    return not words or (
        (len(words) <= _LONGEST_WORDS or " " not in words)
        and max(words) <= "\uffff"
        and _resolve(yaml.ScalarNode, words, (True, False)) == "tag:yaml.org,2002:str"
    )


def _take(match: re.Match[str]) -> Take | None:
    """The take of a text that matches; None where a number in it is one that no take has."""
    found = match.groupdict("")
    seed = int(found["seed"])
    width, height = int(found["width"] or 0), int(found["height"] or 0)
    has_size = 0 < width <= bounds.PANEL_SIDE and 0 < height <= bounds.PANEL_SIDE
    if seed > MAX_SEED or not (has_size or not found["width"]):
        return None
    clip = None
    if found["frames"]:
        try:
            clip = Clip(
                int(found["frames"]), str(parse_rate(found["fps"] or found["slowed"]).exact)
            )
        except InputError:
            return None
        if not 1 <= clip.frames <= bounds.CLIP_FRAMES:
            return None
    return Take(
        file=found["file"],
        seed=seed,
        mode=found["mode"],
        seconds=float(found["seconds"]),
        fingerprint=found["fingerprint"],
        agreement=_agreement(found) if found["identities"] else None,
        asked=found["asked"],
        subject=found["subject"],
        width=width,
        height=height,
        model=found["model"],
        parent=found["parent"],
        clip=clip,
    )


def _agreement(found: dict[str, str]) -> Agreement:
    cosines = _EACH_IDENTITY.findall(found["identities"])
    return Agreement(
        identities=tuple((name, float(cosine)) for name, cosine in cosines),
        prompt=float(found["prompt"]) if found["prompt"] else None,
    )


def _events(take: Take, text: str) -> int:
    """YAML's events in the text of a take: two a line, and where a mapping or a list is, more."""
    inner = 2 * (1 + len(take.agreement.identities)) if take.agreement else 0
    return 2 + 2 * text.count("\n") + (1 if take.clip else 0) + inner
