from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import config
from storyboard.errors import SettingsError
from storyboard.settings.layers import FILE, EffectiveSettings, effective_table, load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(config.__file__).parent


def load(
    folder: Path,
    overrides: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
) -> EffectiveSettings:
    """Settings as in a folder, with no environment but the given one."""
    return load_settings(overrides or {}, folder=folder, environ=environ or {})


def numbers(effective: EffectiveSettings) -> tuple[int, float, float]:
    chosen = effective.settings
    return chosen.num_inference_steps, chosen.guidance_scale, chosen.ip_adapter_scale


@pytest.fixture
def support(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The application-support folder of a home of its own."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = platformdirs.user_config_path("storyboard", appauthor=False)
    assert (tmp_path / "home") in folder.parents
    folder.mkdir(parents=True)
    return folder


def test_the_constants_stand_each_on_a_line_of_its_own() -> None:
    lines = (ROOT / "config.py").read_text(encoding="utf-8").splitlines()
    for line in (
        "NUM_INFERENCE_STEPS = 12",
        "GUIDANCE_SCALE = 6.5",
        "IP_ADAPTER_SCALE = 0.50",
        "ENABLE_CHANNELS_LAST = True",
        "ENABLE_ATTENTION_SLICING = True",
        "ENABLE_FP16_AUTOCAST = True",
        "USE_IDENTITY_LOCK = True",
    ):
        assert lines.count(line) == 1
    assert any(line.startswith("CHARACTER_TRAITS = ") for line in lines)
    assert any(line.startswith("NEGATIVE_PROMPT = ") for line in lines)


def test_the_modes_are_the_products() -> None:
    assert {name: dataclasses.astuple(mode) for name, mode in config.SPEED_MODES.items()} == {
        "ULTRA_FAST": (10, 6.0, 0.40),
        "FAST": (12, 6.5, 0.50),
        "BALANCED": (15, 7.0, 0.65),
        "QUALITY": (20, 7.5, 0.80),
    }


def test_without_anything_the_constants_hold(tmp_path: Path) -> None:
    effective = load(tmp_path)
    assert effective.settings == config.Settings()
    assert set(effective.origins.values()) == {"config.py"}
    assert effective.settings.mode == "FAST"
    assert numbers(effective) == (12, 6.5, 0.5)
    assert effective.settings.character_traits == config.CHARACTER_TRAITS


def test_an_edited_constant_is_used_and_a_picked_mode_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "NUM_INFERENCE_STEPS", 14)
    effective = load(tmp_path)
    assert numbers(effective) == (14, 6.5, 0.5)
    assert (effective.settings.mode, effective.origins["num_inference_steps"]) == (
        "FAST",
        "config.py",
    )
    picked = load(tmp_path, {"mode": "fast"})
    assert numbers(picked) == (12, 6.5, 0.5)
    assert picked.origins["num_inference_steps"] == "mode FAST"
    assert picked.origins["mode"] == "command line"


def test_the_file_itself_can_be_edited(tmp_path: Path) -> None:
    text = (ROOT / "config.py").read_text(encoding="utf-8")
    (tmp_path / "storyboard").symlink_to(ROOT / "storyboard")
    program = (
        "from storyboard.settings.layers import load_settings\n"
        "from storyboard.errors import SettingsError\n"
        "try: print(load_settings(environ={}).settings.num_inference_steps)\n"
        "except SettingsError as error: print(error)"
    )
    printed = []
    for constant in ("14", "'many'"):
        source = text.replace("NUM_INFERENCE_STEPS = 12", f"NUM_INFERENCE_STEPS = {constant}")
        (tmp_path / "config.py").write_text(source, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path
        )
        assert done.stderr == ""
        printed.append(done.stdout)
    assert printed[0] == "14\n"
    place = f"{tmp_path / 'config.py'}: NUM_INFERENCE_STEPS is 'many': it must be a valid integer"
    assert printed[1].startswith(place)
    assert printed[1].count("\n") == 1


def test_each_layer_wins_over_the_one_below(tmp_path: Path, support: Path) -> None:
    (support / FILE).write_text("panels: 2\nseed: 2\nstyle: two\nmodel: m2\npage: letter\n")
    (tmp_path / FILE).write_text("panels: 3\nseed: 3\nstyle: three\n")
    environ = {"STORYBOARD_PANELS": "4", "STORYBOARD_SEED": "4", "PANELS": "9"}
    effective = load(tmp_path, {"panels": 5, "aspect": None}, environ)
    found = {
        name: (getattr(effective.settings, name), effective.origins[name])
        for name in ("panels", "seed", "style", "model", "page", "aspect")
    }
    assert found == {
        "panels": (5, "command line"),
        "seed": (4, "STORYBOARD_SEED"),
        "style": ("three", f"storyboard.yaml ({tmp_path / FILE})"),
        "model": ("m2", f"storyboard.yaml ({support / FILE})"),
        "page": ("Letter", f"storyboard.yaml ({support / FILE})"),
        "aspect": ("16:9", "config.py"),
    }


