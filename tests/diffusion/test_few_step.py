"""Few-step adapters: what the catalogue sets, what it refuses, and a real LoRA merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import diffusers
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.families.sdxl.architecture import sdxl
from storyboard.diffusion.families.sdxl.cost import count_panel
from storyboard.diffusion.families.sdxl.counting import build_network
from storyboard.diffusion.families.sdxl.few_step import find_few_step
from storyboard.diffusion.families.sdxl.few_steps import FEW_STEPS, check_few_step, read_few_step
from storyboard.diffusion.families.sdxl.lora import lora_changes
from storyboard.errors import InputError, ModelError, SettingsError
from storyboard.settings.layers import load_settings
from storyboard.techniques.acceleration import parse_acceleration
from tests.diffusion.plain import difference, pixels, plain_pipeline, plain_pixels
from tests.one_model import OneModel
from tests.requests import Lock, but

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.values.request import PanelRequest

RANK, ALPHA = 2, 1.0


@pytest.fixture(scope="module")
def unet(plain_tiny: Path) -> Any:
    library: Any = diffusers
    with quiet_libraries():
        return library.UNet2DConditionModel.from_pretrained(plain_tiny / "unet")


def layers(unet: Any) -> dict[str, Any]:
    return {
        name: module
        for name, module in unet.named_modules()
        if isinstance(module, (torch.nn.Conv2d, torch.nn.Linear))
    }


@pytest.fixture(scope="module")
def lora(unet: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A LoRA of every layer with the names of kohya, as the published adapters have them."""
    random = torch.Generator().manual_seed(5)
    weights: dict[str, torch.Tensor] = {}
    for name, layer in layers(unet).items():
        key = f"lora_unet_{name.replace('.', '_')}"
        shape = layer.weight.shape
        down, up = (
            torch.empty(RANK, *shape[1:]),
            torch.empty(shape[0], RANK, *([1] * (len(shape) - 2))),
        )
        weights[f"{key}.lora_down.weight"] = down.normal_(generator=random) * 0.1
        weights[f"{key}.lora_up.weight"] = up.normal_(generator=random) * 0.1
        weights[f"{key}.alpha"] = torch.tensor(ALPHA)
    file = tmp_path_factory.mktemp("lora") / "any.safetensors"
    save_file(weights, file)
    return file


@pytest.fixture(scope="module")
def taught(unet: Any, lora: Path) -> dict[str, torch.Tensor]:
    """What the UNet's weights become, by hand."""
    weights = load_file(lora)
    sums: dict[str, torch.Tensor] = {}
    for name, layer in layers(unet).items():
        key = f"lora_unet_{name.replace('.', '_')}"
        down, up = weights[f"{key}.lora_down.weight"], weights[f"{key}.lora_up.weight"]
        change = torch.einsum("or,r...->o...", up.flatten(1), down) * (ALPHA / RANK)
        sums[name] = layer.weight.detach() + change
    return sums


def test_the_catalogue_asks_for_schedulers_that_exist() -> None:
    for known in FEW_STEPS.values():
        scheduler = getattr(diffusers, known.scheduler)()
        assert set(dict(known.settings)) <= set(scheduler.config)
        assert known.least_steps <= known.steps <= known.most_steps
        assert known.least_guidance <= known.guidance <= known.most_guidance


def draft(request: PanelRequest, name: str) -> PanelRequest:
    known = FEW_STEPS[name]
    return but(request, steps=known.steps, guidance_scale=known.guidance)


@pytest.mark.parametrize("name", ["lightning-2", "lcm", "hyper-1", "hyper-8-cfg"])
def test_a_draft_is_plain_diffusers_with_the_merged_weights(
    plain_tiny: Path, lora: Path, taught: dict[str, torch.Tensor], request_: PanelRequest, name: str
) -> None:
    wanted, known = draft(request_, name), FEW_STEPS[name]
    pipe = plain_pipeline(plain_tiny, adapter=False)
    with torch.no_grad():
        for place, weight in taught.items():
            pipe.unet.get_submodule(place).weight.copy_(weight)
    scheduler: Any = getattr(diffusers, known.scheduler)
    with quiet_libraries():
        pipe.scheduler = scheduler.from_config(pipe.scheduler.config, **dict(known.settings))
    pipe.register_modules(scheduler=pipe.scheduler)
    with OneModel(str(plain_tiny), channels_last=False, few_step=f"{name}={lora}") as ours:
        result = ours.render(wanted)
        found = ours.model.pipe
    for place, weight in taught.items():
        assert torch.allclose(found.unet.get_submodule(place).weight, weight, atol=1e-6), place
    assert type(found.scheduler).__name__ == known.scheduler
    if not known.eta:  # plain_pixels has no eta
        assert difference(pixels(result.media.png), plain_pixels(pipe, plain_tiny, wanted)) <= 1
    assert f"few-step adapter {name}" in result.remarks


