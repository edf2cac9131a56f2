"""One pipeline of text encoders, transformer and decoder: what every such family does alike.

The stages are those of diffusers' pipeline, in its order and with its arithmetic; on the same
weights and seed the pixels are the same. A family subclasses `TransformerRenderer` and says how its
texts are encoded and how it denoises.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

import torch

from storyboard.diffusion.device.findings import CHANNELS_LAST
from storyboard.diffusion.networks.flow_matching import flow_scheduler
from storyboard.diffusion.parts.attention import SCORES_BUDGET, WHOLE, install_attention
from storyboard.diffusion.parts.latent_renderer import LatentRenderer
from storyboard.diffusion.parts.lora import LoraShelf
from storyboard.diffusion.parts.pipeline_parts import PipelineParts
from storyboard.diffusion.parts.steps import step_watcher
from storyboard.diffusion.parts.text_embeddings import TextEmbeddings
from storyboard.diffusion.parts.transformer_footprint import TransformerFootprint
from storyboard.diffusion.weights.lora_names import DENOISER
from storyboard.diffusion.weights.lora_split import as_it_is
from storyboard.values.seeds import derived_seed

if TYPE_CHECKING:
    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.networks.pipeline_files import PipelineFiles
    from storyboard.diffusion.parts.steps import StepDone
    from storyboard.diffusion.parts.watch import Watch
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.diffusion.weights.lora_split import SplitLayer
    from storyboard.machine.tuning import Arrangement
    from storyboard.values.request import PanelRequest

__all__ = ["PATCH", "TransformerRenderer"]

PATCH = 2
"""Latents a side of a token."""


class TransformerRenderer(LatentRenderer):
    """A loaded model.

    Args:
        files: The model.
        window: Tokens of a text that are read.
        heads: Of the transformer's attention, and the channels of each.
        policy: The device.
        way: How it is to compute; its type of numbers is the policy's.
        split: What a layer of a LoRA is called here, where it is several layers.
        progress: Told about the parts as they are read.
        native_pixels: As in `LatentRenderer`.

    Raises:
        ModelError: The weights cannot be used.
        RenderError: The memory does not suffice for its largest part.
    """

    def __init__(
        self,
        files: PipelineFiles,
        window: int,
        heads: tuple[int, int],
        policy: DevicePolicy,
        way: Arrangement,
        *,
        split: SplitLayer = as_it_is,
        progress: LoadProgress | None = None,
        native_pixels: int = 1024 * 1024,
    ) -> None:
        say = progress or (lambda _what, _share: None)
        say("reading weights", 0.0)
        self._window = window
        self._budget = WHOLE
        self._parts = PipelineParts(files, policy, self._transformer_read, say)
        pipe = self._parts.pipe
        pipe.set_progress_bar_config(disable=True)
        self._own_scheduler = pipe.scheduler
        factor = int(pipe.vae_scale_factor)
        self._foot = TransformerFootprint(
            self._parts, self._budget, self._chunk, heads, fused=policy.fused_attention
        )
        super().__init__(
            pipe.vae,
            pipe.image_processor,
            policy,
            self._foot,
            multiple=PATCH * factor,
            factor=factor,
            native_pixels=native_pixels,
        )
        self._loras = LoraShelf(policy.device, policy.torch_dtype, split=split)
        self._texts = TextEmbeddings(self._parts, self._encode, self._loras)
        self.arrange(way)
        if self._parts.in_turn:
            self.remarks = ("memory is short: text encoders and transformer are read in turn",)
        say("ready", 1.0)

    @abstractmethod
    def _encode(self, text: str) -> Any:
        """What the text encoders, which are in memory, make of a text."""

    @abstractmethod
    def _install(self, transformer: Any, budget: int) -> None:
        """Put our attention into every layer of a transformer."""

    @abstractmethod
    def _rows_and_columns(self, request: PanelRequest, latents: torch.Tensor) -> torch.Tensor:
        """Latents as the decoder takes them, 1 x channels x rows x columns."""

    @property
    def pipe(self) -> Any:
        """The diffusers pipeline, for measuring and for tests."""
        return self._parts.pipe

    @property
    def scheduler(self) -> str:
        """Class of the scheduler that leads the steps."""
        return type(self.pipe.scheduler).__name__

    def arrange(self, way: Arrangement) -> None:
        """Compute in another way from now on."""
        self._foot.budget = SCORES_BUDGET if way.chunked else WHOLE
        self._chunk(self._foot.budget)
        last = way.channels_last and CHANNELS_LAST not in self._policy.switched_off
        layout = torch.channels_last if last else torch.contiguous_format
        self.pipe.vae.to(memory_format=layout)

    def _chunk(self, budget: int) -> None:
        self._budget = budget
        install_attention(self.pipe.vae, budget)
        if self.pipe.transformer is not None:
            self._install(self.pipe.transformer, budget)

    def _transformer_read(self, transformer: Any) -> None:
        self._install(transformer, self._budget)
        if hasattr(self, "_clock"):
            self._clock.listen(transformer)

    def _drawn_by_pipeline(
        self,
        request: PanelRequest,
        watch: Watch,
        noise: torch.Tensor,
        also: StepDone | None = None,
        scheduler: Any = None,
        **told: Any,
    ) -> torch.Tensor:
        """What the pipeline makes of noise, as latents.

        Args:
            request: The panel.
            watch: Asked after every step whether to stop, and told.
            noise: What it begins with, laid out as latents are after a step.
            also: What is done after every step.
            scheduler: That leads the steps; the one that is asked for if None.
            told: What the pipeline is told besides.
        """
        pipe = self.pipe
        pipe.scheduler = scheduler or flow_scheduler(self._own_scheduler, request.sampling)
        worn = self._loras.on(request.loras, {DENOISER: pipe.transformer})
        latents: torch.Tensor
        # Two samplers draw noise in every step, from torch's own generator: else no panel with them
        # could be drawn again.
        with torch.random.fork_rng(devices=[]), worn:
            torch.manual_seed(derived_seed(request.sampling.seed, "sampler"))
            latents = pipe(
                height=request.height,
                width=request.width,
                num_inference_steps=request.sampling.steps,
                output_type="latent",
                callback_on_step_end=step_watcher(
                    request,
                    noise,
                    watch,
                    self._policy,
                    self._previewer,
                    also=also,
                    as_picture=lambda latents: self._rows_and_columns(request, latents),
                ),
                **{"latents": noise, **told},
            ).images
        return latents

    def _draws(self, watch: Watch) -> None:
        """See that the transformer is in memory, in a stage of its own."""
        with self._stage("read", watch):
            self._parts.draws()
