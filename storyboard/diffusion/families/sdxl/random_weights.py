"""SDXL without its weights: the whole architecture, filled with random numbers.

The time of a panel does not depend on the weights' values, so that speed at real size can be
measured without a download of 7 GB. What comes out is noise: this is for timing and nothing else.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import torch

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.families.sdxl.architecture import sdxl
from storyboard.diffusion.families.sdxl.counting import build_network, library
from storyboard.diffusion.families.sdxl.files import RANDOM, ModelFiles
from storyboard.diffusion.weights.place import STARTER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.sdxl.architecture import AdapterShape, Architecture
    from storyboard.diffusion.weights.hub import LoadProgress

__all__ = ["RandomAdapter", "RandomModel", "random_model", "random_sdxl", "timing_policy"]

_NETWORKS = {
    "unet": "unet",
    "vae": "vae",
    "text": "text_encoder",
    "text_2": "text_encoder_2",
    "image": "image_encoder",
}
"""Parts of the pipeline by what the architecture calls them."""

_BLOCK = 2**20
"""Numbers that are drawn; all weights repeat them. Drawing each of 4 billion would take minutes."""

_SCHEDULER = {
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "timestep_spacing": "leading",
    "steps_offset": 1,
}
"""SDXL's own."""

_HEAD = 64  # channels of an attention head in a resampler


@dataclass(frozen=True, slots=True)
class RandomAdapter:
    """An IP-Adapter of random numbers; stands where `adapter_files` has a file.

    Attributes:
        weights: By part and name, as in a published file.
    """

    weights: dict[str, dict[str, torch.Tensor]]

    @property
    def file(self) -> Path:
        """No file, but its name."""
        return Path(f"of {RANDOM}")

    def load_into(self, pipe: Any) -> None:
        """Put the adapter into a pipeline, which has its image encoder already."""
        pipe.load_ip_adapter(self.weights, subfolder="", weight_name="", image_encoder_folder=None)


class RandomModel:
    """Networks in memory. Every pipeline has modules of its own and shares the numbers.

    Args:
        architecture: The shapes.
        tokenizers: A folder with ``tokenizer`` and ``tokenizer_2``, of any CLIP vocabulary that
            fits into the text encoders'.
        device: Where the numbers are.
        dtype: Their type.
    """

    def __init__(
        self, architecture: Architecture, tokenizers: Path, device: str, dtype: torch.dtype
    ) -> None:
        self._tokenizers = tokenizers
        noise = torch.randn(_BLOCK, generator=torch.Generator().manual_seed(0)).to(device, dtype)
        with quiet_libraries():
            self._networks = {
                part: _filled(build_network(architecture, name), noise)
                for name, part in _NETWORKS.items()
            }
        unet = self._networks["unet"]
        self.adapter: RandomAdapter | None = None
        if architecture.adapter is not None:
            shapes = dict(_adapter_shapes(architecture, architecture.adapter, unet))
            weights: dict[str, dict[str, torch.Tensor]] = {"image_proj": {}, "ip_adapter": {}}
            for name, shape in shapes.items():
                part, _, rest = name.partition(".")
                weights[part][rest] = _numbers(name, shape, noise)
            self.adapter = RandomAdapter(weights)

    @property
    def files(self) -> ModelFiles:
        """What stands for its files: none, and an adapter of random numbers."""
        return ModelFiles(RANDOM, self._tokenizers, (), adapter=self.adapter)

    def pipeline(self) -> Any:
        """A pipeline of diffusers; what is done to it leaves others as they are."""
        from transformers import CLIPTokenizer

        with quiet_libraries():
            encoder = self._networks["image_encoder"]
            side = encoder.config.image_size
            return library.StableDiffusionXLPipeline(
                **{part: _sharing(network) for part, network in self._networks.items()},
                tokenizer=CLIPTokenizer.from_pretrained(self._tokenizers / "tokenizer"),
                tokenizer_2=CLIPTokenizer.from_pretrained(self._tokenizers / "tokenizer_2"),
                scheduler=library.EulerDiscreteScheduler(**_SCHEDULER),
                feature_extractor=_extractor(side),
                add_watermarker=False,
            )


_SHARED: WeakValueDictionary[tuple[Architecture, str, torch.dtype], RandomModel] = (
    WeakValueDictionary()
)


def random_model(
    architecture: Architecture, *, tokenizers: Path, device: str, dtype: torch.dtype
) -> RandomModel:
    """The model of these shapes: built once, and kept as long as anybody holds it.

    Args:
        architecture: The shapes; SDXL's take 9 GB in 16 bits.
        tokenizers: As for `RandomModel`.
        device: Where it is wanted.
        dtype: Type of the numbers.
    """
    key = (architecture, device, dtype)
    model = _SHARED.get(key)
    if model is None:
        model = _SHARED[key] = RandomModel(architecture, tokenizers, device, dtype)
    return model


