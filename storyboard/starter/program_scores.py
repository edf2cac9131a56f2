"""Program scores: what panels of held-out stories show, against what the stories say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image

from storyboard.diffusion.checks.reader import load_reader
from storyboard.files.assets import asset
from storyboard.starter.contact_sheet import Cell, contact_sheet
from storyboard.starter.phrases import TIME_NOUNS
from storyboard.starter.scores import IDENTITY
from storyboard.starter.truth import truth
from storyboard.starter.vocabulary import Scene

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from storyboard.starter.held_out_stories import Told
    from storyboard.values.result import PanelResult
    from storyboard.values.shot import Shot

__all__ = ["ProgramScores", "Seen"]

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
    """

    story: int
    asked: int
    scene: Scene | None
    prompt: str
    near: bool
    picture: Image.Image
    seconds: float

    @classmethod
    def of(cls, story: int, told: Told | None, shot: Shot, result: PanelResult) -> Seen:
        """Put together what a shot asked for and what came of it."""
        with Image.open(BytesIO(result.media.png)) as file:
            picture = file.convert("RGB")
        asked = min(_MOST, len(shot.characters))
        scene = None
        if told is not None and _agrees(told.scene, shot):
            scene = replace(told.scene, shot_size=str(shot.size))
        where = ", ".join(each for each in (shot.setting, shot.time_of_day) if each)
        prompt = (
            f"{asked}: {', '.join(shot.characters)}, {shot.prompt_action}, {shot.size}, {where}"
        )
        near = str(shot.size) in _NEAR
        return cls(story, asked, scene, prompt, near, picture, result.times.total)


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
        """Read every panel.

        Raises:
            StoryboardError: The reader's weights are missing.
        """
        self._seen = tuple(seen)
        reader = load_reader(asset("models", "reader", "reader.safetensors"))
        self._answers = reader.read([each.picture for each in seen])

    def report(self) -> dict[str, Any]:
        """Shares in 0..1, null where nothing was asked.

        "one_person" and "empty" are the panels that show as many people as the planner asked for,
        "attributes" all that a viewer can read off a panel and a story says, "identity" hair,
        clothes and hat of people who are alone.
        """
        counted = [
            (each.asked, int(answers["people"]))
            for each, answers in zip(self._seen, self._answers, strict=True)
        ]
        right = [wanted for wanted in self._wanted() if wanted]
        alone = [
            (told, answers)
            for each, (told, answers) in zip(self._seen, self._pairs(), strict=True)
            if each.asked == 1
        ]
        return {
            "panels": len(self._seen),
            "understood": _share([each.scene is not None for each in self._seen]),
            "one_person": _share([drawn == 1 for asked, drawn in counted if asked == 1]),
            "empty": _share([drawn == 0 for asked, drawn in counted if asked == 0]),
            "two_people": _share([drawn == 2 for asked, drawn in counted if asked == 2]),
            "asked": {str(n): sum(asked == n for asked, _ in counted) for n in range(3)},
            "faces": None,
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
