"""What was learned draws: through the program's own road, in both layouts; a LoKr too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from local_image_generator import LocalImageGenerator
from storyboard.diffusion.weights.lora_file import read_lora
from storyboard.diffusion.weights.lora_place import lora_hash
from storyboard.errors import InputError
from storyboard.planning.characters import read_character
from storyboard.techniques.lora import Lora, Loras
from storyboard.training.history import History, overfits_since
from storyboard.training.joining import join_character
from storyboard.training.prepared import prepare
from storyboard.training.reading import read_training_file
from storyboard.training.result import write_result
from storyboard.values.model import ModelChoice
from storyboard.values.request import PanelRequest, Sampling
from tests.training.conftest import write_file, write_pictures

if TYPE_CHECKING:
    from pathlib import Path


def learned(folder: Path, model: Path, kind: str) -> tuple[Path, ...]:
    """A LoRA of random numbers as files."""
    write_pictures(folder / "pictures", 2)
    file = write_file(folder, model)
    told = f"network:\n  kind: {kind}\n  targets:\n    denoiser: {{rank: 2}}\n"
    told += "    text_encoder: {rank: 2}\n    text_encoder_2: {rank: 2}\n"
    text = file.read_text(encoding="utf-8")
    text = text.replace("network:\n  targets: {denoiser: {rank: 2}}\n", told)
    file.write_text(text, encoding="utf-8")
    found = read_training_file(file)
    assert found.config is not None, found.problems
    prepared = prepare(found, found.config)
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for each in prepared.loop.weights.parameters():
            each.copy_(torch.randn(each.shape, generator=generator) * 0.3)
    files = write_result(prepared, History([1.0]), 1)
    prepared.loop.weights.take_off()
    return files


def drawn(model: Path, file: Path | None, generator: LocalImageGenerator) -> bytes:
    loras = () if file is None else (Loras((Lora(str(file), lora_hash(file), 1.0),)),)
    request = PanelRequest(
        panel=1,
        choice=ModelChoice(str(model)),
        prompt="zorbi, a man on a beach",
        negative_prompt="",
        width=128,
        height=64,
        sampling=Sampling(2, 5.0, 1),
        techniques=loras,
        mode="FAST",
    )
    return generator.render(request).media.png


@pytest.mark.parametrize("kind", ["lora", "lokr"])
def test_what_was_learned_draws_in_every_layout(tmp_path: Path, tiny: Path, kind: str) -> None:
    files = learned(tmp_path, tiny, kind)
    with LocalImageGenerator() as generator:
        before = drawn(tiny, None, generator)
        pictures = [drawn(tiny, file, generator) for file in files]
    assert len(files) == (2 if kind == "lora" else 1)
    assert before not in pictures
    assert len(set(pictures)) == 1
    assert read_lora(files[0]).kinds == ("LoRA" if kind == "lora" else "LoKr",)
    assert set(read_lora(files[0]).targets) == {"denoiser", "text_encoder", "text_encoder_2"}


def test_a_character_is_joined_by_its_lora(tmp_path: Path, tiny: Path) -> None:
    (file, *_) = learned(tmp_path, tiny, "lora")
    character = tmp_path / "mira.yaml"
    character.write_text(
        "name: Mira  # the hero\nloras:\n  - owner/name/ink.safetensors:0.4\nhair: red hair\n",
        encoding="utf-8",
    )
    for _ in range(2):  # a second time it is replaced
        join_character(character, file, "zorbi")
    text = character.read_text(encoding="utf-8")
    assert "name: Mira  # the hero\n" in text and "hair: red hair\n" in text
    ink, own = read_character(character).character.loras
    assert (ink.source, ink.weight) == ("owner/name/ink.safetensors", 0.4)
    assert own.words == "zorbi" and own.source == str(file)


def test_a_character_file_in_braces_is_left_as_it_is(tmp_path: Path, tiny: Path) -> None:
    (file, *_) = learned(tmp_path, tiny, "lora")
    character = tmp_path / "mira.yaml"
    character.write_text("{name: Mira}\n", encoding="utf-8")
    with pytest.raises(InputError, match="in braces"):
        join_character(character, file, "zorbi")
    assert character.read_text(encoding="utf-8") == "{name: Mira}\n"


def test_overfitting_is_named_when_three_measures_are_worse() -> None:
    assert overfits_since([(50, 1.0), (100, 0.9), (150, 0.95), (200, 0.96)]) is None
    assert overfits_since([(50, 0.9), (100, 0.95), (150, 0.96), (200, 0.97)]) == 100
    assert overfits_since([(50, 0.9), (100, 0.95), (150, 0.96), (200, 0.90)]) is None
