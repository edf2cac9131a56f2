"""Plain diffusers, as its documentation shows it: the reference for our pixels."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import diffusers
import numpy as np
import torch
from PIL import Image

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.families.sdxl.adapter_files import find_adapter
from storyboard.diffusion.families.sdxl.description import family_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from storyboard.values.request import PanelRequest

__all__ = ["difference", "pixels", "plain_pipeline", "plain_pixels"]


def plain_pipeline(folder: Path, *, adapter: bool, dtype: torch.dtype = torch.float32) -> Any:
    """A pipeline with nothing of ours in it."""
    library: Any = diffusers
    with quiet_libraries():
        pipe = library.StableDiffusionXLPipeline.from_pretrained(
            folder, local_files_only=True, torch_dtype=dtype, add_watermarker=False
        )
        pipe.set_progress_bar_config(disable=True)
        if adapter:
            files = find_adapter(folder, "bundled")
            assert files is not None
            pipe.load_ip_adapter(
                str(folder),
                subfolder=files.folder,
                weight_name=files.weights,
                image_encoder_folder=files.encoder,
                local_files_only=True,
            )
    return pipe


def plain_pixels(
    pipe: Any,
    folder: Path,
    request: PanelRequest,
    pictures: Sequence[bytes] = (),
    scale: object = None,
    masks: torch.Tensor | None = None,
) -> NDArray[np.uint8]:
    """One panel by the pipeline's own call, prompts as text and references as pictures."""
    if pictures:
        pipe.set_ip_adapter_scale(scale)
    with quiet_libraries():
        picture = pipe(
            prompt=request.prompt,
            negative_prompt=request.negative_prompt or None,
            width=request.width,
            height=request.height,
            num_inference_steps=request.sampling.steps,
            guidance_scale=request.sampling.guidance,
            guidance_rescale=family_settings(folder).get("guidance_rescale", 0.0),
            generator=torch.Generator("cpu").manual_seed(request.sampling.seed),
            **_references(pipe, pictures, request.sampling.guidance > 1),
            cross_attention_kwargs=None if masks is None else {"ip_adapter_masks": [masks]},
        ).images[0]
    return np.asarray(picture)


def _references(pipe: Any, pictures: Sequence[bytes], guided: bool) -> dict[str, Any]:
    opened = [Image.open(io.BytesIO(data)) for data in pictures]
    if len(opened) < 2:
        return {"ip_adapter_image": opened or None}
    # Encoded one by one: in a batch the encoder's sums round differently, by 1/255 in the end.
    embeddings = [
        pipe.prepare_ip_adapter_image_embeds([picture], None, "cpu", 1, guided)[0]
        for picture in opened
    ]
    return {"ip_adapter_image_embeds": [torch.cat(embeddings, dim=1)]}


def pixels(png: bytes) -> NDArray[np.uint8]:
    """The pixels of an encoded picture, height x width x 3."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def difference(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> int:
    """The largest difference of two pictures, 0..255."""
    assert one.shape == other.shape
    return int(np.abs(one.astype(int) - other.astype(int)).max())
