"""Nothing of a request, or of what came of it, is forgotten in a recipe and in a take."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.project.recipe import Recipe, request_from
from storyboard.techniques.acceleration import parse_acceleration
from storyboard.techniques.reading import read_techniques
from storyboard.values.board import Take
from storyboard.values.fingerprint import asked, fingerprint
from storyboard.values.media import Media
from storyboard.values.model import ModelChoice
from storyboard.values.request import Draw, PanelRequest, Sampling
from storyboard.values.result import PanelResult
from tests import boards
from tests.requests import Lock, but

PICTURE = boards.a_picture()

identities = st.builds(
    lambda name, scale, shades: Lock(
        name, tuple(boards.a_picture(shade=each) for each in shades), scale
    ),
    boards.texts,
    st.floats(0, 1),
    st.lists(st.integers(1, 4), min_size=1, max_size=2, unique=True),
)
requests = st.builds(
    lambda request, locks: but(request, identities=tuple(locks)),
    boards.every(
        PanelRequest,
        panel=st.just(1),
        choice=st.just(ModelChoice("starter")),
        prompt=boards.lines,
        negative_prompt=boards.texts,
        width=boards.sides,
        height=boards.sides,
        sampling=boards.every(
            Sampling,
            steps=st.integers(1, 100),
            guidance=st.floats(0, 20),
            seed=boards.seeds,
            sampler=boards.texts,
            schedule=boards.texts,
        ),
        techniques=st.builds(
            read_techniques,
            st.sampled_from(["off", "balanced", "guided=0.5,every=2"]),
            st.sampled_from(["", "lightning-4"]),
            st.lists(boards.loras, max_size=2, unique_by=lambda each: each.sha).map(tuple),
        ),
        references=st.just(()),  # they come with the identities
        task=st.just(Draw()),
        mode=boards.texts,
        preview_every=st.integers(0, 3),
        smaller_if_needed=st.booleans(),
        judged=st.booleans(),
        aspect=st.sampled_from(["", "16:9", "2.39:1"]),
        subject=st.just("") | boards.hashes,
    ),
    st.lists(identities, max_size=2),
)
results = boards.every(
    PanelResult,
    panel=st.just(1),
    media=st.builds(Media, st.just(PICTURE), boards.sides, boards.sides, st.none() | boards.clips),
    width=boards.sides,
    height=boards.sides,
    times=boards.times,
    model=boards.texts,
    model_hash=boards.hashes,
    device=boards.texts,
    dtype=boards.texts,
    versions=st.lists(st.tuples(boards.texts, boards.texts), max_size=2).map(tuple),
    remarks=st.lists(boards.texts, max_size=2).map(tuple),
    memory=st.integers(0, 2**40),
    rescue=st.none() | boards.rescues,
    agreement=st.none() | boards.agreements,
    scheduler=boards.texts,
)
# How a request is carried out, which says nothing of the picture.
HOW: dict[str, Any] = {"preview_every": 0, "smaller_if_needed": False, "judged": False}
# Of a result: what is in the picture itself, or says nothing of it.
NOT_KEPT = {"panel", "media", "width", "height", "memory"}


@settings(max_examples=80)
@given(requests, results)
def test_a_recipe_holds_all_of_a_request_and_of_what_came_of_it(
    request: PanelRequest, result: PanelResult
) -> None:
    recipe = Recipe.from_request(request, result)
    # 1. What was drawn comes back: with the size and the way that it was really drawn in.
    drawn = replace(request, **HOW)
    if request.smaller_if_needed:
        drawn = replace(drawn, width=result.width, height=result.height)
    if result.rescue:
        kept = parse_acceleration(result.rescue.acceleration)
        drawn = drawn.sampled(seed=result.rescue.seed).using(kept)
    store = {each.sha: each for each in request.references}
    again = request_from(recipe, request.choice, store.__getitem__)
    assert replace(again, techniques=()) == replace(drawn, techniques=())
    assert {t.text for t in again.techniques} | {"off"} == {t.text for t in drawn.techniques} | {
        "off"
    }
    assert recipe.fingerprint == fingerprint(again, result.model_hash)
    # 2. What came of it.
    for each in {each.name for each in fields(result)} - NOT_KEPT:
        assert getattr(recipe, each) == getattr(result, each), each
    # 3. The take says the same.
    take = recipe.take("a.png")
    same = {each.name for each in fields(Take)} & {each.name for each in fields(Recipe)}
    for name in same - {"width", "height"}:
        assert getattr(take, name) == getattr(recipe, name), name
    assert (take.width, take.height) == (result.media.width, result.media.height)
    assert (take.file, take.seconds, take.clip) == (
        "a.png",
        result.times.total,
        result.media.clip,
    )
    assert take.asked == asked(request)
