"""LocalImageGenerator: load a model, render panel requests, give the memory back.

A short front for `storyboard.diffusion`. torch and diffusers are imported when a model is loaded,
so that this module costs nothing to import.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

import psutil

from storyboard.diffusion.device.findings import HALF
from storyboard.diffusion.families.sdxl.description import describe
from storyboard.diffusion.families.sdxl.few_step import find_few_step
from storyboard.diffusion.families.sdxl.files import RANDOM, find_model
from storyboard.diffusion.families.sdxl.fitting import fit_request
from storyboard.diffusion.weights.checksums import weights_hash, with_file
from storyboard.diffusion.weights.hub import downloads
from storyboard.errors import RenderError
from storyboard.machine.machine import this_machine
from storyboard.machine.tuning import Arrangement, Switch, Tuning, choose, known_way, remember
from storyboard.techniques.few_step import check_few_step, read_few_step
from storyboard.values.result import PanelResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.sdxl.random_weights import RandomModel
    from storyboard.diffusion.families.sdxl.renderer import Sdxl
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.values.model import ModelDescription
    from storyboard.values.request import PanelRequest
    from storyboard.values.stages import StepProgress

__all__ = ["LocalImageGenerator"]


class LocalImageGenerator:
    """Renders panels on this machine.

    Use it as a context manager, or call `load` and `unload`. One generator renders one panel at a
    time; on MPS only the thread that loaded it may render.

    Args:
        model: "starter", a hub id, a folder in diffusers' layout, a .safetensors checkpoint, or
            "sdxl-random", which draws noise, for timing.
        channels_last: Keep the channels of convolutions last in memory; "auto" for whatever is
            fastest on this machine, which is measured once (see `storyboard.machine.tuning`).
        attention_slicing: Compute attention in chunks: the same pixels, less memory; or "auto".
        fp16_autocast: Run under ``torch.autocast`` on MPS.
        identity_lock: Whether requests may have identities; without it no adapter is looked for.
        adapter: Hub id or folder of the IP-Adapter for models that bring none.
        few_step: Few-step adapter (see ``storyboard.techniques.few_step``); empty for none.
        download: Whether what is not on this machine may be fetched.
        policy: The device; chosen when the model is loaded if it is None.
    """

    def __init__(
        self,
        model: str = "starter",
        *,
        channels_last: Switch = False,
        attention_slicing: Switch = True,
        fp16_autocast: bool = True,
        identity_lock: bool = True,
        adapter: str = "h94/IP-Adapter",
        few_step: str = "",
        download: bool = True,
        policy: DevicePolicy | None = None,
    ) -> None:
        self._name = model
        self._switches = channels_last, attention_slicing
        self._fp16_autocast = fp16_autocast
        self._adapter = adapter if identity_lock else None
        self._few_step = few_step
        self._download = download
        self._wanted_policy = policy
        self._policy: DevicePolicy | None = None
        self._model: Sdxl | None = None
        self._random: RandomModel | None = None
        self._hash = ""
        self._multiple = 8
        self._weights_bytes = 0
        self._tuning: Tuning | None = None
        self._remarks: tuple[str, ...] = ()

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
        with downloads(self._download):
            return describe(self._name, adapter=self._adapter)

    def load(self, progress: LoadProgress | None = None) -> None:
        """Read the model into memory; nothing happens if it is there.

        Args:
            progress: Called with what is being done and the share of it that is done, 0..1.

        Raises:
            ModelError: If the model is missing, incomplete, damaged or refused.
            RenderError: If there is not enough memory.
        """
        if self._model is None:
            with downloads(self._download):
                self._load(progress, anew=False)

    def tune(self, progress: LoadProgress | None = None) -> Tuning:
        """Measure what is fastest on this machine, remember it, and go on with it.

        Args:
            progress: As for `load`.

        Raises:
            ModelError, RenderError: As `load`.
        """
        self.unload()
        with downloads(self._download):
            self._load(progress, anew=True)
        assert self._tuning is not None  # measured above
        return self._tuning

    def _load(self, progress: LoadProgress | None, *, anew: bool) -> None:
        from storyboard.diffusion.checks.examination import examined
        from storyboard.diffusion.device.libraries import quiet_libraries
        from storyboard.diffusion.device.memory import out_of_memory_told
        from storyboard.diffusion.device.policy import detect_policy
        from storyboard.diffusion.families.sdxl.renderer import Sdxl

        # 1. What there is, and whether it is whole.
        policy = self._wanted_policy
        if policy is None:
            policy = examined(detect_policy(fp16_autocast=self._fp16_autocast), progress)
        pipe = None
        if self._name == RANDOM:
            from storyboard.diffusion.families.sdxl.random_weights import random_sdxl, timing_policy

            policy = timing_policy(policy)
            self._random = random_sdxl(policy, progress)
            files, pipe = self._random.files, self._random.pipeline()
        else:
            half = policy.dtype == "float16"
            files = find_model(self._name, half=half, adapter=self._adapter, progress=progress)
        root = files.checkpoint.parent if files.checkpoint else files.root
        few_step = find_few_step(self._few_step, progress) if self._few_step else None
        self._hash = weights_hash(root, files.weights)
        self._weights_bytes = sum(each.stat().st_size for each in files.weights)
        if few_step is not None:
            self._hash = with_file(self._hash, few_step.file)
        self._multiple = self.describe().multiple

        def read(way: Arrangement) -> Sdxl:
            return Sdxl(
                files,
                replace(policy, dtype=way.dtype),
                channels_last=way.channels_last,
                attention_slicing=way.chunked,
                few_step=few_step,
                progress=progress,
                pipe=pipe,
            )

        # 2. Into memory, arranged as the user says, as was measured before, or is measured now.
        reference = Arrangement(channels_last=False, chunked=False, dtype=policy.dtype)
        with quiet_libraries(), out_of_memory_told("loading the model"):
            way = None if anew else known_way(self._name, self._hash, policy, *self._switches)
            if way is not None and HALF in policy.switched_off:
                way = replace(way, dtype=policy.dtype)  # however fast half precision was once
            model = read(way or reference)
            if way is None:
                self._tuning = self._measure(model, policy, read, progress)
                way = choose(self._tuning.trials, *self._switches) or reference
                self._remarks = (f"{way.words}: measured once; storyboard tune does it again",)
                # Once more from the files: rearranging leaves traces in the memory of the weights,
                # and the pictures of this run must be those of every later one.
                del model
                policy.release_all()
                model = read(way)
        if policy.switched_off:
            off = ", ".join(policy.switched_off)
            self._remarks += (f"switched off on this machine: {off} (storyboard doctor says why)",)
        self._model = model
        self._policy = replace(policy, dtype=way.dtype)

    def _measure(
        self,
        model: Sdxl,
        policy: DevicePolicy,
        read: Callable[[Arrangement], Sdxl],
        progress: LoadProgress | None,
    ) -> Tuning:
        from storyboard.diffusion.checks.autotune import TuningPicture, measure, other_dtype

        described = self.describe()
        picture = TuningPicture.of(described.native_pixels, described.multiple)
        other = other_dtype(policy)

        def read_other() -> Sdxl | str:
            if self._weights_bytes > psutil.virtual_memory().available / 4:
                return "not measured: there is no memory for a second copy"
            return read(Arrangement(channels_last=False, chunked=False, dtype=other or ""))

        tuning = Tuning(
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            machine=this_machine(),
            model=self._name,
            model_hash=self._hash,
            device=policy.device,
            width=picture.width,
            height=picture.height,
            trials=measure(
                model, policy.dtype, picture, (other, read_other) if other else None, progress
            ),
        )
        remember(tuning)
        return tuning

    def unload(self) -> None:
        """Forget the model and give its memory back to the system."""
        self._model = self._random = None
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
            OutOfMemory: If the memory does not suffice, and the frame may not be smaller.
            RenderError: If the result is no picture.
        """
        # 1. The model, and a request it can divide.
        self.load()
        from storyboard.diffusion.device.libraries import library_versions, quiet_libraries
        from storyboard.diffusion.device.memory import out_of_memory_told
        from storyboard.diffusion.parts.guard import remark
        from storyboard.diffusion.parts.pictures import cut_to, encode_png
        from storyboard.diffusion.parts.watch import Watch, stage_times

        if self._model is None or self._policy is None:
            raise RenderError("the model was unloaded during the render: render the panel again")
        self._policy.check_thread()
        request, remarks = fit_request(request, self._multiple)
        remarks, self._remarks = remarks + self._remarks, ()
        if self._random is not None:
            remarks += (f"{RANDOM}: the weights are random, this is timing only",)
        if self._few_step:
            name, _ = read_few_step(self._few_step)
            remarks += (f"few-step adapter {name}",)
            check_few_step(
                name,
                steps=request.sampling.steps,
                guidance_scale=request.sampling.guidance,
                acceleration=request.acceleration,
            )
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
        png = encode_png(cut_to(picture, request.aspect))
        ended = time.perf_counter()
        watch.seconds["save"] = ended - encoding
        remarks += tuple(watch.remarks)
        if watch.tile:
            remarks += (f"decoded in tiles of {watch.tile} latents",)
        if watch.rescue is not None:
            remarks += (remark(watch.rescue),)
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
            scheduler=self._model.scheduler,
            rescue=watch.rescue,
            agreement=watch.agreement,
        )
