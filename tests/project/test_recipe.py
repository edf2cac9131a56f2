from __future__ import annotations

import io
import json
import os
import struct
import zlib
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from storyboard.errors import InputError
from storyboard.files import png
from storyboard.project.recipe import BoardContext, Recipe, request_from
from storyboard.project.recipe_file import embed, read_recipe, recipe_in
from storyboard.techniques.acceleration import Acceleration
from storyboard.techniques.identity import Identity
from storyboard.values.fingerprint import fingerprint
from storyboard.values.headcount import Headcount
from storyboard.values.model import ModelChoice
from storyboard.values.reference import Reference
from storyboard.values.request import Draw, Edit, PanelRequest, Sampling
from tests import boards
from tests.requests import Lock, but

if TYPE_CHECKING:
    from pathlib import Path

PICTURE = boards.a_picture()
SMALL = {"low": 0, "high": 1000}

contexts = boards.every(
    BoardContext,
    title=boards.texts,
    story=boards.lines,
    language=boards.texts,
    aspect=boards.texts,
    seed=boards.seeds,
    characters=st.lists(boards.characters, max_size=2).map(tuple),
    key=boards.texts,
    number=st.integers(1, 60),
    of=st.integers(1, 60),
    panel_seed=boards.seeds,
    shot=boards.shots,
    drawn=st.integers(0, 10_000),
)
recipes = boards.every(
    Recipe,
    prompt=boards.lines,
    negative_prompt=boards.texts,
    seed=boards.seeds,
    mode=boards.texts,
    steps=st.integers(1, 100),
    guidance_scale=st.floats(0, 20),
    width=st.integers(8, 4096),
    height=st.integers(8, 4096),
    identities=st.lists(
        boards.every(
            Identity,
            character=boards.texts,
            scale=st.floats(0, 1),
            pictures=st.lists(boards.hashes, max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    model=boards.texts,
    model_hash=boards.hashes,
    device=boards.texts,
    dtype=boards.texts,
    versions=st.lists(st.tuples(boards.texts, boards.texts), max_size=2).map(tuple),
    times=boards.times,
    remarks=st.lists(boards.texts, max_size=2).map(tuple),
    created=boards.texts,
    fingerprint=boards.hashes,
    board=st.none() | contexts,
    acceleration=boards.texts,
    scheduler=boards.texts,
    aspect=st.sampled_from(["", "16:9", "2.39:1"]),
    asked=boards.hashes,
    subject=boards.hashes,
    rescue=st.none() | boards.rescues,
    agreement=st.none() | boards.agreements,
    few_step=st.sampled_from(["", "lightning-4", "hyper-8=file.safetensors"]),
    picture=st.tuples(boards.sides, boards.sides),
    sampler=boards.texts,
    schedule=boards.texts,
    parent=st.just("") | boards.names,
    clip=st.none() | boards.clips,
    loras=st.lists(boards.loras, max_size=2, unique_by=lambda each: each.sha).map(tuple),
    edit=st.none()
    | boards.every(
        Edit,
        picture=boards.hashes,
        instruction=boards.lines,
        mask=st.just("") | boards.hashes,
    ),
    animate=st.none(),
    hires=st.sampled_from(["", "1.5", "1.5,latent,strength=0.25,steps=6"]),
    faces=st.sampled_from(["", "find", "0.1 0.2 0.3 0.4,steps=6\nMira: a face"]),
    finish=st.just("") | boards.hashes,
    storage=st.sampled_from(["", "bf16", "gguf-q8_0"]),
)


@settings(max_examples=60)
@given(recipes)
def test_a_recipe_survives_its_picture(recipe: Recipe) -> None:
    data = embed(PICTURE, recipe)
    assert recipe_in(data, "a.png") == recipe
    # Once more over the old one: nothing piles up.
    assert embed(data, recipe) == data


def test_pixels_and_other_chunks_stay(tmp_path: Path) -> None:
    board = boards.a_board()
    recipe = boards.a_recipe(board, "p2")
    data = embed(PICTURE, recipe)
    with Image.open(io.BytesIO(data)) as new, Image.open(io.BytesIO(PICTURE)) as old:
        assert new.tobytes() == old.tobytes()
        assert json.loads(new.info["storyboard"])["board"]["key"] == "p2"
    kept = [each for each in png.chunks(data) if each[0] not in (b"tEXt", b"iTXt")]
    assert kept == list(png.chunks(PICTURE))
    (tmp_path / "a.png").write_bytes(data)
    assert read_recipe(tmp_path / "a.png") == recipe


def test_other_tools_find_their_parameters() -> None:
    recipe = boards.a_recipe()
    assert png.read_texts(embed(PICTURE, recipe))["parameters"].splitlines() == [
        "Anna, long red hair, climbs stairs",
        "Negative prompt: blurry",
        "Steps: 12, Sampler: Euler, CFG scale: 6.5, Seed: 5, Size: 64x36, "
        "Model hash: ababababab, Model: starter, Version: storyboard",
    ]
    # Plain tEXt for plain text: the oldest readers know nothing else.
    assert b"tEXtparameters\0Anna, long" in embed(PICTURE, recipe)
    sly = replace(recipe, prompt="a\nSteps: 1, Seed: 9", model="my, model\nSeed: 3")
    text = png.read_texts(embed(PICTURE, sly))["parameters"].splitlines()
    assert (len(text), text[0]) == (3, "a Steps: 1, Seed: 9")
    kazakh = replace(recipe, prompt="Өзен жағасында")
    assert png.read_texts(embed(PICTURE, kazakh))["parameters"].startswith("Өзен жағасында\n")


@pytest.mark.parametrize(
    ("scheduler", "name"),
    [
        ("EulerDiscreteScheduler", "Euler"),
        ("LCMScheduler", "LCM"),
        ("TCDScheduler", "TCD"),
        ("DDIMScheduler", "DDIM"),
        ("EDMEulerScheduler", "EDMEuler"),
        ("Sly,\nSeed: 3", "Sly Seed: 3"),
    ],
)
def test_the_sampler_is_the_one_that_drew(scheduler: str, name: str) -> None:
    recipe = replace(boards.a_recipe(), scheduler=scheduler)
    text = png.read_texts(embed(PICTURE, recipe))["parameters"]
    assert f"Sampler: {name}, CFG scale" in text


def test_an_aspect_that_the_frame_has_already_changes_no_fingerprint() -> None:
    request = boards.a_request()  # 64x36
    assert fingerprint(replace(request, aspect="16:9"), "m") == fingerprint(request, "m")


def test_a_request_comes_back_from_its_recipe() -> None:
    pictures = (boards.a_picture(shade=1), boards.a_picture(shade=2))
    request = boards.a_request(pictures=pictures)
    recipe = Recipe.from_request(request, boards.a_result(PICTURE))
    store = {each.sha: each for each in map(Reference.of, pictures)}
    again = request_from(recipe, request.choice, store.__getitem__)
    assert again == request
    assert [each.picture for each in again.references] == list(pictures)
    assert recipe.fingerprint == fingerprint(request, "ab" * 32)


def test_a_missing_or_changed_reference_is_named() -> None:
    picture = boards.a_picture(shade=1)
    recipe = Recipe.from_request(boards.a_request(pictures=(picture,)), boards.a_result(PICTURE))
    sha, choice = Reference.of(picture).sha, ModelChoice("starter")
    nothing: dict[str, Reference] = {}
    with pytest.raises(InputError, match=rf"{sha} of Anna is missing: put"):
        request_from(recipe, choice, nothing.__getitem__)
    with pytest.raises(InputError, match=rf"{sha} of Anna has changed"):
        request_from(recipe, choice, lambda _: Reference.of(b"another"))


CHANGES: dict[str, Any] = {
    "prompt": "another",
    "negative_prompt": "another",
    "width": 72,
    "height": 72,
    "steps": 13,
    "guidance_scale": 7.0,
    "seed": 6,
    "identities": (Lock("Anna", (b"x",), 0.5),),
    "acceleration": "max",
    "aspect": "2.39:1",
    "sampling": Sampling(12, 6.5, 5, "another"),
    "techniques": (Acceleration(guided=0.5),),
}
MORE: tuple[dict[str, Any], ...] = (
    {"sampling": Sampling(12, 6.5, 5, schedule="another")},
    {"identities": (Lock("Anna", (b"x",), 0.6),)},
    {"identities": (Lock("Anna", (b"y",), 0.5),)},
    {"task": Edit("ab" * 32, "")},
    {"task": Edit("ab" * 32, "", "cd" * 32)},
)
"""Besides, parts of what `CHANGES` changes as a whole."""
LABELS: dict[str, Any] = {
    "panel": 9,
    "mode": "QUALITY",
    "preview_every": 4,
    "smaller_if_needed": True,
    "judged": True,
    "headcount": Headcount(1, 3),
    "subject": "ab" * 32,
    "choice": ModelChoice("another", storage="bf16"),  # it is in the hash of the weights
    "task": Draw(),
    "references": (Reference.of(b"nobody asks for it"),),
    "few_step": "lightning-4",  # likewise
}


def test_the_fingerprint_sees_what_decides_the_pixels_and_nothing_else() -> None:
    request = boards.a_request()
    plain = fingerprint(request, "m")
    assert {each.name for each in fields(PanelRequest)} <= {*CHANGES, *LABELS}
    changes = (*({name: value} for name, value in CHANGES.items()), *MORE)
    changed = {fingerprint(but(request, **each), "m") for each in changes}
    assert len(changed | {plain, fingerprint(request, "n")}) == len(changes) + 2
    for name, value in LABELS.items():
        assert fingerprint(but(request, **{name: value}), "m") == plain
    assert fingerprint(but(request, guidance_scale=6), "m") == fingerprint(
        but(request, guidance_scale=6.0), "m"
    )


def test_a_board_without_the_panel_is_an_error() -> None:
    with pytest.raises(InputError, match="no panel 'nobody'"):
        boards.a_recipe(boards.a_board(), "nobody")


def with_json(content: object) -> bytes:
    text = content if isinstance(content, str) else json.dumps(content)
    return png.with_texts(PICTURE, {"storyboard": text})


def good() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        png.read_texts(embed(PICTURE, boards.a_recipe(boards.a_board(), "p1")))["storyboard"]
    )
    return found


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 2}, r"format 2, made by a newer version.*update Storyboard"),
        ({"format": "x"}, r"recipe of another program"),
        ({"seed": -1}, r"seed must be from 0"),
        ({"seed": 2**32}, r"seed must be from 0"),
        ({"steps": 10**9}, r"steps must be from 1"),
        ({"width": 10**9}, r"width must be from 8"),
        ({"guidance_scale": float("nan")}, r"guidance_scale must be from"),
        ({"guidance_scale": float("inf")}, r"guidance_scale must be from"),
        ({"prompt": 7}, r"prompt: Input should be a valid string"),
        ({"times": {"total": -1}}, r"times\.total must be from"),
        ({"identities": [{"character": "", "scale": 99, "pictures": []}]}, r"scale must be from"),
        ({"board": {}}, r"board\.title: Field required"),
    ],
)
def test_an_impossible_recipe_is_one_clear_line(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        recipe_in(with_json({**good(), **change}), "a.png")
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("a.png")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", "null", "[" * 100_000, '{"format": 1' + "1" * 5000 + "}"]
)
def test_hostile_json_is_one_clear_line(text: str) -> None:
    with pytest.raises(InputError, match=r"^a\.png holds a"):
        recipe_in(with_json(text), "a.png")


