"""Running out of memory: each rung, said, and the panel finished."""

from __future__ import annotations

import pickle
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from storyboard.diffusion.device.memory import is_out_of_memory
from storyboard.diffusion.device.policy import DevicePolicy
from storyboard.diffusion.parts.attention import SCORES_BUDGET, WHOLE
from storyboard.diffusion.parts.memory_ladder import MemoryLadder, Rung, smaller_frame
from storyboard.errors import OutOfMemory
from tests.diffusion.plain import difference, pixels
from tests.one_model import OneModel
from tests.requests import Lock, but, panel_request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storyboard.message import Message
    from storyboard.values.request import PanelRequest
    from storyboard.values.result import PanelResult
    from storyboard.values.stages import StepProgress

ERRORS: tuple[Callable[[], BaseException], ...] = (
    lambda: RuntimeError(
        "MPS backend out of memory (MPS allocated: 8.90 GB, max allowed: 9.07 GB). Tried to "
        "allocate 1024.00 MB on private pool."
    ),
    lambda: torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
    lambda: RuntimeError(
        "[enforce fail at alloc_cpu.cpp:124] err == 0. DefaultCPUAllocator: can't allocate memory: "
        "you tried to allocate 1 bytes."
    ),
    lambda: RuntimeError("could not create a primitive"),
    MemoryError,
)


@pytest.fixture
def ours(model: str) -> Iterator[OneModel]:
    with OneModel(model) as loaded:
        yield loaded


@pytest.fixture
def wanted() -> PanelRequest:
    return panel_request(
        panel=1,
        prompt="a woman with red hair, yellow coat, wide shot, beach, day",
        negative_prompt="blurry",
        width=448,
        height=256,
        steps=2,
        guidance_scale=6.5,
        seed=11,
    )


def pipe_of(ours: OneModel) -> Any:
    return ours.model.pipe


def forget(ours: OneModel) -> None:
    """Make the next panel encode its text and its pictures anew."""
    sdxl = ours.model
    vars(sdxl)["_prompts"].forget()
    vars(sdxl)["_adapter"].forget()


@contextmanager
def running_out(module: Any, times: int, kind: int = 0) -> Iterator[list[int]]:
    """Raise an out-of-memory error in the next forward passes of a module."""
    calls = [0]

    def hook(*_: Any) -> None:
        calls[0] += 1
        if calls[0] <= times:
            raise ERRORS[kind]()

    handle = module.register_forward_pre_hook(hook)
    try:
        yield calls
    finally:
        handle.remove()


def drawn(ours: OneModel, request: PanelRequest) -> tuple[PanelResult, list[StepProgress]]:
    told: list[StepProgress] = []
    return ours.render(request, told.append), told


def test_a_panel_is_finished_however_often_the_unet_runs_out(
    ours: OneModel, wanted: PanelRequest, lock: Lock
) -> None:
    wanted = but(wanted, identities=(lock,))
    other = replace(wanted, prompt="a man, black coat, city street, night")
    before, other_before = ours.render(wanted), ours.render(other)
    pipe = pipe_of(ours)
    with running_out(pipe.unet, 2):
        result, told = drawn(ours, wanted)
    said = [str(each.said) for each in told if each.said]
    assert said == [
        "out of memory: text and image encoders released",
        "out of memory: attention in pieces of 8 MB",
    ]
    assert result.remarks[-2:] == tuple(said)
    assert [each.step for each in told] == [0, 0, 1, 2]
    assert difference(pixels(result.media.png), pixels(before.media.png)) <= 1
    assert pipe.text_encoder is None is pipe.image_encoder
    # What was released is read again for a new text, and released again.
    forget(ours)
    shown, told = drawn(ours, other)
    assert [each.said for each in told] == [None, None]
    assert pipe.text_encoder is None is pipe.image_encoder
    assert difference(pixels(shown.media.png), pixels(other_before.media.png)) <= 1


def test_a_decoder_that_runs_out_decodes_in_tiles(ours: OneModel, wanted: PanelRequest) -> None:
    before = ours.render(wanted)
    unet, decoder = pipe_of(ours).unet, pipe_of(ours).vae.decoder
    with running_out(decoder, 3), running_out(unet, 0) as evaluations:
        result, told = drawn(ours, wanted)
    assert evaluations[0] == wanted.sampling.steps  # what was denoised is not denoised again
    assert str(told[-1].said) == "out of memory: decoding in tiles of 16 latents"
    assert told[-1].step == wanted.sampling.steps
    assert "decoded in tiles of 16 latents" in result.remarks
    shown, whole = pixels(result.media.png).astype(int), pixels(before.media.png).astype(int)
    assert abs(shown - whole).mean() < 2
    assert "decoded in tiles of 16 latents" in ours.render(wanted).remarks


