"""A start from a finished model: its weights become checkpoints that training goes on from.

Checkpoints are large and stay out of the repository; the shipped weights, in half precision, are
what is left of a training when its machine is gone.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from safetensors.torch import load_file

from storyboard.starter.architecture import LATENT_CHANNELS
from storyboard.starter.checkpoint import Checkpoint
from storyboard.starter.conditioning import Networks, load_tokenizer
from storyboard.starter.denoiser import Learner
from storyboard.starter.packed import unpack

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["begin_from"]

_NETWORKS = ("autoencoder", "denoiser", "reader")
_STEPS = 12_580
"""Steps that the shipped weights have behind them: their average has to move slowly."""


def begin_from(model: Path, folder: Path, packed: Path | None = None) -> None:
    """Write tokenizer and checkpoints into ``folder``, where there are none yet.

    Args:
        model: A model that `export_model` wrote, for example ``assets/models/starter``.
        folder: The work folder of a training.
        packed: Weights that `pack` wrote, which are preferred to the model's.
    """
    if packed is not None:
        for name in _NETWORKS:
            if not (folder / f"{name}.pt").exists():
                unpack(packed, Checkpoint(folder / f"{name}.pt"))
    if not (folder / "tokenizer").exists():
        shutil.copytree(model / "tokenizer", folder / "tokenizer")
    autoencoder, denoiser = (
        Checkpoint(folder / "autoencoder.pt"),
        Checkpoint(folder / "denoiser.pt"),
    )
    if not autoencoder.file.exists():
        loader: Any = AutoencoderKL
        vae = loader.from_pretrained(model / "vae", torch_dtype=torch.float32)
        # What ships has its statistics folded in: its latents are normal already.
        ones = torch.ones(LATENT_CHANNELS)
        autoencoder.save(_state(vae) | {"statistics": [torch.zeros(LATENT_CHANNELS), ones]})
    if not denoiser.file.exists():
        denoiser.save(_state(Learner(_networks(model))))


def _networks(model: Path) -> Networks:
    networks = Networks(load_tokenizer(model / "tokenizer"))
    _fill(networks.text_encoder, load_file(model / "text_encoder" / "model.safetensors"))
    _fill(networks.text_encoder_2, load_file(model / "text_encoder_2" / "model.safetensors"))
    _fill(networks.image_encoder, load_file(model / "models/image_encoder/model.safetensors"))
    _fill(networks.unet, load_file(model / "unet/diffusion_pytorch_model.safetensors"))
    (adapter,) = (model / "sdxl_models").glob("ip-adapter_*.safetensors")
    networks.load_adapter_state(load_file(adapter))
    return networks


def _fill(network: torch.nn.Module, state: dict[str, torch.Tensor]) -> None:
    """Load weights by name; what a file calls by a longer or a shorter path is found too.

    Raises:
        ValueError: The file is of another network.
    """
    own = network.state_dict()
    short = {name.removeprefix("text_model."): name for name in own}
    known = {}
    for name, tensor in state.items():
        target = name if name in own else short.get(name.removeprefix("text_model."))
        if target is not None:
            known[target] = tensor.float()
    missing = [
        name
        for name in own.keys() - known.keys()
        if "_ip." not in name and "encoder_hid_proj" not in name and "position_ids" not in name
    ]
    if missing:
        raise ValueError(f"the weights lack {missing[0]} and {len(missing) - 1} others")
    network.load_state_dict(known, strict=False)


def _state(network: torch.nn.Module) -> dict[str, Any]:
    return {"model": network.state_dict(), "step": _STEPS}
