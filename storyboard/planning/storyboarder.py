"""Projects of Storyboarder (wonderunit): a file of JSON beside a folder of layers.

As its sources define it (src/js/models/board.js and src/js/exporters, version 3): a file is a
scene. Each of its ``boards`` has a ``url``, from which the names of its layers follow unless
``layers`` says them; they lie in the folder ``images`` and are seen above each other in one order,
each with its opacity. Until version 1 the main layer was the file ``url`` itself. Times are
milliseconds; a board without one stays for the scene's ``defaultBoardTiming``.
"""

from __future__ import annotations

import io
import json
import math
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from PIL import Image

from storyboard.errors import InputError
from storyboard.files import atomic
from storyboard.files.natural_order import natural_key
from storyboard.files.pictures import open_picture
from storyboard.files.regular_file import read_regular
from storyboard.files.sealed_folder import SealedFolder
from storyboard.planning.derived import with_derived_prompts
from storyboard.planning.drawn_board import Drawing, DrawnBoard, nearest_aspect
from storyboard.planning.spoken_lines import spoken_lines
from storyboard.story.language import detect_language
from storyboard.terminal import one_line
from storyboard.values import bounds
from storyboard.values.board import Panel, Storyboard
from storyboard.values.editing import MAX_PANELS
from storyboard.values.seeds import derived_seed
from storyboard.values.shot import Shot, ShotSize

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SUFFIX", "read_storyboarder", "storyboarder_files"]

SUFFIX = ".storyboarder"
_LAYERS = ("shot-generator", "reference", "fill", "tone", "pencil", "ink", "notes")
_USUAL_TIMING = 2000.0  # milliseconds
_SHORTEST, _LONGEST = 0.01, 3600.0  # seconds, as in board.yaml
_LONGEST_TEXT = 200_000
_LONGEST_SIDE = 4096
_MOST_SCENES = 200


def storyboarder_files(path: Path) -> tuple[Path, ...]:
    """The scenes of a project: a file itself, those in a folder, or those in its ``storyboards``.

    Raises:
        InputError: The folder cannot be read, or has far too many.
    """
    if not path.is_dir():
        return (path,) if path.suffix.lower() == SUFFIX else ()
    try:
        found = [each for each in path.iterdir() if each.suffix.lower() == SUFFIX]
        scenes = path / "storyboards"
        if not found and scenes.is_dir() and not scenes.is_symlink():
            for folder in scenes.iterdir():
                if folder.is_dir() and not folder.is_symlink():
                    found += [each for each in folder.iterdir() if each.suffix.lower() == SUFFIX]
    except OSError as error:
        raise InputError(
            "cannot read {path}: {reason}", path=path, reason=atomic.describe(error)
        ) from None
    if len(found) > _MOST_SCENES:
        raise InputError(
            "{path} has more than {most} scenes: bring some of its files in at a time",
            path=path,
            most=_MOST_SCENES,
        )
    return tuple(sorted(found, key=lambda each: natural_key(each.name)))


