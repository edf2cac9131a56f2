"""LoRAs beside the weights: every layout, several at once, and nothing of them left behind."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import diffusers
import pytest
import torch
from safetensors.torch import load_file, save_file

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.families.sdxl.architecture import architecture_of
from storyboard.diffusion.families.sdxl.lora_layers import layer_shapes, renamed
from storyboard.diffusion.parts.lora import LoraShelf, check_loras, layers_of
from storyboard.diffusion.weights import lora_file
from storyboard.diffusion.weights.lora_file import alphas_in, read_lora
from storyboard.diffusion.weights.lora_names import DENOISER, layer_name
from storyboard.diffusion.weights.lora_place import find_lora, lora_finder, lora_hash
from storyboard.errors import ModelError, StoryboardError
from storyboard.project.recipe import Recipe
from storyboard.settings.layers import load_settings
from storyboard.techniques.lora import Lora, Loras
from tests.diffusion.lora_files import LAYERS, LAYOUTS, RANK, change, write
from tests.one_model import OneModel
from tests.requests import but

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storyboard.values.request import PanelRequest


@pytest.fixture(scope="module")
def unet(plain_tiny: Path) -> Any:
    library: Any = diffusers
    with quiet_libraries():
        return library.UNet2DConditionModel.from_pretrained(plain_tiny / "unet").eval()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("loras")


@pytest.fixture(scope="module")
def kohya(unet: Any, folder: Path) -> Path:
    return write(unet, "kohya", folder / "kohya.safetensors").file


@pytest.fixture(scope="module")
def tiny_model_(plain_tiny: Path) -> Iterator[OneModel]:
    with OneModel(str(plain_tiny)) as model:
        yield model


def lora(file: Path, weight: float = 1.0, **rest: Any) -> Lora:
    return Lora(str(file), lora_hash(file), weight, **rest)


def shelf(unet: Any) -> LoraShelf:
    return LoraShelf("cpu", torch.float32, renamed(unet.config))


def drawn(unet: Any) -> torch.Tensor:
    """What the UNet makes of the same noise."""
    generator = torch.Generator().manual_seed(2)
    added = {"text_embeds": torch.ones(1, 32), "time_ids": torch.ones(1, 6)}
    with torch.no_grad():
        noise = torch.randn(1, 16, 8, 8, generator=generator)
        text = torch.randn(1, 5, 72, generator=generator)
        out: torch.Tensor = unet(noise, 500, text, added_cond_kwargs=added).sample
    return out


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_what_its_formula_says(unet: Any, folder: Path, layout: str) -> None:
    written = write(unet, layout, folder / f"{layout}.safetensors")
    file = read_lora(written.file)
    assert set(file.targets) == {DENOISER}
    assert file.targets[DENOISER] == len(written.weights)
    before = drawn(unet)
    with shelf(unet).on(Loras((lora(written.file, 0.5),)), {DENOISER: unet}):
        found = drawn(unet)
    assert torch.equal(drawn(unet), before)
    kept = {name: unet.get_submodule(name).weight.detach().clone() for name in written.weights}
    with torch.no_grad():
        for name, weight in kept.items():
            unet.get_submodule(name).weight.copy_(change(written, name, weight, 0.5))
        wanted = drawn(unet)
        for name, weight in kept.items():
            unet.get_submodule(name).weight.copy_(weight)
    assert (wanted - before).abs().mean() > 1e-3
    assert torch.allclose(found, wanted, atol=2e-5)


def test_several_add_up_and_blocks_have_their_own_weight(
    unet: Any, folder: Path, kohya: Path
) -> None:
    second = write(unet, "loha conv", folder / "second.safetensors", seed=9).file
    worn, plain = shelf(unet), drawn(unet)

    def with_(*loras: Lora) -> torch.Tensor:
        with worn.on(Loras(loras), {DENOISER: unet}):
            return drawn(unet)

    one, both = with_(lora(kohya)), with_(lora(kohya), lora(second))
    assert not torch.equal(both, one)
    assert torch.allclose(both, with_(lora(second), lora(kohya)), atol=1e-5)
    assert torch.equal(with_(lora(kohya)), one)
    # The same file without the block, and with one block alone.
    parts = load_file(kohya)
    for blocks, begins in (
        ((("up", 0.0), ("mid_block", 0.0)), "lora_unet_down"),
        ((("denoiser", 0.0), ("denoiser.down_blocks.1", 1.0)), "lora_unet_down"),
    ):
        alone = folder / "alone.safetensors"
        save_file({key: each for key, each in parts.items() if key.startswith(begins)}, alone)
        assert torch.allclose(with_(lora(kohya, blocks=blocks)), with_(lora(alone)), atol=1e-6)
    assert torch.equal(drawn(unet), plain)


def test_panels_change_loras_without_loading_the_model_again(
    tiny_model_: OneModel, unet: Any, folder: Path, kohya: Path, request_: PanelRequest
) -> None:
    shapes = layer_shapes(architecture_of(tiny_model_.choice.name))
    text = {
        f"lora_te{number}_text_model_{name}.lora_{half}.weight": torch.randn(sides) * 0.3
        for number in (1, 2)
        for (network, name), (rows, columns) in (
            (place, shape) for place, shape in shapes.items() if len(shape) == 2
        )
        if network == ("text_encoder", "text_encoder_2")[number - 1] and "q_proj" in name
        for half, sides in (("down", (RANK, columns)), ("up", (rows, RANK)))
    }
    assert len(text) == 8
    words = folder / "words.safetensors"
    save_file(text, words)
    network, encoder = tiny_model_.model.pipe.unet, tiny_model_.model.pipe.text_encoder
    forwards = {name: each.__dict__.get("forward") for name, each in layers_of(network).items()}

    def png(*loras: Lora, **changes: Any) -> bytes:
        return tiny_model_.render(but(request_, loras=loras, **changes)).media.png

    plain = tiny_model_.render(request_).media.png
    full, half = png(lora(kohya)), png(lora(kohya, 0.5))
    spoken = png(lora(words))
    assert len({plain, full, half, spoken}) == 4
    assert png(lora(kohya, 0.0)) == png() == tiny_model_.render(request_).media.png == plain
    assert (png(lora(kohya)), png(lora(words))) == (full, spoken)
    # A panel that fails, or is stopped, leaves none on either.
    with pytest.raises(StoryboardError):
        tiny_model_.render(but(request_, loras=(lora(kohya),)), cancelled=lambda: True)
    assert tiny_model_.render(request_).media.png == plain
    assert {n: e.__dict__.get("forward") for n, e in layers_of(network).items()} == forwards
    assert tiny_model_.model.pipe.unet is network
    assert tiny_model_.model.pipe.text_encoder is encoder
    # Encoders that short memory has dropped are read again, and changed again.
    tiny_model_.model._prompts.forget()
    assert tiny_model_.model._prompts.release()
    assert png(lora(words)) == spoken


def test_the_fingerprint_follows_the_content_and_not_the_place(
    tiny_model_: OneModel, folder: Path, kohya: Path, request_: PanelRequest
) -> None:
    other = folder / "other.safetensors"
    other.write_bytes(kohya.read_bytes())
    result = tiny_model_.render(but(request_, loras=(lora(kohya),)))

    def print_(*loras: Lora) -> str:
        return Recipe.from_request(but(request_, loras=loras), result).fingerprint

    assert print_(lora(kohya)) == print_(lora(other))
    save_file({key: each * 2 for key, each in load_file(other).items()}, other)
    assert print_(lora(kohya)) != print_(lora(other))
    assert print_(lora(kohya)) != print_(lora(kohya, 0.5)) != print_()
    assert print_() == print_(lora(kohya, 0)) == Recipe.from_request(request_, result).fingerprint


def test_a_lora_of_another_model_is_named_before_anything_is_loaded(
    plain_tiny: Path, unet: Any, folder: Path, kohya: Path, request_: PanelRequest
) -> None:
    asked = {
        "flux": ("lora_unet_double_blocks_0_img_attn_qkv", (3072, 3072), "made for FLUX"),
        "old": (
            "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k",
            (320, 768),
            "made for Stable Diffusion 1.5",
        ),
        "wide": (f"lora_unet_{LAYERS[3].replace('.', '_')}", (640, 640), "has other sides than"),
    }
    for name, (key, (rows, columns), told) in asked.items():
        file = folder / f"{name}.safetensors"
        halves = {"down": torch.zeros(RANK, columns), "up": torch.zeros(rows, RANK)}
        save_file({f"{key}.lora_{half}.weight": each for half, each in halves.items()}, file)
        model = OneModel(str(plain_tiny))
        with pytest.raises(ModelError, match=told) as caught:
            model.check(but(request_, loras=(lora(file),)))
        assert "\n" not in str(caught.value)
        assert model.generator._loaded is None
        model.check(but(request_, loras=(lora(file, 0.0),)))  # left out: nothing to refuse
    shapes = layer_shapes(architecture_of(str(plain_tiny)))
    with pytest.raises(ModelError, match="no layer whose name begins with middle"):
        check_loras(Loras((lora(kohya, blocks=(("middle", 0.5),)),)), shapes, "tiny", "SDXL")
    changed = Lora(str(kohya), "0" * 64, 1.0)
    with pytest.raises(ModelError, match="has changed since this panel was asked for"):
        OneModel(str(plain_tiny)).check(but(request_, loras=(changed,)))


def test_files_of_strangers_are_refused_in_one_line(tmp_path: Path, unet: Any) -> None:
    good = load_file(write(unet, "kohya", tmp_path / "good.safetensors").file)
    first = f"lora_unet_{LAYERS[0].replace('.', '_')}.lora_down.weight"
    pipe = tmp_path / "pipe.safetensors"
    os.mkfifo(pipe)
    link = tmp_path / "link.safetensors"
    link.symlink_to("/dev/zero")
    cut = tmp_path / "cut.safetensors"
    cut.write_bytes((tmp_path / "good.safetensors").read_bytes()[:-9])
    wrong = {
        "odd": {**good, "lora_unet_conv_in.oft_blocks": torch.zeros(2, 2)},
        "half": {key: each for key, each in good.items() if key != first},
        "whole": {**good, first: torch.zeros(good[first].shape, dtype=torch.int64)},
        "broad": {**good, first: torch.zeros(20_000, 2)},
        "deep": {**good, first: torch.zeros(1025, 2), f"{first[:-11]}up.weight": torch.zeros(2, 2)},
        "flat": {**good, first: torch.zeros(5)},
        "none": {"lora_unet_conv_in.alpha": torch.tensor(1.0)},
        "long": {**good, f"lora_unet_{'x' * 500}.alpha": torch.tensor(1.0)},
    }
    for name, tensors in wrong.items():
        save_file(tensors, tmp_path / f"{name}.safetensors")
    noted = tmp_path / "noted.safetensors"
    save_file(good, noted, {str(number): "" for number in range(120_000)})
    for file in (pipe, link, cut, noted, *(tmp_path / f"{name}.safetensors" for name in wrong)):
        with pytest.raises(ModelError) as caught:
            read_lora(find_lora(str(file)))
        assert str(file) in str(caught.value)
        assert "\n" not in str(caught.value)
    for source, told in (
        ("nowhere.safetensors", "does not exist"),
        ("any.ckpt", "does not exist"),
        ("~nobody/\0", "does not exist"),
        ("a/b/../../c.safetensors", "does not exist"),
        (str(tmp_path), "no LoRA"),
    ):
        with pytest.raises(ModelError, match=told):
            find_lora(source)
    (tmp_path / "a.pt").write_bytes(b"")
    with pytest.raises(ModelError, match="pickled"):
        find_lora("a.pt", tmp_path)
    endless = {**good, first: torch.full_like(good[first], torch.nan)}
    save_file(endless, tmp_path / "nan.safetensors")
    with pytest.raises(ModelError, match="numbers that are none"):
        shelf(unet).text_variant(Loras((lora(tmp_path / "nan.safetensors"),)))


def test_only_what_the_user_names_is_fetched(tmp_path: Path) -> None:
    own, theirs = "owner/name/own.safetensors", "owner/name/theirs.safetensors"
    settings = load_settings({"loras": own}, folder=tmp_path, environ={}).settings
    find = lora_finder(settings, tmp_path)
    with pytest.raises(ModelError, match=r"cannot be reached"):
        find(own)
    with pytest.raises(ModelError, match=r"fetch it with: storyboard lora inspect owner/name/th"):
        find(theirs)
    (tmp_path / "here.safetensors").write_bytes(b"1")
    assert find("here.safetensors")[0] == str(tmp_path / "here.safetensors")
    assert len(find("here.safetensors")[1]) == 64


def test_a_header_tells_what_its_trainer_knew(tmp_path: Path, unet: Any) -> None:
    tensors = load_file(write(unet, "kohya", tmp_path / "a.safetensors").file)
    notes = {
        "ss_tag_frequency": '{"10_mira": {"mrachar": 30, "smile": 3}, "reg": {"smile": 40}}',
        "ss_base_model_version": "sdxl_base_v1-0",
    }
    save_file(tensors, tmp_path / "a.safetensors", notes)
    file = read_lora(tmp_path / "a.safetensors")
    assert (file.layout, file.kinds, file.ranks) == ("Kohya", ("LoRA",), (RANK,))
    assert (file.words, file.origin) == (("smile", "mrachar"), "SDXL")
    assert alphas_in(file) == (1.0,)
    for torn in ("{", "[1]", '{"a": 1}', '{"a": {"b": "c"}}', "[" * 5000):
        save_file(tensors, tmp_path / "b.safetensors", {"ss_tag_frequency": torn})
        assert read_lora(tmp_path / "b.safetensors").words == ()


def test_notes_of_alphas_are_looked_up_and_not_searched(
    tmp_path: Path, unet: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tensors = load_file(write(unet, "kohya", tmp_path / "a.safetensors").file)
    names: dict[str, int] = {f"x{number}": 2 for number in range(50)} | {
        "ff.net.2": 7,
        "proj_in": 10**400,
    }
    kept = {"unet.lora_alpha": 4, "unet.alpha_pattern": names}
    told = {"lora_adapter_metadata": json.dumps(kept)}
    save_file({k: v for k, v in tensors.items() if "alpha" not in k}, tmp_path / "a.st", told)
    read: list[str] = []

    def counted(name: str) -> str:
        read.append(name)
        return layer_name(name)

    monkeypatch.setattr(lora_file, "layer_name", counted)
    assert set(read_lora(tmp_path / "a.st").alphas.values()) == {4.0, 7.0}
    assert len(read) == len(names) - 1  # each name once, and not once for each layer
    endless = {"lora_adapter_metadata": json.dumps({"unet.lora_alpha": 10**400})}
    save_file(tensors, tmp_path / "a.st", endless)
    assert read_lora(tmp_path / "a.st").alphas == {}