def random_sdxl(policy: DevicePolicy, progress: LoadProgress | None = None) -> RandomModel:
    """SDXL with the starter's vocabulary, in the types of `timing_policy`."""
    if progress is not None:
        progress("filling SDXL with random numbers, for timing only", 0.0)
    policy = timing_policy(policy)
    return random_model(sdxl(), tokenizers=STARTER, device=policy.device, dtype=policy.torch_dtype)


def timing_policy(policy: DevicePolicy) -> DevicePolicy:
    """The device's policy, but for bf16 on the CPU: fp32 would take 18 GB for SDXL."""
    return replace(policy, dtype="bfloat16") if policy.device == "cpu" else policy


def _filled(network: Any, noise: torch.Tensor) -> Any:
    """Give a network that was built on the meta device memory, and numbers in it."""
    network.requires_grad_(False).to(noise.dtype).to_empty(device=noise.device)
    for name, weight in network.named_parameters():
        weight.data = _numbers(name, tuple(weight.shape), noise)
    for name, buffer in network.named_buffers():
        # The only ones that CLIP has: 0, 1, 2, ... for the places in a text or a picture.
        if name.endswith("position_ids"):
            buffer.copy_(torch.arange(buffer.shape[-1]).expand(buffer.shape))
    return network.eval()


def _numbers(name: str, shape: tuple[int, ...], noise: torch.Tensor) -> torch.Tensor:
    """Numbers with which no activation grows out of bounds or dies away."""
    if len(shape) < 2:
        fill = torch.ones if name.endswith("weight") else torch.zeros
        return fill(shape, dtype=noise.dtype, device=noise.device)
    weight = torch.empty(shape, dtype=noise.dtype, device=noise.device)
    flat = weight.view(-1)
    scaled = noise * (weight.numel() / shape[0]) ** -0.5
    whole = flat.numel() // _BLOCK * _BLOCK
    flat[:whole].view(-1, _BLOCK).copy_(scaled.expand(whole // _BLOCK, _BLOCK))
    flat[whole:].copy_(scaled[: flat.numel() - whole])
    return weight


def _sharing(network: Any) -> Any:
    """A copy of the modules whose weights are those of the original, in the same memory.

    The parameters are objects of their own: whoever changes the memory format of a copy gets
    new memory for it and leaves the others theirs.
    """
    known: dict[int, Any] = {id(each): each for each in network.buffers()}
    known |= {
        id(each): torch.nn.Parameter(each.detach(), requires_grad=False)
        for each in network.parameters()
    }
    return copy.deepcopy(network, known)


def _extractor(side: int) -> Any:
    from transformers import CLIPImageProcessor

    processor: Any = CLIPImageProcessor
    return processor(size=side, crop_size=side)


def _adapter_shapes(
    architecture: Architecture, adapter: AdapterShape, unet: Any
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Names and shapes in a published IP-Adapter file."""
    seen = json.loads(architecture.image)
    out = unet.config.cross_attention_dim
    if adapter.depth:
        yield from _resampler_shapes(adapter, seen["hidden_size"], out)
    else:
        yield "image_proj.proj.weight", (adapter.tokens * out, seen["projection_dim"])
        yield "image_proj.proj.bias", (adapter.tokens * out,)
        yield "image_proj.norm.weight", (out,)
        yield "image_proj.norm.bias", (out,)
    # Attention layers are numbered as the UNet lists them; those between pixels are left out.
    for place, name in enumerate(unet.attn_processors):
        if not name.endswith("attn1.processor"):
            channels = unet.get_submodule(name.removesuffix(".processor")).to_k.out_features
            for kind in ("to_k_ip", "to_v_ip"):
                yield f"ip_adapter.{place}.{kind}.weight", (channels, out)


def _resampler_shapes(
    adapter: AdapterShape, embedded: int, out: int
) -> Iterator[tuple[str, tuple[int, ...]]]:
    width, inside = adapter.width, adapter.heads * _HEAD
    shapes: dict[str, tuple[int, ...]] = {"latents": (1, adapter.tokens, width)}
    for name, rows, columns in (("proj_in", width, embedded), ("proj_out", out, width)):
        shapes |= {f"{name}.weight": (rows, columns), f"{name}.bias": (rows,)}
    shapes |= {"norm_out.weight": (out,), "norm_out.bias": (out,)}
    for layer in range(adapter.depth):
        attention, forward = f"layers.{layer}.0", f"layers.{layer}.1"
        for norm in (f"{attention}.norm1", f"{attention}.norm2", f"{forward}.0"):
            shapes |= {f"{norm}.weight": (width,), f"{norm}.bias": (width,)}
        shapes |= {
            f"{attention}.to_q.weight": (inside, width),
            f"{attention}.to_kv.weight": (2 * inside, width),
            f"{attention}.to_out.weight": (width, inside),
            f"{forward}.1.weight": (4 * width, width),
            f"{forward}.3.weight": (width, 4 * width),
        }
    for name, shape in shapes.items():
        yield f"image_proj.{name}", shape
