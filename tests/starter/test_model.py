"""The starter model as it ships: small, whole, and an SDXL to plain diffusers."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.weights.checksums import check_manifest
from storyboard.files.assets import asset
from storyboard.starter.architecture import NATIVE_SIZE
from storyboard.starter.autoencoder import reconstruction_psnr
from storyboard.starter.painter import paint_portrait
from storyboard.starter.sampling import sample_person

if TYPE_CHECKING:
    from PIL import Image

FOLDER = asset("models", "starter")


@pytest.fixture(scope="module")
def pipe() -> Any:
    with quiet_libraries():
        from diffusers import StableDiffusionXLPipeline

        pipeline: Any = StableDiffusionXLPipeline
        loaded = pipeline.from_pretrained(FOLDER, torch_dtype=torch.float32)
        loaded.load_ip_adapter(
            str(FOLDER),
            subfolder="sdxl_models",
            weight_name="ip-adapter_sdxl_starter.safetensors",
            image_encoder_folder="models/image_encoder",
            local_files_only=True,
        )
    loaded.set_progress_bar_config(disable=True)
    return loaded


def draw(pipe: Any, prompt: str, size: tuple[int, int], scale: float) -> Image.Image:
    pipe.set_ip_adapter_scale(scale)
    with quiet_libraries():
        picture: Image.Image = pipe(
            prompt,
            width=size[0],
            height=size[1],
            num_inference_steps=4,
            guidance_scale=6.5,
            ip_adapter_image=paint_portrait(sample_person(random.Random(1)), seed=1),
            generator=torch.Generator().manual_seed(3),
        ).images[0]
    return picture


def contrast(picture: Image.Image) -> float:
    """Standard deviation of the pixels in 0..255: near 0 for a flat picture."""
    return float(np.asarray(picture, dtype=np.float32).std())


def test_the_folder_stays_small_and_is_what_its_manifest_says() -> None:
    assert sum(file.stat().st_size for file in FOLDER.rglob("*") if file.is_file()) <= 24_000_000
    assert not [file for file in FOLDER.rglob("*") if file.suffix in {".bin", ".pt", ".ckpt"}]
    check_manifest(FOLDER, "get it again")


@pytest.mark.parametrize("size", [NATIVE_SIZE, (384, 288), (336, 336), (256, 448), (528, 224)])
def test_every_aspect_comes_out_whole(pipe: Any, size: tuple[int, int]) -> None:
    picture = draw(pipe, "a woman in a yellow coat, walking, wide shot, beach, sunset", size, 0.5)
    assert picture.size == size
    assert contrast(picture) > 15


def test_words_that_it_does_not_know_do_no_harm(pipe: Any) -> None:
    picture = draw(pipe, "Әже қымыз ішіп отыр, \u9f8d, zxqv 123 ~~~ %%", NATIVE_SIZE, 0.0)
    assert contrast(picture) > 15


def test_day_is_brighter_than_night(pipe: Any) -> None:
    day, night = (
        draw(pipe, f"beach, {time}, wide shot", NATIVE_SIZE, 0.0) for time in ("day", "night")
    )
    assert np.asarray(day).mean() > np.asarray(night).mean() + 20


def test_the_autoencoder_returns_what_it_is_given(pipe: Any) -> None:
    assert reconstruction_psnr(pipe.vae, pictures=12) > 27
