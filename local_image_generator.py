"""LocalImageGenerator: load models, render panel requests, give the memory back.

A short front for `storyboard.diffusion`: the request names its model, the model's family draws it.
torch and diffusers are imported when a model is loaded: this module costs nothing to import.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

from storyboard.diffusion.face_finder import face_finder
from storyboard.diffusion.families import check_task, family_of
from storyboard.diffusion.parts.fitting import fit_request
from storyboard.diffusion.parts.pass_checks import check_passes
from storyboard.diffusion.weights.hub import downloads
from storyboard.errors import InputError, RenderError
from storyboard.values.result import PanelResult

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL import Image

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.family import Family
    from storyboard.diffusion.loading import InMemory
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.machine.tuning import Switch, Tuning
    from storyboard.techniques.technique import Technique
    from storyboard.values.card import ModelCard
    from storyboard.values.model import ModelChoice
    from storyboard.values.request import PanelRequest, Weights
    from storyboard.values.stages import StepProgress

__all__ = ["LocalImageGenerator"]


class LocalImageGenerator:
    """Renders panels on this machine, with one model in memory: that of the last request.

    As a context manager it unloads at the end. One generator renders one panel at a time; on MPS
    only the thread that loaded a model may render.

    Args:
        channels_last: Keep the channels of convolutions last in memory; "auto" for whatever is
            fastest on this machine, which is measured once (see `storyboard.machine.tuning`).
        attention_slicing: Compute attention in chunks: the same pixels, less memory; or "auto".
        fp16_autocast: Run under ``torch.autocast`` on MPS.
        download: Whether what is not on this machine may be fetched.
        policy: The device; chosen when a model is loaded if it is None.
    """

    def __init__(
        self,
        *,
        channels_last: Switch = False,
        attention_slicing: Switch = True,
        fp16_autocast: bool = True,
        download: bool = True,
        policy: DevicePolicy | None = None,
    ) -> None:
        self._switches = channels_last, attention_slicing
        self._fp16_autocast = fp16_autocast
        self._download = download
        self._policy = policy
        self._loaded: InMemory | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.unload()

    def describe(self, choice: ModelChoice) -> ModelCard:
        """What a model wants to be asked; reads only its configurations.

        Raises:
            ModelError: If the model is missing or refused.
        """
        with downloads(self._download):
            return family_of(choice.name).card(choice)

    def check(self, request: PanelRequest) -> None:
        """Refuse what cannot be drawn; no model is loaded.

        Raises:
            InputError: If the request has a value that the model does not know.
            ModelError: If the model is missing, or lacks what a technique needs.
        """
        with downloads(self._download):
            family = family_of(request.choice.name)
            _check(family, request, family.card(request.choice))

    def load(
        self,
        choice: ModelChoice,
        techniques: Sequence[Technique] = (),
        progress: LoadProgress | None = None,
    ) -> None:
        """Read a model into memory, in place of another; nothing happens if it is there.

        Args:
            choice: The model.
            techniques: Of a request; those among them that are merged into the weights count.
            progress: Called with what is being done and the share of it that is done, 0..1.

        Raises:
            ModelError: If the model is missing, incomplete, damaged or refused.
            RenderError: If there is not enough memory.
        """
        wanted = choice, tuple(each for each in techniques if each.in_weights)
        if self._loaded is None or self._loaded.wanted != wanted:
            self.unload()
            self._read(wanted, progress, anew=False)

    def tune(self, choice: ModelChoice, progress: LoadProgress | None = None) -> Tuning:
        """Measure what is fastest on this machine, remember it, and go on with it.

        Args:
            choice: The model.
            progress: As for `load`.

        Raises:
            ModelError, RenderError: As `load`.
        """
        self.unload()
        loaded = self._read((choice, ()), progress, anew=True)
        assert loaded.tuning is not None  # measured anew
        return loaded.tuning

    def unload(self) -> None:
        """Forget the model and give its memory back to the system."""
        loaded, self._loaded = self._loaded, None
        if loaded is not None:
            policy = loaded.policy
            loaded.model.unload()
            del loaded
            policy.release_all()

    def _read(self, wanted: Weights, progress: LoadProgress | None, *, anew: bool) -> InMemory:
        from storyboard.diffusion.loading import read_model

        with downloads(self._download):
            self._loaded = loaded = read_model(
                wanted,
                self._switches,
                self._policy,
                fp16_autocast=self._fp16_autocast,
                progress=progress,
                anew=anew,
            )
        return loaded

    def render(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> PanelResult:
        """Render one panel; the same request gives the same pixels.

        Args:
            request: What to draw, and with which model; another than the last is loaded first.
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
        self.load(request.choice, request.techniques)
        from storyboard.diffusion.device.libraries import library_versions, quiet_libraries
        from storyboard.diffusion.device.memory import out_of_memory_told
        from storyboard.diffusion.parts.guard import remark
        from storyboard.diffusion.parts.watch import Watch, stage_times

        loaded = self._loaded
        if loaded is None:
            raise RenderError("the model was unloaded during the render: render the panel again")
        loaded.policy.check_thread()
        request, remarks = fit_request(
            request, loaded.card.multiple, loaded.card.clip.frame_step if loaded.card.clip else 1
        )
        _check(loaded.family, request, loaded.card)
        remarks, loaded.remarks = (*remarks, *loaded.remarks, *loaded.model.remarks), ()
        # 2. The picture or clip.
        started = time.perf_counter()
        watch = Watch(on_step, cancelled, face_finder(loaded.card), _counter(request))
        try:
            with quiet_libraries(), out_of_memory_told(f"panel {request.panel}"):
                media = loaded.model.render(request, watch)
        finally:
            loaded.policy.release()
        # 3. The result, with what is needed to draw it again.
        ended = time.perf_counter()
        width, height = watch.drawn or (request.width, request.height)
        remarks += tuple(watch.remarks)
        if watch.tile:
            remarks += (f"decoded in tiles of {watch.tile} latents",)
        if watch.rescue is not None:
            remarks += (remark(watch.rescue),)
        return PanelResult(
            panel=request.panel,
            media=media,
            width=width,
            height=height,
            times=stage_times(watch, ended - started),
            model=request.choice.name,
            model_hash=loaded.files.hash,
            device=loaded.policy.device,
            dtype=loaded.policy.dtype,
            versions=library_versions(),
            remarks=remarks,
            memory=watch.memory,
            scheduler=loaded.model.scheduler,
            rescue=watch.rescue,
            agreement=watch.agreement,
            faces=watch.faces,
        )


def _counter(request: PanelRequest) -> Callable[[Image.Image], tuple[int, int]] | None:
    """What counts people, where they are to be counted."""
    if request.headcount is None:
        return None
    from storyboard.diffusion.checks.finder import shipped_finder

    return shipped_finder().count


def _check_headcount(request: PanelRequest, card: ModelCard) -> None:
    if request.headcount is not None and not card.countable:
        raise InputError(
            "the people in pictures of model {name} cannot be counted: draw without a headcount",
            name=card.name,
        )


def _check(family: Family, request: PanelRequest, card: ModelCard) -> None:
    try:
        check_task(request.task, card)
        check_passes(request, card)
        _check_headcount(request, card)
        family.check(request, card)
    except InputError as error:
        raise InputError("panel {panel}: {error}", panel=request.panel, error=error) from None
