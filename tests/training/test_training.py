"""A LoRA is taught, killed, gone on with, and drawn with."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file

from storyboard.cli import main
from storyboard.errors import InputError, ProjectError, RenderCancelled
from storyboard.files import atomic
from storyboard.training.checkpoint import Checkpoints
from storyboard.training.encoded import Encoded
from storyboard.training.prepared import prepare
from storyboard.training.reading import read_training_file
from storyboard.training.run import train
from tests.test_architecture import ROOT
from tests.training.conftest import write_file, write_pictures

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storyboard.training.prepared import Prepared
    from storyboard.training.step_taken import StepTaken


class Told:
    """What a training says."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.steps: list[StepTaken] = []

    def note(self, text: str) -> None:
        self.notes.append(text)

    def step(self, taken: StepTaken) -> None:
        self.steps.append(taken)


def ready(file: Path) -> Prepared:
    found = read_training_file(file)
    assert found.config is not None, found.problems
    return prepare(found, found.config)


def taught(
    file: Path, *, resume: bool = False, cancelled: Callable[[], bool] = lambda: False
) -> tuple[tuple[Path, ...], Told]:
    told = Told()
    prepared = ready(file)
    return train(prepared, told, cancelled, resume=resume), told


def begun(file: Path, *more: str) -> subprocess.Popen[bytes]:
    """The command, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "storyboard", "train", str(file), *more],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def same(one: Path, two: Path) -> bool:
    first, second = load_file(one), load_file(two)
    return first.keys() == second.keys() and all(
        torch.equal(first[name], second[name]) for name in first
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, tiny: Path) -> tuple[Path, Told]:
    """A training that nobody has disturbed: its folder, and what it said."""
    folder = tmp_path_factory.mktemp("whole")
    write_pictures(folder / "pictures", 4)
    torch.set_num_threads(1)
    more = "evaluation: {share: 0.25, every: 2}\nsamples: {every: 6, prompts: ['{trigger}, a man'],"
    more += " steps: 1, width: 128, height: 64}\n"
    _, told = taught(write_file(folder, tiny, more))
    return folder / "loras" / "scarf", told


def test_a_training_leaves_a_lora_with_a_card_a_chart_and_samples(
    whole: tuple[Path, Told],
) -> None:
    folder, told = whole
    with safe_open(folder / "scarf.safetensors", framework="pt") as file:
        card = file.metadata()
        numbers = {name: file.get_tensor(name) for name in file.keys()}
    assert card["modelspec.trigger_phrase"] == "zorbi"
    assert json.loads(card["storyboard.captions"])[0].startswith("zorbi, a man on beach")
    assert json.loads(card["lora_adapter_metadata"])["unet.r"] == 2
    assert any(each.abs().max() > 0 for name, each in numbers.items() if ".lora_B." in name)
    assert (folder / "loss.png").read_bytes().startswith(b"\x89PNG")
    assert (folder / "samples" / "samples.png").exists()
    assert [each.step for each in told.steps] == [1, 2, 3, 4, 5, 6]
    assert [each.step for each in told.steps if each.eval_loss is not None] == [2, 4, 6]
    assert told.steps[-1].seconds_left == 0


def test_both_layouts_hold_the_same_lora(whole: tuple[Path, Told]) -> None:
    from storyboard.diffusion.weights.lora_file import read_lora

    folder, _ = whole
    one, two = (
        read_lora(folder / "scarf.safetensors"),
        read_lora(folder / "scarf.kohya.safetensors"),
    )
    assert one.layers.keys() == two.layers.keys()
    assert (one.layout, two.layout) == ("diffusers", "Kohya")
    assert one.words == two.words == ("zorbi",)


def copied(whole: Path, folder: Path) -> Path:
    """The same file with the same pictures elsewhere, as if nothing had been trained."""
    shutil.copytree(whole.parents[1], folder, ignore=shutil.ignore_patterns("loras"))
    return folder / "scarf.yaml"


def test_killed_at_any_moment_it_ends_at_the_same_weights(
    tmp_path: Path, whole: tuple[Path, Told]
) -> None:
    file = copied(whole[0], tmp_path / "again")
    kept = whole[0] / "scarf.safetensors"
    # 1. Killed as soon as the first checkpoint is there.
    child = begun(file)
    checkpoints = Checkpoints(file.parent / "loras" / "scarf" / "checkpoints", 2)
    until = time.monotonic() + 120
    while not checkpoints.files and child.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    child.send_signal(signal.SIGKILL)
    child.wait()
    newest, _ = checkpoints.newest()
    assert newest is not None
    # 2. Gone on with.
    (again, *_), told = taught(file, resume=True)
    assert f"going on after step {newest.step}" in told.notes
    assert same(again, kept)


@pytest.mark.soak
def test_killed_at_thirty_random_moments_it_ends_at_the_same_weights(
    tmp_path: Path, tiny: Path
) -> None:
    write_pictures(tmp_path / "pictures", 4)
    file = write_file(tmp_path, tiny, steps=40)
    (undisturbed, *_), _ = taught(file)
    kept = tmp_path / "kept.safetensors"
    shutil.move(undisturbed, kept)
    shutil.rmtree(tmp_path / "loras")
    rng = random.Random(0)
    checkpoints = Checkpoints(tmp_path / "loras" / "scarf" / "checkpoints", 2)
    for _ in range(30):
        child = begun(file, "--resume")
        # Long enough to come to its steps half of the time; other kills hit what is before them.
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(rng.uniform(1, 15))
        child.kill()
        child.wait()
        files = checkpoints.files
        assert not files or checkpoints.newest()[0] is not None
    (again, *_), _ = taught(file, resume=True)
    assert same(again, kept)


def test_stopped_after_a_step_it_ends_at_the_same_weights(
    tmp_path: Path, whole: tuple[Path, Told]
) -> None:
    file = copied(whole[0], tmp_path / "again")
    kept = whole[0] / "scarf.safetensors"
    prepared = ready(file)
    told = Told()
    with pytest.raises(RenderCancelled, match="stopped after step 1 of 6"):
        train(prepared, told, lambda: True, resume=True)
    (again, *_) = train(prepared, told, resume=True)
    assert same(again, kept)


def test_an_interrupt_before_the_first_step_stops_at_once(
    tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading and encoding can take minutes."""
    write_pictures(tmp_path / "pictures", 3)
    file = write_file(tmp_path, tiny, steps=4)
    monkeypatch.setattr(Encoded, "prepare", lambda *_: signal.raise_signal(signal.SIGINT))
    assert main(["train", str(file)]) == 130
    assert not Checkpoints(tmp_path / "loras" / "scarf" / "checkpoints", 2).files


