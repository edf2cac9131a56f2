"""Model folders as nobody should make them: each is a good one with one thing wrong.

What must happen to every one is the same: a single line, or a picture; nothing is waited for, no
memory is taken for sizes that a file only claims, and no pickle is opened, let alone run.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.hostile_weights import (
    PICKLED,
    WEIGHTS,
    HostileModel,
    pickles,
    plant,
    weights,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["CHOSEN", "PICKLED", "HostileModel", "copy_model", "hostile_models"]

_CONFIGS = (
    "model_index.json",
    "scheduler/scheduler_config.json",
    "unet/config.json",
    "vae/config.json",
    "vae_tiny/config.json",
    "text_encoder/config.json",
    "text_encoder_2/config.json",
    "models/image_encoder/config.json",
    "tokenizer/tokenizer_config.json",
    "tokenizer_2/tokenizer_config.json",
    "storyboard.json",
)
_FILES = (
    *_CONFIGS,
    "tokenizer/vocab.json",
    "tokenizer_2/merges.txt",
    *WEIGHTS,
)
_VALUES: tuple[Any, ...] = (
    *(-1, 0, 3, 10**6, 10**12, 10**400 // 7, 1e308, float("nan"), float("inf"), -0.5),
    *("evil", "", "../../x", True, None, [], {}, [0], [10**7] * 4, ["evil", "Evil"], [[[[1]]]]),
)
_FOREIGN: dict[str, Any] = {
    "auto_map": {"AutoModel": "evil.Evil", "AutoConfig": "evil.Evil"},
    "quantization_config": {"quant_method": "bitsandbytes", "load_in_4bit": True},
    "transformers_weights": "adapter_model.bin",
    "_attn_implementation": "https://evil.example/kernels",
    "attn_implementation": "evil/kernel",
    "_name_or_path": "/etc/passwd",
    "torch_dtype": "evil",
    "dtype": {"": "evil"},
    "trust_remote_code": True,
    "custom_pipelines": {"a": "evil"},
    "model_type": "bert",
    "architectures": ["Evil"],
    "use_safetensors": False,
}


def copy_model(source: Path, target: Path) -> Path:
    """A copy whose files are the original's own, as long as nobody writes into them."""
    return shutil.copytree(source, target, copy_function=os.link)


def hostile_models(mark: Path) -> Iterator[HostileModel]:
    """All of them, each after the other.

    Args:
        mark: The file that appears when a planted pickle is read.
    """
    yield from _changed_values()
    yield from _foreign_keys(mark)
    yield from _damaged_text()
    yield from _no_files()
    yield from pickles(mark)
    yield from weights()
    yield from _words()


CHOSEN = (
    "unet/config.json: layers_per_block = 1000000",
    "unet/config.json: attention_head_dim = 0",
    "unet/config.json: sample_size = 1000000000000",
    "unet/config.json: block_out_channels = [10000000, 10000000, 10000000, 10000000]",
    "unet/config.json: transformer_layers_per_block = 1000000",
    "unet/config.json: norm_num_groups = 0",
    "unet/config.json: down_block_types = ['evil', 'Evil']",
    "vae/config.json: scaling_factor = 'evil'",
    "vae/config.json: scaling_factor = nan",
    "vae/config.json: norm_num_groups = 0",
    "vae/config.json: latent_channels = 1000000",
    "scheduler/scheduler_config.json: timestep_spacing = 'evil'",
    "scheduler/scheduler_config.json: num_train_timesteps = 1000000000000",
    "scheduler/scheduler_config.json: beta_end = inf",
    "scheduler/scheduler_config.json: trained_betas = [10000000, 10000000, 10000000, 10000000]",
    "text_encoder/config.json: num_attention_heads = 0",
    "text_encoder/config.json: vocab_size = 1000000000000",
    "text_encoder/config.json: num_hidden_layers = 1000000",
    "text_encoder_2/config.json: max_position_embeddings = 1000000000000",
    "text_encoder_2/config.json: hidden_act = 'evil'",
    "models/image_encoder/config.json: image_size = 1000000",
    "models/image_encoder/config.json: num_hidden_layers = 1000000",
    "model_index.json: vae = ['evil', 'Evil']",
    "model_index.json: vae is a whole pipeline",
    "text_encoder/config.json: transformers_weights",
    "models/image_encoder/config.json: transformers_weights",
    "unet/config.json: quantization_config",
    "unet/config.json: auto_map",
    "vae/config.json is a pipe",
    "vae/config.json is a link to /dev/zero",
    "vae/config.json is a link out",
    "unet/diffusion_pytorch_model.safetensors is a pipe",
    "text_encoder/model.safetensors is a link out",
    "sdxl_models/*.safetensors is a pipe",
    "unet/config.json is a folder",
    "unet/config.json is a socket",
    "unet is a link out",
    "vae/config.json: nested",
    "vae/config.json: large",
    "text_encoder/model.safetensors: a million keys",
    "text_encoder/model.safetensors: cut",
    "unet/diffusion_pytorch_model.safetensors: another network",
    "tokenizer: a token without weights",
    "tokenizer: many added tokens",
    "text_encoder holds only adapter_model.bin",
)
"""Those of every run of the tests: each kind once, all refused before torch is imported."""


