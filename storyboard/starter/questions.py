"""What an evaluation asks of a model: captions that nobody has trained on, and stories.

The same arguments always give the same questions, in the same order.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

from storyboard.diffusion.checks.readable import POSES, SHOT_SIZES
from storyboard.rendering.job import Apart, Job
from storyboard.starter.architecture import NATIVE_SIZE
from storyboard.starter.captioner import caption
from storyboard.starter.painter import paint_portrait
from storyboard.starter.sampling import sample_person, sample_scene
from storyboard.starter.vocabulary import Scene
from storyboard.techniques.identity import Identity
from storyboard.techniques.reading import read_techniques
from storyboard.values.model import ModelChoice
from storyboard.values.reference import Reference
from storyboard.values.request import PanelRequest, Sampling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from storyboard.starter.vocabulary import Person

__all__ = ["PANELS_A_STORY", "SCALES", "Drawing", "Question", "ask_captions", "ask_stories"]

PANELS_A_STORY = len(POSES)
"""Each panel of a story asks for another pose."""
SCALES = (0.0, 0.4, 0.5, 0.65, 0.8)
"""IP-Adapter scales at which stories are drawn; 0 is without the lock."""

_STORY_SHOTS = SHOT_SIZES[1:4]
"""Where a character's looks can be read: full shot, medium shot, close-up."""
_ATTEMPTS = 100
_PORTRAIT = 256
_NAME = "the character"


@dataclass(frozen=True, slots=True)
class Drawing:
    """How panels are drawn.

    Attributes:
        choice: The model that draws.
        mode: Name of the speed mode.
        steps: Denoising steps.
        guidance_scale: Classifier-free guidance.
        adapter_scale: The mode's own IP-Adapter scale.
        negative_prompt: For every panel.
        acceleration: What is left out of the compute, as in `PanelRequest`.
    """

    choice: ModelChoice
    mode: str
    steps: int
    guidance_scale: float
    adapter_scale: float
    negative_prompt: str
    acceleration: str = "off"


@dataclass(frozen=True, slots=True)
class Question:
    """One panel to draw, and what it should show.

    Attributes:
        test: "captions"; "described" for a story whose captions say what the character looks
            like; "referenced" for one where only a reference picture does.
        mode: Name of the speed mode.
        scale: IP-Adapter scale; 0 without the lock.
        story: Number of the story, from 0.
        scene: What the caption describes.
        job: The request; its prompt is the caption.
    """

    test: str
    mode: str
    scale: float
    story: int
    scene: Scene
    job: Job


def ask_captions(count: int, drawing: Drawing, fits: Callable[[str], bool]) -> list[Question]:
    """Ask for ``count`` held-out scenes, each with everything said that can be read.

    Args:
        count: Number of panels.
        drawing: How.
        fits: Whether a caption fits the text encoders; the product sends no others.
    """
    rng = random.Random("held-out captions")
    scenes = [sample_scene(rng) for _ in range(count)]
    return [
        _question(
            "captions", drawing, 0.0, 0, number, scene, _caption(scene, rng, fits, anonymous=False)
        )
        for number, scene in enumerate(scenes)
    ]


def ask_stories(
    count: int,
    test: str,
    scales: Sequence[float],
    drawing: Drawing,
    fits: Callable[[str], bool],
) -> list[Question]:
    """Ask for ``count`` stories of one character each, the same ones at every scale.

    Args:
        count: Number of stories.
        test: "described" or "referenced".
        scales: IP-Adapter scales; 0 draws without the lock.
        drawing: How.
        fits: As in `ask_captions`.
    """
    rng = random.Random(f"held-out stories, {test}")
    asked: list[Question] = []
    for story in range(count):
        person = sample_person(rng)
        portrait = _png(person, rng.randrange(1_000_000))
        for number, scene in enumerate(_story(person, rng)):
            text = _caption(scene, rng, fits, anonymous=test == "referenced")
            seed = story * PANELS_A_STORY + number
            asked += [
                _question(test, drawing, scale, story, seed, scene, text, portrait)
                for scale in scales
            ]
    return asked


def _story(person: Person, rng: random.Random) -> Iterator[Scene]:
    """Scenes of one person in different poses, near enough to be recognised."""
    for pose in rng.sample(POSES, len(POSES)):
        other = sample_scene(rng)
        scene = replace(
            other, people=(person,), pose=pose, shot_size=rng.choice(_STORY_SHOTS), prop="none"
        )
        with_prop = replace(scene, prop=other.prop)
        yield with_prop if with_prop.shows_prop() else scene


def _caption(
    scene: Scene, rng: random.Random, fits: Callable[[str], bool], *, anonymous: bool
) -> str:
    text = ""
    for _ in range(_ATTEMPTS):
        text = caption(scene, rng, complete=True, anonymous=anonymous)
        if fits(text):
            break
    return text


def _question(
    test: str,
    drawing: Drawing,
    scale: float,
    story: int,
    number: int,
    scene: Scene,
    text: str,
    portrait: bytes = b"",
) -> Question:
    references = (Reference.of(portrait),) if scale > 0 else ()
    held = tuple(Identity(_NAME, scale, (each.sha,)) for each in references)
    request = PanelRequest(
        panel=number + 1,
        choice=drawing.choice,
        prompt=text,
        negative_prompt=drawing.negative_prompt,
        width=NATIVE_SIZE[0],
        height=NATIVE_SIZE[1],
        sampling=Sampling(drawing.steps, drawing.guidance_scale, number),
        techniques=(*held, *read_techniques(drawing.acceleration, "")),
        references=references,
        mode=drawing.mode,
    )
    title = f"{drawing.mode} {test} {number + 1}" + (
        f" at scale {scale:.2f}" if test != "captions" else ""
    )
    job = Job(Apart(f"{drawing.mode}/{test}/{scale}/{number}"), title, request)
    return Question(test, drawing.mode, scale, story, scene, job)


def _png(person: Person, seed: int) -> bytes:
    out = BytesIO()
    paint_portrait(person, seed, _PORTRAIT).save(out, "PNG")
    return out.getvalue()
