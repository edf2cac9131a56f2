"""Pairs teach a model that edits: mechanics on a random Kontext, whose pictures are noise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from safetensors.torch import load_file

from storyboard.errors import InputError
from storyboard.training.datasets import gather
from storyboard.training.prepared import prepare
from storyboard.training.reading import read_training_file
from storyboard.training.run import train
from tests.families.tiny_flux import build_tiny_flux
from tests.training.conftest import write_pictures
from tests.training.test_training import Told

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model that looks at pictures."""
    folder = tmp_path_factory.mktemp("editor") / "model"
    return build_tiny_flux(folder, pipeline="FluxKontextPipeline")


def pair_file(folder: Path, model: Path, dataset: str) -> Path:
    file = folder / "pairs.yaml"
    file.write_text(
        f"""\
name: balloon
model: {model}
datasets:
{dataset}
buckets: {{target: 64x64}}
network: {{targets: {{denoiser: {{rank: 2, layers: [attention, feed_forward]}}}}}}
optimizer: {{learning_rate: 1e-2, schedule: constant, warmup: 0}}
training: {{steps: 4, batch_size: 2, precision: fp32}}
preserve: {{weight: 0}}
evaluation: {{share: 0.3, every: 2}}
""",
        encoding="utf-8",
    )
    return file


@pytest.mark.parametrize(("use", "crop"), [("in_turn", "loose"), ("combined", "loose")])
def test_pairs_are_learned_with_several_references(
    tmp_path: Path, editor: Path, use: str, crop: str
) -> None:
    for folder in ("after", "before", "also"):
        write_pictures(tmp_path / folder, 4, size=(96, 96) if folder != "also" else (160, 80))
    references = "[before, also]" if crop == "loose" else "[before]"
    dataset = f"  - pairs: after\n    references: {references}\n"
    dataset += f"    reference_use: {use}\n    reference_crop: {crop}"
    found = read_training_file(pair_file(tmp_path, editor, dataset))
    assert found.config is not None, found.problems
    prepared, told = prepare(found, found.config), Told()
    batch = prepared.loop.batches.of(0)
    _, seen = prepared.loop.encoded.of(batch)
    assert len(seen) == (2 if (use, crop) == ("combined", "loose") else 1)
    (file, *_) = train(prepared, told)
    learned = load_file(file)
    assert all(name.startswith("transformer.") for name in learned)
    assert any(each.abs().max() > 0 for name, each in learned.items() if ".lora_B." in name)
    assert [each.step for each in told.steps if each.eval_loss is not None] == [2, 4]


def test_a_reference_changes_what_is_said(tmp_path: Path, editor: Path) -> None:
    for folder in ("after", "before"):
        write_pictures(tmp_path / folder, 2, size=(96, 96))
    dataset = "  - pairs: after\n    references: [before]"
    found = read_training_file(pair_file(tmp_path, editor, dataset))
    assert found.config is not None
    loop = prepare(found, found.config).loop
    latents, seen = loop.encoded.of(loop.batches.of(0))
    noise = torch.zeros_like(latents)
    noised = loop.learner.noised(latents, noise, torch.full((len(latents),), 0.5))
    texts = loop.encoded.texts(["add a red balloon"] * len(latents))
    with torch.no_grad():
        with_it = loop.learner.predict(noised, texts, seen)
        without = loop.learner.predict(noised, texts)
    assert with_it.shape == without.shape == latents.shape
    assert not torch.allclose(with_it, without)


def test_pairs_are_made_of_pictures_that_are_spoiled(tmp_path: Path, editor: Path) -> None:
    write_pictures(tmp_path / "whole", 3, size=(96, 96))
    dataset = "  - pictures: whole\n    generated: {kind: restore, captions: [mend, repair]}\n"
    dataset += "  - pictures: whole\n    generated: {kind: sharpen}"
    found = read_training_file(pair_file(tmp_path, editor, dataset))
    assert found.config is not None
    examples = gather(found, found.config)
    assert not examples.problems
    restored = [each for each in examples.learned if each.caption in ("mend", "repair")]
    assert restored and len(restored) < len(examples.learned)
    from storyboard.training.example import pixels_of

    for each in examples.learned:
        (reference,) = each.references
        whole, spoiled = pixels_of(each.picture, (96, 96)), pixels_of(reference, (96, 96))
        assert 0.001 < (whole - spoiled).abs().mean() < 0.5
        assert torch.equal(spoiled, pixels_of(reference, (96, 96)))  # the same every time


def test_a_model_that_looks_at_nothing_refuses_pairs(tmp_path: Path, tiny: Path) -> None:
    for folder in ("after", "before"):
        write_pictures(tmp_path / folder, 2, size=(96, 96))
    dataset = "  - pairs: after\n    references: [before]"
    found = read_training_file(pair_file(tmp_path, tiny, dataset))
    assert found.config is not None
    with pytest.raises(InputError, match="looks at no pictures"):
        prepare(found, found.config)