def test_a_text_that_explodes_is_not_unpacked() -> None:
    bomb = b"storyboard\0\1\0\0\0" + zlib.compress(b"0" * 50_000_000, 9)
    chunk = struct.pack(">I", len(bomb)) + b"iTXt" + bomb
    chunk += struct.pack(">I", zlib.crc32(b"iTXt" + bomb))
    with pytest.raises(InputError, match="holding more than 4 MB of text"):
        recipe_in(PICTURE[:33] + chunk + PICTURE[33:], "a.png")


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_damage_is_always_noticed(damage: list[tuple[float, int]]) -> None:
    data = embed(PICTURE, boards.a_recipe())
    broken = bytearray(data)
    for where, value in damage:
        broken[int(where * (len(broken) - 1))] = value
    if bytes(broken) == data:
        return
    assert not png.is_whole(bytes(broken))
    with pytest.raises(InputError):
        recipe_in(bytes(broken), "a.png")


@given(st.integers(0, len(PICTURE) - 1))
def test_a_cut_picture_is_never_whole(length: int) -> None:
    assert png.is_whole(PICTURE)
    assert not png.is_whole(PICTURE[:length])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_file_is_a_recipe_or_an_error(tmp_path: Path, data: bytes) -> None:
    for body in (data, PICTURE[:33] + data, png.SIGNATURE + data):
        (tmp_path / "a.png").write_bytes(body)
        with pytest.raises(InputError):
            read_recipe(tmp_path / "a.png")


def test_a_path_that_is_no_picture_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, message in {
        "gone": "cannot be read",
        "pipe": "not a file",
        ".": "not a file",
    }.items():
        with pytest.raises(InputError, match=message):
            read_recipe(tmp_path / name)
    with pytest.raises(InputError, match="holds no recipe"):
        recipe_in(PICTURE, "a.png")
