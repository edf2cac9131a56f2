"""Where the files are that ship with the program: fonts, the starter model, icons, examples."""

from __future__ import annotations

from pathlib import Path

__all__ = ["asset", "find_asset"]


def asset(*parts: str) -> Path:
    """Return the path of an asset, for example ``asset("fonts", "NotoSans-Bold.ttf")``.

    Raises:
        StoryboardError: It is not there.
    """
    path = find_asset(*parts)
    if path is not None:
        return path
    from storyboard.errors import StoryboardError  # the window opens with assets, without errors

    raise StoryboardError(
        "the program's own file assets/{parts} is missing: install Storyboard again",
        parts="/".join(parts),
    )


def find_asset(*parts: str) -> Path | None:
    """Return the path of an asset if it is there: beside the packages, installed or not."""
    path = (Path(__file__).resolve().parents[2] / "assets").joinpath(*parts)
    return path if path.exists() else None
