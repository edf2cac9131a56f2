from __future__ import annotations

import threading

import pytest
import torch

from storyboard.diffusion.device.policy import DevicePolicy, choose_policy, detect_policy
from storyboard.errors import RenderError


@pytest.mark.parametrize(
    ("mps", "cuda", "autocast", "expected"),
    [
        (True, True, True, DevicePolicy("mps", "float16", fp16_autocast=True, owner=5)),
        (True, False, False, DevicePolicy("mps", "float16", fp16_autocast=False, owner=5)),
        (False, True, True, DevicePolicy("cuda", "float16")),
        (False, False, True, DevicePolicy("cpu", "float32")),
    ],
)
def test_mps_then_cuda_then_cpu(
    mps: bool, cuda: bool, autocast: bool, expected: DevicePolicy
) -> None:
    assert choose_policy(mps=mps, cuda=cuda, fp16_autocast=autocast, thread=5) == expected


def test_mps_autocasts_to_fp16_and_the_cpu_does_not() -> None:
    mps = choose_policy(mps=True, cuda=False, fp16_autocast=True, thread=1).autocast()
    assert isinstance(mps, torch.autocast)
    assert (mps.device, mps.fast_dtype) == ("mps", torch.float16)
    for policy in (
        choose_policy(mps=True, cuda=False, fp16_autocast=False, thread=1),
        choose_policy(mps=False, cuda=False, fp16_autocast=True, thread=1),
    ):
        assert not isinstance(policy.autocast(), torch.autocast)


@pytest.mark.parametrize("device", ["mps", "cuda", "cpu"])
def test_seeds_are_for_the_cpu_on_every_device(device: str) -> None:
    generator = DevicePolicy(device, "float16").generator(7)
    assert generator.device.type == "cpu"
    expected = torch.randn(4, generator=torch.Generator("cpu").manual_seed(7))
    assert torch.equal(torch.randn(4, generator=generator), expected)


def test_a_panel_ends_with_the_cache_of_its_device_emptied(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    emptied: list[str] = []
    monkeypatch.setattr(torch.mps, "empty_cache", lambda: emptied.append("mps"))
    monkeypatch.setattr(torch.cuda, "empty_cache", lambda: emptied.append("cuda"))
    for device in ("mps", "cuda", "cpu"):
        DevicePolicy(device, "float32").release()
    assert emptied == ["mps", "cuda"]


def test_memory_is_read_where_the_device_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.mps, "driver_allocated_memory", lambda: 11)
    monkeypatch.setattr(torch.cuda, "max_memory_allocated", lambda: 22)
    assert DevicePolicy("mps", "float16").memory_bytes() == 11
    assert DevicePolicy("cuda", "float16").memory_bytes() == 22
    assert DevicePolicy("cpu", "float32").memory_bytes() > 10**7


def test_only_the_owner_may_touch_a_device_that_has_one() -> None:
    here = threading.get_ident()
    DevicePolicy("mps", "float16", owner=here).check_thread()
    DevicePolicy("cpu", "float32").check_thread()
    with pytest.raises(RenderError, match="second thread"):
        DevicePolicy("mps", "float16", owner=here + 1).check_thread()


def test_this_machine_has_a_policy() -> None:
    policy = detect_policy()
    assert policy.device in {"mps", "cuda", "cpu"}
    policy.synchronize()
    policy.release_all()
