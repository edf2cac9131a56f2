from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
import torch
from huggingface_hub import constants
from safetensors.torch import load_file, save_file

from storyboard.diffusion.families.sdxl.files import SDXL_BASE
from storyboard.errors import ModelError, RenderError
from tests.diffusion.plain import difference, pixels
from tests.diffusion.single_file import write_checkpoint
from tests.one_model import OneModel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storyboard.values.request import PanelRequest
    from tests.requests import Lock


@pytest.fixture
def checkpoint(plain_tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkpoint, and on disk the configurations a download of SDXL leaves there."""
    cached = tmp_path / f"models--{SDXL_BASE.replace('/', '--')}"
    shutil.copytree(
        plain_tiny,
        cached / "snapshots" / ("1" * 40),
        ignore=shutil.ignore_patterns("*.safetensors", "sdxl_models", "models"),
    )
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text("1" * 40)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    file = tmp_path / "checkpoint.safetensors"
    write_checkpoint(plain_tiny, file)
    return file


def test_a_checkpoint_draws_what_its_folder_draws(
    checkpoint: Path, plain_tiny: Path, request_: PanelRequest, lock: Lock
) -> None:
    with OneModel(str(plain_tiny)) as folder:
        expected = folder.render(request_)
    with OneModel(str(checkpoint), adapter=str(plain_tiny)) as single:
        assert single.describe().multiple == 16
        assert single.describe().identity
        found = single.render(request_)
    assert difference(pixels(found.media.png), pixels(expected.media.png)) == 0
    assert found.model_hash != expected.model_hash


def test_a_checkpoint_with_a_hole_is_refused(checkpoint: Path) -> None:
    weights = load_file(checkpoint)
    del weights["model.diffusion_model.out.2.weight"]
    save_file(weights, checkpoint)
    with pytest.raises(ModelError, match="cannot be loaded"):
        OneModel(str(checkpoint), adapter="").load()


DENOISER = "model.diffusion_model.input_blocks.0.0.weight"
ATTACKS: dict[str, Callable[[dict[str, torch.Tensor]], object]] = {
    "nothing of a model": lambda held: held.clear(),
    "whole numbers": lambda held: held.update({DENOISER: held[DENOISER].to(torch.int64)}),
    "a wider layer": lambda held: held.update({DENOISER: torch.zeros(4096, 4, 3, 3)}),
    "no decoder": lambda held: [held.pop(key) for key in list(held) if "first_stage" in key],
    "no number": lambda held: held[DENOISER].fill_(float("nan")),
    "names of another model": lambda held: held.update(
        {f"{key}/../../x": held.pop(key) for key in list(held)}
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_strangers_checkpoint_is_refused_in_a_line(
    checkpoint: Path, request_: PanelRequest, attack: str
) -> None:
    weights = load_file(checkpoint)
    ATTACKS[attack](weights)
    save_file(weights, checkpoint)
    # Whatever lies beside it is of no account.
    (checkpoint.parent / "model_index.json").write_text('{"_class_name": ["evil", "Evil"]}')
    (checkpoint.parent / "config.json").write_text('{"auto_map": {"AutoModel": "evil.Evil"}}')
    with (
        pytest.raises((ModelError, RenderError)) as caught,
        OneModel(str(checkpoint), adapter="") as generator,
    ):
        generator.render(request_)
    assert str(caught.value).isprintable()
