"""The evaluation: a starter model draws, the reader reads, and a report says how well they agree.

The reader's own mistakes count against the model. The report therefore also holds what the reader
makes of painted pictures, and of painted pictures that went through the model's autoencoder: no
model can be measured to be better than that.
"""

from __future__ import annotations

import os
from collections import defaultdict
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from PIL import Image

from storyboard.diffusion.checks.reader import Reader, load_reader
from storyboard.diffusion.families.sdxl.files import find_configs
from storyboard.errors import ModelError
from storyboard.files.assets import asset
from storyboard.starter.architecture import NATIVE_SIZE
from storyboard.starter.autoencoder import reconstruction_psnr
from storyboard.starter.contact_sheet import CELLS, Cell, contact_sheet
from storyboard.starter.painter import paint
from storyboard.starter.questions import SCALES, Drawing, Question, ask_captions, ask_stories
from storyboard.starter.reader_training import accuracies, held_out_scenes
from storyboard.starter.scores import Reading, score_captions, score_stories, seconds_a_panel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storyboard.rendering.job import JobKey
    from storyboard.values.result import PanelResult

__all__ = ["SCHEMA", "SCHEMA_VERSION", "Evaluation", "ask"]

SCHEMA = "storyboard.starter-eval"
SCHEMA_VERSION = 1

_FEWEST, _MOST_PAINTED, _MOST_ROUND_TRIPS = 8, 400, 64
_LOCKED, _UNLOCKED = "0.50", "0.00"
_TARGETS = {
    "overall": 0.85,
    "places_and_times": 0.95,
    "colours_medium_and_nearer": 0.90,
    "kept_together_with_lock": 0.80,
    "autoencoder_psnr": 30.0,
    "seconds_a_panel": 1.5,
}


def ask(
    captions: int, stories: int, drawings: Sequence[Drawing], fits: Callable[[str], bool]
) -> list[Question]:
    """Everything that one evaluation asks for.

    Args:
        captions: Held-out captions in each mode.
        stories: Stories; with looks in the caption in each mode, with and without the lock, and
            with looks in a reference picture only, at every scale, in the first mode.
        drawings: The modes.
        fits: Whether a caption fits the text encoders.
    """
    asked: list[Question] = []
    for drawing in drawings:
        asked += ask_captions(captions, drawing, fits)
    for drawing in drawings:
        asked += ask_stories(stories, "described", (0.0, drawing.adapter_scale), drawing, fits)
    return asked + ask_stories(stories, "referenced", SCALES, drawings[0], fits)


