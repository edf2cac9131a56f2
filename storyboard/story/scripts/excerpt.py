"""Some scenes of a script, as a script."""

from __future__ import annotations

from storyboard.errors import InputError
from storyboard.story.scripts.fountain import (
    MARK,
    has_title_page,
    headed_lines,
    looks_like_script,
)
from storyboard.values.choice import named_scenes

__all__ = ["excerpt"]


def excerpt(text: str, scenes: str, name: str) -> str:
    """A script with some of its scenes; each keeps the number that it has in the whole.

    Args:
        text: The whole script in Fountain.
        scenes: Their numbers, such as "12-18,23A"; scenes that the script does not number are
            counted.
        name: What messages call the script.

    Raises:
        InputError: It is no script, or has no such scenes.
    """
    lines, headed = headed_lines(text)
    if not headed or not looks_like_script(text):
        raise InputError(
            "{name} has no scene headings: leave out --scenes, which chooses scenes of a film "
            "script",
            name=name,
        )
    names = [heading.number or str(place) for place, (_, heading) in enumerate(headed, 1)]
    wanted = named_scenes(scenes, names)
    if not wanted:
        raise InputError(
            "{scenes} names no scenes of {name}: it has {first} to {last}, for example "
            "--scenes {first}",
            scenes=repr(scenes[:40]),
            name=name,
            first=names[0],
            last=names[-1],
        )
    ends = [number for number, _ in headed[1:]] + [len(lines)]
    kept = _title_page(lines[: headed[0][0]])
    for scene, (start, heading), end in zip(names, headed, ends, strict=True):
        if scene in wanted:
            first = lines[start] if heading.number else f"{lines[start].rstrip()} #{scene}#"
            kept += [first, *lines[start + 1 : end]]
    found = "\n".join(kept).rstrip("\n") + "\n"
    return found if looks_like_script(found) else f"{MARK}\n\n{found}"


def _title_page(lines: list[str]) -> list[str]:
    """What stands above the first empty line before the first scene, where that is no action."""
    if not has_title_page("\n".join(lines)):
        return []
    end = next((number for number, each in enumerate(lines) if not each.strip()), len(lines))
    return [*lines[:end], ""]