def read_storyboarder(scenes: Sequence[Path], title: str) -> DrawnBoard:
    """Read the scenes of a project.

    Args:
        scenes: Its files, in order.
        title: Of the board.

    Raises:
        InputError: One is damaged, or there are more boards than a board has panels.
    """
    panels: list[Panel] = []
    drawings: dict[str, Drawing] = {}
    sounds: dict[str, Drawing] = {}
    aspect = ""
    for number, path in enumerate(scenes, 1):
        found = _scene(path)
        aspect = aspect or _aspect(found, path.name)
        boards = found["boards"]
        if len(panels) + len(boards) > MAX_PANELS:
            raise InputError(
                "{name} has more than {max_panels} boards: a board has at most as many panels",
                name=path.name,
                max_panels=MAX_PANELS,
            )
        timing = _number(found.get("defaultBoardTiming"), _USUAL_TIMING)
        says_shots = any(each.get("newShot") is True for each in boards)
        images = SealedFolder(path.absolute().parent)
        for place, record in enumerate(boards, 1):
            key = f"p{len(panels) + 1:02}"
            sound = _sound(record)
            if sound:
                sounds[key] = Drawing(sound, partial(_sound_in, images, sound))
            notes = [
                _text(record, "notes"),
                f"Shot {label}" if says_shots and (label := _text(record, "shot")) else "",
            ]
            shot = Shot(
                scene=number,
                number=place,
                size=ShotSize.MEDIUM,
                action=_text(record, "action"),
                prompt_action="",
                prompt_by_hand=False,
                dialogue=spoken_lines(_text(record, "dialogue"))[: bounds.LINES],
                duration=_seconds(record, timing),
                note="\n".join(filter(None, notes)),
            )
            panels.append(Panel(key, shot, derived_seed(0, key)))
            layers = _layers(record, images)
            if layers:
                name = f"{path.stem[:80]}, board {place}"
                size = _size(found, path.name)
                drawings[key] = Drawing(name, partial(_flattened, images, layers, size, name))
    words = "\n".join(f"{each.shot.action} {each.shot.note}" for each in panels)
    language = detect_language(words[: bounds.STORY_LETTERS // 4]) if words.strip() else "en"
    board = Storyboard(title, "", language, aspect or "16:9", 0, (), tuple(panels))
    told = (f"{bare} boards have no picture" if (bare := len(panels) - len(drawings)) else "",)
    return DrawnBoard(with_derived_prompts(board), drawings, sounds, tuple(filter(None, told)))


def _scene(path: Path) -> dict[str, Any]:
    name = path.name
    try:
        data = read_regular(path, bounds.CUT_BYTES)
    except OSError as error:
        raise InputError(
            "cannot read {path}: {reason}", path=path, reason=atomic.describe(error)
        ) from None
    if len(data) > bounds.CUT_BYTES or sum(map(data.count, b"{[,")) > bounds.JSON_VALUES:
        raise InputError("{name} is larger than any project of Storyboarder", name=name)
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(
            "{name} is damaged ({reason}): Storyboarder keeps older versions beside it",
            name=name,
            reason=one_line(str(error), 80),
        ) from None
    boards = found.get("boards") if isinstance(found, dict) else None
    if not isinstance(boards, list) or not all(isinstance(each, dict) for each in boards):
        raise InputError(
            "{name} is no project of Storyboarder: it has no list of boards", name=name
        )
    scene: dict[str, Any] = found
    return scene


def _aspect(scene: dict[str, Any], name: str) -> str:
    return nearest_aspect(_ratio(scene, name))


def _ratio(scene: dict[str, Any], name: str) -> float:
    ratio = _number(scene.get("aspectRatio"), 16 / 9)
    if not 0.05 < ratio < 20:
        raise InputError("{name} has an aspect ratio of {ratio:g}", name=name, ratio=ratio)
    return ratio


def _size(scene: dict[str, Any], name: str) -> tuple[int, int]:
    """Of the pictures, as Storyboarder makes them."""
    ratio = _ratio(scene, name)
    return (round(900 * ratio), 900) if ratio >= 1 else (900, round(900 / ratio))


def _number(value: object, usual: float) -> float:
    """A number, which some versions write as text."""
    try:
        number = float(value) if isinstance(value, int | float | str) else usual
    except (ValueError, OverflowError):
        return usual
    return number if math.isfinite(number) else usual


def _seconds(record: dict[str, Any], timing: float) -> float:
    milliseconds = _number(record.get("duration"), timing)
    if milliseconds <= 0:
        milliseconds = timing if timing > 0 else _USUAL_TIMING
    return round(min(_LONGEST, max(_SHORTEST, milliseconds / 1000)), 4)


def _text(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    if not isinstance(value, str):
        return ""
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text.encode("utf-8", "replace").decode()[:_LONGEST_TEXT]


def _sound(record: dict[str, Any]) -> str:
    """The name of the file of a board's sound; empty where there is none."""
    sound = record.get("audio")
    name = sound.get("filename") if isinstance(sound, dict) else None
    return name if isinstance(name, str) and name and _is_plain(name) else ""


def _sound_in(images: SealedFolder, name: str) -> bytes:
    try:
        return images.read(f"images/{name}", bounds.SOUND_BYTES)
    except FileNotFoundError:
        raise InputError("the sound {name} is not in the folder images", name=name) from None
    except OSError as error:
        raise InputError(
            "the sound {name} stays behind: {reason}", name=name, reason=atomic.describe(error)
        ) from None


_Layer = tuple[str, float]


def _layers(record: dict[str, Any], images: SealedFolder) -> tuple[_Layer, ...]:
    """Names and opacities of the layers that are there, the lowest first."""
    url = record.get("url")
    if not isinstance(url, str) or not _is_plain(url):
        return ()
    stem = PurePosixPath(url).stem
    told = record.get("layers")
    told = told if isinstance(told, dict) else {}
    found: list[_Layer] = []
    for name in _LAYERS:
        if name == "fill" and _is_there(images, url):
            found.append((url, 1.0))  # of old versions: between the reference and the notes
        layer = told.get(name)
        if not isinstance(layer, dict):
            continue
        file = layer.get("url", f"{stem}-{name}.png")
        opacity = min(1.0, max(0.0, _number(layer.get("opacity"), 1.0)))
        if isinstance(file, str) and _is_plain(file) and opacity and _is_there(images, file):
            found.append((file, opacity))
    # Its last picture of the whole, where the layers themselves are gone.
    poster = f"{stem}-posterframe.jpg"
    return tuple(found) or (((poster, 1.0),) if _is_there(images, poster) else ())


def _is_plain(name: str) -> bool:
    """Whether it names a file of the folder itself; half a letter, as JSON may have, is no name."""
    return PurePosixPath(name).name == name and name.isprintable() and "\\" not in name


def _is_there(images: SealedFolder, name: str) -> bool:
    try:
        return images.has(f"images/{name}")
    except OSError:
        return False


def _flattened(
    images: SealedFolder, layers: Sequence[_Layer], size: tuple[int, int], name: str
) -> bytes:
    """The picture of a board as PNG, on white.

    Raises:
        InputError: A layer cannot be read.
    """
    whole = Image.new("RGBA", size, "white")
    for file, opacity in layers:
        try:
            data = images.read(f"images/{file}", bounds.PICTURE_BYTES)
        except OSError as error:
            raise InputError(
                "{name}: cannot read {file}: {reason}",
                name=name,
                file=file,
                reason=atomic.describe(error),
            ) from None
        called = f"{name}, {file}"
        pixels = open_picture(data, called, longest_side=_LONGEST_SIDE, transparent=True)
        if pixels.size != size:
            pixels = pixels.resize(size, Image.Resampling.LANCZOS)
        if opacity < 1:
            weights = [round(each * opacity) for each in range(256)]
            pixels.putalpha(pixels.getchannel("A").point(weights))
        whole = Image.alpha_composite(whole, pixels)
    out = io.BytesIO()
    whole.convert("RGB").save(out, "PNG")
    return out.getvalue()
