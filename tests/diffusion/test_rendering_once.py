"""Work that need not be done is not done: counted on the real modules."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.device.policy import DevicePolicy
from storyboard.diffusion.families.sdxl.files import find_model
from storyboard.diffusion.families.sdxl.renderer import Sdxl
from storyboard.diffusion.parts.pictures import opened_png
from storyboard.diffusion.parts.watch import Watch
from storyboard.errors import RenderCancelled
from storyboard.machine.tuning import Arrangement
from tests.diffusion.plain import difference, pixels
from tests.requests import Lock, but

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storyboard.values.request import PanelRequest
    from tests.one_model import OneModel


@pytest.fixture
def sdxl(tiny: Path) -> Sdxl:
    files = find_model(str(tiny), half=False, adapter="bundled")
    with quiet_libraries():
        return Sdxl(
            files,
            DevicePolicy("cpu", "float32"),
            Arrangement(channels_last=True, chunked=True, dtype="float32"),
        )


@contextmanager
def calls(*modules: Any) -> Iterator[list[int]]:
    """Forward passes of each module, counted by hooks."""
    counts = [0] * len(modules)

    def hook(place: int) -> Any:
        def count(*_: Any) -> None:
            counts[place] += 1

        return count

    handles = [
        module.register_forward_pre_hook(hook(place)) for place, module in enumerate(modules)
    ]
    yield counts
    for handle in handles:
        handle.remove()


def draw(sdxl: Sdxl, request: PanelRequest, watch: Watch | None = None) -> bytes:
    with quiet_libraries():
        return opened_png(sdxl.render(request, watch or Watch()).png).tobytes()


def test_a_prompt_is_encoded_once_however_many_panels_use_it(
    sdxl: Sdxl, request_: PanelRequest
) -> None:
    with calls(sdxl.pipe.text_encoder, sdxl.pipe.text_encoder_2) as counts:
        for seed in range(3):
            draw(sdxl, but(request_, seed=seed))
        assert counts == [2, 2]  # the prompt and the negative prompt
        draw(sdxl, replace(request_, prompt="another"))
        assert counts == [3, 3]


def test_without_guidance_the_negative_prompt_is_not_encoded(
    sdxl: Sdxl, request_: PanelRequest
) -> None:
    with calls(sdxl.pipe.text_encoder, sdxl.pipe.unet) as counts:
        draw(sdxl, but(request_, guidance_scale=1.0))
    assert counts == [1, request_.sampling.steps]


def test_a_reference_picture_is_encoded_once(
    sdxl: Sdxl, request_: PanelRequest, lock: Lock, blue: bytes
) -> None:
    wanted = but(request_, identities=(lock,))
    draw(sdxl, wanted)
    with calls(sdxl.pipe.image_encoder) as counts:
        draw(sdxl, but(wanted, seed=5))
        draw(sdxl, but(wanted, identities=(replace(lock, scale=0.2),)))
        assert counts == [0]
        draw(sdxl, but(wanted, identities=(replace(lock, pictures=(*lock.pictures, blue)),)))
        assert counts == [1]


@pytest.mark.parametrize("scale", [None, 0.0])
def test_the_adapter_costs_nothing_when_it_is_off(
    sdxl: Sdxl, request_: PanelRequest, lock: Lock, scale: float | None
) -> None:
    never_loaded = draw(sdxl, request_)
    with_identity = draw(sdxl, but(request_, identities=(lock,)))
    off = () if scale is None else (replace(lock, scale=scale),)
    projection = sdxl.pipe.unet.encoder_hid_proj
    with calls(sdxl.pipe.image_encoder, projection, sdxl.pipe.unet) as counts:
        unplugged = draw(sdxl, but(request_, identities=off))
    assert counts == [0, 0, request_.sampling.steps]
    assert sdxl.pipe.unet.encoder_hid_proj is None
    assert unplugged == never_loaded
    assert unplugged != with_identity
    assert not [name for name, _ in sdxl.pipe.unet.named_modules() if "to_k_ip" in name]


def test_an_identity_of_scale_zero_does_not_even_read_the_adapter(
    sdxl: Sdxl, request_: PanelRequest, lock: Lock
) -> None:
    draw(sdxl, but(request_, identities=(replace(lock, scale=0.0),)))
    assert sdxl.pipe.image_encoder is None


@pytest.mark.parametrize("stop_after", [0, 1, 2])
def test_cancel_stops_within_a_step_and_never_decodes(
    sdxl: Sdxl, request_: PanelRequest, stop_after: int
) -> None:
    expected = draw(sdxl, request_)
    steps: list[int] = []
    watch = Watch(lambda step: steps.append(step.step), lambda: len(steps) >= stop_after)
    with calls(sdxl.pipe.unet, sdxl.pipe.vae.decoder) as counts, pytest.raises(RenderCancelled):
        draw(sdxl, request_, watch)
    assert counts[0] <= stop_after + 1
    assert counts[1] == 0
    assert draw(sdxl, request_) == expected


def test_steps_are_reported_with_previews_of_what_is_coming(
    generator: OneModel, request_: PanelRequest
) -> None:
    seen: list[Any] = []
    wanted = but(request_, steps=6, preview_every=2)
    result = generator.render(wanted, seen.append)
    assert [(step.panel, step.step, step.steps) for step in seen] == [
        (1, number, 6) for number in range(1, 7)
    ]
    assert [step.step for step in seen if step.preview] == [2, 4]
    previews = [pixels(step.preview) for step in seen if step.preview]
    assert all(preview.shape == (24, 32, 3) for preview in previews)
    assert generator.render(replace(wanted, preview_every=0)).media.png == result.media.png
    assert difference(previews[0], previews[1]) > 0


def test_the_times_add_up(generator: OneModel, request_: PanelRequest) -> None:
    generator.render(request_)
    times = generator.render(request_).times
    parts = times.of("text_encode", "image_encode", "denoise", "decode")
    assert 0 < parts <= times.total
    assert times.of("denoise") > times.of("text_encode")  # its result was reused
