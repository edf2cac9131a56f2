"""What goes between the machines comes out as it went in, or is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.errors import (
    DownloadNotAllowed,
    InputError,
    ModelError,
    OutOfMemory,
    RenderCancelled,
    RenderError,
    StoryboardError,
)
from storyboard.message import Message
from storyboard.rendering.cluster.wire import Answer, Order, Problem, Said
from storyboard.techniques.faces import Faces, Person
from storyboard.techniques.hires import Hires
from storyboard.techniques.lora import Lora
from storyboard.values.request import Edit
from storyboard.values.stages import StepProgress
from tests import boards
from tests.requests import but


def test_a_request_comes_back_whole() -> None:
    request = but(
        boards.a_request(pictures=(boards.a_picture(),)),
        acceleration="every=3",
        few_step="hyper-8",
        loras=(Lora("scarf.safetensors", "ab" * 32, 0.8),),
        judged=True,
        aspect="2.39:1",
        subject="s",
    )
    faces = Faces(((0.1, 0.2, 0.3, 0.4),), people=(Person("Mira", "a face"),))
    request = request.using(Hires(1.7)).using(faces)
    order = Order.read(Order.of(7, "topic", request).written())
    assert (order.number, order.topic) == (7, "topic")
    assert order.request(request.references) == request


def test_what_only_this_machine_can_do_is_said() -> None:
    with pytest.raises(InputError, match="edit cannot be drawn on other machines"):
        Order.of(1, "", replace(boards.a_request(), task=Edit("0" * 64, "at night")))


def test_a_result_comes_back_to_the_byte() -> None:
    result = boards.a_result(boards.a_picture())
    assert Answer.read(Answer(result=result).written()) == Answer(result=result)


@pytest.mark.parametrize(
    "error",
    [
        InputError("{word} is wrong", word="this"),
        ModelError("no model"),
        RenderError("black"),
        RenderCancelled("stopped"),
        OutOfMemory("too large", (640, 360)),
        DownloadNotAllowed("may not", "owner/name"),
    ],
)
def test_an_error_is_the_same_error_there(error: StoryboardError) -> None:
    problem = Problem.read(Problem.of(error).written()).error
    assert (type(problem), str(problem)) == (type(error), str(error))
    assert getattr(problem, "smaller", None) == getattr(error, "smaller", None)


@given(st.text(max_size=40), st.integers(0, 99), st.binary(max_size=40))
def test_a_step_comes_back(words: str, step: int, preview: bytes) -> None:
    said = Message("{words}", {"words": words})
    progress = StepProgress(1, step, 99, 0.5, preview=preview, memory=step, said=said)
    assert Said.read(Said.of(3, progress).written()) == Said(number=3, progress=progress)


@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)))
def test_anything_else_is_one_line(data: bytes) -> None:
    for kind in (Order, Said, Problem):
        with pytest.raises(RenderError, match="the same version"):
            kind.read(data)
