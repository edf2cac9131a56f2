"""From a request to a finished picture, for models that denoise latents and decode them.

Every panel is guarded, drawn with the memory that there is, and measured by stage; what is denoised
and how is the family's. A family subclasses `LatentRenderer`.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

import torch

from storyboard.diffusion.device.findings import HALF_DECODER
from storyboard.diffusion.parts.attention import SCORES_BUDGET
from storyboard.diffusion.parts.decoder import LatentDecoder, copied
from storyboard.diffusion.parts.encoder import encoded
from storyboard.diffusion.parts.finishing import Finishing, picture_to_finish, without_edges
from storyboard.diffusion.parts.forward_clock import ForwardClock
from storyboard.diffusion.parts.guard import draw_guarded, remark
from storyboard.diffusion.parts.panel_memory import PanelMemory
from storyboard.diffusion.parts.pictures import picture_media
from storyboard.diffusion.parts.preview import Previewer
from storyboard.diffusion.parts.recount import draw_counted
from storyboard.errors import OutOfMemory
from storyboard.machine.tuning import Arrangement
from storyboard.message import Message
from storyboard.values.request import Finish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PIL import Image

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.parts.guard import Attempt, Guarded
    from storyboard.diffusion.parts.memory_ladder import Rung
    from storyboard.diffusion.parts.pass_start import PassStart
    from storyboard.diffusion.parts.watch import Watch
    from storyboard.values.media import Media
    from storyboard.values.request import PanelRequest

__all__ = ["Footprint", "LatentRenderer"]


class Footprint(Protocol):
    """What a model takes of the memory."""

    tile: int

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """What can be done to take less, as in `Loaded.memory_rungs`."""
        ...

    def decode_bytes(self, autoencoder: Any, height: int, width: int) -> int:
        """The predicted peak of decoding latents of so many rows and columns."""
        ...

    def forget(self) -> bool:
        """Forget what the next stage does not need, where memory was short before."""
        ...


class LatentRenderer(ABC):
    """A loaded model; a subclass says how it denoises.

    Args:
        vae: The autoencoder, on its device.
        processor: The pipeline's ``VaeImageProcessor``.
        policy: The device.
        footprint: Of the model.
        multiple: What the sides of a frame must be divisible by.
        factor: Pixels a side of one latent cell.
        native_pixels: Area of a frame at which the model draws best.
        draws_noise: Whether its weights are random, so that noise is what it should draw.
    """

    remarks: tuple[str, ...] = ()

    def __init__(
        self,
        vae: Any,
        processor: Any,
        policy: DevicePolicy,
        footprint: Footprint,
        *,
        multiple: int,
        factor: int,
        native_pixels: int = 1024 * 1024,
        draws_noise: bool = False,
    ) -> None:
        if HALF_DECODER in policy.switched_off:
            vae.to(torch.float32)
        self._policy, self._footprint, self._factor = policy, footprint, factor
        self._draws_noise = draws_noise
        self._clock = ForwardClock(policy.synchronize)
        self._shift = float(getattr(vae.config, "shift_factor", None) or 0.0)
        self._decoder = self._decoding(vae, processor)
        self._clock.listen(vae.decoder)
        self._previewer = Previewer(self._decoder, factor)
        self._memory = PanelMemory(footprint.rungs, policy, multiple, footprint.forget)
        self._processor = processor
        self._finishing = Finishing(self._redrawn, self._looked_at, multiple, native_pixels)

    @abstractmethod
    def _latents(self, attempt: Attempt, watch: Watch) -> torch.Tensor:
        """Draw the latents of an attempt: 1 x channels x rows x columns."""

    def _latents_over(self, attempt: Attempt, watch: Watch, start: PassStart) -> torch.Tensor:
        """The same from where a pass over a picture starts; for families whose cards know passes.

        Raises:
            NotImplementedError: The family has none.
        """
        raise NotImplementedError

    @abstractmethod
    def arrange(self, way: Arrangement) -> None:
        """As in `Loaded`."""

    def _decoding(self, vae: Any, processor: Any) -> LatentDecoder:
        """What decodes with the autoencoder."""
        return LatentDecoder(vae, processor, self._shift)

    def _finished(self, request: PanelRequest, picture: Image.Image) -> Image.Image:
        """What becomes of a decoded picture; a family may put back what was not to change."""
        del request
        return picture

    def _decoder_of(self, attempt: Attempt) -> LatentDecoder:
        """What decodes an attempt; a family may have several."""
        del attempt
        return self._decoder

    def _judge_panel(  # noqa: B027  (few can)
        self, request: PanelRequest, latents: torch.Tensor, picture: Image.Image, watch: Watch
    ) -> None:
        """Say how far a panel agrees with what was asked for, where a family can."""

    def arrangements(self) -> tuple[Arrangement, ...]:
        """One: in chunks where a device would keep the scores of attention, whole elsewhere.

        Which is faster is known, and a measurement would take minutes with models of this size.
        """
        chunked = not self._policy.fused_attention
        return (Arrangement(channels_last=False, chunked=chunked, dtype=self._policy.dtype),)

    def memory_rungs(self) -> tuple[Rung, ...]:
        """Those of the footprint."""
        return self._footprint.rungs

    def unload(self) -> None:  # noqa: B027  (some hold more)
        """Nothing is held but tensors, which go with the object."""

    def decoder(self, policy: DevicePolicy, dtype: str) -> LatentDecoder | None:
        """A copy of its decoder on a device; None in fp16 where it overflows and never is in it."""
        vae: Any = self._decoder.autoencoder
        if dtype == "float16" and getattr(vae.config, "force_upcast", False):
            return None
        copy = copied(vae, SCORES_BUDGET)
        copy.to(policy.device, getattr(torch, dtype))
        return LatentDecoder(copy, None, self._shift)

    def latents(self, height: int, width: int) -> tuple[int, ...]:
        """Shape of the latents of so many rows and columns."""
        return 1, self._decoder.channels, height, width

    def render(self, request: PanelRequest, watch: Watch) -> Media:
        """Draw a panel whose size the model can divide; errors are those of `Loaded.render`."""
        self._clock.restart()
        watch.steps = request.steps_in_all
        if isinstance(request.task, Finish):
            picture = self._finishing.over(request, picture_to_finish(request), None, watch)
            watch.networks = self._clock.seconds
            with self._stage("save", watch):
                return picture_media(without_edges(request, picture), request.aspect)
        drawn = self._drawn(request, watch)
        while isinstance(drawn, tuple):
            width, height = drawn
            self._policy.release_all()
            request = replace(request, width=width, height=height)
            watch.drawn = drawn
            smaller = {"width": width, "height": height}
            told = "the memory does not suffice: drawn smaller, {width}x{height}"
            watch.say(request, Message(told, smaller))
            drawn = self._drawn(request, watch)
        watch.rescue = drawn.rescue
        return self._media(request, drawn, watch)

    def _media(self, request: PanelRequest, drawn: Guarded, watch: Watch) -> Media:
        """What was drawn, as it is handed over."""
        with self._stage("decode", watch):
            picture = self._decoder.shown(drawn.decoded)
            if request.preview_every:
                self._previewer.learn(drawn.latents, picture)
            picture = self._finished(request, picture)
        watch.before = request.sampling.steps
        picture = self._finishing.over(request, picture, drawn.latents, watch)
        self._judge_panel(request, drawn.latents, picture, watch)
        watch.networks = self._clock.seconds
        with self._stage("save", watch):
            return picture_media(picture, request.aspect)

    def _drawn(self, request: PanelRequest, watch: Watch) -> Guarded | tuple[int, int]:
        """The panel, or the size at which it may be tried again."""

        def draw(asked: PanelRequest) -> Guarded:
            return draw_guarded(
                asked,
                self._policy,
                lambda attempt: self._latents(attempt, watch),
                lambda attempt, latents: self._decoded(attempt, latents, watch),
                factor=self._factor,
                draws_noise=self._draws_noise,
            )

        try:
            return draw_counted(
                request,
                draw,
                lambda drawn: self._people_in(drawn, watch),
                lambda text: watch.tell(request, text),
            )
        except OutOfMemory as error:
            if not request.smaller_if_needed or error.smaller is None:
                raise
            return error.smaller

    def _redrawn(self, request: PanelRequest, start: PassStart, watch: Watch) -> Image.Image:
        """A picture that a pass has gone over; of its flaws only NaN is looked for."""
        drawn = draw_guarded(
            request,
            self._policy,
            lambda attempt: self._latents_over(attempt, watch, start),
            lambda attempt, latents: self._decoded(attempt, latents, watch),
            factor=self._factor,
            draws_noise=self._draws_noise,
            goes_over=True,
        )
        if drawn.rescue is not None:
            watch.remarks.append(f"{watch.within}: {remark(drawn.rescue)}")
        return self._decoder.shown(drawn.decoded)

    def _looked_at(self, request: PanelRequest, picture: Image.Image, watch: Watch) -> torch.Tensor:
        """The latents of a picture."""
        vae, footprint, factor = self._decoder.autoencoder, self._footprint, self._factor
        rows, columns = picture.height // factor, picture.width // factor
        with self._stage("encode", watch):
            latents = self._memory.run(
                "encode",
                request,
                watch,
                lambda: footprint.decode_bytes(vae, rows, columns),
                lambda: encoded(vae, self._processor, picture, factor, self._shift, footprint.tile),
            )
        return latents.to(self._policy.torch_dtype)

    def _people_in(self, drawn: Guarded, watch: Watch) -> tuple[int, int]:
        """The fewest and the most people that may be in a panel."""
        assert watch.count is not None  # whoever asks for a headcount says who counts
        with self._stage("count", watch):
            return watch.count(self._decoder.shown(drawn.decoded))

    def _denoised(
        self,
        request: PanelRequest,
        watch: Watch,
        needed: Callable[[], int],
        work: Callable[[], torch.Tensor],
    ) -> torch.Tensor:
        """Latents from a stage that may be done again with less memory, in between two checks."""
        watch.check(request.panel)
        with self._stage("denoise", watch):
            stage = watch.within or "denoise"
            latents = self._memory.run(stage, request, watch, needed, work)
        watch.check(request.panel)
        return latents

    def _decoded(self, attempt: Attempt, latents: torch.Tensor, watch: Watch) -> torch.Tensor:
        decoder, footprint = self._decoder_of(attempt), self._footprint
        with ExitStack() as stack:
            # Without autocast: an fp32 decoder must stay fp32.
            stack.enter_context(self._stage("decode", watch))
            if attempt.fp32_decoder:
                stack.enter_context(decoder.in_fp32())
            decoded = self._memory.run(
                "decode",
                attempt.request,
                watch,
                lambda: footprint.decode_bytes(decoder.autoencoder, *latents.shape[-2:]),
                lambda: decoder.tensor(latents, footprint.tile),
            )
        if not watch.within:
            watch.tile = footprint.tile if max(latents.shape[-2:]) > footprint.tile else 0
        return decoded

    @contextmanager
    def _stage(self, name: str, watch: Watch) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self._policy.synchronize()
        name = watch.within or name
        # A panel that had to be drawn again has been in some stages twice.
        watch.seconds[name] = watch.seconds.get(name, 0.0) + time.perf_counter() - started
        watch.memory = max(watch.memory, self._policy.memory_bytes())
