"""The configurations of published models pass, with every key that diffusers would have read."""

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any

import diffusers
import pytest
from pydantic import BaseModel
from transformers import CLIPTextConfig, CLIPVisionConfig

from storyboard.diffusion.families.sdxl.network_configs import (
    TinyDecoderConfig,
    UNetConfig,
)
from storyboard.diffusion.families.sdxl.pipeline_configs import read_index, read_networks
from storyboard.diffusion.families.sdxl.scheduler_config import SchedulerConfig
from storyboard.diffusion.networks.autoencoder_config import VaeConfig
from storyboard.diffusion.networks.clip_configs import ImageEncoderConfig, TextEncoderConfig
from storyboard.errors import ModelError
from storyboard.files.model_folder import ModelFolder

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.diffusion.weights.configuration import Configuration

library: Any = diffusers

# stabilityai/stable-diffusion-xl-base-1.0, its fp16 variant, and what others have made of it.
UNET: dict[str, Any] = {
    "_class_name": "UNet2DConditionModel",
    "_diffusers_version": "0.22.0.dev0",
    "act_fn": "silu",
    "addition_embed_type": "text_time",
    "addition_embed_type_num_heads": 64,
    "addition_time_embed_dim": 256,
    "attention_head_dim": [5, 10, 20],
    "attention_type": "default",
    "block_out_channels": [320, 640, 1280],
    "center_input_sample": False,
    "class_embed_type": None,
    "class_embeddings_concat": False,
    "conv_in_kernel": 3,
    "conv_out_kernel": 3,
    "cross_attention_dim": 2048,
    "cross_attention_norm": None,
    "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
    "downsample_padding": 1,
    "dropout": 0.0,
    "dual_cross_attention": False,
    "encoder_hid_dim": None,
    "encoder_hid_dim_type": None,
    "flip_sin_to_cos": True,
    "freq_shift": 0,
    "in_channels": 4,
    "layers_per_block": 2,
    "mid_block_only_cross_attention": None,
    "mid_block_scale_factor": 1,
    "mid_block_type": "UNetMidBlock2DCrossAttn",
    "norm_eps": 1e-05,
    "norm_num_groups": 32,
    "num_attention_heads": None,
    "num_class_embeds": None,
    "only_cross_attention": False,
    "out_channels": 4,
    "projection_class_embeddings_input_dim": 2816,
    "resnet_out_scale_factor": 1.0,
    "resnet_skip_time_act": False,
    "resnet_time_scale_shift": "default",
    "sample_size": 128,
    "time_cond_proj_dim": None,
    "time_embedding_act_fn": None,
    "time_embedding_dim": None,
    "time_embedding_type": "positional",
    "timestep_post_act": None,
    "transformer_layers_per_block": [1, 2, 10],
    "up_block_types": ["CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"],
    "upcast_attention": None,
    "use_linear_projection": True,
}
VAE: dict[str, Any] = {
    "_class_name": "AutoencoderKL",
    "_diffusers_version": "0.21.4",
    "_name_or_path": "../sdxl-vae/",
    "act_fn": "silu",
    "block_out_channels": [128, 256, 512, 512],
    "down_block_types": ["DownEncoderBlock2D"] * 4,
    "force_upcast": True,
    "in_channels": 3,
    "latent_channels": 4,
    "layers_per_block": 2,
    "norm_num_groups": 32,
    "out_channels": 3,
    "sample_size": 1024,
    "scaling_factor": 0.13025,
    "up_block_types": ["UpDecoderBlock2D"] * 4,
}
TEXT: dict[str, Any] = {
    "_name_or_path": "openai/clip-vit-large-patch14",
    "architectures": ["CLIPTextModel"],
    "attention_dropout": 0.0,
    "bos_token_id": 0,
    "dropout": 0.0,
    "eos_token_id": 2,
    "hidden_act": "quick_gelu",
    "hidden_size": 768,
    "initializer_factor": 1.0,
    "initializer_range": 0.02,
    "intermediate_size": 3072,
    "layer_norm_eps": 1e-05,
    "max_position_embeddings": 77,
    "model_type": "clip_text_model",
    "num_attention_heads": 12,
    "num_hidden_layers": 12,
    "pad_token_id": 1,
    "projection_dim": 768,
    "torch_dtype": "float16",
    "transformers_version": "4.34.0",
    "vocab_size": 49408,
}
TEXT_2 = TEXT | {
    "architectures": ["CLIPTextModelWithProjection"],
    "hidden_act": "gelu",
    "hidden_size": 1280,
    "intermediate_size": 5120,
    "num_attention_heads": 20,
    "num_hidden_layers": 32,
    "projection_dim": 1280,
}
IMAGE: dict[str, Any] = {  # h94/IP-Adapter
    "_name_or_path": "./image_encoder",
    "architectures": ["CLIPVisionModelWithProjection"],
    "attention_dropout": 0.0,
    "dropout": 0.0,
    "hidden_act": "gelu",
    "hidden_size": 1280,
    "image_size": 224,
    "initializer_factor": 1.0,
    "initializer_range": 0.02,
    "intermediate_size": 5120,
    "layer_norm_eps": 1e-05,
    "model_type": "clip_vision_model",
    "num_attention_heads": 16,
    "num_channels": 3,
    "num_hidden_layers": 32,
    "patch_size": 14,
    "projection_dim": 1024,
    "torch_dtype": "float16",
    "transformers_version": "4.28.0.dev0",
}
TINY: dict[str, Any] = {  # madebyollin/taesdxl
    "_class_name": "AutoencoderTiny",
    "_diffusers_version": "0.30.0",
    "act_fn": "relu",
    "decoder_block_out_channels": [64, 64, 64, 64],
    "encoder_block_out_channels": [64, 64, 64, 64],
    "force_upcast": False,
    "in_channels": 3,
    "latent_channels": 4,
    "latent_magnitude": 3,
    "latent_shift": 0.5,
    "num_decoder_blocks": [3, 3, 3, 1],
    "num_encoder_blocks": [1, 3, 3, 3],
    "out_channels": 3,
    "scaling_factor": 1.0,
    "shift_factor": 0.0,
    "upsample_fn": "nearest",
    "upsampling_scaling_factor": 2,
}
EULER: dict[str, Any] = {
    "_class_name": "EulerDiscreteScheduler",
    "_diffusers_version": "0.22.0.dev0",
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "beta_start": 0.00085,
    "clip_sample": False,
    "interpolation_type": "linear",
    "num_train_timesteps": 1000,
    "prediction_type": "epsilon",
    "sample_max_value": 1.0,
    "set_alpha_to_one": False,
    "skip_prk_steps": True,
    "steps_offset": 1,
    "timestep_spacing": "leading",
    "trained_betas": None,
    "use_karras_sigmas": False,
}
_OF_NO_NETWORK = {"_name_or_path", "architectures", "torch_dtype", "transformers_version"}
PUBLISHED: list[tuple[type[Configuration], Any, dict[str, Any]]] = [
    (UNetConfig, library.UNet2DConditionModel, UNET),
    # Distilled models describe each layer of a block by itself.
    (
        UNetConfig,
        library.UNet2DConditionModel,
        UNET
        | {
            "mid_block_type": "UNetMidBlock2D",
            "transformer_layers_per_block": [1, [1, 1], [2, 2]],
            "reverse_transformer_layers_per_block": [[4, 4, 10], [2, 1, 1], 1],
        },
    ),
    (UNetConfig, library.UNet2DConditionModel, UNET | {"time_cond_proj_dim": 256}),
    (VaeConfig, library.AutoencoderKL, VAE),
    (
        VaeConfig,
        library.AutoencoderKL,
        VAE | {"force_upcast": False, "latents_mean": None, "latents_std": None},
    ),
    (TextEncoderConfig, CLIPTextConfig, TEXT),
    (TextEncoderConfig, CLIPTextConfig, TEXT_2),
    (ImageEncoderConfig, CLIPVisionConfig, IMAGE),
    (TinyDecoderConfig, library.AutoencoderTiny, TINY),
    *(
        (SchedulerConfig, getattr(library, name), library_defaults)
        for name, library_defaults in (
            ("EulerDiscreteScheduler", EULER),
            *(
                (each, EULER | {"_class_name": each} | more)
                for each, more in (
                    ("EulerAncestralDiscreteScheduler", {}),
                    ("DPMSolverMultistepScheduler", {"lambda_min_clipped": float("-inf")}),
                    ("EDMDPMSolverMultistepScheduler", {"sigma_max": 80.0, "sigma_min": 0.002}),
                    ("LCMScheduler", {"original_inference_steps": 50}),
                    ("UniPCMultistepScheduler", {"solver_type": "bh2"}),
                )
            ),
        )
    ),
]


