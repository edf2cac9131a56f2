"""A second family enters by one object and one row: nothing else learns its name."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from config import SPEED_MODES, SpeedMode
from local_image_generator import LocalImageGenerator
from storyboard.diffusion import families
from storyboard.diffusion.families.sdxl.family import FAMILY as SDXL
from storyboard.errors import InputError, ModelError
from storyboard.machine.tuning import Arrangement
from storyboard.settings.layers import load_settings
from storyboard.values.card import ModelCard
from storyboard.values.cost import PanelCost
from storyboard.values.model import ModelChoice
from storyboard.values.stages import StepProgress
from tests.requests import WORDS, panel_request

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storyboard.diffusion.parts.watch import Watch
    from storyboard.diffusion.weights.place import Place
    from storyboard.values.request import PanelRequest


@dataclass(frozen=True)
class _Files:
    hash: str = "fl" * 32
    bytes: int = 0


class _Flat:
    """Draws one colour, which the seed decides, and asks after every step."""

    scheduler = "Flat"
    remarks = ("one colour",)

    def arrangements(self) -> tuple[Arrangement, ...]:
        return (Arrangement(channels_last=False, chunked=False, dtype="float32"),)

    def arrange(self, way: Arrangement) -> None:
        pass

    def render(self, request: PanelRequest, watch: Watch) -> Image.Image:
        steps = request.sampling.steps
        for step in range(1, steps + 1):
            watch.check(request.panel)
            if watch.on_step is not None:
                watch.on_step(StepProgress(request.panel, step, steps, 0.0))
        colour = (request.sampling.seed % 256, 80, 160)
        return Image.new("RGB", (request.width, request.height), colour)


MODES = {name: SpeedMode(2, 1.0, 0.0) for name in SPEED_MODES}


class _FlatFamily:
    name = "flat"
    modes = MODES
    pipeline = "FlatPipeline"
    published = timing_model = ""

    def recognises(self, place: Place) -> bool:
        return place.pipeline == self.pipeline

    def card(self, choice: ModelChoice) -> ModelCard:
        return ModelCard(choice.name, self.name, WORDS, 64 * 64, 32)

    def check(self, request: PanelRequest, card: ModelCard) -> None:
        if request.techniques:
            raise InputError("flat models know no techniques")

    def cost(self, request: PanelRequest) -> PanelCost:
        return PanelCost(0.0, 0.0, (1e-9,) * request.sampling.steps, 0.0, 0.0)

    def suited(self, choice: ModelChoice, policy: Any) -> Any:
        return policy

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
    families.families.cache_clear()
    (tmp_path / "model_index.json").write_text(json.dumps({"_class_name": "FlatPipeline"}))
    yield ModelChoice(str(tmp_path))
    families.families.cache_clear()


def test_the_numbers_of_a_mode_are_those_of_the_models_family(flat: ModelChoice) -> None:
    def steps(**overrides: object) -> tuple[int, str]:
        found = load_settings(overrides, environ={})
        return found.settings.num_inference_steps, found.origins["num_inference_steps"]

    assert steps(mode="QUALITY", model=flat.name) == (2, "mode QUALITY")
    assert steps(model=flat.name) == (2, "mode FAST")
    assert steps(model=flat.name, num_inference_steps=5) == (5, "command line")
    assert steps(mode="QUALITY") == (20, "mode QUALITY")
    assert steps() == (12, "config.py")
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
    assert families.family_of(flat.name).cost(theirs).total == pytest.approx(1e-9)


def test_what_the_second_family_does_not_know_is_its_own_to_refuse(flat: ModelChoice) -> None:
    asked = panel_request(2, "", "", 64, 64, 2, 1.0, 7, choice=flat, acceleration="max")
    with pytest.raises(InputError, match="panel 2: flat models know no techniques"):
        LocalImageGenerator().check(asked)


def test_a_model_of_no_family_is_named_with_those_that_are_known(
    flat: ModelChoice, tmp_path: Path
) -> None:
    (tmp_path / "model_index.json").write_text(json.dumps({"_class_name": "OtherPipeline"}))
    known = f"is a OtherPipeline: only {SDXL.pipeline}, FlatPipeline models can be used"
    with pytest.raises(ModelError, match=known):
        families.family_of(flat.name)