class Evaluation:
    """Reads panels as they are drawn, and reports on what there is, finished or not."""

    def __init__(self, questions: Sequence[Question]) -> None:
        """Prepare to read.

        Raises:
            StoryboardError: The reader's weights are missing.
        """
        self._reader_file = asset("models", "reader", "reader.safetensors")
        self._reader = load_reader(self._reader_file)
        self._questions = {each.job.key: each for each in questions}
        self._readings: list[Reading] = []
        self._cells: list[Cell] = []
        self._last: PanelResult | None = None

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What has been read so far."""
        return tuple(self._readings)

    def take(self, key: JobKey, result: PanelResult) -> None:
        """Read the panel that a job has drawn; the first ones stay for the contact sheet."""
        with Image.open(BytesIO(result.media.png)) as file:
            picture = file.convert("RGB")
        answers = self._reader.read([picture])[0]
        reading = Reading(self._questions[key], answers, result.times.total)
        self._readings.append(reading)
        self._last = result
        if reading.question.test == "captions" and len(self._cells) < CELLS:
            prompt = reading.question.job.request.prompt
            self._cells.append(Cell(picture, prompt, reading.missed))

    def contact_sheet(self) -> Image.Image:
        """The first panels with their captions, and what is read otherwise."""
        return contact_sheet(self._cells)

    def report(self, model: str) -> dict[str, Any]:
        """Everything measured, ready for JSON.

        Args:
            model: As the generator knows it.

        Raises:
            ModelError: The model's autoencoder cannot be loaded.
        """
        # 1. What was drawn, and by what.
        modes, stories = self._scores()
        painted = max(_FEWEST, min(_MOST_PAINTED, len(self._questions)))
        psnr, ceiling = _autoencoder(model, self._reader, min(painted, _MOST_ROUND_TRIPS))
        report: dict[str, Any] = {
            "schema": SCHEMA,
            "version": SCHEMA_VERSION,
            "complete": len(self._readings) == len(self._questions),
            "panels": len(self._readings),
            "panels_asked": len(self._questions),
            "model": model,
            "acceleration": next(iter(self._questions.values())).job.request.acceleration.text,
            "size": list(NATIVE_SIZE),
            "threads": torch.get_num_threads(),
            "cores": os.cpu_count(),
        }
        if self._last is not None:
            report["model_hash"] = self._last.model_hash
            report["device"], report["dtype"] = self._last.device, self._last.dtype
            report["versions"] = dict(self._last.versions)

        # 2. How far the measure itself can be trusted.
        scenes = held_out_scenes(painted)
        pictures = [paint(scene, NATIVE_SIZE) for scene in scenes]
        report["reader"] = {
            "painted": _rounded(accuracies(self._reader, scenes, pictures)),
            "through_autoencoder": ceiling,
        }

        # 3. What it says.
        report["autoencoder_psnr"] = round(psnr, 2)
        report["modes"], report["stories"] = modes, stories
        report["targets"] = _targets(report)
        return report

    def _scores(self) -> tuple[dict[str, Any], dict[str, Any]]:
        groups: dict[tuple[str, str, float], list[Reading]] = defaultdict(list)
        for reading in self._readings:
            question = reading.question
            groups[question.mode, question.test, question.scale].append(reading)
        modes: dict[str, Any] = {}
        stories: dict[str, Any] = {}
        for (mode, test, scale), readings in sorted(groups.items()):
            if test == "captions":
                seconds = seconds_a_panel(readings)
                modes[mode] = {**score_captions(readings), "seconds": seconds}
            else:
                scales = stories.setdefault(mode, {}).setdefault(test, {})
                scores = score_stories(readings)
                scales[f"{scale:.2f}"] = {**scores, "seconds": seconds_a_panel(readings)}
        return modes, stories


@torch.inference_mode()
def _autoencoder(model: str, reader: Reader, count: int) -> tuple[float, dict[str, float]]:
    """PSNR in dB of the round trip, and what the reader makes of pictures that went through it."""
    folder = find_configs(model) / "vae"
    try:
        vae: Any = AutoencoderKL.from_pretrained(folder, torch_dtype=torch.float32)
    except OSError as error:
        raise ModelError(
            "{folder} cannot be loaded: get the model again, whole", folder=folder
        ) from error
    scenes = held_out_scenes(count)
    pictures = []
    for scene in scenes:
        pixels = _pixels(paint(scene, NATIVE_SIZE))
        again = vae.decode(vae.encode(pixels).latent_dist.mode()).sample[0]
        levels = ((again.clamp(-1, 1) + 1) * 127.5).round().byte().permute(1, 2, 0)
        pictures.append(Image.fromarray(levels.numpy()))
    return reconstruction_psnr(vae, count), _rounded(accuracies(reader, scenes, pictures))


def _pixels(picture: Image.Image) -> torch.Tensor:
    return (
        torch.from_numpy(np.asarray(picture, dtype=np.float32)).permute(2, 0, 1)[None] / 127.5 - 1
    )


def _targets(report: dict[str, Any]) -> dict[str, Any]:
    """What the starter model is meant to reach, and whether it does; null where not measured."""
    fast = report["modes"].get("FAST", {})
    referenced = report["stories"].get("FAST", {}).get("referenced", {})
    locked, unlocked = referenced.get(_LOCKED, {}), referenced.get(_UNLOCKED, {})
    values = {
        **{name: fast.get(name) for name in list(_TARGETS)[:3]},
        "kept_together_with_lock": locked.get("kept_together"),
        "autoencoder_psnr": report["autoencoder_psnr"],
        "seconds_a_panel": fast.get("seconds", {}).get("median"),
    }
    targets = {name: _target(values[name], goal, name) for name, goal in _TARGETS.items()}
    # Without the lock nothing but chance may keep a character who is not described.
    chance = unlocked.get("chance_together")
    goal = None if chance is None else round(chance + 0.1, 4)
    targets["kept_together_without_lock"] = _target(unlocked.get("kept_together"), goal, "most")
    return targets


def _target(value: float | None, goal: float | None, name: str) -> dict[str, Any]:
    most = name in ("seconds_a_panel", "most")
    met = None
    if value is not None and goal is not None:
        met = value <= goal if most else value >= goal
    return {"value": value, "at_most" if most else "at_least": goal, "met": met}


def _rounded(shares: dict[str, float]) -> dict[str, float]:
    return {name: round(share, 4) for name, share in shares.items()}
