"""Workflows: presets as data, of how a picture is drawn and gone over, for each family of models.

A workflow is a YAML file that ships with the program, or lies in the user's settings folder or in a
project. It sets settings as a speed mode does, and only such as cannot name a file or a model, so
that one of a stranger can be used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from storyboard.diffusion.families import families, family_of
from storyboard.diffusion.weights.hub import downloads
from storyboard.errors import ModelError, ProjectError, SettingsError
from storyboard.files.assets import find_asset
from storyboard.files.regular_file import NotRegularError, read_regular
from storyboard.files.yaml_tree import YamlTree, parse_yaml
from storyboard.values import bounds

__all__ = ["FOLDER", "Workflow", "find_workflow", "known_workflows", "workflow_folders"]

FOLDER = "workflows"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", re.ASCII)
_HEAD = ("summary", "claims")
_SET = (
    *("num_inference_steps", "guidance_scale", "acceleration", "sampler", "schedule", "storage"),
    *("hires", "faces"),
)
_PHRASES = {"positive": "style_phrases", "negative": "negative_phrases"}
_WEIGHTS = "lora_weights"
_LETTERS = 2000

_PLACES = {"quick": 0, "quality": 1, "best": 2}
"""Where the program's own stand in a list."""


@dataclass(frozen=True, slots=True)
class Workflow:
    """A preset.

    Attributes:
        name: Of its file, without the ending.
        path: Its file.
        summary: What it is for.
        claims: The time that its source claims, in its words; empty where it names none.
        values: For each family the settings that it sets, as they are written.
        places: For each family where each of them stands, for messages.
    """

    name: str
    path: Path
    summary: str
    claims: str
    values: Mapping[str, Mapping[str, object]]
    places: Mapping[str, Mapping[str, str]]

    def settings_for(self, model: str) -> tuple[Mapping[str, object], Mapping[str, str]]:
        """What it sets for a model, and where that stands.

        Raises:
            SettingsError: It has nothing for models of this family.
        """
        family = _family(model)
        if family not in self.values:
            raise SettingsError(
                "{path} has nothing for {family} models: it knows {known}",
                path=self.path,
                family=family,
                known=", ".join(self.values),
            )
        return self.values[family], self.places[family]


def workflow_folders(project: Path | None = None) -> tuple[Path, ...]:
    """Where workflows lie, the nearest first: the project's, the user's, the program's own."""
    own = platformdirs.user_config_path("storyboard", appauthor=False) / FOLDER
    shipped = find_asset(FOLDER)
    near = () if project is None else (project / FOLDER,)
    return (*near, own, *(() if shipped is None else (shipped,)))


def known_workflows(project: Path | None = None) -> tuple[str, ...]:
    """The names of all that are there, the program's own first, the quickest before the best."""
    found: dict[str, None] = {}
    for folder in reversed(workflow_folders(project)):
        if folder.is_dir():
            stems = (each.stem for each in folder.glob("*.yaml"))
            names = sorted(stems, key=lambda name: (_PLACES.get(name, len(_PLACES)), name))
            found |= dict.fromkeys(filter(_NAME.fullmatch, names))
    return tuple(found)


def find_workflow(name: str, project: Path | None = None) -> Workflow:
    """The workflow of a name.

    Raises:
        SettingsError: There is none, or its file is damaged; names file, line and key.
    """
    if _NAME.fullmatch(name):
        for folder in workflow_folders(project):
            path = folder / f"{name}.yaml"
            if path.is_file():
                return _read(path, name)
    raise SettingsError(
        "there is no workflow {name}: choose one of {known}, or put NAME.yaml into {folder}",
        name=repr(name[:40]),
        known=", ".join(known_workflows(project)),
        folder=workflow_folders()[0],
    )


def _family(model: str) -> str:
    """Name of the family of a model; of one that cannot be told without the network the first."""
    with downloads(allowed=False):
        try:
            return family_of(model).name
        except ModelError:
            return families()[0].name


def _read(path: Path, name: str) -> Workflow:
    try:
        data = read_regular(path, bounds.SETTINGS_BYTES)
        text = data.decode("utf-8-sig") if len(data) <= bounds.SETTINGS_BYTES else ""
    except (OSError, NotRegularError) as error:
        reason = error.strerror or str(error)
        raise SettingsError("{path} cannot be read: {reason}", path=path, reason=reason) from None
    except UnicodeDecodeError:
        raise SettingsError("{path} is not UTF-8 text", path=path) from None
    try:
        tree = parse_yaml(text, str(path), bounds.SETTINGS_EVENTS)
        fields = tree.fields((*_HEAD, *(each.name for each in families())), required=("summary",))
        written = {
            family: _settings(part) for family, part in fields.items() if family not in _HEAD
        }
        if not written:
            tree.fail(
                "sets nothing: name a family of models, such as {name}", name=families()[0].name
            )
        return Workflow(
            name,
            path,
            fields["summary"].text(_LETTERS),
            fields["claims"].text(_LETTERS) if "claims" in fields else "",
            {
                family: {key: value for key, (value, _) in each.items()}
                for family, each in written.items()
            },
            {
                family: {key: place for key, (_, place) in each.items()}
                for family, each in written.items()
            },
        )
    except ProjectError as error:
        # The tree speaks of files in general; here it is the settings that are wrong.
        raise SettingsError(error.message) from None


def _settings(tree: YamlTree) -> dict[str, tuple[object, str]]:
    """Value and place of each setting, for one family."""
    found: dict[str, tuple[object, str]] = {}
    for key, part in tree.fields((*_SET, *_PHRASES, _WEIGHTS)).items():
        if key in _PHRASES:
            value = ", ".join(each.text(_LETTERS) for each in part.mapping().values())
        elif key == _WEIGHTS:
            weights = part.mapping().items()
            value = ", ".join(f"{framing}={each.number(0, 4):g}" for framing, each in weights)
        else:
            value = part.text(_LETTERS)
        line = part.node.start_mark.line + 1
        name = _PHRASES.get(key, key)
        found[name] = value, f"{tree.source}, line {line}: {key}"
    return found
