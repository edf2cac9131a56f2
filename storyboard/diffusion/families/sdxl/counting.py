"""Floating-point operations of a model's networks, counted without weights and without a device.

The networks are built on torch's meta device, which knows shapes and holds no numbers, and run
under `torch.utils.flop_counter`. A multiplication with its addition counts as two operations;
only matrix products and convolutions count, which is all of the compute that matters.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import diffusers
import torch
from torch.utils.flop_counter import FlopCounterMode
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
)

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.parts.attention import Attention, IdentityAttention
from storyboard.diffusion.parts.lora import layers_of
from storyboard.diffusion.weights.lora_names import layer_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.diffusion.families.sdxl.architecture import AdapterShape, Architecture

__all__ = ["NetworkCounter", "build_network", "library"]

# diffusers ships no types for its constructors.
library: Any = diffusers

_WINDOW = 77
_META = "meta"


class NetworkCounter:
    """Counts the networks of one model; every (network, size) is counted once.

    All counts are operations (FLOP) for one picture: a batch of two, as classifier-free guidance
    makes it, costs exactly twice as much.
    """

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        self._counted: dict[tuple[object, ...], dict[str, int]] = {}
        self._built: dict[str, Any] = {}

    def unet(self, width: int, height: int, pictures: int = 0) -> int:
        """One evaluation of the UNet.

        Args:
            width: Pixels.
            height: Pixels.
            pictures: Reference pictures that the IP-Adapter looks at; 0 is without adapter.
        """
        return self._unet(width, height, pictures)[""]

    def cached_unet(self, width: int, height: int, branch: int, pictures: int = 0) -> int:
        """One evaluation that reuses the deep features of an earlier one (DeepCache).

        Ma, Fang, Wang: DeepCache, arXiv 2312.00858. Skip connections are numbered from the
        outside, 0 being the one around everything; only what lies outside of ``branch`` runs.

        Raises:
            ValueError: The UNet has no such branch.
        """
        counts = self._unet(width, height, pictures)
        return sum(counts.get(name, 0) for name in self._ran(branch))

    def unet_layers(self, width: int, height: int, branch: int | None = None) -> dict[str, int]:
        """Operations of every layer that a LoRA can change, by its name as LoRAs write it.

        Args:
            width: Pixels.
            height: Pixels.
            branch: As in `cached_unet`; None for a whole evaluation.
        """
        ran = None if branch is None else tuple(self._ran(branch))
        counts, layers = self._unet(width, height, 0), layers_of(self._network("unet"))
        found = {layer_name(name): (name, count) for name, count in counts.items()}
        return {
            layer: found[layer][1]
            for layer in layers
            if layer in found
            and (ran is None or any(f"{found[layer][0]}.".startswith(f"{each}.") for each in ran))
        }

    def _ran(self, branch: int) -> list[str]:
        """The parts of the UNet that run where deep features are reused."""
        down, up = _layers(self._network("unet"))
        if not 0 <= branch < len(down):
            raise ValueError(f"branch {branch}: the UNet has branches 0 to {len(down) - 1}")
        ran = ["time_embedding", "add_embedding", "encoder_hid_proj", "conv_out"]
        return ran + [name for layer in (*down[: branch + 1], *up[: branch + 1]) for name in layer]

    def decoder(self, width: int, height: int) -> int:
        """One picture decoded by the VAE."""

        def run() -> None:
            vae = self._network("vae")
            vae.decode(_empty(1, vae.config.latent_channels, *self._latent(width, height)))

        return self._count(("vae", width, height), run)[""]

    def encoder(self, width: int, height: int) -> int:
        """One picture encoded by the VAE."""
        return self._count(
            ("encode", width, height),
            lambda: self._network("vae").encode(_empty(1, 3, height, width)),
        )[""]

    def tiny_decoder(self, width: int, height: int) -> int:
        """One picture decoded by the model's tiny decoder, or by TAESDXL (madebyollin/taesdxl)."""

        def run() -> None:
            tiny = self._network("tiny")
            factor = 2 ** (len(tiny.config.decoder_block_out_channels) - 1)
            size = (height // factor, width // factor)
            tiny.decode(_empty(1, tiny.config.latent_channels, *size))

        return self._count(("tiny", width, height), run)[""]

    def text_encoders(self) -> int:
        """One text through both encoders."""

        def run() -> None:
            for name in ("text", "text_2"):
                self._network(name)(torch.zeros(1, _WINDOW, dtype=torch.long, device=_META))

        return self._count(("text",), run)[""]

    def image_encoder(self) -> int:
        """One reference picture: the picture itself and the "no picture" of guidance.

        diffusers encodes a black picture for the latter where the adapter looks at tokens, and
        uses zeros for nothing where it looks at the pooled embedding.
        """

        def run() -> None:
            size = json.loads(self.architecture.image)["image_size"]
            self._network("image")(_empty(1, 3, size, size))

        once = self._count(("image",), run)[""]
        adapter = self.architecture.adapter
        return 2 * once if adapter is not None and adapter.depth else once

    def parameters(self, network: str) -> int:
        """Parameters of "unet", without adapter, "vae", "text", "text_2" or "image"."""
        if network == "unet":
            _plug(self._network("unet"), self.architecture, 0)
        return sum(each.numel() for each in self._network(network).parameters())

    def _unet(self, width: int, height: int, pictures: int) -> dict[str, int]:
        def run() -> None:
            unet = self._network("unet")
            channels = unet.config.cross_attention_dim
            added = {
                "text_embeds": _empty(1, self._text_width()),
                "time_ids": _empty(1, 6),
            }
            _plug(unet, self.architecture, pictures)
            if pictures:
                added["image_embeds"] = [self._picture_embeddings(pictures)]  # type: ignore[assignment]
            unet(
                _empty(1, unet.config.in_channels, *self._latent(width, height)),
                _empty(1),
                _empty(1, _WINDOW, channels),
                added_cond_kwargs=added,
            )

        return self._count(("unet", width, height, pictures), run)

    def _text_width(self) -> int:
        return int(json.loads(self.architecture.text[1])["projection_dim"])

    def _picture_embeddings(self, pictures: int) -> torch.Tensor:
        config = json.loads(self.architecture.image)
        if self.architecture.adapter is not None and self.architecture.adapter.depth:
            tokens = (config["image_size"] // config["patch_size"]) ** 2 + 1
            return _empty(1, pictures, tokens, config["hidden_size"])
        return _empty(1, pictures, config["projection_dim"])

    def _latent(self, width: int, height: int) -> tuple[int, int]:
        return height // self.architecture.multiple, width // self.architecture.multiple

    def _count(self, key: tuple[object, ...], run: Callable[[], object]) -> dict[str, int]:
        """Operations by module name, "" for the whole; names are relative to the network."""
        if key not in self._counted:
            with quiet_libraries(), torch.no_grad(), FlopCounterMode(display=False) as counter:
                run()
            counted = {"": int(counter.get_total_flops())}
            for name, operations in counter.get_flop_counts().items():
                counted.setdefault(name.partition(".")[2], sum(operations.values()))
            self._counted[key] = counted
        return self._counted[key]

    def _network(self, name: str) -> Any:
        if name not in self._built:
            with quiet_libraries():
                self._built[name] = build_network(self.architecture, name).eval()
        return self._built[name]


def build_network(shapes: Architecture, name: str) -> Any:
    """Build one network on the meta device: shapes without numbers, and without memory for them.

    Args:
        shapes: The model's.
        name: "unet", "vae", "tiny" (the model's own, or TAESDXL's), "text", "text_2" or "image".
    """
    with torch.device(_META):
        match name:
            case "unet":
                return library.UNet2DConditionModel.from_config(json.loads(shapes.unet))
            case "vae":
                return library.AutoencoderKL.from_config(json.loads(shapes.vae))
            case "tiny":
                return library.AutoencoderTiny.from_config(json.loads(shapes.tiny or "{}"))
            case "text":
                return CLIPTextModel(CLIPTextConfig(**json.loads(shapes.text[0])))
            case "text_2":
                return CLIPTextModelWithProjection(CLIPTextConfig(**json.loads(shapes.text[1])))
            case _:
                return CLIPVisionModelWithProjection(CLIPVisionConfig(**json.loads(shapes.image)))


def _empty(*shape: int) -> torch.Tensor:
    return torch.empty(*shape, device=_META)


def _plug(unet: Any, architecture: Architecture, pictures: int) -> None:
    """Put an adapter into the UNet, or take it out."""
    adapter = architecture.adapter
    # Without the projection first: a resampler has attention of its own, which stays as it is.
    unet.encoder_hid_proj = None
    unet.config.encoder_hid_dim_type = None
    if not pictures or adapter is None:
        unet.set_attn_processor(Attention())
        return
    with torch.device(_META):
        unet.set_attn_processor({name: _processor(unet, name) for name in unet.attn_processors})
        projection = _projection(architecture, adapter, unet.config.cross_attention_dim)
    unet.encoder_hid_proj = library.models.embeddings.MultiIPAdapterImageProjection([projection])
    unet.config.encoder_hid_dim_type = "ip_image_proj"


def _projection(architecture: Architecture, adapter: AdapterShape, width: int) -> Any:
    config = json.loads(architecture.image)
    embeddings = library.models.embeddings
    if not adapter.depth:
        return embeddings.ImageProjection(config["projection_dim"], width, adapter.tokens)
    return embeddings.IPAdapterPlusImageProjection(
        embed_dims=config["hidden_size"],
        output_dims=width,
        hidden_dims=adapter.width,
        depth=adapter.depth,
        heads=adapter.heads,
        num_queries=adapter.tokens,
    )


def _processor(unet: Any, name: str) -> Any:
    layer = unet.get_submodule(name.removesuffix(".processor"))
    if name.endswith("attn1.processor"):
        return Attention()
    channels, width = layer.to_k.out_features, unet.config.cross_attention_dim
    keys, values = (
        torch.nn.ModuleList([torch.nn.Linear(width, channels, bias=False)]) for _ in range(2)
    )
    return IdentityAttention(keys, values)


def _layers(unet: Any) -> tuple[list[list[str]], list[list[str]]]:
    """Module names along the way down and up, from the outermost skip connection inwards.

    The n-th entry of both lists belongs to the n-th skip connection.
    """
    down = [["conv_in"]]
    for number, block in enumerate(unet.down_blocks):
        place = f"down_blocks.{number}"
        down += [_pair(block, place, layer) for layer in range(len(block.resnets))]
        if block.downsamplers:
            down.append([f"{place}.downsamplers.0"])
    up: list[list[str]] = []
    for number in reversed(range(len(unet.up_blocks))):
        block, place = unet.up_blocks[number], f"up_blocks.{number}"
        last = len(block.resnets) - 1
        for layer in range(last, -1, -1):
            sampled = [f"{place}.upsamplers.0"] if layer == last and block.upsamplers else []
            up.append(_pair(block, place, layer) + sampled)
    return down, up


def _pair(block: Any, place: str, layer: int) -> list[str]:
    names = [f"{place}.resnets.{layer}"]
    if getattr(block, "attentions", None) is not None:
        names.append(f"{place}.attentions.{layer}")
    return names
