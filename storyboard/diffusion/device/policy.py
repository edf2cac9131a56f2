"""Where the model runs, and everything that differs because of it.

All behaviour that exists only for Apple's GPU is in this module, so that the rest reads the same
on every machine. `choose_policy` is a pure function: it can be tested without the device.
"""

from __future__ import annotations

import gc
import os
import threading
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import psutil
import torch

from storyboard.errors import RenderError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

__all__ = ["DevicePolicy", "choose_policy", "detect_policy"]


@dataclass(frozen=True, slots=True)
class DevicePolicy:
    """The rules of one device.

    Attributes:
        device: "mps", "cuda" or "cpu".
        dtype: Type of the weights, as torch spells it: "float16", "float32" or "bfloat16".
        fp16_autocast: Whether text encoding and denoising run under ``torch.autocast``.
        owner: Identifier of the only thread that may touch torch, or None where any may. Two
            threads on MPS abort inside Metal without a Python exception (pytorch#197805).
        bf16_instructions: Whether it is a CPU that has instructions for bfloat16.
        switched_off: What an examination of this machine found to be wrong, in the words of
            `storyboard.diffusion.device.findings`.
    """

    device: str
    dtype: str
    fp16_autocast: bool = False
    owner: int | None = None
    bf16_instructions: bool = False
    switched_off: tuple[str, ...] = ()

    @property
    def torch_dtype(self) -> torch.dtype:
        """The type of the weights."""
        dtype: torch.dtype = getattr(torch, self.dtype)
        return dtype

    def autocast(self, *, half: bool = False) -> AbstractContextManager[object]:
        """The context of text encoding and denoising; the decoder stays outside of it.

        SDXL's own VAE overflows in fp16, and autocast would put an upcast decoder back into it.

        Args:
            half: Whether half precision is wanted where it is not the device's own.
        """
        if self.fp16_autocast:
            return torch.autocast(self.device, torch.float16)
        if half and self.quick_in_bf16:
            return torch.autocast(self.device, torch.bfloat16)
        return nullcontext()

    def training_autocast(self, *, wanted: bool) -> AbstractContextManager[object]:
        """The context of a training's forward passes: bfloat16, whose range no gradient leaves.

        In fp16 small gradients vanish and have to be scaled; bfloat16 needs none of that.

        Args:
            wanted: Whether it is wanted at all.
        """
        return torch.autocast(self.device, torch.bfloat16) if wanted else nullcontext()

    def training_attention(self) -> AbstractContextManager[object]:
        """The context of a whole step, with its backward pass, which may compute forward again.

        On a CPU plain matrix products: backward, its fused attention takes a fifth longer.
        """
        if self.device != "cpu":
            return nullcontext()
        from torch.nn.attention import SDPBackend, sdpa_kernel

        return sdpa_kernel(SDPBackend.MATH)

    @property
    def trains_in_bf16(self) -> bool:
        """Whether bfloat16 is quick enough here to be taken where nobody says otherwise."""
        return self.device != "cpu" or self.bf16_instructions

    @property
    def encoder_attention(self) -> str:
        """How the text and image encoders attend, as transformers names it.

        With "sdpa" transformers hands queries, keys and values over as they come out of a
        transposition; on MPS only contiguous ones are safe (pytorch#163597, pytorch#181133), and
        its own matrix products ("eager") cost nothing that could be measured on 77 tokens.
        """
        return "eager" if self.device == "mps" else "sdpa"

    def generator(self, seed: int) -> torch.Generator:
        """A generator on the CPU, whatever the device: the same seed, the same noise."""
        return torch.Generator("cpu").manual_seed(seed)

    def synchronize(self) -> None:
        """Wait for the device, so that a measured time is the time of the work."""
        if self.device == "mps":
            torch.mps.synchronize()
        elif self.device == "cuda":
            torch.cuda.synchronize()

    def release(self) -> None:
        """Give cached memory back to the system; the graph cache of MPS grows without it."""
        if self.device == "mps":
            torch.mps.empty_cache()
        elif self.device == "cuda":
            torch.cuda.empty_cache()

    def release_all(self) -> None:
        """Collect what nobody refers to any more, then `release`: for a model that was unloaded."""
        gc.collect()
        self.release()

    def memory_bytes(self) -> int:
        """Memory in use: of the Metal driver, the peak of CUDA, or of this process on a CPU."""
        if self.device == "mps":
            return torch.mps.driver_allocated_memory()
        if self.device == "cuda":
            return torch.cuda.max_memory_allocated()
        return int(_this_process(os.getpid()).memory_info().rss)

    def free_bytes(self) -> int:
        """Memory that can still be had, in bytes.

        On MPS no more than Metal recommends, and no more than the machine has: both share it.
        """
        if self.device == "mps":
            cached = torch.mps.driver_allocated_memory() - torch.mps.current_allocated_memory()
            room = torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory()
            return max(0, min(room, psutil.virtual_memory().available) + cached)
        if self.device == "cuda":
            cached = torch.cuda.memory_reserved() - torch.cuda.memory_allocated()
            return int(torch.cuda.mem_get_info()[0] + cached)
        return int(psutil.virtual_memory().available)

    @property
    def fused_attention(self) -> bool:
        """Whether attention is computed without keeping its scores; MPS keeps them."""
        return self.device != "mps"

    @property
    def quick_in_bf16(self) -> bool:
        """Whether bfloat16 is another type than its own, and a quicker one.

        Measured on a CPU with AVX512-BF16 and the starter: decoding takes two fifths of the time,
        denoising six sevenths. Without such instructions both would be slower.
        """
        return self.device == "cpu" and self.dtype == "float32" and self.bf16_instructions

    def check_thread(self) -> None:
        """Refuse a second thread before Metal aborts the process.

        Raises:
            RenderError: If this device is bound to one thread and this is another.
        """
        if self.owner is not None and threading.get_ident() != self.owner:
            raise RenderError(
                "a second thread used the {device} device: render from the thread that"
                " loaded the model",
                device=self.device,
            )


