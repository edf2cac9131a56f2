"""A second family enters by one object and one row: nothing else learns its name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from config import SPEED_MODES, SpeedMode
from local_image_generator import LocalImageGenerator
from storyboard.diffusion import families
from storyboard.diffusion.families import speed_modes
from storyboard.diffusion.families.plain_family import PlainFamily, PlainModel
from storyboard.diffusion.families.sdxl.family import FAMILY as SDXL
from storyboard.diffusion.parts.pictures import picture_media
from storyboard.errors import InputError, ModelError
from storyboard.settings.layers import load_settings
from storyboard.values.card import ModelCard
from storyboard.values.model import ModelChoice
from tests.conftest import ROOT
from tests.requests import WORDS, panel_request

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storyboard.diffusion.parts.watch import Watch
    from storyboard.values.media import Media
    from storyboard.values.request import PanelRequest


MODES = {name: SpeedMode(2, 1.0, 0.0) for name in SPEED_MODES}


@dataclass(frozen=True)
class _Files:
    hash: str = "fl" * 32
    bytes: int = 0


class _Flat(PlainModel):
    """Draws one colour, which the seed decides."""

    scheduler = "Flat"
    remarks = ("one colour",)

    def render(self, request: PanelRequest, watch: Watch) -> Media:
        for _ in range(request.sampling.steps):
            watch.stepped(request)
        colour = (request.sampling.seed % 256, 80, 160)
        picture = Image.new("RGB", (request.width, request.height), colour)
        return picture_media(picture, request.aspect)


class _FlatFamily(PlainFamily):
    name, pipeline, modes = "flat", "FlatPipeline", MODES

    def card(self, choice: ModelChoice) -> ModelCard:
        return ModelCard(choice.name, self.name, WORDS, 64 * 64, 32, modes=self.modes)

    def files_of(self, *_: Any) -> _Files:
        return _Files()

    def load(self, *_: Any) -> _Flat:
        return _Flat()


@pytest.fixture
def flat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelChoice]:
    """A model of the second family, which has got its row."""
    module = ModuleType("flat_family")
    vars(module)["FAMILY"] = _FlatFamily()
    monkeypatch.setitem(sys.modules, "flat_family", module)
    monkeypatch.setattr(families, "_TABLE", (*families._TABLE, "flat_family"))
    families._of_the_table.cache_clear()
    (tmp_path / "model_index.json").write_text(json.dumps({"_class_name": "FlatPipeline"}))
    yield ModelChoice(str(tmp_path))
    families._of_the_table.cache_clear()


def test_the_numbers_of_a_mode_are_those_of_the_models_family(
    flat: ModelChoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def steps(**overrides: object) -> tuple[int, str]:
        found = load_settings(overrides, environ={})
        return found.settings.num_inference_steps, found.origins["num_inference_steps"]

    assert steps(mode="QUALITY", model=flat.name) == (2, "mode QUALITY")
    assert steps(model=flat.name) == (2, "mode FAST")
    assert steps(model=flat.name, num_inference_steps=5) == (5, "command line")
    assert steps(mode="QUALITY") == (20, "mode QUALITY")
    assert steps() == (12, "config.py")
    assert speed_modes(flat.name) == MODES
    monkeypatch.setitem(SPEED_MODES, "DRAFT", SpeedMode(4, 1.0, 0.0))  # the user's own, for all
    assert speed_modes(flat.name)["DRAFT"].steps == 4
    assert steps(mode="DRAFT", model=flat.name) == (4, "mode DRAFT")
    # What is not here has the numbers of the first family, and nothing is fetched for it.
    assert steps(mode="QUALITY", model="nobody/knows-this") == (20, "mode QUALITY")


def test_one_generator_draws_with_both_families(flat: ModelChoice, tiny_model: Path) -> None:
    ours = panel_request(1, "a red hat", "", 64, 64, 1, 1.0, 7, choice=ModelChoice(str(tiny_model)))
    theirs = replace(ours, choice=flat, width=70)
    steps: list[int] = []
    with LocalImageGenerator() as generator:
        assert generator.describe(flat).family == "flat"
        assert generator.describe(ours.choice).family == "sdxl"
        first = generator.render(ours)
        found = generator.render(theirs, lambda each: steps.append(each.step))
        assert generator.render(ours).media.png == first.media.png
    assert (found.width, found.height, steps) == (64, 64, [1])
    assert found.model_hash == _Files.hash != first.model_hash
    assert found.remarks == ("width 70 rounded to 64", "one colour")


def test_what_the_second_family_does_not_know_is_its_own_to_refuse(flat: ModelChoice) -> None:
    asked = panel_request(2, "", "", 64, 64, 2, 1.0, 7, choice=flat, acceleration="max")
    with pytest.raises(
        InputError, match=r"panel 2: model .* draws plainly: leave acceleration out"
    ):
        LocalImageGenerator().check(asked)


def test_a_model_of_no_family_is_named_with_those_that_are_known(
    flat: ModelChoice, tmp_path: Path
) -> None:
    (tmp_path / "model_index.json").write_text(json.dumps({"_class_name": "OtherPipeline"}))
    ours = ", ".join(each.pipeline for each in families.families())
    assert ours.startswith(SDXL.pipeline)
    assert ours.endswith("FlatPipeline")
    known = f"is a OtherPipeline: only {ours} models can be used"
    with pytest.raises(ModelError, match=known):
        families.family_of(flat.name)


def test_the_example_of_a_family_draws(tmp_path: Path) -> None:
    script = ROOT / "examples" / "a_family_of_your_own.py"
    run = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "model")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    with Image.open(run.stdout.strip()) as picture:
        assert picture.size == (640, 352)
        assert len(picture.convert("RGB").getcolors() or ()) == 4  # a stripe for every step