def test_a_full_disk_loses_no_checkpoint(
    tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pictures(tmp_path / "pictures", 3)
    file = write_file(tmp_path, tiny, steps=4)
    prepared, told = ready(file), Told()
    flush = atomic._flush_to_disk

    def full(descriptor: int) -> None:
        if told.steps and told.steps[-1].step == 4:
            raise OSError(28, "No space left on device")
        flush(descriptor)

    monkeypatch.setattr(atomic, "_flush_to_disk", full)
    with pytest.raises(ProjectError, match="the disk is full"):
        train(prepared, told)
    folder = prepared.folder / "checkpoints"
    assert [each.name for each in folder.iterdir()] == ["step-0000002.checkpoint"]
    monkeypatch.undo()
    assert train(prepared, told, resume=True)


def test_a_damaged_checkpoint_is_passed_over_and_other_pictures_are_refused(
    tmp_path: Path, tiny: Path
) -> None:
    folder = write_pictures(tmp_path / "pictures", 3)
    file = write_file(tmp_path, tiny, steps=4)
    taught(file)
    with pytest.raises(InputError, match="go on with --resume, or remove"):
        taught(file)
    newest = tmp_path / "loras/scarf/checkpoints/step-0000004.checkpoint"
    newest.write_bytes(newest.read_bytes()[:2000])
    _, told = taught(file, resume=True)
    assert told.notes[:2] == [
        "step-0000004.checkpoint is damaged and is passed over",
        "going on after step 2",
    ]
    (folder / "p1.txt").write_text("a woman", encoding="utf-8")
    with pytest.raises(InputError, match="was begun with another model, other pictures"):
        taught(file, resume=True)


def test_a_cache_that_was_changed_or_is_stale_is_noticed(tmp_path: Path, tiny: Path) -> None:
    folder = write_pictures(tmp_path / "pictures", 3)
    file = write_file(tmp_path, tiny, steps=2)
    (kept, *_), told = taught(file)
    assert told.notes[0] == "10 pictures and captions encoded"
    cache = tmp_path / "loras/scarf/cache"
    first = tmp_path / "first.safetensors"
    shutil.copy(kept, first)
    # 1. Numbers changed under it.
    victim = next(cache.glob("latents-*"))
    data = bytearray(victim.read_bytes())
    data[-5] ^= 1
    victim.write_bytes(data)
    shutil.rmtree(tmp_path / "loras/scarf/checkpoints")
    (again, *_), told = taught(file)
    assert told.notes[0].startswith("1 pictures and captions encoded, 1 of them because the cache")
    assert load_file(again) and same(again, first)
    # 2. A picture is another one now.
    (folder / "p0.png").write_bytes((folder / "p1.png").read_bytes() + b"\0")
    shutil.rmtree(tmp_path / "loras/scarf/checkpoints")
    _, told = taught(file)
    assert "1 stale ones removed from the cache" in told.notes[0]
