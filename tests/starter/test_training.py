"""Training in miniature: every stage runs, resumes and ends in a folder that the program loads."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest
import torch
from torch import nn
from transformers import CLIPTokenizer

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.files.assets import asset
from storyboard.starter import dataset, train
from storyboard.starter.architecture import LATENT_CHANNELS, build_autoencoder
from storyboard.starter.average import Average
from storyboard.starter.captioner import caption
from storyboard.starter.checkpoint import Checkpoint
from storyboard.starter.conditioning import Networks
from storyboard.starter.dataset import latent_statistics, load_shards
from storyboard.starter.emphasis import emphasis
from storyboard.starter.encoder_training import EncoderLessons
from storyboard.starter.export import fold_statistics
from storyboard.starter.framing import frame_scene
from storyboard.starter.muon import Muon, build_optimizers
from storyboard.starter.run import Run
from storyboard.starter.sampling import sample_scene
from storyboard.starter.tokenizer import train_tokenizer

if TYPE_CHECKING:
    from pathlib import Path

TOKENIZER = asset() / "models" / "starter" / "tokenizer"


def test_muon_moves_a_matrix_along_all_its_directions_alike() -> None:
    torch.manual_seed(0)
    weight = nn.Parameter(torch.zeros(8, 4, 3, 3))
    weight.grad = torch.randn_like(weight) * torch.logspace(-0.5, 1, 8).view(8, 1, 1, 1)
    Muon([weight], lr=1.0, momentum=0.9, weight_decay=0.0).step()
    strengths = torch.linalg.svdvals(weight.detach().flatten(1))
    assert strengths.max() / strengths.min() < 3


def test_muon_takes_hidden_weights_and_leaves_edges_and_vectors_to_adam() -> None:
    named = {
        "conv_in.weight": nn.Parameter(torch.zeros(4, 3, 3, 3)),
        "token_embedding.weight": nn.Parameter(torch.zeros(9, 4)),
        "block.conv1.weight": nn.Parameter(torch.zeros(4, 4, 3, 3)),
        "block.norm.weight": nn.Parameter(torch.zeros(4)),
    }
    hidden, others = build_optimizers(named.items(), matrix_rate=0.1, other_rate=0.1)
    assert hidden.param_groups[0]["params"] == [named["block.conv1.weight"]]
    assert len(others.param_groups[0]["params"]) == 3


def test_a_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    checkpoint = Checkpoint(tmp_path / "run.pt")

    def begin() -> tuple[nn.Linear, Run]:
        torch.manual_seed(0)
        model = nn.Linear(4, 4)
        optimizers = build_optimizers(model.named_parameters(), matrix_rate=0.1, other_rate=0.1)
        return model, Run(checkpoint, model, optimizers, minutes=1, warm_up=2)

    model, first = begin()
    for _ in range(3):
        first.take_step(model(torch.ones(1, 4)).square().sum())
    first.save()
    again, second = begin()
    assert second.step == 3
    assert second.clock.elapsed >= first.clock.spent
    assert torch.equal(again.weight, model.weight)


def test_a_run_whose_time_is_spent_is_over(tmp_path: Path) -> None:
    model = nn.Linear(2, 2)
    run = Run(Checkpoint(tmp_path / "run.pt"), model, [], minutes=1e-9, warm_up=1)
    assert run.over


def test_the_average_follows_slowly() -> None:
    weight = nn.Parameter(torch.zeros(1))
    average = Average([weight], decay=0.9)
    with torch.no_grad():
        weight.fill_(1.0)
    average.update(step=1000)
    average.copy_to([weight])
    assert weight.item() == pytest.approx(0.1)


def test_folded_statistics_normalise_the_latents_and_change_no_picture() -> None:
    torch.manual_seed(0)
    plain, folded = build_autoencoder().eval(), build_autoencoder().eval()
    folded.load_state_dict(plain.state_dict())
    mean, std = torch.randn(LATENT_CHANNELS), torch.rand(LATENT_CHANNELS) + 0.5
    fold_statistics(folded, mean, std)
    picture = torch.rand(1, 3, 64, 64) * 2 - 1
    with torch.inference_mode():
        before, after = (each.encode(picture).latent_dist for each in (plain, folded))
        shape = (1, -1, 1, 1)
        assert torch.allclose(
            after.mean * std.view(shape) + mean.view(shape), before.mean, atol=1e-5
        )
        assert torch.allclose(after.std * std.view(shape), before.std, rtol=1e-4)
        again = plain.decode(before.mean).sample, folded.decode(after.mean).sample
    assert torch.allclose(*again, atol=1e-4)


def test_the_tokenizer_knows_every_byte_and_keeps_captions_short(tmp_path: Path) -> None:
    train_tokenizer(tmp_path / "tokenizer")
    with quiet_libraries():
        tokenizer = CLIPTokenizer.from_pretrained(tmp_path / "tokenizer")
    text = "Mira, young woman, long red hair, yellow coat, walking, wide shot, beach, sunset"
    assert len(tokenizer(text).input_ids) <= 24
    strange = tokenizer("Әже қызыл көйлек киген \u9f8d").input_ids[1:-1]
    assert tokenizer.unk_token_id not in strange


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset, "_SHARD", 4)
    monkeypatch.setattr(dataset, "_SHEET_SHARDS", 2)
    monkeypatch.setattr(train, "_HELD_OUT", 2)


@pytest.mark.usefixtures("small_shards")
def test_every_stage_in_miniature(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    work, target = tmp_path / "work", tmp_path / "model"
    stages = ("autoencoder", "encoder", "denoiser", "tiny-decoder")
    briefly = [word for stage in stages for word in (f"--{stage}-minutes", "0.01")]
    briefly += ["--shards", "2"]
    with quiet_libraries():
        train.main([str(work), *briefly, "--target", str(target)])
        train.main([str(work), *briefly, "--target", str(target)])  # nothing is left to do
    assert "wrote" in capsys.readouterr().out
    assert (target / "model_index.json").is_file()
    assert "vae_tiny/config.json" in json.loads((target / "MANIFEST.json").read_text())

    shards = load_shards(work / "dataset")
    assert [shard.sheets for shard in shards] == [False, True]
    mean, std = latent_statistics(shards)
    cells = shards[0].latents[0, 0].numel()
    batch = shards[0].batch(random.Random(0), 3 * cells, mean, std)
    assert batch.latents.shape[:2] == (3, LATENT_CHANNELS)
    assert batch.weights.shape == (3, 1, *batch.latents.shape[2:])
    assert batch.references.shape == (3, 3, 64, 64)
    assert batch.caption(0, random.Random(0), anonymous=False)


def test_heads_weigh_more_than_figures_and_figures_more_than_the_ground() -> None:
    rng, seen = random.Random(5), 0
    for scene in (sample_scene(rng) for _ in range(200)):
        weights = emphasis(scene, (448, 256))
        assert weights.shape == (1, 16, 28)
        assert weights.mean() == pytest.approx(1.0, abs=1e-3)
        if len(scene.people) == 1 and scene.shot_size == "full shot":
            spot = frame_scene(scene, (448, 256)).spots[0]
            column, head = int(spot.x / 16), int(spot.y / 16)
            hips = int((spot.y + 2 * spot.head) / 16)
            assert weights[0, head, column] > weights[0, hips, column] > weights.min()
            seen += 1
    assert seen > 10


def test_a_waving_hand_weighs_more_than_the_air_on_the_other_side() -> None:
    rng, seen = random.Random(6), 0
    for scene in (sample_scene(rng) for _ in range(2000)):
        # A child's arms are too short for the column that is looked at.
        alone = len(scene.people) == 1 and scene.people[0].age != "child"
        waves = scene.shot_size == "full shot" and scene.pose == "waving"
        if alone and waves and not scene.shows_prop():
            weights = emphasis(scene, (448, 256))
            spot = frame_scene(scene, (448, 256)).spots[0]
            row = int(spot.y / 16)
            hand, air = (int((spot.x + side * 1.2 * spot.head) / 16) for side in (1, -1))
            if spot.facing < 0:
                hand, air = air, hand
            assert weights[0, row, hand] > weights[0, row, air]
            seen += 1
    assert seen > 3


def test_the_encoders_learn_what_a_caption_says() -> None:
    torch.manual_seed(0)
    rng = random.Random(0)
    with quiet_libraries():
        lessons = EncoderLessons(Networks(CLIPTokenizer.from_pretrained(TOKENIZER)))
    scenes = [sample_scene(rng) for _ in range(8)]
    captions = [caption(scene, rng, complete=True) for scene in scenes]
    references = torch.rand(8, 3, 64, 64) * 255
    optimizers = build_optimizers(lessons.named_parameters(), matrix_rate=0.02, other_rate=2e-3)
    first, last = 0.0, 0.0
    for step in range(12):
        loss, _ = lessons(captions, scenes, references)
        lessons.zero_grad()
        loss.backward()
        for optimizer in optimizers:
            optimizer.step()
        first, last = (float(loss.detach()) if step == 0 else first), float(loss.detach())
    _, right = lessons(captions, scenes, references)
    assert last < first * 0.7
    assert right["states"] > 0.8
