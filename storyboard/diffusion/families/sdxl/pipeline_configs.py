"""All configurations of an SDXL model: each by its schema, and whether they go together."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import Field

from storyboard.diffusion.families.sdxl.network_configs import UNetConfig
from storyboard.diffusion.families.sdxl.scheduler_config import SchedulerConfig
from storyboard.diffusion.networks.autoencoder_config import VaeConfig
from storyboard.diffusion.networks.clip_configs import TextEncoderConfig, check_words
from storyboard.diffusion.networks.clip_vocabulary import ClipVocabulary
from storyboard.diffusion.networks.network_files import write_config
from storyboard.diffusion.weights.configuration import Configuration
from storyboard.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.diffusion.networks.shapes import Shapes
    from storyboard.files.model_folder import ModelFolder

__all__ = ["INDEX", "PIPELINE", "PipelineConfigs", "read_configs", "read_networks"]

INDEX = "model_index.json"
PIPELINE = "StableDiffusionXLPipeline"
TOKENIZERS = ("tokenizer", "tokenizer_2")

_CLASSES = {
    "scheduler": ("diffusers", ()),  # which ones, its schema says
    "text_encoder": ("transformers", ("CLIPTextModel",)),
    "text_encoder_2": ("transformers", ("CLIPTextModelWithProjection",)),
    "tokenizer": ("transformers", ("CLIPTokenizer", "CLIPTokenizerFast")),
    "tokenizer_2": ("transformers", ("CLIPTokenizer", "CLIPTokenizerFast")),
    "unet": ("diffusers", ("UNet2DConditionModel",)),
    "vae": ("diffusers", ("AutoencoderKL",)),
}
"""The library and the classes that each part of a pipeline may be of."""


class _Index(Configuration):
    force_zeros_for_empty_prompt: bool = True
    class_name: str = Field(alias="_class_name")


@dataclass(frozen=True, slots=True)
class Networks:
    """The configurations of the networks, which go together."""

    unet: UNetConfig
    vae: VaeConfig
    text: TextEncoderConfig
    text_2: TextEncoderConfig

    def shapes(self, part: str) -> Shapes:
        """Names and shapes of weights that a part must have: all of an encoder, some of others."""
        match part:
            case "unet":
                return self.unet.shapes()
            case "vae":
                return self.vae.shapes()
            case "text_encoder":
                return self.text.shapes(projected=False)
            case _:
                return self.text_2.shapes(projected=True)


@dataclass(frozen=True, slots=True)
class PipelineConfigs:
    """Everything that libraries are told of a model, weights excluded.

    Attributes:
        networks: Of UNet, VAE and text encoders.
        scheduler: Of the scheduler, whose class is the one of the index.
        vocabularies: Of both tokenizers.
        empty_prompt_is_zeros: Whether an empty negative prompt is all zeros.
    """

    networks: Networks
    scheduler: SchedulerConfig
    vocabularies: tuple[ClipVocabulary, ClipVocabulary]
    empty_prompt_is_zeros: bool

    def write(self, folder: Path) -> None:
        """Write them as diffusers reads them, with the classes that are known here."""
        index: dict[str, Any] = {
            part: [library, (*classes, self.scheduler.class_name)[0]]
            for part, (library, classes) in _CLASSES.items()
        }
        index |= {"_class_name": PIPELINE, "image_encoder": [None, None]}
        index |= {"feature_extractor": [None, None]}
        index |= {"force_zeros_for_empty_prompt": self.empty_prompt_is_zeros}
        (folder / INDEX).write_text(json.dumps(index), encoding="utf-8")
        for part, name in zip(TOKENIZERS, self.vocabularies, strict=True):
            name.write(folder / part)
        networks = self.networks
        for part, config in (
            ("scheduler/scheduler_config.json", self.scheduler),
            ("unet/config.json", networks.unet),
            ("vae/config.json", networks.vae),
            ("text_encoder/config.json", networks.text),
            ("text_encoder_2/config.json", networks.text_2),
        ):
            write_config(folder / part, config)


def read_networks(folder: ModelFolder) -> Networks:
    """Read what the networks are.

    Raises:
        ModelError: A configuration is missing, damaged or none of SDXL's, or they do not go
            together.
    """
    read_index(folder)
    found = Networks(
        unet=UNetConfig.read(folder, "unet/config.json"),
        vae=VaeConfig.read(folder, "vae/config.json"),
        text=TextEncoderConfig.read(folder, "text_encoder/config.json"),
        text_2=TextEncoderConfig.read(folder, "text_encoder_2/config.json"),
    )
    unet, texts = found.unet, (found.text, found.text_2)
    sizes = 6 * unet.addition_time_embed_dim  # height and width, before cropping and after, wanted
    for name, holds, problem in (
        (
            "vae/config.json",
            unet.in_channels == found.vae.latent_channels,
            f"it has latents of {found.vae.latent_channels} channels, the UNet {unet.in_channels}",
        ),
        (
            "unet/config.json",
            unet.cross_attention_dim == sum(each.hidden_size for each in texts),
            "it reads texts of another width than the text encoders write",
        ),
        (
            "unet/config.json",
            unet.projection_class_embeddings_input_dim == sizes + found.text_2.projection_dim,
            "it reads other sizes, or whole texts of another width",
        ),
    ):
        if not holds:
            raise folder.damaged(name, problem)
    return found


def read_configs(folder: ModelFolder) -> PipelineConfigs:
    """Read everything, tokenizers included.

    Raises:
        ModelError: As `read_networks`.
    """
    networks = read_networks(folder)
    parts = read_index(folder)
    name = "scheduler/scheduler_config.json"
    kind = str(parts["scheduler"][1])
    told = folder.json(name) | {"_class_name": kind}
    texts = (networks.text, networks.text_2)
    first, second = (check_words(folder, *each) for each in zip(TOKENIZERS, texts, strict=True))
    if first.window != second.window:
        raise folder.damaged("tokenizer_2/tokenizer_config.json", "it reads other lengths of text")
    return PipelineConfigs(
        networks=networks,
        scheduler=SchedulerConfig.checked(told, folder, name),
        vocabularies=(first, second),
        empty_prompt_is_zeros=bool(parts.get("force_zeros_for_empty_prompt", True)),
    )


def read_index(folder: ModelFolder) -> dict[str, Any]:
    """The index of a model, whose parts are of the classes that are known here.

    Raises:
        ModelError: It is missing or damaged, or a part is of another class.
    """
    told = folder.json(INDEX)
    kind = _Index.checked(told, folder, INDEX).class_name[:80]
    if kind != PIPELINE:
        raise ModelError(
            "{root} is a {kind}: only {pipeline} models can be used",
            root=folder.root,
            kind=kind,
            pipeline=PIPELINE,
        )
    for part, (library, classes) in _CLASSES.items():
        match told.get(part):
            case [each, str(kind)] if each == library and (not classes or kind in classes):
                continue
            case named:
                known = " or ".join(classes or ["a scheduler"])
                problem = f"{part} is {str(named)[:80]}, and {known} of {library} is known"
                raise folder.damaged(INDEX, problem)
    return told
