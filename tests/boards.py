"""Boards, requests and pictures that the tests of several rooms share."""

from __future__ import annotations

import io
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import strategies as st
from PIL import Image

from storyboard.project.recipe import Recipe
from storyboard.project.recipe_file import embed
from storyboard.techniques.lora import Lora, LoraWish
from storyboard.values.board import Panel, Storyboard, Take
from storyboard.values.character import Character
from storyboard.values.judgement import Agreement, Rescue
from storyboard.values.marker import Marker
from storyboard.values.media import Clip, Media
from storyboard.values.passage import Passage
from storyboard.values.result import PanelResult
from storyboard.values.shot import CameraAngle, CameraMove, DialogueLine, Shot, ShotSize
from storyboard.values.sound import Sound
from storyboard.values.stages import StageTimes
from tests.requests import Lock, panel_request

if TYPE_CHECKING:
    from storyboard.project.project import Project
    from storyboard.values.request import PanelRequest

CREATED = datetime(2026, 3, 1, 12, 30, 5, tzinfo=UTC)

# Everything a keyboard, a clipboard or a broken import can put into a text, but half surrogates.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
lines = st.lists(texts, max_size=4).map("\n".join)
seeds = st.integers(0, 2**32 - 1)
hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,20}\.png", fullmatch=True)

_Value = TypeVar("_Value")


def every(kind: type[_Value], **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[_Value]:
    """A strategy that says how each field of a value is made: one that is forgotten fails."""
    forgotten = {each.name for each in fields(kind)} - parts.keys()  # type: ignore[arg-type]
    assert not forgotten, f"{kind.__name__}: {forgotten}"
    return st.builds(kind, **parts)


_spent = st.floats(0, 1000)
times = every(
    StageTimes,
    stages=st.dictionaries(
        st.sampled_from(["text_encode", "denoise", "decode", "hires", "save"]), _spent
    ).map(lambda spent: tuple(spent.items())),
    total=_spent,
    networks=_spent,
    telling=_spent,
)


weights = st.integers(-400, 400).map(lambda hundredths: hundredths / 100)
blocks = st.dictionaries(st.sampled_from(["down", "up_blocks.1", "mid"]), weights, max_size=2).map(
    lambda found: tuple(found.items())
)
wishes = every(
    LoraWish,
    source=st.sampled_from(["mira.safetensors", "o/n/a.safetensors", "/ a/a b:1/мира.safetensors"]),
    weight=st.none() | weights,
    words=st.sampled_from(["", "mrachar, freckles", "# a: 'quoted' word=1"]),
    blocks=blocks,
)
loras = every(
    Lora,
    source=texts,
    sha=hashes,
    weight=weights,
    blocks=blocks,
)
shots = every(
    Shot,
    scene=st.integers(1, 9999),
    number=st.integers(1, 9999),
    size=st.sampled_from(ShotSize),
    action=lines,
    prompt_action=texts,
    prompt_by_hand=st.sampled_from([None, False, True]),
    setting=texts,
    time_of_day=texts,
    angle=st.sampled_from(CameraAngle),
    move=st.sampled_from(CameraMove),
    characters=st.lists(texts, max_size=3).map(tuple),
    dialogue=st.lists(every(DialogueLine, speaker=texts, text=lines), max_size=3).map(tuple),
    duration=st.floats(0.01, 3600),
    note=lines,
    scene_label=st.sampled_from(["", "12A"]),
    loras=st.lists(wishes, max_size=2).map(tuple),
)
passages = every(
    Passage,
    place=st.integers(0, 4000),
    texts=st.lists(texts, min_size=1, max_size=3).map(tuple),
    heading=texts,
    mark=st.sampled_from(["", "0123" * 10]),
)
rescues = every(
    Rescue,
    flaws=st.lists(st.sampled_from(["nan", "black", "flat", "noise"]), max_size=3).map(tuple),
    path=st.lists(texts, max_size=2).map(tuple),
    seed=seeds,
    acceleration=st.sampled_from(["off", "balanced", "guided=0.5,every=2"]),
    flaw=st.sampled_from(["", "black"]),
)
agreements = every(
    Agreement,
    identities=st.lists(st.tuples(texts, st.floats(-1, 1)), max_size=2).map(tuple),
    prompt=st.none() | st.floats(-10, 1),
)
clips = every(
    Clip, frames=st.integers(1, 1000), fps=st.sampled_from(["12", "24", "24000/1001", "120"])
)
sides = st.integers(1, 4096)
takes = every(
    Take,
    file=names,
    seed=seeds,
    mode=texts,
    seconds=st.floats(0, 86_400),
    fingerprint=hashes,
    rescue=st.none() | rescues,
    agreement=st.none() | agreements,
    asked=st.just("") | hashes,
    subject=st.just("") | hashes,
    width=sides,
    height=sides,
    model=texts,
    parent=st.just("") | names,
    clip=st.none() | clips,
)
sounds = every(
    Sound,
    file=st.tuples(hashes, st.sampled_from(["wav", "mp3", "flac", "m4a"])).map(".".join),
    title=texts,
    seconds=st.floats(0.001, 7200),
    gain=st.floats(-60, 60),
)
panels = every(
    Panel,
    key=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,20}", fullmatch=True),
    shot=shots,
    seed=seeds,
    takes=st.lists(takes, max_size=3).map(tuple),
    pinned=st.just("") | names,
    seed_locked=st.booleans(),
    left_out=st.booleans(),
    sound=st.none() | sounds,
    passage=st.none() | passages,
)
characters = every(
    Character,
    name=texts,
    traits=st.lists(st.tuples(texts, texts), max_size=4).map(tuple),
    references=st.lists(names, max_size=2).map(tuple),
    loras=st.lists(wishes, max_size=2).map(tuple),
)


