"""Program scores: what panels of held-out stories show, against what the stories say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image

from storyboard.diffusion.checks.finder import shipped_finder
from storyboard.diffusion.checks.reader import load_reader
from storyboard.files.assets import asset
from storyboard.starter.contact_sheet import Cell, contact_sheet
from storyboard.starter.phrases import TIME_NOUNS
from storyboard.starter.scores import IDENTITY
from storyboard.starter.truth import truth
from storyboard.starter.vocabulary import Scene
from storyboard.values.judgement import MISCOUNTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from storyboard.starter.held_out_stories import Told
    from storyboard.values.result import PanelResult
    from storyboard.values.shot import Shot

__all__ = ["ProgramScores", "Seen", "picture_of"]

_NEAR = ("medium shot", "close-up", "extreme close-up")
_UNSAID = {"skin_tone"}
"""What no story tells of anybody."""
_MOST = 2
"""People that a count tells apart: nobody, one, two and more."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A panel that the program has drawn.

    Attributes:
        story: Number of its story.
        asked: How many people the planner put into the shot.
        scene: What its sentence says, in the planner's framing; None where the planner did not
            keep the sentence apart, or saw another place, time or number of people in it.
        prompt: What the planner made of the sentence, for people.
        near: Whether the shot is a medium one or nearer.
        picture: What was drawn.
        seconds: How long that took.
        draws: How many pictures were drawn until the number of people was right.
        first: The first of them, where there are several.
    """

    story: int
    asked: int
    scene: Scene | None
    prompt: str
    near: bool
    picture: Image.Image
    seconds: float
    draws: int = 1
    first: Image.Image | None = None

    @classmethod
    def of(cls, story: int, told: Told | None, shot: Shot, result: PanelResult) -> Seen:
        """Put together what a shot asked for and what came of it."""
        picture = picture_of(result)
        asked = min(_MOST, len(shot.characters))
        scene = None
        if told is not None and _agrees(told.scene, shot):
            scene = replace(told.scene, shot_size=str(shot.size))
        where = ", ".join(each for each in (shot.setting, shot.time_of_day) if each)
        prompt = (
            f"{asked}: {', '.join(shot.characters)}, {shot.prompt_action}, {shot.size}, {where}"
        )
        near = str(shot.size) in _NEAR
        seconds = result.times.total
        return cls(story, asked, scene, prompt, near, picture, seconds, _draws(result))


def picture_of(result: PanelResult) -> Image.Image:
    """What was drawn, RGB."""
    with Image.open(BytesIO(result.media.png)) as file:
        return file.convert("RGB")


def _draws(result: PanelResult) -> int:
    """How many pictures were drawn for their people."""
    if result.rescue is None:
        return 1
    wrong = sum(flaw in MISCOUNTED for flaw in result.rescue.flaws)
    return max(1, wrong if result.rescue.flaw in MISCOUNTED else wrong + 1)


def _agrees(scene: Scene, shot: Shot) -> bool:
    """Whether the planner read place, time and people as the story means them."""
    return (
        len(scene.people) == min(_MOST, len(shot.characters))
        and scene.place in shot.setting
        and any(each in shot.time_of_day for each in TIME_NOUNS[scene.time])
    )


class ProgramScores:
    """Reads panels with the classifier that has only ever seen painted pictures."""

    def __init__(self, seen: Sequence[Seen]) -> None:
        """Read every panel, and the first draw of those that were drawn again.

        Raises:
            StoryboardError: The reader's weights, or the finder's, are missing.
        """
        self._seen = tuple(seen)
        reader = load_reader(asset("models", "reader", "reader.safetensors"))
        self._answers = reader.read([each.picture for each in seen])
        self._first = reader.read([each.first or each.picture for each in seen])
        finder = shipped_finder()
        self._found = [finder.look_at(each.picture) for each in seen]
        self._count = [finder.count(each.picture) for each in seen]

    def report(self) -> dict[str, Any]:
        """Shares in 0..1, null where nothing was asked.

        "one_person" and "empty" are the panels that show as many people as the planner asked for,
        "attributes" all that a viewer can read off a panel and a story says, "identity" hair,
        clothes and hat of people who are alone. "faces" are those of people who are alone in a
        medium shot or nearer that have two eyes and a mouth, as the finder sees them. "draws" is
        the mean number of pictures a panel; "first_draw" counts as if there had been only one, and
        "finder" is what the finder counts, which had the panels drawn again.
        """
        right = [wanted for wanted in self._wanted() if wanted]
        alone = [
            (told, answers)
            for each, (told, answers) in zip(self._seen, self._pairs(), strict=True)
            if each.asked == 1
        ]
        return {
            "panels": len(self._seen),
            "understood": _share([each.scene is not None for each in self._seen]),
            **self._counted([int(answers["people"]) for answers in self._answers]),
            "asked": {str(n): sum(each.asked == n for each in self._seen) for n in range(3)},
            "first_draw": self._counted([int(answers["people"]) for answers in self._first]),
            "finder": self._counted(
                [
                    min(max(each.asked, fewest), most)
                    for each, (fewest, most) in zip(self._seen, self._count, strict=True)
                ]
            ),
            "draws": round(sum(each.draws for each in self._seen) / len(self._seen), 3),
            "faces": _share(
                [
                    any(face.whole for face in found.faces)
                    for each, found in zip(self._seen, self._found, strict=True)
                    if each.near and each.asked == 1
                ]
            ),
            "attributes": _share([one for each in right for one in each.values()]),
            "by_attribute": _by_name(right),
            "identity": _share(
                [
                    told[name] == answers[name]
                    for told, answers in alone
                    for name in IDENTITY
                    if name in told
                ]
            ),
            "seconds": round(sum(each.seconds for each in self._seen) / len(self._seen), 3),
        }

    def _counted(self, drawn: Sequence[int]) -> dict[str, float | None]:
        """How often the number of people in the pictures is the one that was asked for."""
        pairs = [(each.asked, count) for each, count in zip(self._seen, drawn, strict=True)]
        names = {"one_person": 1, "empty": 0, "two_people": 2}
        return {
            name: _share([count == asked for asked, count in pairs if asked == number])
            for name, number in names.items()
        }

    def sheet(self) -> Image.Image:
        """The first panels with what was asked, and what is read otherwise."""
        cells = []
        for seen, (told, answers) in zip(self._seen, self._pairs(), strict=True):
            missed = ", ".join(
                f"{name.replace('_', ' ')} {answers[name]} (not {value})"
                for name, value in told.items()
                if answers[name] != value
            )
            if seen.scene is None and int(answers["people"]) != seen.asked:
                missed = f"people {answers['people']} (not {seen.asked})"
            cells.append(Cell(seen.picture, seen.prompt, missed))
        return contact_sheet(cells)

    def _pairs(self) -> list[tuple[dict[str, str], Mapping[str, str]]]:
        """What every panel should show, and what it shows."""
        pairs: list[tuple[dict[str, str], Mapping[str, str]]] = []
        for seen, answers in zip(self._seen, self._answers, strict=True):
            told: dict[str, str] = {}
            if seen.scene is not None:
                readable = seen.scene.readable() - _UNSAID
                told = {name: v for name, v in truth(seen.scene).items() if name in readable}
            pairs.append((told, answers))
        return pairs

    def _wanted(self) -> list[dict[str, bool]]:
        return [
            {name: answers[name] == value for name, value in told.items()}
            for told, answers in self._pairs()
        ]


def _by_name(right: Iterable[Mapping[str, bool]]) -> dict[str, float | None]:
    names = sorted({name for each in right for name in each})
    return {name: _share([each[name] for each in right if name in each]) for name in names}


def _share(right: Sequence[bool]) -> float | None:
    return round(sum(right) / len(right), 4) if right else None