@cache
def _this_process(process_id: int) -> psutil.Process:
    """Looked up once: every step of a panel asks for its memory."""
    return psutil.Process(process_id)


def choose_policy(
    *, mps: bool, cuda: bool, fp16_autocast: bool, thread: int, bf16_instructions: bool = False
) -> DevicePolicy:
    """Choose the policy from what the machine has: MPS, else CUDA, else the CPU.

    On GPUs the weights are fp16 (fp32 weights under autocast would double the UNet's memory: 10.3
    against 5.1 GB for SDXL). On the CPU they are fp32: the starter's UNet takes about the same
    time in bf16 (measured on two cores with AMX), fp16 has no fast kernels there, and fp32 is the
    reference that everything else is compared with. Autocast is for MPS only; CUDA computes in
    the type of its weights.

    Args:
        mps: Whether Apple's GPU can be used.
        cuda: Whether a CUDA GPU can be used.
        fp16_autocast: The user's ENABLE_FP16_AUTOCAST.
        thread: Identifier of the thread that will load the model.
        bf16_instructions: Whether the CPU has instructions for bfloat16.
    """
    if mps:
        return DevicePolicy("mps", "float16", fp16_autocast=fp16_autocast, owner=thread)
    if cuda:
        return DevicePolicy("cuda", "float16")
    return DevicePolicy("cpu", "float32", bf16_instructions=bf16_instructions)


def detect_policy(*, fp16_autocast: bool = True) -> DevicePolicy:
    """The policy of this machine, owned by the calling thread."""
    return choose_policy(
        mps=torch.backends.mps.is_available(),
        cuda=torch.cuda.is_available(),
        fp16_autocast=fp16_autocast,
        thread=threading.get_ident(),
        bf16_instructions=cpu_has_bf16(),
    )


def cpu_has_bf16() -> bool:
    """On x86 only: an ARM's instructions are nothing worth to a torch that does not use them."""
    told = torch.cpu.get_capabilities()
    return bool(told.get("avx512_bf16") or told.get("amx_bf16"))
