"""Each rule of a Mac fires where it is broken, names who broke it, and stays silent elsewhere."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
import torch
from torch.nn import functional

from storyboard.diffusion.parts.attention import chunk_queries
from storyboard.testing.metal import INT64_REFUSED, Kind, OperatorTable, operator_table
from storyboard.testing.rehearsal import Rehearsal, RehearsalFault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

attend: Any = functional.scaled_dot_product_attention
HERE = "tests/diffusion/test_rehearsal.py"


@pytest.fixture(autouse=True)
def _nothing_is_trained() -> Iterator[None]:
    with torch.no_grad():
        yield


def on_device(*size: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
    return torch.randn(size).to(dtype).to("mps")


def break_a_rule(act: Callable[[], object]) -> RehearsalFault:
    with pytest.raises(RehearsalFault) as raised, Rehearsal() as rehearsal:
        act()
    assert rehearsal.faults == [raised.value]
    return raised.value


@pytest.mark.parametrize(
    ("operator", "act"),
    [
        ("kthvalue", lambda: on_device(4).heaviside(on_device(4))),
        ("linalg_eigh", lambda: torch.linalg.eigh(on_device(3, 3))),
        ("_linalg_eigh", lambda: torch.linalg.eigvalsh(on_device(3, 3))),
        ("_pdist_forward", lambda: functional.pdist(on_device(3, 3))),
        ("linalg_lstsq", lambda: torch.linalg.lstsq(on_device(3, 3), on_device(3, 1))),
    ],
)
def test_an_operator_without_a_kernel_is_named(operator: str, act: Callable[[], object]) -> None:
    fault = break_a_rule(act)
    assert fault.rule.startswith("no MPS kernel")
    assert fault.line.startswith(f"{HERE}:")


def test_the_line_is_the_one_that_asked() -> None:
    def ask() -> None:
        torch.linalg.eigh(on_device(3, 3))

    line = ask.__code__.co_firstlineno + 1
    fault = break_a_rule(ask)
    assert fault.line == f"{HERE}:{line}"
    assert str(fault) == f"{fault.operator} at {HERE}:{line}: {fault.rule}"


def test_the_line_is_ours_where_a_library_stands_between() -> None:
    model = torch.nn.Module()
    model.forward = lambda states: states.double()
    assert break_a_rule(lambda: model(on_device(2))).line.startswith(f"{HERE}:")


@pytest.mark.parametrize(
    "act",
    [
        lambda: on_device(2).double(),
        lambda: torch.zeros(2, device="mps", dtype=torch.float64),
        lambda: torch.tensor([0.5], dtype=torch.float64, device="mps"),
        lambda: torch.randn(2, dtype=torch.float64).to("mps"),
        lambda: on_device(2).sum(dtype=torch.float64),
        lambda: on_device(2).to(torch.complex128),
    ],
)
def test_no_float64_on_the_device(act: Callable[[], object]) -> None:
    assert "float64" in break_a_rule(act).rule


def integers(*size: int) -> torch.Tensor:
    return torch.ones(size, dtype=torch.int64).to("mps")


INT64: dict[str, Callable[[], object]] = {
    "_mps_convolution": lambda: functional.conv2d(integers(1, 1, 3, 3), integers(1, 1, 2, 2)),
    "_mps_convolution_transpose": lambda: functional.conv_transpose2d(
        integers(1, 1, 3, 3), integers(1, 1, 2, 2)
    ),
    "linear": lambda: functional.linear(integers(2, 3), integers(4, 3)),
    "round.decimals": lambda: integers(3).round(decimals=1),
    "scatter_reduce.two": lambda: integers(3).scatter_reduce(0, integers(2), integers(2), "prod"),
    "adaptive_max_pool2d": lambda: functional.adaptive_max_pool2d(integers(1, 4, 4), 2),
    "max_unpool2d": lambda: functional.max_unpool2d(integers(1, 1, 1), integers(1, 1, 1), [2, 2]),
    "max_unpool3d": lambda: functional.max_unpool3d(
        integers(1, 1, 1, 1), integers(1, 1, 1, 1), [2] * 3
    ),
}


@pytest.mark.parametrize("operator", sorted(INT64))
def test_int64_where_a_kernel_refuses_it(operator: str) -> None:
    fault = break_a_rule(INT64[operator])
    assert "int64" in fault.rule
    assert fault.operator == f"aten::{operator}"


def test_every_refusal_of_int64_is_tried() -> None:
    assert set(INT64) == INT64_REFUSED
    assert {operator_table().kind(each) for each in INT64_REFUSED} <= {Kind.KERNEL, Kind.IMPLICIT}


def test_int64_is_welcome_where_macos_14_has_it() -> None:
    with Rehearsal():
        numbers = torch.arange(6, device="mps")
        assert numbers.sum().item() == 15
        assert numbers.cumsum(0)[-1].item() == 15
        assert numbers.sort(descending=True).values[0].item() == 5
        assert numbers.scatter_reduce(0, numbers, numbers, "sum").sum().item() == 30
        assert torch.equal(on_device(6, 2)[numbers].cpu().isfinite(), torch.ones(6, 2).bool())


def test_attention_wants_contiguous_queries_keys_and_values() -> None:
    def call(which: int, transposed: bool) -> None:
        three = [on_device(1, 2, 5, 4) for _ in range(3)]
        if transposed:
            three[which] = on_device(1, 5, 2, 4).transpose(1, 2)
        attend(*three)

    for which, word in enumerate(("queries", "keys", "values")):
        fault = break_a_rule(lambda which=which: call(which, transposed=True))  # type: ignore[misc]
        assert fault.rule.startswith(word)
        assert fault.operator == "aten::scaled_dot_product_attention"
        with Rehearsal():
            call(which, transposed=False)


@pytest.mark.parametrize("inference", [True, False])
def test_attention_is_that_of_mps_and_its_numbers_are_right(inference: bool) -> None:
    three = [torch.randn(1, 2, 5, 4) for _ in range(3)]
    mask = torch.randn(1, 1, 5, 5)
    expected = attend(*three, attn_mask=mask)
    with Rehearsal() as rehearsal, torch.inference_mode(inference):
        moved = [each.to("mps") for each in three]
        found = attend(*moved, attn_mask=mask.to("mps"))
        assert found.device.type == "mps"
        torch.testing.assert_close(found.cpu(), expected)
    assert rehearsal.operators["_scaled_dot_product_attention_math_for_mps"] == 1


def test_our_own_attention_keeps_the_rule() -> None:
    with Rehearsal():
        states = on_device(1, 40, 16)
        chunk_queries(states, states, states, 4, None, budget=4 * 4 * 40 * 8)


@pytest.mark.parametrize(
    "act",
    [
        lambda: torch.randn(3, device="mps"),
        lambda: torch.rand(3, device="mps"),
        lambda: torch.randint(5, (3,), device="mps"),
        lambda: torch.randn_like(on_device(3)),
        lambda: on_device(3).normal_(),
        lambda: torch.randn(3, device="mps", generator=torch.Generator("cpu")),
        lambda: functional.dropout(on_device(3), 0.5, training=True),
        lambda: attend(*[on_device(1, 1, 2, 2)] * 3, dropout_p=0.5),
    ],
)
def test_no_random_number_comes_from_the_device(act: Callable[[], object]) -> None:
    assert "generator" in break_a_rule(act).rule


def test_noise_of_the_cpu_and_idle_dropout_are_no_faults() -> None:
    with Rehearsal():
        noise = torch.randn(3, generator=torch.Generator("cpu").manual_seed(1))
        moved = noise.to("mps")
        assert torch.equal(functional.dropout(moved, 0.0, training=True).cpu(), noise)
        assert torch.equal(functional.dropout(moved, 0.5, training=False).cpu(), noise)


@pytest.mark.parametrize(
    "act",
    [
        lambda known: known + 1,
        lambda known: torch.zeros(2, device="mps"),
        lambda known: known.cpu(),
    ],
)
def test_a_second_thread_at_the_device_is_caught(act: Callable[[torch.Tensor], object]) -> None:
    caught: list[BaseException] = []

    def elsewhere(known: torch.Tensor) -> None:
        try:
            act(known)
        except RehearsalFault as fault:
            caught.append(fault)

    def both() -> None:
        thread = threading.Thread(target=elsewhere, args=(on_device(3),))
        thread.start()
        thread.join()

    fault = break_a_rule(both)  # swallowed in the thread, raised at the end
    assert caught == [fault]
    assert "second thread" in fault.rule
    assert fault.line.startswith(HERE)


def test_a_second_thread_may_work_on_the_cpu() -> None:
    sums: list[float] = []
    with Rehearsal():
        thread = threading.Thread(target=lambda: sums.append(float(torch.ones(3).sum())))
        thread.start()
        thread.join()
    assert sums == [3.0]


def test_tensors_of_two_devices_do_not_meet() -> None:
    assert "together" in break_a_rule(lambda: on_device(3) + torch.ones(3)).rule
    with Rehearsal():
        ours = on_device(3)
        ours += torch.tensor(2.0)  # a number may come from the CPU
        ours[torch.tensor([0])] = 1.0  # so may indices
        ours.copy_(torch.ones(3))
        assert ours.cpu().tolist() == ours.tolist() == [1.0, 1.0, 1.0]


def test_stock_slicing_is_caught_by_what_it_does() -> None:
    """The slicing of diffusers multiplies memory that was never written by 0."""

    def sliced(written: bool) -> None:
        scores = torch.empty(1, 4, 4, device="mps")
        if written:
            scores.zero_()
        torch.baddbmm(scores, on_device(1, 4, 2), on_device(1, 2, 4), beta=0)

    assert "never written" in break_a_rule(lambda: sliced(written=False)).rule
    with Rehearsal():
        sliced(written=True)


def test_a_slice_of_channels_is_caught_at_a_convolution() -> None:
    def convolve(whole: bool) -> None:
        states = on_device(1, 4, 6, 6).to(memory_format=torch.channels_last)
        half = states[:, :2].contiguous() if whole else states[:, :2]
        functional.conv2d(half, on_device(3, 2, 3, 3))

    assert "slice of channels" in break_a_rule(lambda: convolve(whole=False)).rule
    with Rehearsal():
        convolve(whole=True)


def test_autocast_is_that_of_mps() -> None:
    with Rehearsal(), torch.autocast("mps", torch.float16):
        states = on_device(2, 4, 6, 6)
        assert functional.linear(on_device(2, 3), on_device(4, 3)).dtype == torch.float16
        assert functional.conv2d(states, on_device(1, 4, 3, 3)).dtype == torch.float16
        assert functional.group_norm(states, 2).dtype == torch.float32
        assert torch.ones(2).dtype == torch.float32  # the CPU is not under it


def test_the_numbers_are_those_of_the_cpu() -> None:
    states = torch.randn(2, 4, 8, 8)
    layers: Any = torch.nn.Sequential(
        torch.nn.Conv2d(4, 6, 3, padding=1),
        torch.nn.GroupNorm(2, 6),
        torch.nn.SiLU(),
        torch.nn.Upsample(scale_factor=2),
        torch.nn.ConvTranspose2d(6, 4, 2, stride=2),
        torch.nn.Flatten(2),
        torch.nn.LayerNorm(32 * 32),
        torch.nn.Linear(32 * 32, 5),
    )
    expected = layers(states)
    with Rehearsal():
        for layout in (torch.contiguous_format, torch.channels_last):
            layers[0].to("mps", memory_format=layout)
            found = layers.to("mps")(states.to("mps"))
            torch.testing.assert_close(found.cpu(), expected)
        assert layers.half()(states.to("mps").half()).dtype == torch.float16
        layers.to("cpu", torch.float32)
    assert type(next(layers.parameters())) is torch.nn.Parameter


def test_memory_that_nobody_wrote_is_no_number() -> None:
    with Rehearsal():
        assert torch.empty(3, device="mps").isnan().all()
        assert torch.empty_like(on_device(3)).isnan().all()
        assert torch.zeros(3, device="mps").tolist() == [0.0, 0.0, 0.0]


def test_afterwards_there_is_no_mps() -> None:
    before = torch.backends.mps.is_available, torch.mps.empty_cache, threading.Thread.run
    with Rehearsal() as rehearsal:
        assert torch.backends.mps.is_available()
        torch.mps.empty_cache()
    assert rehearsal.emptied == 1
    assert (torch.backends.mps.is_available, torch.mps.empty_cache, threading.Thread.run) == before
    if not torch.backends.mps.is_available():
        with pytest.raises(RuntimeError, match="mps"):
            torch.ones(2).to("mps")


def test_a_wrong_gpu_can_be_played() -> None:
    def wrong(states: torch.Tensor) -> torch.Tensor:
        return states + 1

    with Rehearsal({"silu": wrong}):
        assert functional.silu(torch.zeros(2).to("mps")).tolist() == [1.0, 1.0]
        assert functional.silu(torch.zeros(2)).tolist() == [0.0, 0.0]


TABLE = """
- func: own(Tensor self) -> Tensor
  dispatch:
    CPU, MPS: own
  autogen: own.out, own_copy
