"""LocalImageGenerator: load a model, render panel requests, give the memory back.

A short front for `storyboard.diffusion`. torch and diffusers are imported when a model is loaded,
so that this module costs nothing to import.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

from storyboard.diffusion.checksums import weights_hash
from storyboard.diffusion.description import describe
from storyboard.diffusion.fitting import fit_request
from storyboard.diffusion.weights import find_model
from storyboard.errors import RenderError
from storyboard.models import PanelResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.diffusion.device import DevicePolicy
    from storyboard.diffusion.hub import LoadProgress
    from storyboard.diffusion.sdxl import Sdxl
    from storyboard.models import ModelDescription, PanelRequest, StepProgress

__all__ = ["LocalImageGenerator"]


class LocalImageGenerator:
    """Renders panels on this machine.

    Use it as a context manager, or call `load` and `unload`. One generator renders one panel at a
    time; on MPS only the thread that loaded it may render.

    Args:
        model: "starter", a hub id, a folder in diffusers' layout, or a .safetensors checkpoint.
        channels_last: Keep the channels of convolutions last in memory.
        attention_slicing: Compute attention in chunks: the same pixels, less memory.
        fp16_autocast: Run under ``torch.autocast`` on MPS.
        identity_lock: Whether requests may have identities; without it no adapter is looked for.
        adapter: Hub id or folder of the IP-Adapter for models that bring none.
        policy: The device; chosen when the model is loaded if it is None.
    """

    def __init__(
        self,
        model: str = "starter",
        *,
        channels_last: bool = True,
        attention_slicing: bool = True,
        fp16_autocast: bool = True,
        identity_lock: bool = True,
        adapter: str = "h94/IP-Adapter",
        policy: DevicePolicy | None = None,
    ) -> None:
        self._name = model
        self._channels_last = channels_last
        self._attention_slicing = attention_slicing
        self._fp16_autocast = fp16_autocast
        self._adapter = adapter if identity_lock else None
        self._wanted_policy = policy
        self._policy: DevicePolicy | None = None
        self._model: Sdxl | None = None
        self._hash = ""
        self._multiple = 8

    def __enter__(self) -> Self:
        self.load()
        return self

    def __exit__(self, *_: object) -> None:
        self.unload()

    def describe(self) -> ModelDescription:
        """What the model wants to be asked; reads only its configurations.

        Raises:
            ModelError: If the model is missing or refused.
        """
        return describe(self._name, adapter=self._adapter)

    def load(self, progress: LoadProgress | None = None) -> None:
        """Read the model into memory; nothing happens if it is there.

        Args:
            progress: Called with what is being done and the share of it that is done, 0..1.

        Raises:
            ModelError: If the model is missing, incomplete, damaged or refused.
            RenderError: If there is not enough memory.
        """
        if self._model is not None:
            return
        from storyboard.diffusion.device import detect_policy
        from storyboard.diffusion.libraries import quiet_libraries
        from storyboard.diffusion.memory import out_of_memory_told
        from storyboard.diffusion.sdxl import Sdxl

        # 1. What there is, and whether it is whole.
        policy = self._wanted_policy or detect_policy(fp16_autocast=self._fp16_autocast)
        half = policy.dtype == "float16"
        files = find_model(self._name, half=half, adapter=self._adapter, progress=progress)
        root = files.checkpoint.parent if files.checkpoint else files.root
        self._hash = weights_hash(root, files.weights)
        self._multiple = self.describe().multiple
        # 2. Into memory.
        with quiet_libraries(), out_of_memory_told("loading the model"):
            self._model = Sdxl(
                files,
                policy,
                channels_last=self._channels_last,
                attention_slicing=self._attention_slicing,
                progress=progress,
            )
        self._policy = policy

    def unload(self) -> None:
        """Forget the model and give its memory back to the system."""
        self._model = None
        if self._policy is not None:
            self._policy.release_all()
        self._policy = None

    def render(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> PanelResult:
        """Render one panel; the same request gives the same pixels.

        Args:
            request: What to draw.
            on_step: Called after every denoising step.
            cancelled: Asked after every step; true stops the render within that step.

        Raises:
            InputError: If the request has a value that cannot be drawn.
            ModelError: If the model cannot be loaded, or an identity is wanted and it has no
                adapter.
            RenderCancelled: If ``cancelled`` was true; the generator can be used again.
            RenderError: If the memory does not suffice or the result is no picture.
        """
        # 1. The model, and a request it can divide.
        self.load()
        from storyboard.diffusion.libraries import library_versions, quiet_libraries
        from storyboard.diffusion.memory import out_of_memory_told
        from storyboard.diffusion.pictures import encode_png
        from storyboard.diffusion.sdxl import Watch, stage_times

        if self._model is None or self._policy is None:
            raise RenderError("the model was unloaded during the render: render the panel again")
        self._policy.check_thread()
        request, remarks = fit_request(request, self._multiple)
        # 2. The picture.
        started = time.perf_counter()
        watch = Watch(on_step, cancelled)
        try:
            with quiet_libraries(), out_of_memory_told(f"panel {request.panel}"):
                picture = self._model.render(request, watch)
        finally:
            self._policy.release()
        # 3. The result, with what is needed to draw it again.
        encoding = time.perf_counter()
        png = encode_png(picture)
        ended = time.perf_counter()
        watch.seconds["save"] = ended - encoding
        return PanelResult(
            panel=request.panel,
            png=png,
            width=picture.width,
            height=picture.height,
            times=stage_times(watch, ended - started),
            model=self._name,
            model_hash=self._hash,
            device=self._policy.device,
            dtype=self._policy.dtype,
            versions=library_versions(),
            remarks=remarks,
            memory=watch.memory,
        )
