"""Likeness and agreement with the prompt, on the starter model."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import torch
from PIL import Image

from storyboard.diffusion.families.sdxl.agreement import Judge
from storyboard.diffusion.families.sdxl.embeddings import PromptEmbeddings
from storyboard.starter.painter import paint
from storyboard.starter.vocabulary import Person, Scene
from tests.diffusion.conftest import portrait
from tests.requests import Lock, but

if TYPE_CHECKING:
    from typing import Any

    from storyboard.values.request import PanelRequest
    from tests.one_model import OneModel

MIRA = Person(
    "red", "long", "yellow", "coat", "none", "light", False, False, False, "adult", "woman"
)
PROMPT = "a woman with long red hair, yellow coat, standing, {place}, {time}, medium shot"


@pytest.fixture
def judged(request_: PanelRequest, lock: Lock) -> PanelRequest:
    return but(request_, steps=2, judged=True, identities=(lock,))


def latents_of(pipe: Any, picture: Image.Image) -> torch.Tensor:
    data = torch.frombuffer(bytearray(picture.tobytes()), dtype=torch.uint8)
    pixels = data.view(1, picture.height, picture.width, 3).permute(0, 3, 1, 2) / 127.5 - 1
    config = pipe.vae.config
    with torch.no_grad():
        latents = pipe.vae.encode(pixels).latent_dist.mode()
    if config.latents_mean:
        shape = (1, -1, 1, 1)
        latents = latents - torch.tensor(config.latents_mean).view(shape)
        latents = latents / torch.tensor(config.latents_std).view(shape)
    return torch.as_tensor(latents * config.scaling_factor)


def test_judging_changes_no_pixel_and_is_the_same_every_time(
    generator: OneModel, judged: PanelRequest
) -> None:
    plain = generator.render(replace(judged, judged=False))
    first, again = generator.render(judged), generator.render(judged)
    assert plain.agreement is None
    assert first.media.png == plain.media.png
    assert first.agreement is not None
    assert first.agreement == again.agreement
    ((name, cosine),) = first.agreement.identities
    assert name == "Aigerim" and -1 <= cosine <= 1
    assert first.agreement.prompt is not None and first.agreement.prompt <= 1
    assert first.times.of("judge") > 0
    # The next panel is drawn with its references again.
    assert generator.render(replace(judged, judged=False)).media.png == plain.media.png


def test_without_a_reference_only_the_prompt_is_judged(
    generator: OneModel, judged: PanelRequest
) -> None:
    for locks in ((), (Lock("Aigerim", (portrait("darkred"),), 0.0),)):
        agreement = generator.render(but(judged, identities=locks)).agreement
        assert agreement is not None
        assert agreement.identities == () and agreement.prompt is not None


def test_a_picture_of_the_prompt_agrees_more_than_one_of_another_place(
    generator: OneModel, judged: PanelRequest
) -> None:
    generator.render(judged)  # loads
    pipe = generator.model.pipe
    generator.model._adapter.plug(None)
    judge = Judge(pipe, PromptEmbeddings(pipe, "cpu"))
    beach = paint(Scene("beach", "day", "medium shot", (MIRA,), "standing", "none", 1), (448, 256))
    night = paint(
        Scene("forest", "night", "medium shot", (MIRA,), "standing", "none", 1), (448, 256)
    )
    agreements = {
        (place, name): judge.judge(
            but(judged, identities=(), prompt=PROMPT.format(place=place, time=time)),
            latents_of(pipe, picture),
            picture,
        ).prompt
        for place, time in (("beach", "day"), ("forest", "night"))
        for name, picture in (("beach", beach), ("forest", night))
    }
    assert agreements["beach", "beach"] > agreements["beach", "forest"]  # type: ignore[operator]
    assert agreements["forest", "forest"] > agreements["forest", "beach"]  # type: ignore[operator]


def test_the_reference_itself_is_as_like_as_can_be(
    generator: OneModel, judged: PanelRequest, red: bytes, blue: bytes
) -> None:
    generator.render(judged)
    judge = generator.model._judge
    latents = torch.zeros(1, 16, 8, 8)
    two = Image.new("RGB", (192, 96))
    for place, data in enumerate((red, blue)):
        two.paste(Image.open(io.BytesIO(data)), (96 * place, 0))
    locks = (Lock("Red", (red,), 0.5), Lock("Blue", (blue,), 0.5))
    right = judge.judge(but(judged, identities=locks), latents, two).identities
    wrong = judge.judge(but(judged, identities=locks[::-1]), latents, two).identities
    assert [name for name, _ in right] == ["Red", "Blue"]
    assert all(cosine == pytest.approx(1, abs=1e-3) for _, cosine in right)
    assert all(cosine < 0.999 for _, cosine in wrong)


def test_an_encoder_that_was_released_is_not_brought_back_to_judge(
    generator: OneModel, judged: PanelRequest
) -> None:
    generator.render(judged)
    adapter = generator.model._adapter
    assert adapter is not None and adapter.release()
    agreement = generator.render(judged).agreement
    assert agreement is not None and agreement.identities == ()
    generator.render(but(judged, identities=(Lock("Blue", (portrait("navy"),), 0.5),)))
    again = generator.render(judged).agreement
    assert again is not None and len(again.identities) == 1
