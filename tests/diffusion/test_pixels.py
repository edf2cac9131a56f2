"""The pixels are those of plain diffusers, and the same request always gives the same ones."""

from __future__ import annotations

import hashlib
import itertools
import shutil
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import torch

from storyboard.diffusion.device.policy import DevicePolicy
from tests.diffusion.plain import difference, pixels, plain_pipeline, plain_pixels
from tests.one_model import OneModel
from tests.requests import Lock, but

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.values.request import PanelRequest


@pytest.fixture(scope="module")
def reference(plain_tiny: Path) -> object:
    return plain_pipeline(plain_tiny, adapter=True)


@pytest.mark.parametrize("folder_name", ["plain_tiny", "four_channel_tiny"])
@pytest.mark.parametrize("guidance", [6.5, 1.0])
def test_without_identity_plain_diffusers_draws_the_same(
    folder_name: str,
    guidance: float,
    request_: PanelRequest,
    request: pytest.FixtureRequest,
) -> None:
    folder: Path = request.getfixturevalue(folder_name)
    wanted = but(request_, guidance_scale=guidance)
    expected = plain_pixels(plain_pipeline(folder, adapter=False), folder, wanted)
    with OneModel(str(folder), channels_last=False) as ours:
        assert difference(pixels(ours.render(wanted).media.png), expected) == 0


@pytest.mark.parametrize("guidance", [6.5, 1.0])
@pytest.mark.parametrize("count", [1, 2])
def test_with_identity_plain_diffusers_draws_the_same(
    reference: object,
    plain_tiny: Path,
    request_: PanelRequest,
    red: bytes,
    blue: bytes,
    count: int,
    guidance: float,
) -> None:
    pictures = (red, blue)[:count]
    wanted = but(request_, guidance_scale=guidance, identities=(Lock("A", pictures, 0.7),))
    expected = plain_pixels(reference, plain_tiny, wanted, pictures, 0.7)
    with OneModel(str(plain_tiny), channels_last=False) as ours:
        assert difference(pixels(ours.render(wanted).media.png), expected) == 0


@pytest.mark.parametrize("locked", [False, True])
def test_in_fp16_plain_diffusers_draws_the_same(
    plain_tiny: Path, request_: PanelRequest, red: bytes, locked: bool
) -> None:
    """On the CPU as on a GPU: the decoder is upcast, everything else stays in fp16."""
    pictures = (red,) if locked else ()
    wanted = but(request_, identities=(Lock("A", (red,), 0.7),) if locked else ())
    pipe = plain_pipeline(plain_tiny, adapter=locked, dtype=torch.float16)
    expected = plain_pixels(pipe, plain_tiny, wanted, pictures, 0.7)
    policy = DevicePolicy("cpu", "float16")
    with OneModel(str(plain_tiny), channels_last=False, policy=policy) as ours:
        found = ours.render(wanted)
    assert found.dtype == "float16"
    assert difference(pixels(found.media.png), expected) == 0


def test_autocast_covers_the_unet_and_never_the_decoder(
    plain_tiny: Path, request_: PanelRequest, lock: Lock
) -> None:
    seen: dict[str, set[bool]] = {}
    policy = DevicePolicy("cpu", "float16", fp16_autocast=True)
    wanted = but(request_, identities=(lock,))
    with OneModel(str(plain_tiny), policy=policy) as ours:
        without_hooks = ours.render(wanted).media.png
        pipe = ours.model.pipe
        for name in ("text_encoder", "unet", "vae.decoder"):
            module = pipe.vae.decoder if name == "vae.decoder" else getattr(pipe, name)
            states = seen.setdefault(name, set())
            module.register_forward_pre_hook(
                lambda *_, states=states: states.add(torch.is_autocast_enabled("cpu"))
            )
        assert ours.render(replace(wanted, prompt="another", negative_prompt="")).media.png
        assert ours.render(wanted).media.png == without_hooks
        assert pipe.vae.dtype == torch.float32
    assert seen == {"text_encoder": {True}, "unet": {True}, "vae.decoder": {False}}


