"""Nothing of a request, or of what came of it, is forgotten in a recipe and in a take."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.project.recipe import BoardContext, Recipe, request_from
from storyboard.techniques.acceleration import parse_acceleration
from storyboard.techniques.faces import Faces
from storyboard.techniques.few_step import FewStep
from storyboard.techniques.hires import Hires
from storyboard.techniques.lora import Loras
from storyboard.values.board import Take
from storyboard.values.fingerprint import asked, fingerprint
from storyboard.values.headcount import Headcount
from storyboard.values.media import Media
from storyboard.values.model import ModelChoice
from storyboard.values.reference import Reference
from storyboard.values.request import Draw, Edit, PanelRequest, Sampling
from storyboard.values.result import PanelResult
from tests import boards
from tests.requests import Lock, but

PICTURE = boards.a_picture()
CORNERS = ((0.1, 0.2, 0.4, 0.7), (0.6, 0.25, 0.9, 0.7))

identities = st.builds(
    lambda name, scale, shades: Lock(
        name, tuple(boards.a_picture(shade=each) for each in shades), scale
    ),
    boards.texts,
    st.floats(0, 1),
    st.lists(st.integers(1, 4), min_size=1, max_size=2, unique=True),
)
edits = st.builds(
    lambda instruction, shades: (instruction, [boards.a_picture(shade=each) for each in shades]),
    boards.lines,
    st.lists(st.integers(5, 8), min_size=1, max_size=2, unique=True),  # the second is a mask
)


def _asked(
    request: PanelRequest, locks: list[Lock], edit: tuple[str, list[bytes]] | None
) -> PanelRequest:
    """A request with its pictures: those that characters are held by, then what is edited."""
    request = but(request, identities=tuple(locks))
    if edit is None:
        return request
    seen = [Reference.of(each) for each in edit[1]]
    task = Edit(seen[0].sha, edit[0], *(each.sha for each in seen[1:]))
    return replace(request, task=task, references=(*request.references, *seen))


requests = st.builds(
    _asked,
    boards.every(
        PanelRequest,
        panel=st.just(1),
        choice=boards.every(
            ModelChoice,
            name=st.just("starter"),
            adapter=st.just(""),  # where one was asked for, what was held says it
            storage=st.sampled_from(["", "bf16"]),
        ),
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
        techniques=st.tuples(
            st.none() | st.sampled_from(["balanced", "guided=0.5,every=2"]).map(parse_acceleration),
            st.none() | st.just(FewStep("lightning-4")),
            st.none()
            | st.lists(boards.loras, min_size=1, max_size=2, unique_by=lambda each: each.sha)
            .map(tuple)
            .map(Loras),
            st.none() | st.builds(Hires, st.sampled_from([1.3, 1.5, 2.0])),
            st.none() | st.builds(Faces, steps=st.integers(1, 30)),
        ).map(lambda found: tuple(filter(None, found))),
        references=st.just(()),  # they come with the identities, and with what is edited
        task=st.just(Draw()),  # likewise
        mode=boards.texts,
        preview_every=st.integers(0, 3),
        smaller_if_needed=st.booleans(),
        judged=st.booleans(),
        headcount=st.none() | st.builds(Headcount, st.integers(0, 2), st.integers(1, 9)),
        aspect=st.sampled_from(["", "16:9", "2.39:1"]),
        subject=st.just("") | boards.hashes,
    ),
    st.lists(identities, max_size=2),
    st.none() | edits,
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
    faces=st.none() | st.lists(st.sampled_from(CORNERS), max_size=2, unique=True).map(tuple),
    machine=boards.texts,
)
# How a request is carried out, which says nothing of the picture.
HOW: dict[str, Any] = {
    "preview_every": 0,
    "smaller_if_needed": False,
    "judged": False,
    "headcount": None,
}
# Of a result: what is in the picture itself, or says nothing of it. Pictures are handed on, and
# what a machine is called is nobody else's business. Where faces were found says the text of their
# pass.
NOT_KEPT = {"panel", "media", "width", "height", "memory", "machine", "faces"}


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
    if drawn.faces is not None and result.faces is not None:
        drawn = drawn.using(drawn.faces.at(result.faces))
    store = {each.sha: each for each in request.references}
    again = request_from(recipe, request.choice, store.__getitem__)
    assert replace(again, techniques=()) == replace(drawn, techniques=())
    assert {t.text for t in again.techniques} | {"off"} == {t.text for t in drawn.techniques} | {
        "off"
    }
    assert recipe.fingerprint == fingerprint(again, result.model_hash)
    assert recipe.storage == request.choice.storage
    # 2. What came of it.
    for each in {each.name for each in fields(result)} - NOT_KEPT:
        assert getattr(recipe, each) == getattr(result, each), each
    # 3. The take says the same.
    recipe = replace(recipe, parent="b.png")
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


def test_a_recipe_says_where_the_panel_stood_and_when() -> None:
    board = replace(boards.a_board(3), language="kk", aspect="2.39:1", seed=8)
    first, second, third = board.panels
    taken = replace(first, takes=(boards.a_take(boards.a_recipe()),))
    board = replace(board, panels=(taken, second, third))
    recipe = Recipe.from_request(
        boards.a_request(), boards.a_result(PICTURE), board, second.key, boards.CREATED
    )
    assert recipe.board == BoardContext(
        *("The lighthouse", board.story, "kk", "2.39:1", 8, board.characters),
        *(second.key, 2, 3, second.seed, second.shot, 1),
    )
    assert recipe.created == "2026-03-01T12:30:05+00:00"
    nothing: dict[str, Reference] = {}
    again = request_from(recipe, ModelChoice("starter"), nothing.__getitem__)
    assert again.panel == 2