def test_the_identity_lock_goes_with_a_merged_adapter(
    plain_tiny: Path, lora: Path, request_: PanelRequest, lock: Lock
) -> None:
    """Upstream wants the IP-Adapter before any LoRA; merged, it can come later and come again."""
    wanted = draft(request_, "lightning-4")
    with OneModel(str(plain_tiny), few_step=f"lightning-4={lora}") as ours:
        plain = ours.render(wanted)
        held = ours.render(but(wanted, identities=(lock,)))
        assert ours.render(wanted).media.png == plain.media.png != held.media.png
    with OneModel(str(plain_tiny), few_step=f"lightning-4={lora}") as ours:
        assert ours.render(but(wanted, identities=(lock,))).media.png == held.media.png
    with OneModel(str(plain_tiny)) as without:
        other = without.render(wanted)
    assert other.media.png != plain.media.png
    assert other.model_hash != plain.model_hash == held.model_hash


def test_an_adapter_for_another_architecture_is_refused(
    plain_tiny: Path, lora: Path, tmp_path: Path
) -> None:
    weights = load_file(lora)
    first = "lora_unet_conv_in.lora_up.weight"
    larger = {**weights, first: torch.zeros(640, RANK, 1, 1)}
    unknown = {
        f"lora_unet_up_blocks_9_resnets_0_conv1.{kind}.weight": torch.zeros(2, 2)
        for kind in ("lora_down", "lora_up")
    }
    endless = {**weights, "lora_unet_conv_in.alpha": torch.tensor(float("inf"))}
    flat = {**weights, first: torch.zeros(640)}
    alone = {key: each for key, each in weights.items() if key != first}
    for wrong, reason in (
        (larger, "conv_in would be 640"),
        (unknown, "does not have"),
        (endless, "conv_in has the weight inf"),
        (flat, "conv_in would be 640"),
        (alone, "up"),
    ):
        file = tmp_path / "wrong.safetensors"
        save_file(wrong, file)
        with pytest.raises(ModelError, match=f"does not fit this model .*{reason}") as caught:
            OneModel(str(plain_tiny), few_step=f"lcm={file}").load()
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("shape", "dtype", "reason"),
    [
        ((5000, 5000), torch.float16, "5000 x 5000 F16"),
        ((2, 100_000), torch.float16, "2 x 100000 F16"),
        ((0, 4), torch.float32, "is empty"),
        ((2, 4), torch.int64, "2 x 4 I64"),
        ((1,) * 8, torch.float32, "too many sides"),
    ],
)
def test_a_file_that_cannot_be_a_lora_is_refused_from_its_header(
    tmp_path: Path, shape: tuple[int, ...], dtype: torch.dtype, reason: str
) -> None:
    file = tmp_path / "wrong.safetensors"
    save_file({"lora_unet_conv_in.lora_up.weight": torch.zeros(shape, dtype=dtype)}, file)
    with pytest.raises(ModelError, match=reason):
        find_few_step(f"lcm={file}")


def published(unet: Any) -> dict[str, torch.Tensor]:
    """The header of an adapter as published: every layer of the attention, rank 64, no numbers."""
    weights: dict[str, torch.Tensor] = {}
    for name, layer in layers(unet).items():
        if "attentions" not in name:
            continue
        rows, columns = layer.weight.shape
        key = name.replace(".", "_")
        weights[f"{key}.lora_down.weight"] = torch.empty(64, columns, device="meta")
        weights[f"{key}.lora_up.weight"] = torch.empty(rows, 64, device="meta")
    return weights


def test_shapes_of_sdxl_fit_sdxl_and_nothing_else(unet: Any) -> None:
    sdxl_unet = build_network(sdxl(), "unet")
    weights = published(sdxl_unet)
    assert len(lora_changes(sdxl_unet, weights, {})) == 70 * 10 + 11 * 2  # SDXL's own numbers
    with pytest.raises(ValueError, match=r"which the UNet does not have|and is"):
        lora_changes(unet, weights, {})
    with pytest.raises(ValueError, match="would be"):
        lora_changes(sdxl_unet, published(unet), {})


