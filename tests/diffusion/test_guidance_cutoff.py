"""After the cutoff only the conditional pass is left, with nothing of the other one in it."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import torch
from PIL import Image

from storyboard.diffusion.device.libraries import quiet_libraries
from tests.diffusion.plain import difference, pixels, plain_pipeline
from tests.one_model import OneModel
from tests.requests import Lock, but

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from storyboard.values.request import PanelRequest

SCALE = 0.7


@pytest.fixture(scope="module")
def plain(plain_tiny: Path) -> Any:
    """Plain diffusers with its own attention and its own IP-Adapter."""
    return plain_pipeline(plain_tiny, adapter=True)


@pytest.fixture(scope="module")
def plain_without_adapter(plain_tiny: Path) -> Any:
    return plain_pipeline(plain_tiny, adapter=False)


@pytest.fixture(scope="module")
def ours(plain_tiny: Path) -> Iterator[OneModel]:
    with OneModel(str(plain_tiny), channels_last=False) as loaded:
        yield loaded


def by_hand(
    pipe: Any,
    request: PanelRequest,
    pairs: int,
    pictures: Sequence[bytes] = (),
    masks: torch.Tensor | None = None,
) -> Any:
    """The denoising loop written out: pairs of passes, then the conditional pass alone."""
    with quiet_libraries(), torch.no_grad():
        words, no_words, whole, no_whole = pipe.encode_prompt(
            request.prompt, negative_prompt=request.negative_prompt
        )
        opened = [Image.open(io.BytesIO(each)) for each in pictures]
        encoded = [pipe.encode_image(each, "cpu", 1, output_hidden_states=False) for each in opened]
        sides = (request.height, request.width)
        place = torch.tensor([[*sides, 0, 0, *sides]], dtype=words.dtype)
        generator = torch.Generator().manual_seed(request.sampling.seed)
        pipe.scheduler.set_timesteps(request.sampling.steps)
        size = (1, pipe.unet.config.in_channels, request.height // 16, request.width // 16)
        latents = torch.randn(size, generator=generator) * pipe.scheduler.init_noise_sigma

        def predict(states: torch.Tensor, time: Any, text: Any, pooled: Any, seen: Any) -> Any:
            added = {"text_embeds": pooled, "time_ids": place.repeat(len(text), 1)}
            if opened:
                added["image_embeds"] = [seen]
            kwargs = None if masks is None else {"ip_adapter_masks": [masks]}
            return pipe.unet(
                states, time, text, added_cond_kwargs=added, cross_attention_kwargs=kwargs
            ).sample

        seen = torch.cat([each[0][None] for each in encoded], dim=1) if opened else None
        nothing = torch.cat([each[1][None] for each in encoded], dim=1) if opened else None
        for step, time in enumerate(pipe.scheduler.timesteps):
            if step < pairs:
                states = pipe.scheduler.scale_model_input(torch.cat([latents] * 2), time)
                both = None if seen is None or nothing is None else torch.cat([nothing, seen])
                text, pooled = torch.cat([no_words, words]), torch.cat([no_whole, whole])
                without, with_ = predict(states, time, text, pooled, both).chunk(2)
                noise = without + request.sampling.guidance * (with_ - without)
            else:
                states = pipe.scheduler.scale_model_input(latents, time)
                noise = predict(states, time, words, whole, seen)
            latents = pipe.scheduler.step(noise, time, latents, return_dict=False)[0]
        decoded = pipe.vae.decode(latents / pipe.vae.config.scaling_factor).sample
        picture = pipe.image_processor.postprocess(decoded, output_type="pil")[0]
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return pixels(stream.getvalue())


@pytest.mark.parametrize("pairs", [0, 1, 2, 3, 4])
def test_without_identity_it_is_the_loop_written_out(
    ours: OneModel, plain_without_adapter: Any, request_: PanelRequest, pairs: int
) -> None:
    wanted = but(request_, steps=4)
    expected = by_hand(plain_without_adapter, wanted, pairs)
    found = ours.render(but(wanted, acceleration=f"guided={pairs / 4}"))
    assert difference(pixels(found.media.png), expected) == 0


@pytest.mark.parametrize("pairs", [0, 1, 3, 4])
@pytest.mark.parametrize("count", [1, 2])
def test_with_identity_it_is_the_loop_written_out(
    ours: OneModel,
    plain: Any,
    request_: PanelRequest,
    red: bytes,
    blue: bytes,
    pairs: int,
    count: int,
) -> None:
    pictures = (red, blue)[:count]
    plain.set_ip_adapter_scale(SCALE)
    wanted = but(request_, steps=4, identities=(Lock("A", pictures, SCALE),))
    expected = by_hand(plain, wanted, pairs, pictures)
    found = ours.render(but(wanted, acceleration=f"guided={pairs / 4}"))
    assert difference(pixels(found.media.png), expected) == 0


def test_masks_survive_the_cutoff(
    ours: OneModel, plain: Any, request_: PanelRequest, red: bytes, blue: bytes
) -> None:
    locks = (Lock("A", (red,), 0.7), Lock("B", (blue,), 0.4))
    wanted = but(request_, height=64, steps=4, identities=locks)
    masks = torch.zeros(1, 2, wanted.height // 16, wanted.width // 16)
    masks[:, 0, :, :4] = 1
    masks[:, 1, :, 4:] = 1
    plain.set_ip_adapter_scale([[0.7, 0.4]])
    expected = by_hand(plain, wanted, 2, (red, blue), masks)
    found = ours.render(but(wanted, acceleration="guided=0.5"))
    assert difference(pixels(found.media.png), expected) == 0


def test_the_pictures_are_not_those_of_the_stock_callback(
    ours: OneModel, request_: PanelRequest, lock: Lock
) -> None:
    """Which leaves "no picture" in the conditional pass: the test above must see that."""
    wanted = but(request_, steps=4, identities=(lock,), acceleration="guided=0.5")
    right = ours.render(wanted).media.png
    unet = ours.model.pipe.unet

    def leak(_unet: Any, inputs: Any, named: Any) -> Any:
        added = named["added_cond_kwargs"]
        if inputs[0].shape[0] == 1:
            added["image_embeds"] = [torch.zeros_like(each) for each in added["image_embeds"]]
        return inputs, named

    with hooked(unet, leak):
        assert difference(pixels(ours.render(wanted).media.png), pixels(right)) > 0


@contextmanager
def hooked(unet: Any, hook: Any) -> Iterator[None]:
    handle = unet.register_forward_pre_hook(hook, with_kwargs=True)
    yield
    handle.remove()


@pytest.mark.parametrize("locked", [False, True])
def test_a_cutoff_at_the_end_is_off(
    ours: OneModel, request_: PanelRequest, lock: Lock, locked: bool
) -> None:
    wanted = but(request_, identities=(lock,) if locked else ())
    expected = ours.render(wanted).media.png
    assert ours.render(but(wanted, acceleration="guided=1.0")).media.png == expected
    assert ours.render(but(wanted, acceleration="guided=0.4")).media.png != expected
    assert ours.render(wanted).media.png == expected  # and the pipeline is guided again


def test_guidance_that_never_starts_needs_no_negative_prompt(
    ours: OneModel, request_: PanelRequest
) -> None:
    without = but(request_, guidance_scale=1.0)
    none = but(request_, acceleration="guided=0", negative_prompt="never encoded")
    assert ours.render(none).media.png == ours.render(without).media.png