@pytest.mark.parametrize(("schema", "reader", "told"), PUBLISHED, ids=lambda each: str(each)[-40:])
def test_nothing_that_a_library_reads_is_lost(
    schema: type[Configuration], reader: Any, told: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "config.json").write_text(json.dumps(told))
    given = schema.read(ModelFolder(tmp_path), "config.json").given()
    read = set(inspect.signature(reader).parameters) & set(told) - _OF_NO_NETWORK
    assert read
    defaults = {key: each.default for key, each in inspect.signature(reader).parameters.items()}
    for key in read:
        assert given.get(key, defaults[key]) == told[key], key
    assert not _OF_NO_NETWORK & set(given)


def test_every_key_of_a_schema_is_one_of_the_library() -> None:
    for schema, reader, _ in PUBLISHED:
        if schema is not SchedulerConfig:
            known = set(inspect.signature(reader).parameters) | {"class_name", "model_type"}
            assert issubclass(schema, BaseModel)
            assert set(schema.model_fields) <= known


def sdxl(folder: Path, **changes: Any) -> ModelFolder:
    """SDXL's configurations, without a weight."""
    index: dict[str, Any] = {
        "_class_name": "StableDiffusionXLPipeline",
        "_diffusers_version": "0.19.0.dev0",
        "force_zeros_for_empty_prompt": True,
        "add_watermarker": None,
        "scheduler": ["diffusers", "EulerDiscreteScheduler"],
        "text_encoder": ["transformers", "CLIPTextModel"],
        "text_encoder_2": ["transformers", "CLIPTextModelWithProjection"],
        "tokenizer": ["transformers", "CLIPTokenizer"],
        "tokenizer_2": ["transformers", "CLIPTokenizer"],
        "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"],
    }
    parts = {"unet": UNET, "vae": VAE, "text_encoder": TEXT, "text_encoder_2": TEXT_2}
    (folder / "model_index.json").write_text(json.dumps(index | changes))
    for part, told in parts.items():
        (folder / part).mkdir()
        (folder / part / "config.json").write_text(json.dumps(told))
    return ModelFolder(folder)


def test_sdxl_goes_together(tmp_path: Path) -> None:
    networks = read_networks(sdxl(tmp_path))
    assert networks.vae.factor == 8
    assert len(networks.shapes("text_encoder_2")) == 32 * 16 + 5
    shapes = networks.shapes("unet")
    assert shapes["down_blocks.2.attentions.1.transformer_blocks.9.norm1.weight"] == (1280,)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("scheduler", ["diffusers", "EulerDiscreteScheduler", "more"]),
        ("tokenizer", "CLIPTokenizer"),
        ("unet", ["transformers", "UNet2DConditionModel"]),
        ("vae", [None, None]),
    ],
)
def test_an_index_with_another_class_is_refused(tmp_path: Path, part: str, value: object) -> None:
    with pytest.raises(ModelError, match=f"model_index.json cannot be used: {part} is "):
        read_index(sdxl(tmp_path, **{part: value}))
