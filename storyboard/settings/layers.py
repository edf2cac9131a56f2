"""The settings in force, and where each of them came from."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import platformdirs
import pydantic_settings
import yaml
from pydantic import ValidationError

import config
from config import SPEED_MODES, Settings
from storyboard.diffusion.families import family_of_few_step, speed_modes
from storyboard.errors import InputError, ProjectError, SettingsError
from storyboard.files.lora_yaml import loras_in
from storyboard.files.regular_file import NotRegularError, read_regular
from storyboard.files.sealed_folder import SealedFolder
from storyboard.files.yaml_tree import YamlTree, parse_yaml
from storyboard.settings.drawing import sampling_of
from storyboard.settings.picked import PARSED, few_step_numbers, mode_numbers
from storyboard.settings.workflows import find_workflow
from storyboard.techniques.acceleration import check_steps, parse_acceleration
from storyboard.techniques.few_step import FewStep
from storyboard.values import bounds

__all__ = ["FILE", "EffectiveSettings", "effective_table", "load_settings", "read_values"]

FILE = "storyboard.yaml"
_APPLICATION = "storyboard"
_PREFIX = "STORYBOARD_"
_CONSTANTS = "config.py"
_RECORD = "board.yaml"
# What is fetched from the hub where it is not on this machine.
_FETCHED = ("model", "edit_model", "animate_model", "ip_adapter", "few_step", "loras")
_NULL = "tag:yaml.org,2002:null"
_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class EffectiveSettings:
    """The settings in force.

    Attributes:
        settings: The values.
        origins: For each field where it came from: "config.py", "storyboard.yaml (/its/path)",
            "STORYBOARD_PANELS", "command line", or "mode QUALITY" for what a picked mode brought.
    """

    settings: Settings
    origins: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Layer:
    """What one source says.

    Attributes:
        values: Its values by field.
        origins: Where each came from, as `storyboard config` shows it.
        places: The same for error messages: with path, line and the name as the user wrote it.
    """

    values: Mapping[str, object]
    origins: Mapping[str, str]
    places: Mapping[str, str]


def load_settings(
    overrides: Mapping[str, object] = _NOTHING,
    *,
    folder: Path | None = None,
    environ: Mapping[str, str] | None = None,
    overrides_origin: str = "command line",
) -> EffectiveSettings:
    """Put the settings together.

    Layers apply in order: config.py, the application-support folder's storyboard.yaml, the
    folder's own, the environment, the overrides. Within a layer its mode comes first and then
    its numbers, so a mode replaces the steps and scales of the layers below it.

    The folder's file may come from a stranger, whether there is a board in it or not: what it alone
    names is not downloaded (`allow_download`). A folder with a board is a project, where the file
    is no link.

    Args:
        overrides: Fields from the command line or the window; None means that it is not given.
        folder: Where to look for storyboard.yaml; the working folder if None.
        environ: Environment variables; those of the process if None.
        overrides_origin: What to call the overrides.

    Raises:
        SettingsError: An unknown key, a bad value or an unreadable file, in one line.
    """
    # 1. The constants, which may have been edited into something impossible.
    merged = _constants()
    origins = dict.fromkeys(merged, _CONSTANTS)

    # 2. The layers above them, each checked by itself: a mistake is told even where a higher
    #    layer would have hidden it.
    support = platformdirs.user_config_path(_APPLICATION, appauthor=False) / FILE
    place = folder or Path.cwd()
    is_project = (place / _RECORD).exists()
    strange = _from_yaml(place / FILE, linked=not is_project)
    layers = (
        _from_yaml(support),
        strange,
        _from_environment(os.environ if environ is None else environ),
        _from_overrides(overrides, overrides_origin),
    )
    asked = {merged[name] for name in _FETCHED}  # by the user
    found = [_checked(layer) for layer in layers]
    named = [
        each.model for each, layer in zip(found, layers, strict=True) if "model" in layer.values
    ]
    modes = speed_modes(named[-1] if named else str(merged["model"]))
    if modes is not SPEED_MODES:  # the constants are of the family that the starter is of
        numbers = mode_numbers(modes, str(merged["mode"]))
        merged |= numbers
        origins |= dict.fromkeys(numbers, f"mode {merged['mode']}")
    for layer, checked in zip(layers, found, strict=True):
        if "mode" in layer.values:
            numbers = mode_numbers(modes, checked.mode)
            merged |= numbers
            origins |= dict.fromkeys(numbers, f"mode {checked.mode}")
        if checked.few_step and "few_step" in layer.values:
            numbers = few_step_numbers(checked.few_step, layer.origins["few_step"])
            merged |= numbers
            origins |= dict.fromkeys(numbers, f"few-step adapter {checked.few_step}")
        if checked.workflow and "workflow" in layer.values:
            name = checked.workflow
            numbers = _workflow_numbers(name, layer, named[-1] if named else merged["model"], place)
            merged |= numbers
            origins |= dict.fromkeys(numbers, f"workflow {name}")
        if layer is strange:
            _refuse_consent(layer)
        else:
            asked |= {getattr(checked, name) for name in _FETCHED}
        merged |= {name: getattr(checked, name) for name in layer.values}
        origins |= layer.origins
    if origins["allow_download"] == _CONSTANTS and not asked >= {merged[name] for name in _FETCHED}:
        merged["allow_download"] = False
        origins["allow_download"] = f"the folder's {FILE} alone names the model"

    if origins["acceleration"] == _CONSTANTS and merged["num_inference_steps"] == 1:
        # Nobody asked for it, and a single step has nothing to leave out.
        merged["acceleration"] = "off"
        origins["acceleration"] = "a single step"

    # 3. Once more together, because the modes' numbers can be edited as well.
    places = {name: f"{config.__file__}: SPEED_MODES, {origins[name]}: {name}" for name in merged}
    settings = _checked(_Layer(merged, origins, places))
    _check_together(settings, origins)
    return EffectiveSettings(settings, MappingProxyType(origins))


def effective_table(effective: EffectiveSettings) -> list[tuple[str, str, str]]:
    """Rows of (setting, value, origin) for people, in the order of the fields."""
    return [
        (name, _shown(getattr(effective.settings, name)), effective.origins[name])
        for name in Settings.model_fields
    ]


def read_values(path: Path) -> Mapping[str, object]:
    """What a file of settings says, by field and as it is written; nothing if there is no file.

    Raises:
        SettingsError: It cannot be read, or is none.
    """
    return _from_yaml(path).values


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {words}" for key, words in value.items())
    return str(value)


def _constants() -> dict[str, object]:
    places = {name: f"{config.__file__}: {name.upper()}" for name in Settings.model_fields}
    checked = _checked(_Layer({}, {}, places))
    return {name: getattr(checked, name) for name in Settings.model_fields}


def _checked(layer: _Layer) -> Settings:
    """The settings as if this layer were the only one, or one line about its first mistake."""
    try:
        settings = Settings.model_validate(dict(layer.values))
    except ValidationError as error:
        raise _readable(error, layer) from None
    for name, parse in PARSED.items():
        if name in layer.values:
            try:
                parse(getattr(settings, name))
            except InputError as error:
                raise SettingsError(
                    "{places}: {error}", places=layer.places[name], error=error
                ) from None
    return settings


def _workflow_numbers(name: str, layer: _Layer, model: object, folder: Path) -> dict[str, object]:
    """The fields that a workflow sets for a model."""
    try:
        found = find_workflow(name, folder)
    except SettingsError as error:
        raise SettingsError(
            "{place}: {error}", place=layer.places["workflow"], error=error
        ) from None
    values, places = found.settings_for(str(model))
    checked = _checked(_Layer(values, places, places))
    return {each: getattr(checked, each) for each in values}


def _check_together(settings: Settings, origins: Mapping[str, str]) -> None:
    """Refuse what no value is to blame for alone: steps, guidance and what is saved on them."""
    blamed = "acceleration"
    try:
        acceleration = parse_acceleration(settings.acceleration)
        check_steps(acceleration, settings.num_inference_steps)
        if settings.few_step:
            blamed = "few_step"
            wish, sampling = FewStep(settings.few_step), sampling_of(settings, 0)
            family_of_few_step(wish).check_few_step(wish, sampling, acceleration)
    except InputError as error:
        raise SettingsError("{origins}: {error}", origins=origins[blamed], error=error) from None


def _readable(error: ValidationError, layer: _Layer) -> SettingsError:
    first = error.errors(include_url=False, include_context=False)[0]
    name, *inside = (str(each) for each in first["loc"])
    place = ".".join([layer.places.get(name, f"{config.__file__}: {name}"), *inside])
    problem = first["msg"].removeprefix("Value error, ").replace("Input should be", "it must be")
    # The value may be anything, so only text and numbers are shown, and not much of them.
    value = first["input"]
    shown = repr(value)[:60] if isinstance(value, str | int | float) else type(value).__name__
    return SettingsError("{place} is {shown}: {problem}", place=place, shown=shown, problem=problem)


def _known(name: str, place: str) -> str:
    """The field of that name in any case, as constants are often copied from config.py."""
    fields = tuple(Settings.model_fields)
    key = name.lower()
    if key in fields:
        return key
    near = [field for field in fields if key in field.split("_")]
    near = near or difflib.get_close_matches(key[:80], fields, 1)
    hint = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(fields)}"
    raise SettingsError(
        "{place} {name} is not a setting; {hint}", place=place, name=repr(name[:80]), hint=hint
    )


def _from_overrides(overrides: Mapping[str, object], origin: str) -> _Layer:
    given = {
        _known(name, f"{origin}:"): value for name, value in overrides.items() if value is not None
    }
    places = {name: f"{origin}: {name}" for name in given}
    return _Layer(given, dict.fromkeys(given, origin), places)


def _from_environment(environ: Mapping[str, str]) -> _Layer:
    ours = {name: value for name, value in environ.items() if name.upper().startswith(_PREFIX)}
    names = {_known(each[len(_PREFIX) :], f"environment: {each}:"): each for each in ours}
    source = pydantic_settings.EnvSettingsSource(Settings)
    source.env_vars = {name.lower(): value for name, value in ours.items()}
    try:
        values = source()
    except pydantic_settings.SettingsError:
        # The only field that is not a word or a number.
        name = names["character_traits"]
        raise SettingsError(
            'environment: {name} is not JSON; write {{"name": "Mira", "hair": "long red hair"}}',
            name=name,
        ) from None
    return _Layer(values, names, {name: f"environment: {each}" for name, each in names.items()})


def _refuse_consent(project: _Layer) -> None:
    if project.values.get("allow_download") is not None:
        raise SettingsError(
            "{places} is not for a project to say: set it with "
            "--allow-download, in the environment or in your own settings",
            places=project.places["allow_download"],
        )


def _from_yaml(path: Path, *, linked: bool = True) -> _Layer:
    """The layer of a file; `linked` says whether it may be a link, as people keep their own."""
    try:
        entries = _entries(path, linked=linked)
        values = {name: _value(name, tree) for name, tree in entries.items()}
    except ProjectError as error:
        # The tree speaks of files in general; here it is the settings that are wrong.
        raise SettingsError(error.message) from None
    origin = f"{path.name} ({path})"
    places = {
        name: f"{path}, line {tree.node.start_mark.line + 1}: {name}"
        for name, tree in entries.items()
    }
    return _Layer(values, dict.fromkeys(values, origin), places)


def _entries(path: Path, *, linked: bool) -> dict[str, YamlTree]:
    text = _text(path, linked=linked)
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines()):
        return {}
    entries: dict[str, YamlTree] = {}
    for name, tree in parse_yaml(text, str(path), bounds.SETTINGS_EVENTS).mapping().items():
        field = _known(name, f"{path}, line {tree.node.start_mark.line + 1}:")
        if field in entries:
            tree.fail("is there twice; remove one")
        if tree.node.tag != _NULL:  # "seed:" with nothing behind it sets nothing
            entries[field] = tree
    return entries


def _value(name: str, tree: YamlTree) -> object:
    if name == "character_traits":
        return {trait: words.text(1000) for trait, words in tree.mapping().items()}
    if name == "loras" and not isinstance(tree.node, yaml.ScalarNode):
        return "\n".join(each.text for each in loras_in(tree))
    # As written: YAML itself would read 16:9 as the number 969.
    return tree.text(10_000)


def _text(path: Path, *, linked: bool) -> str:
    try:
        if linked:
            content = read_regular(path, bounds.SETTINGS_BYTES)
        else:
            content = SealedFolder(path.parent).read(path.name, bounds.SETTINGS_BYTES)
    except FileNotFoundError:
        return ""
    except NotRegularError as error:
        raise SettingsError(
            "{path} cannot be read: {strerror}; put a real file there or remove it",
            path=path,
            strerror=error.strerror,
        ) from None
    except OSError as error:
        raise SettingsError(
            "{path} cannot be read: {strerror}", path=path, strerror=error.strerror
        ) from None
    if len(content) > bounds.SETTINGS_BYTES:
        raise SettingsError(
            "{path} is larger than {settings_bytes} KB: is it really the settings?",
            path=path,
            settings_bytes=bounds.SETTINGS_BYTES // 1024,
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsError("{path} is not text in UTF-8; save it as UTF-8", path=path) from None
