"""The front as its callers see it: results, remarks, and one line for every mistake."""

from __future__ import annotations

import io
import math
import shutil
import threading
import weakref
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from storyboard.diffusion.device import libraries
from storyboard.diffusion.device.memory import out_of_memory_told
from storyboard.diffusion.device.policy import DevicePolicy
from storyboard.diffusion.parts.fitting import fit_request
from storyboard.diffusion.parts.pictures import MAX_PIXELS, open_reference
from storyboard.errors import InputError, ModelError, RenderError
from tests.diffusion.conftest import portrait
from tests.one_model import OneModel
from tests.requests import Lock, but

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.values.request import PanelRequest


def test_a_result_says_what_is_needed_to_draw_it_again(
    generator: OneModel, model: str, request_: PanelRequest
) -> None:
    result = generator.render(replace(request_, panel=4))
    assert (result.panel, result.model, len(result.model_hash)) == (4, model, 64)
    assert {name for name, _ in result.versions} == {"diffusers", "torch", "transformers"}
    assert result.versions == libraries.library_versions()
    with Image.open(io.BytesIO(result.media.png)) as picture:
        assert (picture.format, picture.mode) == ("PNG", "RGB")
        assert picture.size == (result.width, result.height) == (128, 96)
        assert not picture.info
    assert result.remarks == ()


def test_a_size_the_model_cannot_divide_is_rounded_and_said(
    generator: OneModel, request_: PanelRequest
) -> None:
    result = generator.render(but(request_, width=130, height=90, steps=1))
    assert (result.width, result.height) == (128, 96)
    assert result.remarks == ("width 130 rounded to 128", "height 90 rounded to 96")


def test_the_smallest_frame_is_one_multiple(request_: PanelRequest) -> None:
    fitted, remarks = fit_request(replace(request_, width=1, height=7), 16)
    assert (fitted.width, fitted.height, len(remarks)) == (16, 16, 2)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"width": 0}, "width is 0"),
        ({"height": 100_000}, "height is 100000"),
        ({"steps": 0}, "steps is 0"),
        ({"steps": 1001}, "steps is 1001"),
        ({"guidance_scale": math.nan}, "guidance scale is nan"),
        ({"guidance_scale": -1.0}, "guidance scale is -1.0"),
        ({"seed": -1}, "seed is -1"),
        ({"seed": 2**32}, "seed is 4294967296"),
        ({"preview_every": -1}, "preview_every is -1"),
    ],
)
def test_a_value_outside_its_range_is_named(
    generator: OneModel, request_: PanelRequest, change: dict[str, Any], named: str
) -> None:
    with pytest.raises(InputError, match=named):
        generator.render(but(request_, **change))


@pytest.mark.parametrize("scale", [-0.1, 1.1, math.nan])
def test_an_adapter_scale_outside_its_range_is_named(
    generator: OneModel, request_: PanelRequest, lock: Lock, scale: float
) -> None:
    with pytest.raises(InputError, match="IP-Adapter scale of Aigerim"):
        generator.render(but(request_, identities=(replace(lock, scale=scale),)))


@pytest.mark.parametrize("data", [b"", b"not a picture", portrait("red")[:200]])
def test_a_reference_that_is_no_picture_is_named(
    generator: OneModel, request_: PanelRequest, data: bytes
) -> None:
    lock = Lock("Aigerim", (data,), 0.5)
    with pytest.raises(InputError, match="reference picture of Aigerim cannot be read"):
        generator.render(but(request_, identities=(lock,)))
    with pytest.raises(InputError, match="Aigerim has no reference picture"):
        generator.render(but(request_, identities=(replace(lock, pictures=()),)))