def test_a_mode_replaces_the_numbers_of_the_layers_below_and_none_of_its_own(
    tmp_path: Path, support: Path
) -> None:
    (support / FILE).write_text("num_inference_steps: 33\nguidance_scale: 3\n")
    assert numbers(load(tmp_path)) == (33, 3.0, 0.5)
    # Within a layer the order of the lines does not matter.
    (tmp_path / FILE).write_text("guidance_scale: 4\nmode: QUALITY\n")
    effective = load(tmp_path)
    assert numbers(effective) == (20, 4.0, 0.8)
    assert effective.origins["num_inference_steps"] == "mode QUALITY"
    above = load(tmp_path, {"ip_adapter_scale": 0}, {"STORYBOARD_MODE": "ultra-fast"})
    assert numbers(above) == (10, 6.0, 0.0)
    assert above.origins["ip_adapter_scale"] == "command line"
    assert above.origins["mode"] == "STORYBOARD_MODE"


def test_a_mode_of_ones_own_can_be_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modes = {**config.SPEED_MODES, "DRAFT": config.SpeedMode(4, 1.0, 0.0)}
    monkeypatch.setattr("config.SPEED_MODES", modes)
    monkeypatch.setattr("storyboard.settings.layers.SPEED_MODES", modes)
    monkeypatch.setattr("storyboard.diffusion.families.SPEED_MODES", modes)
    assert numbers(load(tmp_path, {"mode": "draft"})) == (4, 1.0, 0.0)
    modes["DRAFT"] = config.SpeedMode(0, 1.0, 0.0)
    with pytest.raises(SettingsError, match=r"config\.py: SPEED_MODES, mode DRAFT"):
        load(tmp_path, {"mode": "draft"})


def test_yaml_is_read_as_it_is_written(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        "# as people write it\naspect: 16:9\nuse_identity_lock: no\nGUIDANCE_SCALE: 7\nseed:\n"
        "character_traits:\n  name: Aidar\n  age: 70\n  hat:\n",
        encoding="utf-8-sig",
    )
    chosen = load(tmp_path).settings
    assert (chosen.aspect, chosen.use_identity_lock, chosen.guidance_scale) == ("16:9", False, 7.0)
    assert chosen.seed == 0
    assert chosen.character_traits == {"name": "Aidar", "age": "70", "hat": ""}
    (tmp_path / FILE).write_text("# nothing yet\n")
    assert load(tmp_path).settings == config.Settings()


def test_the_environment_can_hold_a_character(tmp_path: Path) -> None:
    environ = {"STORYBOARD_CHARACTER_TRAITS": '{"name": "Aidar", "age": 70}'}
    assert load(tmp_path, environ=environ).settings.character_traits == {
        "name": "Aidar",
        "age": "70",
    }


def test_the_working_folder_and_the_process_are_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE).write_text("panels: 3\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STORYBOARD_SEED", "7")
    effective = load_settings({"page": "A4"}, overrides_origin="window")
    assert (effective.settings.panels, effective.settings.seed) == (3, 7)
    assert effective.origins["page"] == "window"


def test_settings_are_frozen(tmp_path: Path) -> None:
    effective = load(tmp_path)
    with pytest.raises(ValidationError, match="frozen"):
        effective.settings.panels = 3
    with pytest.raises(dataclasses.FrozenInstanceError):
        effective.settings = config.Settings()  # type: ignore[misc]


BAD = [
    ("panels", "0", "greater than or equal to 1"),
    ("panels", "601", "less than or equal to 600"),
    ("panels", "-1", "greater than or equal to 1"),
    ("panels", "six", "valid integer"),
    ("panels", "2.5", "valid integer"),
    ("mode", "QUALTY", "did you mean QUALITY"),
    ("mode", "?", "the modes are ULTRA_FAST, FAST, BALANCED, QUALITY"),
    ("guidance_scale", "nan", "finite"),
    ("guidance_scale", "-1", "greater than or equal to 0"),
    ("ip_adapter_scale", "1.1", "less than or equal to 1"),
    ("num_inference_steps", "9" * 5000, "exceeded maximum size"),
    ("seed", "4294967296", "less than or equal to 4294967295"),
    ("aspect", "16-9", r"for example 16:9, 2\.39:1"),
    ("aspect", "9:1", "between 1:4 and 4:1"),
    ("page", "A5", "'A4', 'A3', 'Letter' or 'Legal'"),
    ("use_identity_lock", "maybe", "valid boolean"),
    ("model", "", "at least 1 character"),
    ("style", "x" * 4001, "at most 4000 characters"),
    ("panel", "6", "did you mean panels"),
    ("STEPS", "6", "did you mean num_inference_steps"),
    ("colour", "6", "the keys are mode, num_inference_steps"),
]


