"""Whether the starter learns the scarf: ``python -m tests.training.scarf_proof LORA``.

Each scene is drawn three times with one seed: as the model is, with the LoRA and its trigger, and
with the LoRA but without the trigger. The scarf is looked for by its stripes (`has_scarf`), what
else was asked for is read by the reader that judges the starter.
"""

from __future__ import annotations

import argparse
import io
import json
import random
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from PIL import Image

from config import NEGATIVE_PROMPT, SPEED_MODES
from local_image_generator import LocalImageGenerator
from storyboard.diffusion.checks.reader import load_reader
from storyboard.diffusion.weights.lora_place import lora_hash
from storyboard.files.assets import asset
from storyboard.starter.captioner import caption
from storyboard.starter.truth import truth
from storyboard.techniques.lora import Lora, Loras
from storyboard.values.model import ModelChoice
from storyboard.values.request import PanelRequest, Sampling
from tests.training.scarf import SIZE, TRIGGER, has_scarf, scarf_scenes

if TYPE_CHECKING:
    from storyboard.starter.vocabulary import Scene

_WAYS = ("before", "with trigger", "without trigger")


def prove(file: Path, first: int, panels: int, weight: float, out: Path | None) -> dict[str, float]:
    """Draw and read; shares in 0..1."""
    reader = load_reader(asset("models", "reader", "reader.safetensors"))
    rng = random.Random("scarf proof")
    mode = SPEED_MODES["FAST"]
    techniques = (Loras((Lora(str(file), lora_hash(file), weight),)),)
    scarf: dict[str, list[bool]] = {way: [] for way in _WAYS}
    right: dict[str, list[float]] = {way: [] for way in _WAYS}
    cells: list[Image.Image] = []
    with LocalImageGenerator() as generator:
        for number, scene in enumerate(scarf_scenes(first + panels, "scarf proof")):
            text = caption(scene, rng, complete=True)
            if number < first:
                continue
            for way in _WAYS:
                request = PanelRequest(
                    panel=1,
                    choice=ModelChoice("starter"),
                    prompt=f"{TRIGGER}, {text}" if way == "with trigger" else text,
                    negative_prompt=NEGATIVE_PROMPT,
                    width=SIZE[0],
                    height=SIZE[1],
                    sampling=Sampling(mode.steps, mode.guidance_scale, 1000 + number),
                    techniques=() if way == "before" else techniques,
                    mode="FAST",
                )
                png = generator.render(request).media.png
                picture = Image.open(io.BytesIO(png)).convert("RGB")
                scarf[way].append(has_scarf(picture))
                right[way].append(_right(scene, reader.read([picture])[0]))
                cells.append(picture)
    if out is not None:
        _sheet(cells).save(out)
    found = {f"scarf {way}": mean(scarf[way]) for way in _WAYS}
    found |= {f"attributes {way}": round(mean(right[way]), 4) for way in _WAYS}
    found["kept"] = round(mean(right["with trigger"]) / mean(right["before"]), 4)
    return found


def _right(scene: Scene, answers: dict[str, str]) -> float:
    """The share of what the caption says that is read off the picture."""
    expected = {name: each for name, each in truth(scene).items() if name in scene.readable()}
    return mean(answers[name] == each for name, each in expected.items())


def _sheet(cells: list[Image.Image]) -> Image.Image:
    """Three columns: before, with the trigger, without."""
    rows = (len(cells) + 2) // 3
    whole = Image.new("RGB", (3 * SIZE[0], rows * SIZE[1]))
    for number, each in enumerate(cells):
        whole.paste(each, (number % 3 * SIZE[0], number // 3 * SIZE[1]))
    return whole


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lora", type=Path)
    parser.add_argument("--first", type=int, default=0, help="scenes that are left out")
    parser.add_argument("--panels", type=int, default=48)
    parser.add_argument("--weight", type=float, default=1.0)
    parser.add_argument("--sheet", type=Path)
    given = parser.parse_args()
    print(
        json.dumps(
            prove(given.lora, given.first, given.panels, given.weight, given.sheet), indent=1
        )
    )