def test_a_huge_reference_is_refused_before_it_is_decoded() -> None:
    stream = io.BytesIO()
    Image.new("1", (MAX_PIXELS // 5000 + 1, 5000)).save(stream, "PNG")
    with pytest.raises(InputError, match="more than 64 million pixels"):
        open_reference(stream.getvalue(), "Aigerim")


def test_transparency_becomes_white() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(stream, "PNG")
    assert open_reference(stream.getvalue(), "A").getpixel((0, 0)) == (255, 255, 255)


def test_an_identity_without_an_adapter_is_refused(
    tiny: Path, request_: PanelRequest, lock: Lock
) -> None:
    with OneModel(str(tiny), adapter="") as ours:
        with pytest.raises(ModelError, match="without an IP-Adapter"):
            ours.render(but(request_, identities=(lock,)))
        assert ours.render(request_).media.png


def test_an_adapter_for_another_model_is_refused_and_panels_go_on(
    tiny: Path, tmp_path: Path, request_: PanelRequest, lock: Lock
) -> None:
    folder = shutil.copytree(tiny, tmp_path / "model")
    file = folder / "sdxl_models" / "ip-adapter_sdxl.safetensors"
    wrong = {key: value.repeat(2, 2) if value.ndim == 2 else value.repeat(2)
             for key, value in load_file(file).items()}  # fmt: skip
    save_file(wrong, file)
    with OneModel(str(folder)) as ours:
        expected = ours.render(request_).media.png
        with pytest.raises(ModelError, match="does not fit this model"):
            ours.render(but(request_, identities=(lock,)))
        assert ours.render(request_).media.png == expected


def test_weights_that_do_not_fit_their_configuration_are_refused(
    tiny: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(tiny, tmp_path / "model")
    shutil.copy(
        folder / "text_encoder" / "model.safetensors",
        folder / "unet" / "diffusion_pytorch_model.safetensors",
    )
    with pytest.raises(ModelError) as caught:
        OneModel(str(folder)).load()
    assert "cannot be used: unet lacks conv_in.weight" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("part", ["text_encoder", "text_encoder_2", "unet", "vae"])
def test_weights_with_a_hole_are_refused(tiny: Path, tmp_path: Path, part: str) -> None:
    folder = shutil.copytree(tiny, tmp_path / "model")
    file = next((folder / part).glob("*.safetensors"))
    weights = load_file(file)
    name = sorted(weights)[-1]
    del weights[name]
    save_file(weights, file)
    with pytest.raises(ModelError, match=f"{part} lacks .*{name.rpartition('.')[2]}"):
        OneModel(str(folder)).load()


def test_an_image_encoder_with_a_hole_is_refused(tiny: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(tiny, tmp_path / "model")
    file = folder / "models" / "image_encoder" / "model.safetensors"
    weights = load_file(file)
    del weights["visual_projection.weight"]
    save_file(weights, file)
    with pytest.raises(ModelError, match=r"image_encoder lacks visual_projection\.weight"):
        OneModel(str(folder)).load()


def test_a_result_that_is_no_picture_is_an_error_and_not_saved(
    tiny: Path, tmp_path: Path, request_: PanelRequest
) -> None:
    folder = shutil.copytree(tiny, tmp_path / "model")
    file = folder / "unet" / "diffusion_pytorch_model.safetensors"
    weights = load_file(file)
    weights["conv_out.bias"] += math.nan
    save_file(weights, file)
    with (
        OneModel(str(folder)) as ours,
        pytest.raises(RenderError, match="panel 1 came out as no picture"),
    ):
        ours.render(request_)


def test_running_out_of_memory_comes_with_advice() -> None:
    told = pytest.raises(RenderError, match=r"panel 3 ran out of memory.*smaller frame")
    with told, out_of_memory_told("panel 3"):
        torch.empty(2**60)
    with pytest.raises(RuntimeError, match="shapes"), out_of_memory_told("panel 3"):
        torch.ones(2, 3) @ torch.ones(2, 3)


def test_unloading_lets_go_of_every_weight(tiny: Path, request_: PanelRequest) -> None:
    ours = OneModel(str(tiny))
    ours.load()
    first = ours.render(request_).media.png
    model = ours.model.pipe
    parts = [weakref.ref(part) for part in (model.unet, model.vae, model.text_encoder)]
    del model
    ours.unload()
    ours.unload()  # twice is once
    assert [part() for part in parts] == [None] * 3
    assert ours.render(request_).media.png == first  # and it loads itself again
    ours.unload()


def test_loading_tells_how_far_it_is(tiny: Path) -> None:
    told: list[tuple[str, float]] = []
    ours = OneModel(str(tiny))
    ours.load(lambda what, share: told.append((what, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert told[-1] == ("ready", 1.0)
    ours.load(lambda what, share: told.append((what, share)))
    assert len(told) == len(shares)  # the second time there is nothing to do
    ours.unload()


def test_a_second_thread_is_refused_where_the_device_has_an_owner(
    tiny: Path, request_: PanelRequest
) -> None:
    policy = DevicePolicy("cpu", "float32", owner=threading.get_ident())
    caught: list[str] = []

    def draw() -> None:
        try:
            ours.render(request_)
        except RenderError as error:
            caught.append(str(error))

    with OneModel(str(tiny), policy=policy) as ours:
        ours.render(request_)
        thread = threading.Thread(target=draw)
        thread.start()
        thread.join()
    assert len(caught) == 1
    assert "second thread" in caught[0]


def test_an_empty_negative_prompt_follows_the_model(
    four_channel_tiny: Path, tmp_path: Path, request_: PanelRequest
) -> None:
    folder = shutil.copytree(four_channel_tiny, tmp_path / "model")
    index = folder / "model_index.json"
    wanted = replace(request_, negative_prompt="")
    pictures = []
    for word in ("false", "true"):
        text = index.read_text()
        index.write_text(text.replace('_prompt": false', f'_prompt": {word}'))
        with OneModel(str(folder)) as ours:
            pictures.append(ours.render(wanted).media.png)
    assert pictures[0] != pictures[1]
