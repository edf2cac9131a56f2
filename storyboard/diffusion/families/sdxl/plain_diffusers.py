"""Plain diffusers, as a competent user writes it from the documentation: what we compare with.

Nothing of this program's rendering is used here. The pipeline's own attention, scheduler and
decoder run in the type of weights that our side uses too. What the documentation advises for many
panels of one character is done: the reference picture is encoded once, and the pipeline stays
loaded. The prompt is given as text, because every panel has another one.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import torch
from PIL import Image

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.device.policy import detect_policy
from storyboard.diffusion.families.sdxl.adapter_files import AdapterFiles
from storyboard.diffusion.families.sdxl.description import family_settings
from storyboard.diffusion.families.sdxl.files import RANDOM, find_model
from storyboard.diffusion.families.sdxl.reading import from_folder, laid_out
from storyboard.diffusion.weights.place import STARTER
from storyboard.errors import ModelError, RenderCancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.values.request import PanelRequest

__all__ = ["PlainDiffusers", "load_plain_diffusers"]


class PlainDiffusers:
    """The script, cut into loading and drawing so that loading is not timed.

    Args:
        pipe: A ``StableDiffusionXLPipeline`` as diffusers loads it, with its IP-Adapter,
            on its device.
        guidance_rescale: The pipeline's argument of that name; models trained on v-prediction
            want it above 0.
    """

    def __init__(self, pipe: Any, guidance_rescale: float = 0.0) -> None:
        pipe.set_progress_bar_config(disable=True)
        self._pipe = pipe
        self._rescale = guidance_rescale
        self._embeddings: dict[tuple[bytes, bool], list[torch.Tensor]] = {}

    @property
    def threads(self) -> int:
        """Threads that torch computes with on a CPU."""
        return torch.get_num_threads()

    def draw(self, request: PanelRequest, cancelled: Callable[[], bool]) -> bytes:
        """Draw a panel and encode it as PNG; its acceleration is not looked at.

        Args:
            request: With one identity, and that with one picture.
            cancelled: Asked after every step.

        Raises:
            RenderCancelled: ``cancelled`` was true.
        """

        def ask(pipe: Any, step: int, timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
            if cancelled():
                raise RenderCancelled("panel {panel} was cancelled", panel=request.panel)
            return tensors

        (lock,) = request.identities
        reference = request.picture(lock.pictures[0])
        self._pipe.set_ip_adapter_scale(lock.scale)
        guided = request.sampling.guidance > 1
        with quiet_libraries():
            picture = self._pipe(
                prompt=request.prompt,
                negative_prompt=request.negative_prompt or None,
                width=request.width,
                height=request.height,
                num_inference_steps=request.sampling.steps,
                guidance_scale=request.sampling.guidance,
                guidance_rescale=self._rescale,
                generator=torch.Generator("cpu").manual_seed(request.sampling.seed),
                ip_adapter_image_embeds=self._embedded(reference, guided=guided),
                callback_on_step_end=ask,
            ).images[0]
        out = io.BytesIO()
        picture.save(out, "PNG")
        return out.getvalue()

    def _embedded(self, data: bytes, *, guided: bool) -> list[torch.Tensor]:
        if (data, guided) not in self._embeddings:
            with Image.open(io.BytesIO(data)) as file:
                picture = file.convert("RGB")
            self._embeddings[data, guided] = self._pipe.prepare_ip_adapter_image_embeds(
                ip_adapter_image=picture,
                ip_adapter_image_embeds=None,
                device=self._pipe.device,
                num_images_per_prompt=1,
                do_classifier_free_guidance=guided,
            )
        return self._embeddings[data, guided]


def load_plain_diffusers(
    model: str, adapter: str, policy: DevicePolicy | None = None
) -> PlainDiffusers:
    """Load a model as the documentation of diffusers shows it.

    Args:
        model: As the user names it.
        adapter: Hub id or folder of the IP-Adapter for models that bring none.
        policy: Device and type of the weights; those that our side takes if None.

    Raises:
        ModelError: The model or its adapter is missing.
    """
    policy = policy or detect_policy()
    with quiet_libraries():
        if model == RANDOM:
            pipe, root = _random(policy), STARTER
        else:
            files = find_model(model, half=policy.dtype == "float16", adapter=adapter)
            with laid_out(files) as folder:
                pipe, root = from_folder(files, folder, policy), files.root
            found = files.adapter
            if not isinstance(found, AdapterFiles):
                raise ModelError(
                    "model {model} has no IP-Adapter: the comparison needs one", model=model
                )
            found.load_into(pipe)
        pipe.to(policy.device)
    return PlainDiffusers(pipe, family_settings(root).get("guidance_rescale", 0.0))


def _random(policy: DevicePolicy) -> Any:
    from storyboard.diffusion.families.sdxl.random_weights import random_sdxl

    model = random_sdxl(policy)
    pipe = model.pipeline()
    if model.adapter is not None:
        model.adapter.load_into(pipe)
    return pipe