def _change(name: str, key: str, value: object) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        file = folder / name
        write(file, json.loads(file.read_text()) | {key: value})

    return spoil


def _changed_values() -> Iterator[HostileModel]:
    for name in _CONFIGS:
        for key, value in itertools.product(_KEYS[name], _VALUES):
            shown = str(value) if not isinstance(value, str) else repr(value)
            yield HostileModel(f"{name}: {key} = {shown[:60]}", _change(name, key, value))


def _foreign_keys(mark: Path) -> Iterator[HostileModel]:
    for name in _CONFIGS:
        for key, value in _FOREIGN.items():
            change = _change(name, key, value)

            def spoil(
                folder: Path, name: str = name, change: Callable[[Path], None] = change
            ) -> None:
                change(folder)
                plant((folder / name).parent / "adapter_model.bin", mark)
                (folder / name).with_name("evil.py").write_text(f"open({str(mark)!r}, 'w')")

            yield HostileModel(f"{name}: {key}", spoil)
    for part, value in (
        ("vae", ["diffusers", "DiffusionPipeline"]),
        ("text_encoder", ["transformers", "AutoModel"]),
        ("scheduler", ["diffusers", "DiffusionPipeline"]),
        ("tokenizer", ["transformers", "AutoTokenizer"]),
        ("image_encoder", ["diffusers", "DiffusionPipeline"]),
        ("safety_checker", ["os", "system"]),
    ):

        def pipeline(folder: Path, part: str = part, value: list[str] = value) -> None:
            _change("model_index.json", part, value)(folder)
            (folder / part).mkdir(exist_ok=True)
            write(folder / part / "model_index.json", {"_class_name": "DiffusionPipeline"})
            plant(folder / part / "diffusion_pytorch_model.bin", mark)

        yield HostileModel(f"model_index.json: {part} is a whole pipeline", pipeline)


def _damaged_text() -> Iterator[HostileModel]:
    texts: dict[str, bytes] = {
        "empty": b"",
        "half": b'{"a": ',
        "a list": b"[1, 2]",
        "bytes": b"\xff\xfe\x00",
        "nested": b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "nested a little": b'{"a": ' + b"[" * 90 + b"]" * 90 + b"}",
        "large": b'{"a": "' + b"x" * 20_000_000 + b'"}',
        "a long number": b'{"in_channels": ' + b"9" * 100_000 + b"}",
        "many keys": b"{" + b",".join(b'"k%d":0' % n for n in range(50_000)) + b"}",
    }
    for name in (*_CONFIGS, "tokenizer/vocab.json", "tokenizer_2/merges.txt"):
        for kind, content in texts.items():
            yield HostileModel(
                f"{name}: {kind}",
                lambda folder, name=name, content=content: write(folder / name, content),  # type: ignore[misc]
            )


def _no_files() -> Iterator[HostileModel]:
    def pipe(file: Path) -> None:
        os.mkfifo(file)

    def a_socket(file: Path) -> None:
        with socket.socket(socket.AF_UNIX) as server:
            here = Path.cwd()
            os.chdir(file.parent)  # the name of a socket may have 108 bytes
            server.bind(file.name)
            os.chdir(here)

    def out(file: Path) -> None:
        outside = file.resolve().parent.parent.parent.parent / f"outside-{file.name}"
        outside.write_bytes(b"{}")
        file.symlink_to(outside)

    kinds: dict[str, Callable[[Path], None]] = {
        "a pipe": pipe,
        "a socket": a_socket,
        "a folder": Path.mkdir,
        "a link to /dev/zero": lambda file: file.symlink_to("/dev/zero"),
        "a link out": out,
        "a link in a circle": lambda file: file.symlink_to(file.name),
        "a link to nothing": lambda file: file.symlink_to("nothing"),
        "missing": lambda file: None,
    }
    for name, (kind, make) in itertools.product(_FILES, kinds.items()):

        def spoil(folder: Path, name: str = name, make: Callable[[Path], None] = make) -> None:
            file = next(folder.glob(name))
            file.unlink()
            make(file)

        yield HostileModel(f"{name} {'' if kind == 'missing' else 'is '}{kind}", spoil)
    for part in ("unet", "tokenizer", "vae_tiny", "sdxl_models"):

        def linked(folder: Path, part: str = part) -> None:
            outside = folder.with_name(f"{folder.name}-{part}")
            (folder / part).rename(outside)
            (folder / part).symlink_to(outside, target_is_directory=True)

        yield HostileModel(f"{part} is a link out", linked)


