"""How far the guard, the likeness and the agreement with the prompt can be trusted, in numbers.

On pictures whose truth is known, because the starter's painter paints them, and on panels that the
starter model draws. To be run again whenever its weights change:

    python -m tests.soak.judging --painted 3000 --drawn 300 --scenes 60 --choices 20
"""

from __future__ import annotations

import argparse
import io
import random
from dataclasses import replace
from statistics import mean, median
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from PIL import Image

from config import NEGATIVE_PROMPT
from storyboard.diffusion.checks.readable import (
    CLOTHING_COLOURS,
    HAIR_COLOURS,
    PLACES,
    SHOT_SIZES,
    TIMES,
)
from storyboard.diffusion.checks.reader import load_reader
from storyboard.diffusion.parts.guard import BLACK, FLAT, NOISE, look
from storyboard.files.assets import asset
from storyboard.production.best_of import best_take, take_seeds
from storyboard.starter.captioner import caption
from storyboard.starter.painted import SIZES
from storyboard.starter.painter import paint, paint_portrait
from storyboard.starter.sampling import sample_person, sample_scene
from storyboard.starter.truth import truth
from storyboard.values.board import Take
from tests.one_model import OneModel
from tests.requests import Lock, but, panel_request
from tests.soak.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.diffusion.parts.guard import Look
    from storyboard.starter.vocabulary import Scene
    from storyboard.values.request import PanelRequest

__all__ = ["choices", "drawn", "faults", "likeness", "main", "painted", "prompts", "wake"]

FRAME = (448, 256)
FACTOR = 16
_TAKES = 4
_PORTRAIT = 256


def painted(count: int) -> Tally:
    """Painted panels of every size: the guard must pass each."""
    rng = random.Random("painted panels")
    tally = Tally("painted panels that the guard must pass")
    sizes, shares = zip(*SIZES, strict=True)
    none = torch.zeros(1)
    for number in range(count):
        picture = paint(sample_scene(rng), rng.choices(sizes, shares)[0])
        _count(tally, look(none, _tensor(picture), FACTOR), f"scene {number}")
    return tally


def faults(generator: OneModel, count: int) -> Tally:
    """Latents of noise, and frames that are black or of one colour but for a little noise."""
    tally = Tally("faults that the guard must see")
    decoder = _model(generator)._decoders.own
    for seed in range(count):
        dice = torch.Generator().manual_seed(seed)
        latents = torch.randn(1, decoder.channels, 16, 28, generator=dice)
        grain = torch.randn(1, 3, FRAME[1], FRAME[0], generator=dice)
        colour = torch.rand(1, 3, 1, 1, generator=dice) * 1.2 - 0.6
        for flaw, decoded in (
            ("noise", decoder.tensor(latents)),
            ("noise", grain),
            ("black", grain * BLACK / 4 - 1),
            ("flat", grain * FLAT + colour),
            ("nan", grain / 0),
        ):
            seen = look(latents, decoded, FACTOR)
            missed = [] if seen.flaw == flaw else [f"{flaw} seen as {seen.flaw or 'a picture'}"]
            tally.count(missed, f"seed {seed}")
            if flaw == "noise":
                tally.largest("coherence, most", seen.coherence)
    return tally


def drawn(generator: OneModel, count: int) -> Tally:
    """Panels that the starter draws, in FAST and with every acceleration."""
    rng = random.Random("drawn panels")
    tally = Tally("panels of the starter model that the guard must pass")
    tellings = ("off", "balanced", "max")
    for number in range(count):
        _, text = _captioned(rng)
        request = but(_request(text, number), acceleration=tellings[number % 3])
        result = generator.render(request)
        picture = Image.open(io.BytesIO(result.media.png)).convert("RGB")
        seen = look(torch.zeros(1), _tensor(picture), FACTOR)
        flaws = [f"rescued: {result.rescue}"] if result.rescue else []
        _count(tally, seen, f"caption {number}", flaws)
    return tally


def likeness(generator: OneModel, people: int) -> Tally:
    """How often a painted panel is more like the portrait of its own person than of another."""
    rng = random.Random("likeness")
    tally = Tally("likeness tells a panel's person from another")
    judge = _model(generator)._judge
    cast = [sample_person(rng) for _ in range(people)]
    portraits = [judge._seen(paint_portrait(each, rng.randrange(10**6), 256)) for each in cast]
    every: list[tuple[float, float]] = []
    for size in SHOT_SIZES:
        found: list[tuple[float, float]] = []
        for person, own in zip(cast, portraits, strict=True):
            scene = replace(
                sample_scene(rng), people=(person,), shot_size=size, prop="none", pose="standing"
            )
            seen = judge._seen(paint(scene, FRAME))
            found += [
                (float(seen @ own), float(seen @ other)) for other in portraits if other is not own
            ]
        tally.notes[size] = _wins(found)
        every += found
    tally.tried = len(every)
    tally.survived = sum(own > other for own, other in every)
    return tally


def prompts(generator: OneModel, scenes: int) -> Tally:
    """How often a painted panel of the prompt agrees with it more than one that is wrong."""
    rng = random.Random("prompts")
    tally = Tally("a panel of the prompt agrees with it more than a wrong one")
    found: dict[str, list[tuple[float, float]]] = {}
    for _ in range(scenes):
        scene, text = _captioned(rng, alone=True)
        right = _agreement(generator, text, paint(scene, FRAME))
        for name, picture in _wrong(scene, rng).items():
            found.setdefault(name, []).append((right, _agreement(generator, text, picture)))
    for name, each in found.items():
        tally.notes[name] = _wins(each)
    pairs = [pair for each in found.values() for pair in each]
    tally.tried, tally.survived = len(pairs), sum(one > other for one, other in pairs)
    tally.notes["agreement of a panel of the prompt, median"] = median(one for one, _ in pairs)
    return tally