def _distinct(found: list[Panel]) -> tuple[Panel, ...]:
    used: set[str] = set()
    kept = []
    for panel in found:
        files = [take.file.casefold() for take in panel.takes]  # as disks compare them
        if len(set(files)) == len(files) and used.isdisjoint(files):
            used.update(files)
            kept.append(panel)
    return tuple(kept)


boards = every(
    Storyboard,
    title=texts,
    story=lines,
    language=st.sampled_from(["en", "ru", "kk"]),
    aspect=st.sampled_from(["16:9", "2.39:1", "1:1", "9:16"]),
    seed=seeds,
    characters=st.lists(characters, max_size=2, unique_by=lambda each: each.name).map(tuple),
    panels=st.lists(panels, max_size=3, unique_by=lambda each: each.key).map(_distinct),
    soundtrack=st.none() | sounds,
    markers=st.frozensets(every(Marker, seconds=st.floats(0, 10**7), name=texts), max_size=3).map(
        lambda found: tuple(sorted(found))
    ),
)


def a_board(panels: int = 3, aspect: str = "16:9", action: str = "") -> Storyboard:
    """A plain board without takes."""
    sizes = tuple(ShotSize)
    return Storyboard(
        title="The lighthouse",
        story="Anna climbs the stairs.\n\nThe lamp is out.",
        language="en",
        aspect=aspect,
        seed=7,
        characters=(Character("Anna", (("hair", "long red hair"), ("clothing", "yellow coat"))),),
        panels=tuple(
            Panel(
                key=f"p{number}",
                shot=Shot(
                    scene=1 + number // 4,
                    number=1 + number % 4,
                    size=sizes[number % len(sizes)],
                    action=action or f"Anna climbs stair number {number} of the old lighthouse.",
                    prompt_action="a woman climbs stairs",
                    characters=("Anna",),
                    dialogue=(DialogueLine("Anna", f"Step {number}!"),) if number % 2 else (),
                    duration=2.5,
                ),
                seed=100 + number,
            )
            for number in range(1, panels + 1)
        ),
    )


def a_picture(width: int = 64, height: int = 36, shade: int = 90) -> bytes:
    """A small PNG without texts."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).point(
        lambda value: (value + shade) % 256
    ).convert("RGB").save(out, "PNG")
    return out.getvalue()


def a_request(seed: int = 5, pictures: tuple[bytes, ...] = ()) -> PanelRequest:
    """A request as the command line would make it."""
    return panel_request(
        panel=1,
        prompt="Anna, long red hair, climbs stairs",
        negative_prompt="blurry",
        width=64,
        height=36,
        steps=12,
        guidance_scale=6.5,
        seed=seed,
        mode="FAST",
        identities=(Lock("Anna", pictures, 0.5),) if pictures else (),
    )


def a_result(png: bytes) -> PanelResult:
    """A result as the generator would make it."""
    return PanelResult(
        panel=1,
        media=Media(png, 64, 36),
        width=64,
        height=36,
        times=StageTimes((("denoise", 1.5),), total=2.0),
        model="starter",
        model_hash="ab" * 32,
        device="cpu",
        dtype="float32",
        versions=(("torch", "2.13.0"),),
        remarks=("width 65 rounded to 64",),
    )


def a_recipe(board: Storyboard | None = None, key: str = "", seed: int = 5) -> Recipe:
    """The recipe of `a_request` on a board."""
    return Recipe.from_request(a_request(seed), a_result(b""), board, key, CREATED)


def a_take(recipe: Recipe) -> Take:
    """The take that a recipe describes, before it has a file."""
    return recipe.take()


def render(project: Project, key: str, seed: int = 5) -> Take:
    """Put a small picture with its recipe on a project's board."""
    recipe = a_recipe(project.board, key, seed)
    board = project.add_take(key, embed(a_picture(shade=seed), recipe), a_take(recipe))
    return next(panel.takes[-1] for panel in board.panels if panel.key == key)


def without_takes(board: Storyboard) -> Storyboard:
    """The same board before anything was rendered."""
    panels = tuple(replace(panel, takes=(), pinned="") for panel in board.panels)
    return replace(board, panels=panels)
