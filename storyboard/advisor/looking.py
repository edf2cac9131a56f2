"""Looks at this machine and a project, and says what the situation is."""

from __future__ import annotations

import platform
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.advisor.advising import Advice, advise
from storyboard.advisor.baseline import drawn_recipes, measured, reckoned
from storyboard.advisor.experience import hardware_name, learned
from storyboard.advisor.prediction import Predictor
from storyboard.advisor.published import ADAPTERS, published_model
from storyboard.advisor.situation import Clip, Hardware, Situation, Sweep
from storyboard.advisor.work import WorkCounter
from storyboard.errors import InputError, StoryboardError
from storyboard.machine.machine import this_machine
from storyboard.machine.tuning import recall_model
from storyboard.techniques.few_step import FewStep

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from config import Settings
    from storyboard.machine.machine import Machine
    from storyboard.project.project_view import ProjectView
    from storyboard.values.card import ModelCard

__all__ = ["Outlook", "look", "sweep_of"]


@dataclass(frozen=True, slots=True)
class Outlook:
    """A situation, and what can be said about it.

    Attributes:
        situation: What was looked at.
        predictor: Predicts the seconds of other settings.
        advice: What there is to say.
    """

    situation: Situation
    predictor: Predictor
    advice: Advice

    @property
    def seconds(self) -> float | None:
        """Of a panel as it is drawn now; None where nobody knows."""
        return self.predictor.seconds(self.situation.settings)


def look(
    settings: Settings,
    changed: Callable[[Mapping[str, object]], Settings],
    project: ProjectView | None = None,
    *,
    aspect: str = "",
    may_count: bool = True,
    films: bool = True,
    sweep: Sweep | None = None,
) -> Outlook:
    """Look at this machine, the settings and a board.

    Args:
        settings: Those in force.
        changed: The settings as they would be with others in place of some of them.
        project: The board; without one nothing that was drawn is looked at.
        aspect: Of the frame, where there is no board.
        may_count: Whether torch may be imported, to count what no table holds.
        films: Whether a trial of the film's encoder is made.
        sweep: What a sweep has found.
    """
    machine = this_machine()
    aspect = aspect or (project.board.aspect if project else settings.aspect)
    hardware = hardware_of(machine, may_import=may_count)
    counter = WorkCounter(aspect, may_count=may_count)
    card = _card(settings)
    work = counter.of(settings)
    # 1. How long a panel takes now.
    recipes = drawn_recipes(project) if project is not None else ()
    baseline = measured(recipes, settings, work)
    if baseline is None:
        from storyboard.benchmark.calibration import calibration

        known = calibration(settings.model)
        is_offered = published_model(settings.model) is not None
        chip, cores = machine.chip, machine.gpu_cores
        baseline = reckoned(settings, work, known, card, chip, cores, is_offered=is_offered)
    # 2. What rules look at.
    encoder = _encoder() if films else ""
    situation = Situation(
        settings=settings,
        hardware=hardware,
        card=card,
        published=published_model(settings.model),
        frame=(work.width, work.height) if work else (0, 0),
        few_steps=_adapters(card),
        clip=_clip(project),
        encoder=encoder,
        hardware_encoder=hardware.device == "mps",
        tuned=_tuned(settings, machine),
        sweep=sweep,
    )
    # 3. What they say, with what this machine has taught.
    predictor = Predictor(baseline, counter, hardware)
    name = hardware_name(machine)
    advice = advise(
        situation, predictor, changed, lambda rules: learned(rules, settings.model, name)[0]
    )
    return Outlook(situation, predictor, advice)


def hardware_of(machine: Machine, *, may_import: bool) -> Hardware:
    """What computes on this machine.

    Args:
        machine: As it is on record.
        may_import: Whether torch may be asked; without it a Mac's GPU alone is known.
    """
    if not may_import:
        device = "mps" if machine.gpu_cores or _is_apple() else "cpu"
        return Hardware(machine.chip, machine.memory, device)
    from storyboard.diffusion.device.policy import detect_policy

    policy = detect_policy()
    return Hardware(machine.chip, machine.memory, policy.device, policy.quick_in_bf16)


def sweep_of(folder: Path, settings: Settings) -> Sweep | None:
    """What a sweep of the explorer recommends; None where it says nothing about this model.

    Raises:
        InputError: There is no such sweep, or nothing in it to compare.
    """
    from storyboard.explorer.drawn import DrawnFolder
    from storyboard.explorer.verdict import verdict_of

    pictures = [
        each for each in DrawnFolder(folder).pictures if each.recipe.model == settings.model
    ]
    if not pictures:
        return None
    verdict = verdict_of(pictures)
    best, reference = verdict.best, verdict.reference
    if best is None:
        return None
    drawn = next(
        each.recipe
        for each in pictures
        if (each.pair, each.recipe.steps) == (best.pair, best.steps)
    )
    return Sweep(
        sampler=drawn.sampler,  # a model's own has no name in the settings
        schedule=drawn.schedule,
        steps=best.steps,
        difference=best.difference,
        of=f"{', '.join(reference.pair)}, {reference.steps} steps",
    )


def _card(settings: Settings) -> ModelCard | None:
    from storyboard.diffusion.families import family_of
    from storyboard.diffusion.weights.hub import downloads
    from storyboard.settings.drawing import choice_of

    with downloads(allowed=False), suppress(StoryboardError):
        return family_of(settings.model).card(choice_of(settings))
    return None


def _adapters(card: ModelCard | None) -> tuple[str, ...]:
    """Adapters that the family knows, where the model has the shapes they were made for."""
    from storyboard.diffusion.families import families

    if card is None or FewStep.name not in card.techniques or not card.sustained_share:
        return ()
    family = next(each for each in families() if each.name == card.family)
    known = []
    for name in ADAPTERS:
        with suppress(InputError):
            family.few_step(FewStep(name))
            known.append(name)
    return tuple(known)


def _clip(project: ProjectView | None) -> Clip | None:
    """How panels were moved last."""
    if project is None:
        return None
    from storyboard.project.recipe_file import read_recipe

    takes = [take for panel in project.board.panels for take in panel.takes if take.clip]
    for take in reversed(takes):
        with suppress(InputError):
            recipe, clip = read_recipe(project.picture(take)), take.clip
            assert clip is not None  # those without are left out above
            fps = round(clip.rate.exact)
            few = bool(recipe.few_step)
            size = take.width, take.height
            return Clip(take.model, clip.frames, fps, *size, recipe.steps, few_step=few)
    return None


def _encoder() -> str:
    from storyboard.film.ffmpeg_program import encoder_here

    with suppress(InputError):
        return encoder_here()[1]
    return ""


def _tuned(settings: Settings, machine: Machine) -> float | None:
    """Seconds of the fastest way that was measured over those of the one that is asked for."""
    asked = settings.enable_attention_slicing
    tuning = recall_model(machine, settings.model)
    if tuning is None or asked == "auto":
        return None
    agreeing = [each for each in tuning.trials if each.agrees and each.seconds]
    mine = [each.seconds for each in agreeing if each.arrangement.chunked == asked]
    return min(each.seconds for each in agreeing) / min(mine) if mine else None


def _is_apple() -> bool:
    return platform.system() == "Darwin" and platform.machine() == "arm64"