def choices(generator: OneModel, captions: int) -> Tally:
    """What the best of four drawn takes shows of its caption, read by the reader."""
    rng = random.Random("choices")
    tally = Tally(f"the best of {_TAKES} takes shows at least what they show on average")
    reader = load_reader(asset("models", "reader", "reader.safetensors"))
    means, bests, most = [], [], []
    for number in range(captions):
        scene, text = _captioned(rng, alone=True)
        portrait = _png(paint_portrait(scene.people[0], number, _PORTRAIT))
        lock = Lock("the character", (portrait,), 0.5)
        wanted = but(_request(text, number), identities=(lock,), judged=True)
        takes, shown = [], []
        for seed in take_seeds(number, _TAKES):
            result = generator.render(but(wanted, seed=seed))
            takes.append(Take("", seed, "", 0.0, "", result.rescue, result.agreement))
            picture = Image.open(io.BytesIO(result.media.png)).convert("RGB")
            answers = reader.read([picture])[0]
            right = [
                answers[name] == value
                for name, value in truth(scene).items()
                if name in scene.readable()
            ]
            shown.append(mean(right))
        best = best_take(takes)
        assert best is not None
        means.append(mean(shown))
        bests.append(shown[takes.index(best)])
        most.append(max(shown))
        tally.count([] if bests[-1] >= means[-1] else ["less"], f"caption {number}")
    tally.notes = {"average": mean(means), "chosen": mean(bests), "best there was": mean(most)}
    return tally


def main() -> None:
    """Measure what is asked for, and tell each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--painted", type=int, default=3000)
    parser.add_argument("--drawn", type=int, default=300)
    parser.add_argument("--scenes", type=int, default=60)
    parser.add_argument("--choices", type=int, default=20)
    args = parser.parse_args()
    print(f"limits: black {BLACK}, one colour {FLAT}, noise {NOISE}", flush=True)
    painted(args.painted).tell()
    with OneModel("starter") as generator:
        faults(generator, 100).tell()
        wake(generator)
        likeness(generator, 40).tell()
        prompts(generator, args.scenes).tell()
        drawn(generator, args.drawn).tell()
        choices(generator, args.choices).tell()


def _count(tally: Tally, seen: Look, where: str, flaws: Sequence[str] = ()) -> None:
    tally.count([*flaws, *([seen.flaw] if seen.flaw else [])], where)
    for name in ("brightest", "spread", "coherence"):
        value = getattr(seen, name)
        tally.notes[f"{name}, least"] = min(tally.notes.get(f"{name}, least", 1.0), value)


def _wrong(scene: Scene, rng: random.Random) -> dict[str, Image.Image]:
    """Panels that show something else than the scene, each in one respect."""
    person = scene.people[0]

    def another(names: Sequence[str], name: str) -> str:
        return rng.choice([each for each in names if each != name])

    hair = replace(person, hair_colour=another(HAIR_COLOURS, person.hair_colour))
    clothes = replace(person, clothing_colour=another(CLOTHING_COLOURS, person.clothing_colour))
    scenes = {
        "another place": replace(scene, place=another(PLACES, scene.place), prop="none"),
        "another time": replace(scene, time=another(TIMES, scene.time)),
        "another shot size": replace(scene, shot_size=another(SHOT_SIZES[:4], scene.shot_size)),
        "nobody there": replace(scene, people=()),
        "other hair": replace(scene, people=(hair,)),
        "other clothes": replace(scene, people=(clothes,)),
    }
    pictures = {name: paint(each, FRAME) for name, each in scenes.items()}
    copy = paint_portrait(person, rng.randrange(10**6), _PORTRAIT)
    return pictures | {"a copy of the reference": copy.resize(FRAME)}


def _captioned(rng: random.Random, *, alone: bool = False) -> tuple[Scene, str]:
    while True:
        scene = sample_scene(rng)
        text = caption(scene, rng, complete=True)
        # A window has 77 tokens; a word is rarely more than two.
        if len(text.split()) < 36 and (not alone or len(scene.people) == 1):
            return scene, text


def _request(text: str, seed: int) -> PanelRequest:
    return panel_request(1, text, NEGATIVE_PROMPT, *FRAME, 12, 6.5, seed, "FAST")


def wake(generator: OneModel) -> None:
    """Have the image encoder in memory, and the UNet without its adapter."""
    portrait = _png(paint_portrait(sample_person(random.Random(0)), 0, _PORTRAIT))
    lock = Lock("anybody", (portrait,), 0.5)
    generator.render(but(_request("a man", 0), steps=1, identities=(lock,), judged=True))


def _model(generator: OneModel) -> Any:
    return generator.model


def _agreement(generator: OneModel, text: str, picture: Image.Image) -> float:
    model = _model(generator)
    vae = model.pipe.vae
    with torch.no_grad():
        latents = vae.encode(_tensor(picture)).latent_dist.mode()
    config = vae.config
    if config.latents_mean:
        centre, spread = (
            torch.tensor(each).view(1, -1, 1, 1)
            for each in (config.latents_mean, config.latents_std)
        )
        latents = (latents - centre) / spread
    found = model._judge.judge(_request(text, 0), latents * config.scaling_factor, picture)
    assert found.prompt is not None
    return float(found.prompt)


def _wins(pairs: Sequence[tuple[float, float]]) -> float:
    """Share of the pairs whose first is larger."""
    return mean(one > other for one, other in pairs)


def _tensor(picture: Image.Image) -> torch.Tensor:
    pixels = torch.from_numpy(np.array(picture)).permute(2, 0, 1)[None]
    return pixels.float() / 127.5 - 1


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


if __name__ == "__main__":
    main()
