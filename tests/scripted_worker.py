"""What the render process draws with in tests: scripted, importable by name in a fresh process."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.diffusion.families.sdxl.samplers import sampling_menu
from storyboard.diffusion.networks.clip_tokens import ClipTokenCounter
from storyboard.errors import DownloadNotAllowed, ModelError, OutOfMemory, RenderError
from storyboard.values.card import ModelCard
from storyboard.values.reference import picture_hash
from storyboard.values.request import Animate, Draw, Edit, Finish
from tests.judged_generator import Judged
from tests.requests import WORDS
from tests.scripted_generator import ScriptedGenerator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from config import Settings
    from storyboard.rendering.panel_generator import LoadProgress
    from storyboard.techniques.technique import Technique
    from storyboard.values.model import ModelChoice
    from storyboard.values.request import PanelRequest
    from storyboard.values.result import PanelResult
    from storyboard.values.stages import StepProgress

__all__ = [
    "DESCRIPTION",
    "SLOW_STEP",
    "STALL",
    "animating",
    "broken",
    "deaf",
    "dying",
    "editing",
    "failing",
    "finishing",
    "flawed",
    "judged",
    "looking",
    "not_here",
    "short_of_memory",
    "slow",
    "stalling",
    "swift",
]

SLOW_STEP = 0.05
STALL = "SCRIPTED_WORKER_STALL"
"""Names a file in the environment; while it exists, `stalling` never ends loading."""
DESCRIPTION = ModelCard("scripted", "sdxl", WORDS, 64 * 36, 4)


def _described(settings: Settings) -> ModelCard:
    """With the tokenizers of the model folder that the settings name, if they name one."""
    folders = tuple(
        path
        for name in ("tokenizer", "tokenizer_2")
        if (path := Path(settings.model) / name).is_dir()
    )
    tokens = ClipTokenCounter(folders) if folders else WORDS
    return replace(DESCRIPTION, name=settings.model, tokens=tokens)


def swift(settings: Settings) -> ScriptedGenerator:
    """Draws at once."""
    return ScriptedGenerator(_described(settings))


def editing(settings: Settings) -> ScriptedGenerator:
    """Edits pictures too, and takes a little for every step."""
    able = replace(_described(settings), tasks=frozenset({Draw.name, Edit.name}))
    return ScriptedGenerator(able, at_step=lambda panel, step: time.sleep(SLOW_STEP))


def animating(settings: Settings) -> ScriptedGenerator:
    """Lets pictures move too, and takes a little for every step."""
    able = replace(_described(settings), tasks=frozenset({Draw.name, Animate.name}))
    return ScriptedGenerator(able, at_step=lambda panel, step: time.sleep(SLOW_STEP))


def finishing(settings: Settings) -> ScriptedGenerator:
    """Goes over pictures too."""
    tasks = frozenset({Draw.name, Finish.name})
    able = replace(_described(settings), tasks=tasks, sampling=sampling_menu())
    return ScriptedGenerator(able)


def judged(settings: Settings) -> Judged:
    """Draws at once, and says how far each picture agrees with what was asked for."""
    return Judged(_described(settings))


def slow(settings: Settings) -> ScriptedGenerator:
    """Takes a little for every step, as long as a test needs to do something meanwhile."""
    return ScriptedGenerator(
        _described(settings), at_step=lambda panel, step: time.sleep(SLOW_STEP)
    )


def failing(settings: Settings) -> ScriptedGenerator:
    """Cannot draw panel 2."""
    return ScriptedGenerator(
        _described(settings), {2: RenderError("panel 2 is black: try another seed")}
    )


def dying(settings: Settings) -> ScriptedGenerator:
    """Takes its whole process along in every panel, as a Metal abort does."""
    return ScriptedGenerator(_described(settings), at_step=lambda panel, step: os.abort())


def flawed(settings: Settings) -> ScriptedGenerator:
    """Has a defect."""

    def stumble(panel: int, step: int) -> None:
        raise ZeroDivisionError("a defect")

    return ScriptedGenerator(_described(settings), at_step=stumble)


class _ShortOfMemory(ScriptedGenerator):
    def render(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None],
        cancelled: Callable[[], bool],
    ) -> PanelResult:
        if not request.smaller_if_needed:
            raise OutOfMemory("the memory does not suffice", (32, 18))
        return super().render(request, on_step, cancelled)


class _Looking(ScriptedGenerator):
    def render(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None],
        cancelled: Callable[[], bool],
    ) -> PanelResult:
        result = super().render(request, on_step, cancelled)
        return replace(result, remarks=tuple(picture_hash(e.picture) for e in request.references))


def looking(settings: Settings) -> ScriptedGenerator:
    """Says which reference pictures it was given."""
    return _Looking(_described(settings))


def short_of_memory(settings: Settings) -> ScriptedGenerator:
    """Draws only for those who agree to a smaller frame."""
    return _ShortOfMemory(_described(settings))


class _Broken(ScriptedGenerator):
    def load(
        self,
        choice: ModelChoice,
        techniques: Sequence[Technique] = (),
        progress: LoadProgress | None = None,
    ) -> None:
        raise ModelError("the model lacks its UNet: copy it again")


def broken(settings: Settings) -> ScriptedGenerator:
    """Cannot be loaded."""
    return _Broken(_described(settings))


class _NotHere(ScriptedGenerator):
    def load(
        self,
        choice: ModelChoice,
        techniques: Sequence[Technique] = (),
        progress: LoadProgress | None = None,
    ) -> None:
        raise DownloadNotAllowed("model a/b is not on this machine: add --allow-download", "a/b")


def not_here(settings: Settings) -> ScriptedGenerator:
    """Has to be downloaded, which takes the user's word."""
    described = _described(settings)
    if settings.allow_download:
        return ScriptedGenerator(described)
    return _NotHere(described)


class _Stalling(ScriptedGenerator):
    def load(
        self,
        choice: ModelChoice,
        techniques: Sequence[Technique] = (),
        progress: LoadProgress | None = None,
    ) -> None:
        while Path(os.environ[STALL]).exists():
            time.sleep(SLOW_STEP)
        super().load(choice, techniques, progress)


def stalling(settings: Settings) -> ScriptedGenerator:
    """Loads for ever, as from a server that does not answer, until a file is gone."""
    return _Stalling(_described(settings))


def deaf(settings: Settings) -> ScriptedGenerator:
    """Never ends its first step, so that it does not hear of a cancel."""
    return ScriptedGenerator(_described(settings), at_step=lambda panel, step: time.sleep(3600))