@pytest.mark.parametrize("kind", range(len(ERRORS)))
def test_every_device_says_it_in_its_own_words(kind: int) -> None:
    assert is_out_of_memory(ERRORS[kind]())
    assert not is_out_of_memory(RuntimeError("expected scalar type Half but found Float"))
    assert not is_out_of_memory(ValueError("out of memory"))
    hidden = OSError("Unable to load weights from checkpoint file")
    hidden.__context__ = ValueError("Unable to locate the file")
    hidden.__context__.__cause__ = ERRORS[kind]()
    assert is_out_of_memory(hidden)


def test_the_end_of_the_ladder_is_a_question(ours: OneModel, wanted: PanelRequest) -> None:
    with running_out(pipe_of(ours).unet, 99), pytest.raises(OutOfMemory) as caught:
        ours.render(wanted)
    assert caught.value.smaller == (336, 192)
    assert "draw it at 336x192 with --smaller-if-needed" in str(caught.value)
    assert "\n" not in str(caught.value)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.smaller) == (str(caught.value), (336, 192))
    assert ours.render(wanted).width == 448  # and the model can still be used


def test_with_leave_the_frame_gets_smaller(ours: OneModel, wanted: PanelRequest) -> None:
    smaller = ours.render(replace(wanted, width=336, height=192))
    with running_out(pipe_of(ours).unet, 3):
        result, told = drawn(ours, replace(wanted, smaller_if_needed=True))
    assert (result.width, result.height) == (336, 192)
    assert "the memory does not suffice: drawn smaller, 336x192" in result.remarks
    assert str(told[2].said) == "the memory does not suffice: drawn smaller, 336x192"
    assert difference(pixels(result.media.png), pixels(smaller.media.png)) <= 1


def test_a_predicted_peak_is_enough(model: str, wanted: PanelRequest) -> None:
    class Short(DevicePolicy):
        """A device with next to nothing left."""

        __slots__ = ()

        def free_bytes(self) -> int:
            return 1_000_000

    with OneModel(model, policy=Short("cpu", "float32")) as ours:
        result, told = drawn(ours, wanted)
        said = [str(each.said) for each in told if each.said]
        assert said == [
            "memory is short: text and image encoders released",
            "memory is short: attention in pieces of 8 MB",
            "memory is short: decoding in tiles of 16 latents",
        ]
        assert (result.width, result.height) == (448, 256)  # tried without leave to do otherwise
        allowed = ours.render(replace(wanted, smaller_if_needed=True))
        assert (allowed.width, allowed.height) < (448, 256)


def test_another_error_is_none_of_the_ladders_business() -> None:
    ladder = MemoryLadder((), lambda: 0, lambda: None)

    def broken() -> None:
        raise RuntimeError("expected scalar type Half but found Float")

    with pytest.raises(RuntimeError, match="scalar type"):
        ladder.climb("denoise", broken, print, lambda: OutOfMemory("never"))


def test_rungs_are_taken_in_order_and_only_where_they_help() -> None:
    left = {"encoders": 1, "attention": 2, "tiles": 1}

    def take(name: str) -> Callable[[], str]:
        def once() -> str:
            left[name] -= 1
            return name if left[name] >= 0 else ""

        return once

    rungs = (
        Rung(frozenset({"denoise", "decode"}), take("encoders")),
        Rung(frozenset({"denoise", "decode"}), take("attention")),
        Rung(frozenset({"decode"}), take("tiles")),
    )
    said: list[Message] = []
    ladder = MemoryLadder(rungs, lambda: 10, lambda: None)
    assert ladder.make_room("denoise", lambda: 10, said.append)
    assert not said
    assert not ladder.make_room("denoise", lambda: 11, said.append)
    assert [str(each) for each in said] == [
        f"memory is short: {name}" for name in ("encoders", "attention", "attention")
    ]
    assert not ladder.make_room("decode", lambda: 11, said.append)
    assert str(said[-1]) == "memory is short: tiles"


@given(
    width=st.integers(1, 4096), height=st.integers(1, 4096), multiple=st.sampled_from([8, 16, 64])
)
def test_frames_get_smaller_and_keep_their_shape(width: int, height: int, multiple: int) -> None:
    if not 0.25 <= width / height <= 4:
        return
    seen = 0
    size = smaller_frame(width, height, multiple)
    while size is not None:
        assert size[0] % multiple == 0 == size[1] % multiple
        assert size[0] * size[1] < width * height
        width, height, seen = *size, seen + 1
        size = smaller_frame(width, height, multiple)
    assert seen < 12


def test_whole_attention_is_cut_first_by_much_and_then_by_more(model: str) -> None:
    with OneModel(model, attention_slicing=False) as ours:
        footprint = vars(ours.model)["_footprint"]
        attention = footprint.rungs[1].take
        assert footprint.budget == WHOLE
        assert attention() == "attention in pieces of 64 MB"
        assert footprint.budget == SCORES_BUDGET
        assert attention() == "attention in pieces of 8 MB"
        assert attention() == ""
