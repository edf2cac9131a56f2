"""Training in miniature: every stage runs, resumes and ends in a folder that the program loads."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
import torch
from safetensors.torch import load_file
from torch import nn
from transformers import CLIPTokenizer

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.weights.checksums import check_manifest
from storyboard.files.assets import asset
from storyboard.starter import autoencoder, train
from storyboard.starter.architecture import LATENT_CHANNELS, build_autoencoder
from storyboard.starter.autoencoder import load_autoencoder, load_statistics
from storyboard.starter.average import Average
from storyboard.starter.captioner import caption
from storyboard.starter.checkpoint import Checkpoint
from storyboard.starter.conditioning import Conditions, Networks
from storyboard.starter.denoiser import Learner, load_networks
from storyboard.starter.emphasis import emphasis
from storyboard.starter.export import fold_statistics
from storyboard.starter.framing import frame_scene
from storyboard.starter.gallery import Gallery
from storyboard.starter.lessons import ASKED, LOOKS, Lessons, answers
from storyboard.starter.muon import Muon, build_optimizers
from storyboard.starter.painted import Painted
from storyboard.starter.pool import Pool
from storyboard.starter.run import Run
from storyboard.starter.sampling import sample_scene
from storyboard.starter.shipped import _fill, begin_from
from storyboard.starter.supply import Supply
from storyboard.starter.tokenizer import train_tokenizer

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = asset("models", "starter")
TOKENIZER = SHIPPED / "tokenizer"


def test_muon_moves_a_matrix_along_all_its_directions_alike() -> None:
    torch.manual_seed(0)
    weight = nn.Parameter(torch.zeros(8, 4, 3, 3))
    weight.grad = torch.randn_like(weight) * torch.logspace(-0.5, 1, 8).view(8, 1, 1, 1)
    Muon([weight], lr=1.0, momentum=0.9, weight_decay=0.0).step()
    strengths = torch.linalg.svdvals(weight.detach().flatten(1))
    assert strengths.max() / strengths.min() < 3


def test_weights_of_one_shape_are_made_orthogonal_each_for_itself() -> None:
    torch.manual_seed(0)
    gradients = [torch.randn(6, 4), torch.randn(6, 4) * 100]

    def stepped(which: list[int]) -> list[torch.Tensor]:
        weights = [nn.Parameter(torch.zeros(6, 4)) for _ in which]
        for weight, number in zip(weights, which, strict=True):
            weight.grad = gradients[number].clone()
        Muon(weights, lr=1.0, momentum=0.9, weight_decay=0.0).step()
        return [each.detach() for each in weights]

    together = stepped([0, 1])
    assert torch.allclose(together[0], stepped([0])[0], atol=1e-2)
    assert torch.allclose(together[1], stepped([1])[0], atol=1e-2)


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
    assert second.clock.elapsed < first.clock.elapsed  # every run has its own minutes
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


def test_every_network_goes_on_from_the_shipped_weights(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "_HELD_OUT", 2)
    monkeypatch.setattr(autoencoder, "_MEASURED", 2)
    work, out, target = tmp_path / "work", tmp_path / "out", tmp_path / "model"

    def run(network: str, *words: str) -> str:
        briefly = ["--minutes", "0.001", "--pictures", "2", "--folder", str(work)]
        train.main(["--network", network, *briefly, *words])
        return capsys.readouterr().out

    with quiet_libraries():
        assert "dB" in run("autoencoder", "--out", str(out))
        run("denoiser", "--out", str(out))
        assert "dB" in run("tiny_decoder")
        assert "wrote" in run("denoiser", "--minutes", "0", "--export", str(target))
    check_manifest(target, "again")
    assert (target / "vae_tiny" / "config.json").is_file()

    # What comes back in small files is what a new work folder begins with.
    assert all(file.stat().st_size < 16 * 2**20 for file in out.iterdir())
    elsewhere = tmp_path / "elsewhere"
    with quiet_libraries():
        begin_from(SHIPPED, elsewhere, out)
        first, again = load_networks(work), load_networks(elsewhere)
    for name, weight in again.state_dict().items():
        assert torch.allclose(weight, first.state_dict()[name], atol=1e-2), name
    assert torch.equal(load_statistics(work)[0], load_statistics(elsewhere)[0])


def test_a_start_from_the_shipped_model_is_the_shipped_model(tmp_path: Path) -> None:
    with quiet_libraries():
        begin_from(SHIPPED, tmp_path)
        networks = load_networks(tmp_path)
    unet = load_file(SHIPPED / "unet" / "diffusion_pytorch_model.safetensors")
    own = networks.unet.state_dict()
    assert all(torch.equal(own[name], weight.float()) for name, weight in unet.items())
    (file,) = (SHIPPED / "sdxl_models").glob("*.safetensors")
    adapter, shipped = networks.adapter_state(), load_file(file)
    assert adapter.keys() == shipped.keys()
    assert all(torch.equal(adapter[name], weight.float()) for name, weight in shipped.items())


def test_a_start_from_another_network_is_refused() -> None:
    with pytest.raises(ValueError, match="lack"):
        _fill(nn.Linear(2, 2), {"other": torch.zeros(1)})


def test_a_batch_has_one_size_and_all_that_the_denoiser_is_told(tmp_path: Path) -> None:
    with quiet_libraries():
        begin_from(SHIPPED, tmp_path)
        pool = Pool(load_autoencoder(tmp_path), load_statistics(tmp_path), "cpu", 12)
        painted = iter(Painted(TOKENIZER, 1, 4))
        for _ in range(5):
            pool.add(next(painted))
        lot = pool.draw(3 * 28 * 16, random.Random(1))
        learner = Learner(Networks(CLIPTokenizer.from_pretrained(TOKENIZER)))
    count = len(lot.people)
    width, height = lot.size
    assert lot.latents.shape == (count, LATENT_CHANNELS, height // 16, width // 16)
    assert lot.references.shape == (count, 2, 3, 64, 64)
    assert lot.captions.shape[2] == lot.negatives.shape[2] == 77
    assert pool.taken == 20
    loss, told = learner(lot, random.Random(2))
    loss.backward()
    assert set(told) == {"loss", "states", "pooled", "pictures"}
    assert learner.networks.text_encoder.get_input_embeddings().weight.grad is not None


def test_workers_paint_for_a_training(tmp_path: Path) -> None:
    gallery = Gallery("cpu", 8)
    with quiet_libraries(), Supply(Painted(TOKENIZER, 3, 2, plain=True), 1, gallery) as supply:
        supply.begin(6)
        supply.fill()
    assert 6 <= gallery.count <= 8
    crops = gallery.crops(5, 128)
    assert crops.shape == (5, 3, 128, 128)
    assert -1 <= crops.min() < crops.max() <= 1


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
        networks = Networks(CLIPTokenizer.from_pretrained(TOKENIZER))
    learner = Learner(networks)
    scenes = [sample_scene(rng) for _ in range(8)]
    ids = networks.tokens([caption(scene, rng, complete=True) for scene in scenes])
    references, right = torch.rand(8, 3, 64, 64) * 255, answers(scenes)
    optimizers = build_optimizers(learner.named_parameters(), matrix_rate=0.02, other_rate=1e-2)
    yes = torch.ones(8, dtype=torch.bool)
    ends = (ids == networks.end_token).int().argmax(1)
    losses, shares = [], {}
    for _ in range(16):
        conditions = networks.conditions(ids, references, yes)
        loss, shares = learner.lessons(conditions, ends, yes, yes, yes, right)
        learner.zero_grad()
        loss.backward()
        for optimizer in optimizers:
            optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < losses[0] * 0.7
    assert shares["states"] > 0.8


def test_words_of_looks_are_not_asked_where_a_picture_tells_them() -> None:
    lessons = Lessons(4, 4, 4)
    rng = random.Random(0)
    scenes = [next(s for s in iter(lambda: sample_scene(rng), None) if s.people) for _ in range(4)]
    conditions = Conditions(torch.zeros(4, 77, 4), torch.zeros(4, 4), torch.zeros(4, 4))
    yes, no = torch.ones(4, dtype=torch.bool), torch.zeros(4, dtype=torch.bool)
    ends = torch.full((4,), 9)
    for described, wanted in ((yes, True), (no, False)):
        lessons.zero_grad()
        loss, _ = lessons(conditions, ends, yes, described, yes, answers(scenes))
        loss.backward()
        asked = lessons.of_states[list(ASKED).index("hair_colour")]
        assert bool((asked.bias.grad != 0).any()) is wanted  # type: ignore[union-attr]
        pictured = lessons.of_pictures[LOOKS.index("hair_colour")]
        assert (pictured.bias.grad != 0).any()  # type: ignore[union-attr]