- func: through(Tensor self) -> Tensor
  structured_delegate: through.out
- func: through.out(Tensor self, *, Tensor(a!) out) -> Tensor(a!)
  structured: True
  dispatch:
    CPU: a
    MPS: b
- func: nowhere(Tensor self) -> Tensor
  structured_delegate: nowhere.out
- func: nowhere.out(Tensor self, *, Tensor(a!) out) -> Tensor(a!)
  dispatch:
    CPU, CUDA: a
- func: made(Tensor self) -> Tensor
- func: explicit(Tensor self) -> Tensor
  dispatch:
    CompositeExplicitAutograd: made
- func: sparse(Tensor self) -> Tensor
  dispatch:
    SparseMPS: made
"""


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("own", Kind.KERNEL),
        ("own.out", Kind.KERNEL),
        ("own_copy", Kind.KERNEL),
        ("through", Kind.KERNEL),
        ("nowhere", Kind.MISSING),
        ("made", Kind.IMPLICIT),
        ("explicit", Kind.EXPLICIT),
        ("sparse", Kind.MISSING),
        ("unheard_of", Kind.MISSING),
    ],
)
def test_the_table_is_read_as_torch_means_it(name: str, kind: Kind) -> None:
    assert OperatorTable(TABLE).kind(name) is kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("add.Tensor", Kind.KERNEL),
        ("native_group_norm", Kind.KERNEL),
        ("_scaled_dot_product_attention_math_for_mps", Kind.KERNEL),
        ("_scaled_dot_product_flash_attention_for_cpu", Kind.MISSING),
        ("matmul", Kind.IMPLICIT),
        ("embedding", Kind.EXPLICIT),
    ],
)
def test_what_torch_itself_says(name: str, kind: Kind) -> None:
    assert len(operator_table()) > 2500
    assert operator_table().kind(name) is kind


def test_attention_of_the_cpu_has_its_counterpart() -> None:
    """What the CPU fuses on the host is another operator on the device, never the same one."""
    seen: list[Any] = []
    three = [torch.randn(1, 1, 4, 4) for _ in range(3)]
    with Rehearsal() as rehearsal:
        seen.append(attend(*three))
        assert not rehearsal.operators
        seen.append(attend(*[each.to("mps") for each in three]))
    torch.testing.assert_close(seen[1].held, seen[0])