def test_a_missing_or_foreign_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.safetensors does not exist"):
        find_few_step(f"lcm={tmp_path / 'gone.safetensors'}")
    torn = tmp_path / "torn.safetensors"
    torn.write_bytes(b"torn")
    with pytest.raises(ModelError, match="is no safetensors file"):
        find_few_step(f"lcm={torn}")
    save_file({"weight": torch.zeros(1)}, tmp_path / "other.safetensors")
    with pytest.raises(ModelError, match="is no LoRA"):
        find_few_step(f"lcm={tmp_path / 'other.safetensors'}")


def test_an_adapter_is_known_by_name_hub_id_or_file() -> None:
    assert read_few_step("hyper-8-cfg") == ("hyper-8-cfg", "")
    for name, known in FEW_STEPS.items():
        assert read_few_step(f"{known.repository}/{known.file}") == (name, "")
    file = "/models/sdxl_lightning_4step_lora.safetensors"
    assert read_few_step(file) == ("lightning-4", file)
    assert read_few_step("lcm=/a=b.safetensors") == ("lcm", "/a=b.safetensors")
    with pytest.raises(InputError, match="did you mean lightning-4"):
        read_few_step("lightning4")
    with pytest.raises(InputError, match="nor for which scheduler and steps it was made"):
        read_few_step("/models/pytorch_lora_weights.safetensors")


@given(st.text(max_size=60))
def test_any_text_is_an_adapter_or_one_line(text: str) -> None:
    try:
        read_few_step(text)
    except InputError as error:
        assert len(str(error).splitlines()) == 1


def _check(name: str, *, acceleration: str, **numbers: Any) -> None:
    check_few_step(name, **numbers, acceleration=parse_acceleration(acceleration))


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("lightning-4", {"steps": 12}, "was made for 4 steps, and 12 are asked: use 4"),
        ("lightning-4", {"guidance_scale": 6.5}, "guidance scale of 0 to 1, and 6.5 is asked"),
        ("lcm", {"steps": 1}, "was made for 2 to 8 steps, and 1 are asked"),
        ("hyper-12-cfg", {"guidance_scale": 1.0}, "guidance scale of 5 to 8, and 1 is asked"),
        ("hyper-12-cfg", {"acceleration": "balanced"}, "use acceleration off"),
        ("hyper-12-cfg", {"acceleration": "guided=0.5"}, "use acceleration off"),
    ],
)
def test_an_unknown_combination_is_refused_with_the_reason(
    name: str, change: dict[str, Any], told: str
) -> None:
    known = FEW_STEPS[name]
    good: dict[str, Any] = {
        "steps": known.steps,
        "guidance_scale": known.guidance,
        "acceleration": "off",
    }
    _check(name, **good)
    _check(name, **{**good, "acceleration": "off,decoder=tiny"})
    with pytest.raises(InputError) as caught:
        _check(name, **{**good, **change})
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["lightning-4", "lcm", "hyper-4"])
def test_a_draft_of_four_steps_keeps_its_target(name: str) -> None:
    known = FEW_STEPS[name]
    draft = count_panel(
        "sdxl",
        width=768,
        height=432,
        steps=known.steps,
        guidance_scale=known.guidance,
        acceleration=parse_acceleration("off,decoder=tiny"),
    )
    assert draft.total <= 9


def test_a_render_refuses_what_the_adapter_was_not_made_for(
    plain_tiny: Path, lora: Path, request_: PanelRequest
) -> None:
    steps: list[object] = []
    with (
        OneModel(str(plain_tiny), few_step=f"lightning-4={lora}") as ours,
        pytest.raises(InputError, match="lightning-4 was made for 4 steps"),
    ):
        ours.render(request_, steps.append)
    assert not steps


def test_an_adapter_sets_steps_and_guidance_by_itself(tmp_path: Path) -> None:
    def load(**given: object) -> Any:
        return load_settings(given, folder=tmp_path, environ={})

    found = load(few_step="lightning-4", mode="QUALITY")
    assert (found.settings.num_inference_steps, found.settings.guidance_scale) == (4, 0.0)
    assert found.settings.ip_adapter_scale == 0.8
    assert found.origins["num_inference_steps"] == "few-step adapter lightning-4"
    (tmp_path / "storyboard.yaml").write_text("acceleration: max\n")
    assert load(few_step="lightning-4").settings.acceleration == "off"
    assert load(few_step="lcm", num_inference_steps=6).settings.num_inference_steps == 6
    for wrong in (
        {"few_step": "lightning-4", "num_inference_steps": 6},
        {"few_step": "lightning-4", "acceleration": "max"},
        {"few_step": "slow"},
        {"acceleration": "balanced", "num_inference_steps": 1},
        {"acceleration": "guided=2"},
    ):
        with pytest.raises(SettingsError, match=r"^command line: ") as caught:
            load(**wrong)
        assert "\n" not in str(caught.value)
