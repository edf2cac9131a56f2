"""The recipe inside a picture file: written, read, and refused where it cannot be."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from storyboard.errors import InputError
from storyboard.files.png import MAX_BYTES, BrokenPngError, read_texts, with_texts
from storyboard.files.regular_file import NotRegularError, read_regular
from storyboard.film.boxes import with_text
from storyboard.project.parameters import parameters
from storyboard.project.recipe_limits import check_numbers
from storyboard.project.recipe_times import times_as_read, times_as_written
from storyboard.values.board import OWN

if TYPE_CHECKING:
    from pathlib import Path

from storyboard.project.recipe import Recipe

__all__ = ["embed", "embed_in_film", "read_recipe", "recipe_in"]


FORMAT = 1
"""Version of the JSON; raised whenever an older program could misread it."""


_CHUNK, _PARAMETERS = "storyboard", "parameters"


def embed(png: bytes, recipe: Recipe) -> bytes:
    """Return the PNG with the recipe inside; pixels and other chunks stay byte for byte.

    Raises:
        InputError: `png` is not a whole PNG.
    """
    texts = {_CHUNK: _encode(recipe)}
    if recipe.mode != OWN:  # of a picture that nobody generated there are no parameters
        texts = {_PARAMETERS: parameters(recipe), **texts}
    try:
        return with_texts(png, texts)
    except BrokenPngError as error:
        raise InputError(
            "the picture to keep the recipe in is {error}: render it again", error=error
        ) from None


def embed_in_film(film: bytes, recipe: Recipe) -> bytes:
    """Return a film with the recipe as its comment; its frames stay byte for byte.

    Raises:
        InputError: `film` is none.
    """
    return with_text(film, _encode(recipe))


def _encode(recipe: Recipe) -> str:
    written = {"format": FORMAT, **asdict(recipe), "times": times_as_written(recipe.times)}
    return json.dumps(written, ensure_ascii=False)


def read_recipe(path: Path) -> Recipe:
    """Read the recipe of a picture file.

    Raises:
        InputError: No such file, not a PNG of this program, or made by a newer version.
    """
    try:
        data = read_regular(path, MAX_BYTES)
    except NotRegularError:
        raise InputError("{path} is not a file: name a panel's PNG", path=path) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            "{path} cannot be read ({reason}): name a panel's PNG", path=path, reason=reason
        ) from None
    if len(data) > MAX_BYTES:
        raise InputError("{path} is larger than any panel: name a panel's PNG", path=path)
    return recipe_in(data, str(path))


def recipe_in(png: bytes, source: str) -> Recipe:
    """Read the recipe of a PNG in memory.

    Raises:
        InputError: Not a whole PNG, no recipe in it, or one that cannot be.
    """
    try:
        text = read_texts(png).get(_CHUNK)
    except BrokenPngError as error:
        raise InputError(
            "{source} is {error}: its recipe cannot be read", source=source, error=error
        ) from None
    if text is None:
        raise InputError(
            "{source} holds no recipe: only panels made by Storyboard have one", source=source
        )
    return _decode(text, source)


@cache
def _adapter() -> TypeAdapter[Recipe]:
    return TypeAdapter(Recipe)


def _decode(text: str, source: str) -> Recipe:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise InputError(
            "{source} holds a damaged recipe: it cannot be replayed", source=source
        ) from None
    if not isinstance(content, dict) or not isinstance(content.get("format"), int):
        raise InputError(
            "{source} holds a recipe of another program: it cannot be replayed", source=source
        )
    version = content.pop("format")
    if version > FORMAT:
        raise InputError(
            "{source} holds a recipe of format {version}, made by a newer version of Storyboard; "
            "this one reads up to {format}: update Storyboard",
            source=source,
            version=version,
            format=FORMAT,
        )
    content["times"] = times_as_read(content.get("times"))
    try:
        recipe = _adapter().validate_python(content)
    except (ValidationError, RecursionError) as error:
        raise InputError(
            "{source} holds a recipe that cannot be: {reason}", source=source, reason=_reason(error)
        ) from None
    check_numbers(recipe, source)
    return recipe


def _reason(error: ValidationError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"[:200]
