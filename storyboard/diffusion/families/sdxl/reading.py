"""Reading a model's files into a pipeline of diffusers, and looking whether all of it is there."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from storyboard.diffusion.families.sdxl.files import NEURAL
from storyboard.diffusion.families.sdxl.lora import merge_lora
from storyboard.diffusion.networks.network_files import link_weights, private_folder
from storyboard.diffusion.parts.network_reading import reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.sdxl.few_step import FewStepFile
    from storyboard.diffusion.families.sdxl.files import ModelFiles

__all__ = ["from_folder", "laid_out", "read_pipeline", "read_text_encoders", "teach_few_steps"]


_TEXT = ("text_encoder", "text_encoder_2")


def read_pipeline(files: ModelFiles, policy: DevicePolicy) -> Any:
    """Read a ``StableDiffusionXLPipeline`` in the policy's type of weights.

    Raises:
        ModelError: The files cannot be used, or lack a weight.
    """
    return _read(files, policy, {})


def read_text_encoders(pipe: Any, files: ModelFiles, policy: DevicePolicy) -> None:
    """Read the text encoders of a pipeline again, whose other parts stay what they are.

    Raises:
        ModelError: The files have changed, and cannot be used any more.
    """
    kept = ("unet", "vae", "tokenizer", "tokenizer_2", "scheduler")
    again = _read(files, policy, {part: getattr(pipe, part) for part in kept})
    for part in _TEXT:
        encoder = getattr(again, part).to(policy.device)
        encoder.set_attn_implementation(policy.encoder_attention)
        pipe.register_modules(**{part: encoder})


def teach_few_steps(pipe: Any, few_step: FewStepFile) -> None:
    """Merge a few-step adapter, and put the scheduler in that it was distilled for.

    Raises:
        ModelError: It was made for another architecture.
    """
    import diffusers

    merge_lora(pipe, few_step.file)
    scheduler: Any = getattr(diffusers, few_step.adapter.scheduler)
    settings = dict(few_step.adapter.settings)
    pipe.scheduler = scheduler.from_config(pipe.scheduler.config, **settings)


def _read(files: ModelFiles, policy: DevicePolicy, kept: dict[str, Any]) -> Any:
    with reading(files.name, files.root):
        with laid_out(files) as folder:
            pipe = from_folder(files, folder, policy, add_watermarker=False, **kept)
        _check_filled(pipe)
        _try_scheduler(pipe)
    return pipe


@contextmanager
def laid_out(files: ModelFiles) -> Iterator[Path]:
    """A folder for diffusers with what has passed of a model, as long as it reads."""
    assert files.configs is not None  # random weights are read from no folder
    with private_folder() as folder:
        files.configs.write(folder)
        for part, stem in NEURAL.items():
            weights = [file for file in files.weights if file.parent.name == part]
            if weights and files.checkpoint is None:
                link_weights(folder / part, stem, weights)
        yield folder


def from_folder(files: ModelFiles, folder: Path, policy: DevicePolicy, **options: Any) -> Any:
    """A pipeline of diffusers from `laid_out`.

    Args:
        files: The model.
        folder: Where it is laid out.
        policy: The device, for the type of the weights.
        options: What diffusers is told beyond that.
    """
    from diffusers import AutoencoderKL, StableDiffusionXLPipeline
    from diffusers.loaders.single_file_utils import SingleFileComponentError

    pipeline: Any = StableDiffusionXLPipeline
    autoencoder: Any = AutoencoderKL
    loading = {"torch_dtype": policy.torch_dtype, "local_files_only": True}
    if files.vae is not None and "vae" not in options:
        with files.vae.laid_out() as vae:
            options["vae"] = autoencoder.from_pretrained(vae, use_safetensors=True, **loading)
    if files.checkpoint is not None:
        try:
            return pipeline.from_single_file(
                str(files.checkpoint), config=str(folder), **loading, **options
            )
        except SingleFileComponentError as error:  # of no kind that others raise
            raise ValueError(str(error).partition(".")[0]) from error
    return pipeline.from_pretrained(folder, use_safetensors=True, **loading, **options)


def _check_filled(pipe: Any) -> None:
    """Raise ValueError for a weight that no file had: diffusers leaves it without memory."""
    for part in NEURAL:
        weights = getattr(pipe, part).named_parameters()
        absent = next((name for name, weight in weights if weight.is_meta), None)
        if absent is not None:
            raise ValueError(f"{part} lacks {absent}")


def _try_scheduler(pipe: Any) -> None:
    """Take a step with numbers of no picture: some schedulers find fault with themselves late."""
    import torch

    scheduler = type(pipe.scheduler).from_config(pipe.scheduler.config)
    scheduler.set_timesteps(2)
    sample = torch.zeros(1, 1, 2, 2)
    step = scheduler.timesteps[0]
    scheduler.step(torch.zeros_like(sample), step, scheduler.scale_model_input(sample, step))