def _words() -> Iterator[HostileModel]:
    def vocabulary(change: Callable[[dict[str, int]], None]) -> Callable[[Path], None]:
        def spoil(folder: Path) -> None:
            file = folder / "tokenizer" / "vocab.json"
            words = json.loads(file.read_text())
            change(words)
            write(file, words)
            (folder / "tokenizer" / "tokenizer.json").unlink(missing_ok=True)

        return spoil

    def added(count: int, **more: Any) -> dict[str, Any]:
        return {str(n): {"content": f"<{n}>", **more} for n in range(count)}

    yield HostileModel(
        "tokenizer: a token without weights", vocabulary(lambda w: w.update(x=10**6))
    )
    yield HostileModel("tokenizer: a negative token", vocabulary(lambda w: w.update(x=-1)))
    yield HostileModel("tokenizer: a token of words", vocabulary(lambda w: w.update(x="1")))  # type: ignore[call-overload]
    yield HostileModel("tokenizer: a long token", vocabulary(lambda w: w.update({"x" * 10**6: 5})))
    yield HostileModel("tokenizer: nothing", vocabulary(lambda w: w.clear()))
    yield HostileModel(
        "tokenizer: a million tokens",
        vocabulary(lambda w: w.update({f"w{n}": n for n in range(10**6)})),
    )
    name = "tokenizer/tokenizer_config.json"
    for kind, key, value in (
        ("many added tokens", "added_tokens_decoder", added(100_000)),
        ("added tokens beyond", "added_tokens_decoder", added(900)),
        ("an added token without text", "added_tokens_decoder", {"1": {"content": ""}}),
        ("an added token of numbers", "added_tokens_decoder", {"1": {"content": 7}}),
        ("an added token named evil", "added_tokens_decoder", {"evil": {"content": "x"}}),
        ("a special token of a list", "bos_token", ["x"]),
        ("a special token that is unknown", "unk_token", "<unheard of>"),
        ("a long special token", "pad_token", "x" * 10**5),
        ("another class", "tokenizer_class", "EvilTokenizer"),
        ("a template", "chat_template", "{{ evil }}"),
        ("a window of 10**12", "model_max_length", 10**12),
        ("a window of 5", "model_max_length", 5),
        ("code", "auto_map", {"AutoTokenizer": ["evil.Evil", None]}),
    ):
        yield HostileModel(f"tokenizer: {kind}", _change(name, key, value))


_KEYS: dict[str, tuple[str, ...]] = {
    "model_index.json": ("_class_name", "scheduler", "vae", "text_encoder", "tokenizer_2", "unet"),
    "scheduler/scheduler_config.json": (
        *("_class_name", "num_train_timesteps", "beta_start", "beta_end", "beta_schedule"),
        *("timestep_spacing", "prediction_type", "trained_betas", "steps_offset", "sigma_min"),
        *("use_karras_sigmas", "solver_order", "final_sigmas_type", "timestep_type"),
    ),
    "unet/config.json": (
        *("layers_per_block", "attention_head_dim", "block_out_channels", "norm_num_groups"),
        *("sample_size", "in_channels", "cross_attention_dim", "transformer_layers_per_block"),
        *("down_block_types", "mid_block_type", "act_fn", "addition_time_embed_dim", "freq_shift"),
        *(
            "projection_class_embeddings_input_dim",
            "norm_eps",
            "conv_in_kernel",
            "class_embed_type",
        ),
        *("time_embedding_dim", "num_attention_heads", "encoder_hid_dim_type", "dropout"),
    ),
    "vae/config.json": (
        *("scaling_factor", "norm_num_groups", "latent_channels", "block_out_channels"),
        *("layers_per_block", "latents_mean", "latents_std", "shift_factor", "act_fn"),
        *("up_block_types", "force_upcast", "sample_size", "use_post_quant_conv"),
    ),
    "vae_tiny/config.json": (
        *("num_decoder_blocks", "latent_channels", "decoder_block_out_channels", "act_fn"),
        *("scaling_factor", "upsampling_scaling_factor", "latent_magnitude"),
    ),
    "text_encoder/config.json": (
        *("num_attention_heads", "vocab_size", "num_hidden_layers", "hidden_size", "hidden_act"),
        *("max_position_embeddings", "eos_token_id", "layer_norm_eps", "projection_dim"),
    ),
    "text_encoder_2/config.json": (
        *("num_attention_heads", "max_position_embeddings", "hidden_act", "projection_dim"),
        *("intermediate_size", "pad_token_id", "attention_dropout", "num_hidden_layers"),
    ),
    "models/image_encoder/config.json": (
        *("image_size", "patch_size", "num_hidden_layers", "num_channels", "hidden_size"),
        *("num_attention_heads", "projection_dim", "hidden_act"),
    ),
    "tokenizer/tokenizer_config.json": ("model_max_length", "pad_token", "added_tokens_decoder"),
    "tokenizer_2/tokenizer_config.json": ("model_max_length", "unk_token"),
    "storyboard.json": ("multiple", "native_pixels", "guidance_rescale", "countable"),
}
