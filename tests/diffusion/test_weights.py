"""Models that are missing, incomplete, damaged or refused: one line that names the part."""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
from typing import TYPE_CHECKING, Any

import pytest
from huggingface_hub import constants
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file
from transformers import CLIPTokenizer

from storyboard.diffusion.families.sdxl.adapter_files import AdapterFiles
from storyboard.diffusion.families.sdxl.description import describe
from storyboard.diffusion.families.sdxl.files import SDXL_BASE, find_configs, find_model
from storyboard.diffusion.weights import place
from storyboard.diffusion.weights.checksums import check_manifest, file_hash, weights_hash
from storyboard.diffusion.weights.gguf_header import read_gguf_header
from storyboard.diffusion.weights.headers import read_header
from storyboard.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def copy(tiny: Path, tmp_path: Path) -> Path:
    """A model folder that a test may damage."""
    return shutil.copytree(tiny, tmp_path / "model")


def refusal(name: object, adapter: str | None = "bundled") -> str:
    with pytest.raises(ModelError) as caught:
        find_model(str(name), half=False, adapter=adapter)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_whole_folder_is_found(tiny: Path) -> None:
    files = find_model(str(tiny), half=True, adapter="bundled")
    assert files.root == tiny
    assert files.variant is None
    assert sorted(file.parent.name for file in files.weights) == [
        "text_encoder",
        "text_encoder_2",
        "unet",
        "vae",
    ]
    assert isinstance(files.adapter, AdapterFiles)
    assert files.adapter.encoder == "models/image_encoder"  # with its slash


def test_the_fp16_variant_wins_where_every_part_has_it(copy: Path) -> None:
    for file in [*copy.glob("unet/*.safetensors"), *copy.glob("text_encoder*/*.safetensors")]:
        shutil.copy(file, file.with_suffix(".fp16.safetensors"))
    assert find_model(str(copy), half=True, adapter=None).variant is None  # the VAE lacks it
    vae = copy / "vae" / "diffusion_pytorch_model.safetensors"
    vae.rename(vae.with_suffix(".fp16.safetensors"))
    assert find_model(str(copy), half=True, adapter=None).variant == "fp16"


@pytest.mark.parametrize(
    "part",
    [
        "model_index.json",
        "scheduler/scheduler_config.json",
        "tokenizer/vocab.json",
        "tokenizer_2/vocab.json",
        "text_encoder/config.json",
        "text_encoder/model.safetensors",
        "text_encoder_2/model.safetensors",
        "unet/config.json",
        "unet/diffusion_pytorch_model.safetensors",
        "vae/diffusion_pytorch_model.safetensors",
        "models/image_encoder/config.json",
        "models/image_encoder/model.safetensors",
    ],
)
def test_a_missing_part_is_named(copy: Path, part: str) -> None:
    (copy / part).unlink()
    if "vocab" in part:
        (copy / part).with_name("tokenizer.json").unlink()
    message = refusal(copy)
    assert f"lacks {part}" in message or f"{(copy / part).parent} lacks {part.split('/')[-1]}" in (
        message
    )


def test_a_missing_shard_is_named(copy: Path) -> None:
    unet = copy / "unet"
    (unet / "diffusion_pytorch_model.safetensors").unlink()
    table = {"weight_map": {"conv_in.weight": "diffusion_pytorch_model-00001-of-00002.safetensors"}}
    (unet / "diffusion_pytorch_model.safetensors.index.json").write_text(json.dumps(table))
    assert "lacks unet/diffusion_pytorch_model-00001-of-00002.safetensors" in refusal(copy)


def test_damaged_weights_are_named(copy: Path) -> None:
    file = copy / "unet" / "diffusion_pytorch_model.safetensors"
    file.write_bytes(file.read_bytes()[:-100])
    assert str(file) in refusal(copy)


@pytest.mark.parametrize("text", ["", "{", "[1]", "\x00\xff"])
def test_a_damaged_configuration_is_named(copy: Path, text: str) -> None:
    (copy / "unet" / "config.json").write_bytes(text.encode("latin-1"))
    assert str(copy / "unet" / "config.json") in refusal(copy)


@pytest.mark.parametrize("suffix", [".ckpt", ".pt", ".pth", ".bin", ".CKPT"])
def test_a_pickle_is_refused_unread(tmp_path: Path, suffix: str) -> None:
    assert "pickled" in refusal(tmp_path / f"model{suffix}")


def test_a_pickle_inside_a_folder_is_refused(copy: Path) -> None:
    file = copy / "unet" / "diffusion_pytorch_model.safetensors"
    file.rename(file.with_suffix(".bin"))
    assert "pickled and refused" in refusal(copy)


