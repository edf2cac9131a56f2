"""Models, reference pictures and requests for the tests of this room."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import torch
from PIL import Image, ImageDraw

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.weights.place import STARTER
from tests.diffusion.tiny_model import build_tiny_model
from tests.one_model import OneModel
from tests.requests import Lock, panel_request

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storyboard.values.request import PanelRequest


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> Iterator[None]:
    """Small tensors gain nothing from threads, and the rounding of sums must not depend on them."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter's structure: 16 latent channels with a mean and a deviation."""
    with quiet_libraries():
        return build_tiny_model(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def plain_tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """16 latent channels, scaled only: what plain diffusers can decode."""
    with quiet_libraries():
        return build_tiny_model(tmp_path_factory.mktemp("plain"), normalised=False)


@pytest.fixture(scope="session")
def four_channel_tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """4 latent channels with a mean and a deviation, which plain diffusers can decode too."""
    with quiet_libraries():
        return build_tiny_model(tmp_path_factory.mktemp("four"), latent_channels=4)


@pytest.fixture(scope="session")
def model(tiny: Path) -> str:
    """The starter where it has been trained, else its structure with random weights."""
    return "starter" if (STARTER / "model_index.json").is_file() else str(tiny)


@pytest.fixture(scope="session")
def generator(model: str) -> Iterator[OneModel]:
    """A loaded generator with the default settings."""
    with OneModel(model) as loaded:
        yield loaded


@pytest.fixture(scope="session")
def red() -> bytes:
    return portrait("darkred")


@pytest.fixture(scope="session")
def blue() -> bytes:
    return portrait("navy")


@pytest.fixture
def request_(red: bytes) -> PanelRequest:
    """A small panel without identity."""
    return panel_request(
        panel=1,
        prompt="a woman with red hair, yellow coat, wide shot, beach, day",
        negative_prompt="blurry",
        width=128,
        height=96,
        steps=3,
        guidance_scale=6.5,
        seed=11,
    )


@pytest.fixture
def lock(red: bytes) -> Lock:
    return Lock("Aigerim", (red,), 0.6)


def portrait(colour: str) -> bytes:
    """A picture that a CLIP image encoder can tell from another."""
    picture = Image.new("RGB", (96, 96), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((24, 8, 72, 64), fill=colour)
    draw.rectangle((16, 64, 80, 96), fill="gold")
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()