def test_two_characters_are_plain_diffusers_with_masks(
    reference: object, plain_tiny: Path, request_: PanelRequest, red: bytes, blue: bytes
) -> None:
    # Sides that halve evenly: at others diffusers' own masks are misplaced (see test_attention).
    locks = (Lock("A", (red,), 0.7), Lock("B", (blue,), 0.4))
    wanted = but(request_, height=64, identities=locks)
    masks = torch.zeros(1, 2, request_.height // 16, request_.width // 16)
    masks[:, 0, :, :4] = 1
    masks[:, 1, :, 4:] = 1
    expected = plain_pixels(reference, plain_tiny, wanted, (red, blue), [[0.7, 0.4]], masks)
    with OneModel(str(plain_tiny), channels_last=False) as ours:
        assert difference(pixels(ours.render(wanted).media.png), expected) == 0
        swapped = but(wanted, identities=locks[::-1])
        assert difference(pixels(ours.render(swapped).media.png), expected) > 0


def test_every_combination_of_flags_draws_the_same(
    model: str, request_: PanelRequest, red: bytes, blue: bytes
) -> None:
    locks = {
        "nobody": (),
        "one": (Lock("A", (red,), 0.6),),
        "two": (Lock("A", (red,), 0.6), Lock("B", (blue,), 0.6)),
    }
    drawn: dict[str, list[bytes]] = {name: [] for name in locks}
    for channels_last, slicing in itertools.product((False, True), repeat=2):
        with OneModel(model, channels_last=channels_last, attention_slicing=slicing) as ours:
            for name, identities in locks.items():
                result = ours.render(but(request_, identities=identities))
                drawn[name].append(result.media.png)
    for name, pictures in drawn.items():
        for other in pictures[1:]:
            assert difference(pixels(pictures[0]), pixels(other)) <= 1, name
    assert difference(pixels(drawn["nobody"][0]), pixels(drawn["one"][0])) > 0
    assert difference(pixels(drawn["one"][0]), pixels(drawn["two"][0])) > 0


@pytest.mark.parametrize("others", [0, 1])
def test_the_same_picture_twice_counts_once(
    generator: OneModel, request_: PanelRequest, red: bytes, blue: bytes, others: int
) -> None:
    beside = (Lock("B", (blue,), 0.5),) * others

    def draw(*pictures: bytes) -> bytes:
        lock = Lock("A", pictures, 0.6)
        return generator.render(but(request_, identities=(lock, *beside))).media.png

    assert difference(pixels(draw(red)), pixels(draw(red, red))) <= 1
    assert difference(pixels(draw(red)), pixels(draw(red, blue))) > 0


def test_guidance_rescale_comes_from_the_model(
    plain_tiny: Path, tmp_path: Path, request_: PanelRequest
) -> None:
    folder = shutil.copytree(plain_tiny, tmp_path / "model")
    (folder / "storyboard.json").write_text('{"guidance_rescale": 0.7}')
    expected = plain_pixels(plain_pipeline(folder, adapter=False), folder, request_)
    with (
        OneModel(str(folder), channels_last=False) as ours,
        OneModel(str(plain_tiny), channels_last=False) as without,
    ):
        found = pixels(ours.render(request_).media.png)
        assert difference(found, expected) == 0
        assert difference(found, pixels(without.render(request_).media.png)) > 0


def test_the_same_request_gives_the_same_pixels(
    generator: OneModel, request_: PanelRequest, lock: Lock
) -> None:
    with_identity = but(request_, identities=(lock,))
    first, first_identity = generator.render(request_), generator.render(with_identity)
    other_seed = generator.render(but(request_, seed=12))
    assert generator.render(request_).media.png == first.media.png
    assert generator.render(with_identity).media.png == first_identity.media.png
    assert other_seed.media.png != first.media.png


def test_another_process_gives_the_same_pixels(
    generator: OneModel, model: str, request_: PanelRequest
) -> None:
    here = hashlib.sha256(generator.render(request_).media.png).hexdigest()
    script = (
        "import hashlib, torch\n"
        "from storyboard.techniques.acceleration import *\n"
        "from storyboard.values.model import ModelChoice\n"
        "from storyboard.values.request import *\n"
        "from tests.one_model import OneModel\n"
        "torch.set_num_threads(1)\n"
        f"with OneModel({model!r}) as g:\n"
        f"    print(hashlib.sha256(g.render({request_!r}).media.png).hexdigest())\n"
    )
    there = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=True
    )
    assert there.stdout.strip() == here
    assert there.stderr == ""