def test_a_pickle_by_another_name_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    file.write_bytes(b"\x80\x04\x95pickle" * 100)
    assert "no safetensors file" in refusal(file)


def test_another_family_is_refused(copy: Path) -> None:
    (copy / "model_index.json").write_text('{"_class_name": "FluxPipeline"}')
    assert "FluxPipeline" in refusal(copy)


def test_a_checkpoint_that_is_not_sdxl_is_refused(copy: Path) -> None:
    assert "not an SDXL checkpoint" in refusal(copy / "unet/diffusion_pytorch_model.safetensors")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("./nowhere", "does not exist"),
        ("nowhere/model.safetensors", "does not exist"),
        ("sdxl", "unknown model"),
        ("", "unknown model"),
        ("a/b/c", "unknown model"),
        ("../secret/x", "does not exist"),
    ],
)
def test_a_name_that_means_nothing_is_refused(name: str, words: str) -> None:
    assert words in refusal(name)


@given(
    st.one_of(
        st.text(max_size=300),
        st.from_regex(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", fullmatch=True),
    ).filter(lambda name: name != "starter")
)
def test_no_name_does_anything_but_refuse(name: str) -> None:
    with pytest.raises(ModelError):
        find_model(name, half=False, adapter=None)


def test_a_hub_model_offline_and_absent_is_one_clear_line() -> None:
    message = refusal(SDXL_BASE)
    assert SDXL_BASE in message
    assert "cannot be reached" in message


def test_a_hub_model_on_disk_needs_no_network(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = tmp_path / "models--someone--tiny" / "snapshots" / ("0" * 40)
    shutil.copytree(tiny, snapshot)
    refs = tmp_path / "models--someone--tiny" / "refs"
    refs.mkdir()
    (refs / "main").write_text("0" * 40)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    assert find_model("someone/tiny", half=False, adapter="bundled").root == snapshot
    assert describe("someone/tiny", adapter="someone/tiny").multiple == 16
    (snapshot / "unet" / "diffusion_pytorch_model.safetensors").unlink()
    message = refusal("someone/tiny")
    assert "lacks unet/diffusion_pytorch_model.safetensors" in message
    assert "connect once" in message


def test_the_starter_says_how_to_get_it_back(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "STARTER", copy)
    file = copy / "unet" / "diffusion_pytorch_model.safetensors"
    good = hashlib.sha256(file.read_bytes()).hexdigest()
    (copy / "MANIFEST.json").write_text(
        json.dumps({"unet/diffusion_pytorch_model.safetensors": good})
    )
    assert find_model("starter", half=False, adapter="bundled").root == copy
    data = bytearray(file.read_bytes())
    data[-1] ^= 1  # the header is whole; only the hash can tell
    file.write_bytes(data)
    message = refusal("starter")
    assert str(file) in message
    assert good in message
    assert "git checkout -- assets/models/starter" in message
    file.unlink()
    assert "lacks unet/" in refusal("starter")
    shutil.rmtree(copy)
    assert "git checkout" in refusal("starter")


@pytest.mark.parametrize("content", ["", "[]", "{"])
def test_a_damaged_manifest_is_named(copy: Path, content: str) -> None:
    (copy / "MANIFEST.json").write_text(content)
    assert "MANIFEST.json" in refusal(copy)


def test_an_adapter_that_is_none_is_refused(copy: Path, tiny: Path) -> None:
    file = copy / "sdxl_models" / "ip-adapter_sdxl.safetensors"
    tensors = {key: value for key, value in load_file(file).items() if "ip_adapter" not in key}
    save_file(tensors, file)
    assert "is no IP-Adapter" in refusal(copy)
    shutil.rmtree(copy / "sdxl_models")
    assert "does not exist" in refusal(copy, adapter="nowhere")
    named = f"{tiny}/sdxl_models/ip-adapter_sdxl.safetensors"
    found = find_model(str(copy), half=False, adapter=named).adapter
    assert isinstance(found, AdapterFiles)
    assert found.root == tiny
    assert find_model(str(copy), half=False, adapter=None).adapter is None


def test_the_hash_follows_the_weights_and_not_the_place(copy: Path, tiny: Path) -> None:
    def of(folder: Path) -> str:
        return weights_hash(folder, find_model(str(folder), half=False, adapter=None).weights)

    assert of(copy) == of(tiny)
    file = copy / "vae" / "diffusion_pytorch_model.safetensors"
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    assert of(copy) != of(tiny)


def test_a_large_file_is_hashed_again_only_when_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storyboard.diffusion.weights.checksums.REMEMBER_FROM", 1)
    file, memory = tmp_path / "weights", tmp_path / "cache" / "hashes.json"
    file.write_bytes(b"one")
    first = file_hash(file, memory)
    assert first == hashlib.sha256(b"one").hexdigest()
    known = json.loads(memory.read_text())
    memory.write_text(json.dumps(dict.fromkeys(known, "remembered")))
    assert file_hash(file, memory) == "remembered"
    file.write_bytes(b"another")
    assert file_hash(file, memory) == hashlib.sha256(b"another").hexdigest()
    memory.write_text("damaged")
    assert file_hash(file, memory) == hashlib.sha256(b"another").hexdigest()


def test_the_description_comes_from_the_configurations_alone(copy: Path) -> None:
    for file in copy.rglob("*.safetensors"):
        if "sdxl_models" not in file.parts:
            file.unlink()
    found = describe(str(copy), adapter=None)
    assert (found.family, found.multiple, found.native_pixels) == ("sdxl", 16, 256 * 256)
    tokenizer: Any = CLIPTokenizer.from_pretrained(copy / "tokenizer")
    assert found.tokens.count("a red coat") == len(tokenizer("a red coat").input_ids)
    assert found.identity
    (copy / "storyboard.json").write_text('{"native_pixels": 114688, "guidance_rescale": 0.5}')
    assert describe(str(copy), adapter=None).native_pixels == 114688
    (copy / "storyboard.json").write_text('{"multiple": 32}')
    assert describe(str(copy), adapter=None).multiple == 32
    (copy / "storyboard.json").write_text('{"multiple": 24}')
    with pytest.raises(ModelError, match="no frame divides"):
        describe(str(copy), adapter=None)
    (copy / "storyboard.json").write_text('{"guidance_rescale": "much"}')
    with pytest.raises(ModelError, match=r"storyboard\.json cannot be used"):
        describe(str(copy), adapter=None)
    shutil.rmtree(copy / "sdxl_models")
    (copy / "storyboard.json").unlink()
    assert not describe(str(copy), adapter=None).identity
    assert find_configs(str(copy)) == copy


def test_a_file_of_terabytes_is_refused_before_it_is_hashed(tmp_path: Path) -> None:
    """It may be sparse, and take no room on a disk."""
    file = tmp_path / "model.safetensors"
    side = 2**40
    table = {"x": {"dtype": "F32", "shape": [side], "data_offsets": [0, 4 * side]}}
    header = json.dumps(table).encode()
    with file.open("wb") as stream:
        stream.write(len(header).to_bytes(8, "little") + header)
        stream.truncate(8 + len(header) + 4 * side)
    with pytest.raises(ModelError, match="4,398 GB, at most 69 GB"):
        read_header(file)
    (tmp_path / "MANIFEST.json").write_text(json.dumps({file.name: "0" * 64}))
    with pytest.raises(ModelError, match="larger than those of any model"):
        check_manifest(tmp_path, "get it again")


def _gguf_list(kind: int, length: int, values: bytes = b"") -> bytes:
    return struct.pack("<Q", 1) + b"k" + struct.pack("<IIQ", 9, kind, length) + values


def _gguf_tensor(name: bytes) -> bytes:
    return struct.pack("<Q", len(name)) + name + struct.pack("<IQIQ", 1, 32, 0, 0)


@pytest.mark.parametrize(
    ("notes", "tensors", "told"),
    [
        ([_gguf_list(9, 1)], [], "a list of kind 9"),
        ([_gguf_list(8, 2**62)], [], "list more than 8000 values"),
        ([_gguf_list(0, 5000, bytes(5000))] * 2, [], "list more than 8000 values"),
        ([_gguf_list(8, 2, b"\xff" * 16)], [], "ends in the middle"),
        ([], [_gguf_tensor(b"t")] * 2, "t is there twice"),
        ([], [_gguf_tensor(b"t" * 501)], "too many sides or letters"),
    ],
)
def test_what_a_gguf_says_of_itself_is_not_walked_through(
    tmp_path: Path, notes: list[bytes], tensors: list[bytes], told: str
) -> None:
    """Lists of lists, long lists, lists of texts that the file does not hold, and odd names."""
    file = tmp_path / "a.gguf"
    counts = struct.pack("<IQQ", 3, len(tensors), len(notes))
    file.write_bytes(b"GGUF" + counts + b"".join([*notes, *tensors]) + bytes(4000))
    with pytest.raises(ModelError, match=told):
        read_gguf_header(file)
