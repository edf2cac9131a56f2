"""What every model family must keep: subclass `FamilyContract` with a model, and it is in.

The smallest model of a family is enough: nothing here looks at what the pictures show.
"""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw
from torch.utils.flop_counter import FlopCounterMode

from local_image_generator import LocalImageGenerator
from storyboard.diffusion.families import families, family_of
from storyboard.errors import InputError, RenderCancelled
from storyboard.film.clip_file import frames_of
from storyboard.project.recipe import Recipe, request_from
from storyboard.values.request import PanelRequest, Sampling
from tests.families.passes import PassesContract
from tests.requests import Lock, but

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from storyboard.techniques.lora import Lora
    from storyboard.values.card import ModelCard
    from storyboard.values.media import Media
    from storyboard.values.model import ModelChoice

__all__ = ["FamilyContract"]

_TERA = 1e12
_STEPS = 3
_MANY = 20  # a rung that gives something back for ever would end no render
_UNSEEN = 3.0  # of 255, on average


class FamilyContract(PassesContract):
    """The contract; a subclass has a fixture `choice` of scope "class" with its model.

    Attributes:
        guidance: With which the model is asked to draw.
    """

    guidance = 5.0

    @pytest.fixture(scope="class")
    @classmethod
    def generator(cls) -> Iterator[LocalImageGenerator]:
        # Whole attention: chunks are more kernels, which is not what is counted here.
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        with LocalImageGenerator(attention_slicing=False) as generator:
            yield generator
        torch.set_num_threads(threads)

    @pytest.fixture(scope="class")
    @classmethod
    def card(cls, choice: ModelChoice, generator: LocalImageGenerator) -> ModelCard:
        return generator.describe(choice)

    @pytest.fixture(scope="class")
    @classmethod
    def request_(cls, choice: ModelChoice, card: ModelCard) -> PanelRequest:
        """A panel of a size that the model can divide, as small as is no trouble."""
        width, height = (max(1, side // card.multiple) * card.multiple for side in (128, 96))
        sampling = Sampling(_STEPS, cls.guidance, seed=7)
        return PanelRequest(1, choice, "a red hat", "blurry", width, height, sampling)

    @pytest.fixture(scope="class")
    @classmethod
    def held(cls, request_: PanelRequest) -> Callable[[float], PanelRequest]:
        """The panel with a character that is held at a scale."""
        picture = _portrait()
        return lambda scale: but(request_, identities=(Lock("Mira", (picture,), scale),))

    @pytest.fixture(scope="class")
    @classmethod
    def made(cls, generator: LocalImageGenerator, request_: PanelRequest) -> Media:
        """The panel, drawn once: a picture, or a clip with every frame of it."""
        return generator.render(request_).media

    def test_a_model_is_of_the_one_family_that_its_card_names(
        self, choice: ModelChoice, card: ModelCard
    ) -> None:
        assert family_of(choice.name).name == card.family
        assert [each.name for each in families()].count(card.family) == 1
        assert card.native_pixels >= card.multiple**2 >= 1
        assert 2 < card.tokens.count("a red hat") <= card.tokens.window

    def test_the_same_request_draws_the_same_pixels(
        self, generator: LocalImageGenerator, request_: PanelRequest, made: Media
    ) -> None:
        other = generator.render(request_.sampled(seed=8))
        assert other.media != made
        assert generator.render(request_).media == made

    def test_a_cancel_ends_within_a_step(
        self, generator: LocalImageGenerator, request_: PanelRequest, made: Media
    ) -> None:
        seen: list[int] = []
        with pytest.raises(RenderCancelled):
            generator.render(request_, lambda each: seen.append(each.step), lambda: len(seen) > 0)
        assert seen == [1]
        assert generator.render(request_).media == made

    @pytest.mark.parametrize("acceleration", ["off", "balanced", "max"])
    def test_the_cost_is_what_a_counter_sees(
        self,
        generator: LocalImageGenerator,
        card: ModelCard,
        request_: PanelRequest,
        acceleration: str,
    ) -> None:
        if acceleration != "off" and "acceleration" not in card.techniques:
            pytest.skip("the family leaves nothing out")
        generator.load(request_.choice)
        # Words that nobody has encoded yet; a negative prompt that somebody has costs nothing.
        asked = but(request_, prompt=f"a {acceleration} boat", acceleration=acceleration)
        asked = replace(asked, negative_prompt=f"{acceleration} noise")
        # The CPU's fused attention is unknown to the counter; the plain one is the same arithmetic.
        plain = torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH)
        with plain, FlopCounterMode(display=False) as counted:
            generator.render(asked)
        cost = family_of(asked.choice.name).cost(asked)
        assert cost.total * _TERA == pytest.approx(counted.get_total_flops(), rel=0.001)
        assert len(cost.steps) == _STEPS

    def test_the_work_of_the_steps_is_their_cost(
        self, card: ModelCard, request_: PanelRequest
    ) -> None:
        work = card.step_work(request_)
        if not work:
            pytest.skip("the family has not said it: all steps count alike")
        plain = family_of(request_.choice.name).cost(request_).steps
        assert _shares(work) == pytest.approx(_shares(plain))

    def test_an_acceleration_changes_what_it_says(
        self, generator: LocalImageGenerator, card: ModelCard, request_: PanelRequest, made: Media
    ) -> None:
        if "acceleration" not in card.techniques:
            pytest.skip("the family leaves nothing out")
        family = family_of(request_.choice.name)
        assert generator.render(but(request_, acceleration="off")).media == made
        for name in ("balanced", "max"):
            less = but(request_, acceleration=name)
            assert generator.render(less).media != made
            assert family.cost(less).denoise < family.cost(request_).denoise
        assert generator.render(request_).media == made  # it leaves nothing behind

    def test_an_identity_changes_what_it_says(
        self,
        generator: LocalImageGenerator,
        card: ModelCard,
        held: Callable[[float], PanelRequest],
        request_: PanelRequest,
        made: Media,
    ) -> None:
        if not card.identity:
            pytest.skip("the model looks at no reference pictures")
        family = family_of(request_.choice.name)
        assert generator.render(held(0.0)).media == made
        assert family.cost(held(0.0)) == family.cost(request_)
        first = generator.render(held(1.0)).media
        assert first != made
        assert family.cost(held(1.0)).denoise > family.cost(request_).denoise
        assert generator.render(held(0.5)).media not in (first, made)
        assert generator.render(request_).media == made

    @pytest.fixture(scope="class")
    @classmethod
    def lora(cls) -> Lora | None:
        """A LoRA of the denoiser alone for the model, where its card takes LoRAs."""
        return None

    def test_a_lora_changes_what_it_says(
        self,
        generator: LocalImageGenerator,
        card: ModelCard,
        lora: Lora | None,
        request_: PanelRequest,
        made: Media,
    ) -> None:
        if "lora" not in card.techniques:
            pytest.skip("the family takes no LoRAs")
        assert lora is not None, "the contract needs a LoRA for a family that takes them"
        family = family_of(request_.choice.name)
        assert generator.render(but(request_, loras=(replace(lora, weight=0.0),))).media == made
        worn = but(request_, loras=(lora,))
        operations, pictures = [], []
        for asked in (request_, worn):
            plain = torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH)
            with plain, FlopCounterMode(display=False) as counted:
                pictures.append(generator.render(asked).media)
            operations.append(counted.get_total_flops())
        assert pictures[0] != pictures[1]
        added = operations[1] - operations[0]
        more = family.cost(worn).denoise - family.cost(request_).denoise
        assert more * _TERA == pytest.approx(added, rel=0.001)
        assert generator.render(request_).media == made  # it leaves nothing behind

    def test_what_it_does_not_know_is_refused_without_loading(self, request_: PanelRequest) -> None:
        strange = replace(request_.choice, storage="no such storage")
        sampling = request_.sampling
        for asked in (
            replace(request_, choice=strange),
            replace(request_, sampling=replace(sampling, sampler="no such sampler")),
            replace(request_, sampling=replace(sampling, schedule="no such schedule")),
            but(request_, few_step="no such adapter"),
        ):
            with LocalImageGenerator() as fresh:
                with pytest.raises(InputError) as caught:
                    fresh.check(asked)
                assert len(str(caught.value).splitlines()) == 1
                assert fresh._loaded is None

    def test_a_recipe_draws_the_picture_again(
        self,
        generator: LocalImageGenerator,
        card: ModelCard,
        held: Callable[[float], PanelRequest],
        request_: PanelRequest,
    ) -> None:
        asked = held(0.7) if card.identity else request_
        if "acceleration" in card.techniques:
            asked = but(asked, acceleration="balanced")
        result = generator.render(asked)
        recipe = Recipe.from_request(asked, result)
        known = {each.sha: each for each in asked.references}
        again = request_from(recipe, asked.choice, known.__getitem__)
        assert generator.render(again).media == result.media
        assert Recipe.from_request(again, result).fingerprint == recipe.fingerprint

    def test_with_every_rung_of_memory_taken_it_draws_the_same_panel(
        self, request_: PanelRequest
    ) -> None:
        with LocalImageGenerator(attention_slicing=False) as fresh:
            before = _pixels(fresh.render(request_).media)
            assert fresh._loaded is not None
            for rung in fresh._loaded.model.memory_rungs():
                assert rung.stages
                taken = 0
                while rung.take():
                    taken += 1
                    assert taken < _MANY
            after = _pixels(fresh.render(request_).media)
        assert abs(after - before).mean() < _UNSEEN


def _shares(numbers: Sequence[float]) -> list[float]:
    """Of their sum."""
    whole = sum(numbers)
    return [each / whole for each in numbers]


def _pixels(media: Media) -> np.ndarray:
    """Of a picture, or of all frames of a clip."""
    if media.clip:
        frames = frames_of(media.mp4, media.clip, (media.width, media.height))
        return np.stack([np.asarray(each, dtype=np.float32) for each in frames])
    with Image.open(io.BytesIO(media.png)) as picture:
        return np.asarray(picture.convert("RGB"), dtype=np.float32)


def _portrait() -> bytes:
    picture = Image.new("RGB", (96, 96), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((24, 8, 72, 64), fill="darkred")
    draw.rectangle((16, 64, 80, 96), fill="gold")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