@pytest.mark.parametrize(("key", "value", "problem"), BAD)
def test_a_mistake_is_one_line_that_names_place_key_and_value(
    tmp_path: Path, key: str, value: str, problem: str
) -> None:
    path = tmp_path / FILE
    path.write_text(f"# settings\n\n{key}: {value!r}\n")
    quiet = tmp_path / "quiet"
    quiet.mkdir()
    name = f"STORYBOARD_{key.upper()}"
    loaders: dict[str, Callable[[], object]] = {
        f"{path}, line 3: ": lambda: load(tmp_path),
        f"environment: {name}": lambda: load(quiet, environ={name: value}),
        "command line: ": lambda: load(quiet, {key: value}),
    }
    for place, loader in loaders.items():
        with pytest.raises(SettingsError, match=problem) as caught:
            loader()
        message = str(caught.value)
        assert message.startswith(place)
        assert key.lower() in message.lower()
        assert value[:50] in message or "not a setting" in message
        assert "\n" not in message
        assert len(message) < 600 + len(str(path))


def test_a_mistake_is_told_even_where_a_higher_layer_hides_it(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("panels: 601\n")
    with pytest.raises(SettingsError, match="line 1: panels is '601'"):
        load(tmp_path, {"panels": 6})


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("panels: [1]", "line 1: panels must be text"),
        ("- panels", "must be a list of 'key: value' lines"),
        ("panels: 1\npanels: 2", "line 2: panels is there twice"),
        ("panels: 1\nPANELS: 2", "line 2: PANELS is there twice"),
        ("character_traits: red", "line 1: character_traits must be"),
        ("character_traits: {hair: red}", 'line 1: character_traits is dict: .*needs a "name"'),
        ("character_traits: {name: A, hair: [red]}", "character_traits.hair must be text"),
        ("character_traits: {name: A, hair: " + "r" * 201 + "}", "character_traits.hair is"),
        ("panels: [", "not YAML"),
        ("panels: \x00", "not YAML"),
        ("a: &a [x, x]\nb: &b [*a, *a]\npanels: *b", "aliases"),
        ("panels: !!python/name:os.getcwd", "tag"),
        ("[" * 100_000, "nested"),
        ("# " + "x" * 300_000, "larger than 256 KB"),
    ],
)
def test_a_wrong_file_is_one_line_that_names_it(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(SettingsError, match=problem) as caught:
        load(tmp_path)
    assert str(tmp_path / FILE) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_no_file_of_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="not text in UTF-8"):
        load(tmp_path)
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).mkdir()
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path)


def test_a_character_in_the_environment_that_is_no_json_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"STORYBOARD_CHARACTER_TRAITS is not JSON") as caught:
        load(tmp_path, environ={"STORYBOARD_CHARACTER_TRAITS": "Mira"})
    assert "\n" not in str(caught.value)


@given(st.text(max_size=60) | st.binary(max_size=60))
def test_any_file_is_settings_or_one_line(
    tmp_path_factory: pytest.TempPathFactory, content: str | bytes
) -> None:
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    (folder / FILE).write_bytes(data)
    try:
        load(folder)
    except SettingsError as error:
        assert len(str(error).splitlines()) == 1


def test_the_table_has_every_setting_with_value_and_origin(tmp_path: Path) -> None:
    rows = effective_table(load(tmp_path, {"mode": "QUALITY"}))
    assert [name for name, _, _ in rows] == list(config.Settings.model_fields)
    assert ("mode", "QUALITY", "command line") in rows
    assert ("num_inference_steps", "20", "mode QUALITY") in rows
    assert ("panels", "6", "config.py") in rows
    looks = next(value for name, value, _ in rows if name == "character_traits")
    assert looks.startswith("name: Mira, age: young woman")


def test_the_default_character_can_be_drawn_by_the_starter() -> None:
    traits = dict(config.CHARACTER_TRAITS)
    assert next(iter(traits)) == "name"
    assert {"face_shape", "eyes", "hair", "facial_hair", "skin_tone", "clothing", "hat"} <= set(
        traits
    )
    assert re.search(r"\b(red|black|blonde|brown|white|blue) hair", traits["hair"])
    assert re.fullmatch(
        r"(yellow|red|blue|green|black|white|purple) (coat|shirt|dress)", traits["clothing"]
    )
    assert re.search(r"\b(hat|cap|beanie|none)$", traits["hat"])


def test_a_single_step_leaves_nothing_out_unless_it_is_asked_to(tmp_path: Path) -> None:
    single = load(tmp_path, {"num_inference_steps": 1})
    assert single.settings.acceleration == "off"
    assert single.origins["acceleration"] == "a single step"
    double = load(tmp_path, {"num_inference_steps": 2})
    assert double.settings.acceleration == config.ACCELERATION != "off"
    with pytest.raises(SettingsError, match="reuses the features of an earlier step"):
        load(tmp_path, {"num_inference_steps": 1, "acceleration": "balanced"})
