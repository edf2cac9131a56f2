"""The encoders' first lessons: what a caption says, and who is in a reference picture.

SDXL's encoders come to its UNet already trained on four hundred million pictures with captions.
The starter's have a stand-in: linear heads must read every attribute of a scene off the states
that the UNet will be given. Twenty-four minutes of it; trained through the UNet alone, words for
hair and clothes still said next to nothing after an hour.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.nn import functional

from storyboard.starter.architecture import WINDOW
from storyboard.starter.captioner import caption
from storyboard.starter.checkpoint import Checkpoint
from storyboard.starter.conditioning import Networks, load_tokenizer
from storyboard.starter.muon import build_optimizers
from storyboard.starter.reader import ATTRIBUTES, truth
from storyboard.starter.run import Run
from storyboard.starter.sampling import sample_scene

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from storyboard.starter.dataset import Shard
    from storyboard.starter.vocabulary import Scene

__all__ = ["EncoderLessons", "load_lessons", "train_encoders"]

_BATCH = 64
_MATRIX_RATE, _OTHER_RATE, _WARM_UP = 0.02, 2e-3, 100
_SAVE_EVERY = 120.0
_COMPLETE = 0.7
"""Share of the captions that leave nothing out; in the others a head may have to guess."""
_LOOKS = tuple(
    name
    for name in ATTRIBUTES
    if name not in ("place", "time", "shot_size", "people", "prop", "pose")
)
_UNKNOWN = -100


class EncoderLessons(nn.Module):
    """Two text encoders, one image encoder, and a linear head for each attribute and each state."""

    def __init__(self, networks: Networks) -> None:
        super().__init__()
        self.text_encoder = networks.text_encoder
        self.text_encoder_2 = networks.text_encoder_2
        self.image_encoder = networks.image_encoder
        self._networks = (networks,)
        width = self.text_encoder.config.hidden_size + self.text_encoder_2.config.hidden_size
        pooled = self.text_encoder_2.config.projection_dim
        asked = {**ATTRIBUTES, **{f"second {name}": ATTRIBUTES[name] for name in _LOOKS}}
        self.of_states = _heads(asked, width)
        self.of_pooled = _heads(asked, pooled)
        self.of_pictures = _heads(
            {name: ATTRIBUTES[name] for name in _LOOKS}, self.image_encoder.config.projection_dim
        )

    def forward(
        self, captions: list[str], scenes: Sequence[Scene], references: torch.Tensor
    ) -> tuple[torch.Tensor, dict[str, float]]:
        """Mean cross entropy of all heads, and the share of right answers by kind of head.

        ``references`` is (n, 3, 64, 64) in 0..255: a picture of each scene's first person.
        """
        networks = self._networks[0]
        conditions = networks.conditions(captions, references, [True] * len(captions))
        # Every token after the last word is the end token and has seen everything; a cross
        # attention may settle on any of them.
        rows = torch.arange(len(captions), device=references.device)
        ends = torch.tensor(networks.lengths(captions), device=references.device) - 1
        spare = torch.rand(len(captions), device=references.device) * (WINDOW - ends)
        asked = {
            "states": (self.of_states, conditions.text[rows, ends + spare.long()]),
            "pooled": (self.of_pooled, conditions.pooled),
            "pictures": (self.of_pictures, conditions.image),
        }
        answers = _answers(scenes, references.device)
        losses, right = [], {}
        for kind, (heads, states) in asked.items():
            hits, total = 0, 0
            for name, head in heads.items():
                known = answers[name] != _UNKNOWN
                if known.any():
                    logits = head(states[known]).float()
                    losses.append(functional.cross_entropy(logits, answers[name][known]))
                    hits += int((logits.argmax(1) == answers[name][known]).sum())
                    total += int(known.sum())
            right[kind] = hits / max(1, total)
        return torch.stack(losses).mean(), right


def train_encoders(
    folder: Path,
    shards: Sequence[Shard],
    minutes: float,
    seed: int,
    say: Callable[[str], None],
    device: str = "cpu",
) -> None:
    """Train until ``minutes`` are spent in all, resuming from ``folder``; saves every two minutes.

    Args:
        folder: Where the tokenizer is and the checkpoint goes.
        shards: Only their reference pictures are used; captions are of fresh scenes.
        minutes: Of training, earlier runs included.
        seed: Of weights and scenes.
        say: Takes a line of progress now and then.
        device: "cpu", "cuda" or "mps".
    """
    # 1. Pick up where the last run stopped.
    torch.manual_seed(seed)
    lessons = EncoderLessons(Networks(load_tokenizer(folder / "tokenizer"))).to(device)
    run = Run(
        Checkpoint(folder / "encoders.pt"),
        lessons,
        build_optimizers(
            lessons.named_parameters(), matrix_rate=_MATRIX_RATE, other_rate=_OTHER_RATE
        ),
        minutes=minutes,
        warm_up=_WARM_UP,
    )
    rng = random.Random(f"encoders {seed} from step {run.step}")

    # 2. Train against the clock.
    while not run.over:
        scenes, references = _portrayed(shards, rng)
        captions = [caption(each, rng, complete=rng.random() < _COMPLETE) for each in scenes]
        with torch.autocast(torch.device(device).type, dtype=torch.bfloat16):
            loss, right = lessons(captions, scenes, references.to(device))
        run.take_step(loss)
        if run.step % 50 == 0:
            shares = ", ".join(f"{kind} {share:.3f}" for kind, share in right.items())
            say(f"encoders step {run.step} {run.clock.elapsed:.0f}s right: {shares}")
        run.save_every(_SAVE_EVERY)
    run.save()


def load_lessons(folder: Path, networks: Networks) -> None:
    """Give ``networks`` the encoders trained in ``folder``.

    Raises:
        FileNotFoundError: Nothing was trained there.
    """
    state = Checkpoint(folder / "encoders.pt").load()
    if state is None:
        raise FileNotFoundError(folder / "encoders.pt")
    EncoderLessons(networks).load_state_dict(state["model"])


def _heads(asked: Mapping[str, Sequence[str]], width: int) -> nn.ModuleDict:
    return nn.ModuleDict({name: nn.Linear(width, len(told)) for name, told in asked.items()})


def _portrayed(shards: Sequence[Shard], rng: random.Random) -> tuple[list[Scene], torch.Tensor]:
    """Fresh scenes, but the first person of each is one whose reference picture comes along."""
    shard = rng.choice(shards)
    portrayed = [index for index, scene in enumerate(shard.scenes) if scene.people]
    scenes, pictures = [], []
    for index in rng.choices(portrayed, k=_BATCH):
        scene, first = sample_scene(rng), shard.scenes[index].people[0]
        pictures.append(shard.references[index, rng.randrange(shard.references.shape[1])])
        scenes.append(replace(scene, people=(first, *scene.people[1:])) if scene.people else scene)
    return scenes, torch.stack(pictures).float()


def _answers(scenes: Iterable[Scene], device: torch.device) -> dict[str, torch.Tensor]:
    """The number of every right answer by attribute, (n,) each; -100 where nobody can know."""
    told = []
    for scene in scenes:
        known = truth(scene)
        if len(scene.people) > 1:
            second = truth(replace(scene, people=scene.people[1:]))
            known |= {f"second {name}": second[name] for name in _LOOKS if name in second}
        told.append(known)
    names = [*ATTRIBUTES, *(f"second {name}" for name in _LOOKS)]
    return {
        name: torch.tensor(
            [
                ATTRIBUTES[name.removeprefix("second ")].index(known[name])
                if name in known
                else _UNKNOWN
                for known in told
            ],
            device=device,
        )
        for name in names
    }
