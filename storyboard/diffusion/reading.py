"""Reading a model's files into a pipeline of diffusers, and looking whether all of it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storyboard.diffusion.headers import first_absent
from storyboard.diffusion.lora import merge_lora
from storyboard.diffusion.weights import NEURAL
from storyboard.errors import ModelError

if TYPE_CHECKING:
    from storyboard.diffusion.device import DevicePolicy
    from storyboard.diffusion.few_step import FewStepFile
    from storyboard.diffusion.weights import ModelFiles

__all__ = ["read_pipeline", "read_text_encoders", "teach_few_steps"]


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
    from diffusers import AutoencoderKL, StableDiffusionXLPipeline

    pipeline: Any = StableDiffusionXLPipeline
    autoencoder: Any = AutoencoderKL
    options: dict[str, Any] = {
        "torch_dtype": policy.torch_dtype,
        "local_files_only": True,
        "add_watermarker": False,
        **kept,
    }
    try:
        if files.vae is not None and "vae" not in kept:
            options["vae"] = autoencoder.from_pretrained(
                files.vae,
                torch_dtype=policy.torch_dtype,
                local_files_only=True,
                use_safetensors=True,
            )
        if files.checkpoint is not None:
            pipe = pipeline.from_single_file(
                str(files.checkpoint), config=str(files.root), **options
            )
        else:
            pipe = pipeline.from_pretrained(
                files.root, variant=files.variant, use_safetensors=True, **options
            )
        _check_filled(pipe, files)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, AttributeError) as error:
        if "memory" in str(error):
            raise
        reason = " ".join(str(error).split())[:200]
        raise ModelError(
            f"model {files.name} in {files.root} cannot be loaded ({reason}): get the model again,"
            " whole"
        ) from error
    return pipe


def _check_filled(pipe: Any, files: ModelFiles) -> None:
    """Raise ValueError for a weight that no file had: diffusers leaves it without memory."""
    for part in NEURAL:
        weights = dict(getattr(pipe, part).named_parameters())
        absent = next((name for name, weight in weights.items() if weight.is_meta), None)
        if part.startswith("text_encoder") and files.checkpoint is None:
            own = [file for file in files.weights if file.parent.name == part]
            absent = absent or first_absent(weights, own)
        if absent is not None:
            raise ValueError(f"{part} lacks {absent}")
