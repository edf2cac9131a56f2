"""A smaller file of a model: it draws what the same storage draws, or is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from local_image_generator import LocalImageGenerator
from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.values.model import ModelChoice
from storyboard.values.request import PanelRequest, Sampling
from tests.families.stored import pixels
from tests.families.tiny_klein import build_tiny_klein

if TYPE_CHECKING:
    from tests.terminal import Terminal


@pytest.fixture(scope="module")
def klein(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with quiet_libraries():
        return build_tiny_klein(tmp_path_factory.mktemp("klein"))


def test_a_converted_model_draws_what_the_same_storage_draws(
    terminal: Terminal, klein: Path
) -> None:
    out = klein / "transformer" / "small.gguf"
    told = terminal("convert", str(klein), "--storage", "gguf-q4_0", "--out", str(out))
    assert "gguf-q4_0" in told[-1]
    whole = klein / "transformer" / "diffusion_pytorch_model.safetensors"
    assert out.stat().st_size < 0.5 * whole.stat().st_size
    request = PanelRequest(1, ModelChoice(str(klein)), "a red hat", "", 64, 64, Sampling(2, 1, 7))
    converted, stored, untouched = (
        pixels(LocalImageGenerator().render(replace(request, choice=choice)).media.png).astype(int)
        for choice in (
            ModelChoice(str(out)),
            ModelChoice(str(klein), storage="gguf-q4_0"),
            request.choice,
        )
    )
    # diffusers multiplies the layers that stayed whole in another order of sums.
    assert abs(converted - stored).max() <= 1
    assert abs(converted - untouched).mean() > 5 * abs(converted - stored).mean()
    for words, problem in (
        ((str(klein), "--out", str(out)), "is there already: name another file"),
        ((str(klein), "--out", "a.safetensors"), "let it end in .gguf"),
        ((str(klein), "--storage", "bf16", "--out", "a.gguf"), "none that a file is written in"),
        ((str(klein), "--storage", "gguf-q4_k", "--out", "a.gguf"), "q8_0, q5_1, q5_0"),
        ((str(out), "--out", "a.gguf"), "is a GGUF file already"),
        (("starter", "--out", "a.gguf"), "draw it with --storage gguf-q8_0"),
    ):
        terminal("convert", *words, code=2)
        assert problem in terminal.err
        assert not Path("a.gguf").exists()
