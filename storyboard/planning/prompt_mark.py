"""The mark that says in a file of YAML: this prompt was made from this action.

A person may edit such a file. The mark is a checksum of both texts, so that reading tells what was
edited since: the action, and then the prompt has to be made anew; or the prompt, and then it is
that person's.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from storyboard.values import bounds

if TYPE_CHECKING:
    from storyboard.files.yaml_tree import YamlTree
    from storyboard.values.shot import Shot

__all__ = ["prompt_origin", "read_prompt"]


def prompt_origin(shot: Shot) -> dict[str, Any]:
    """What a file says beside a shot's prompt: whose it is, or what it was made from."""
    if shot.prompt_by_hand:
        return {"prompt_by_hand": True}
    if shot.prompt_by_hand is None:
        return {}
    return {"prompt_follows": _checksum(shot.action) + _checksum(shot.prompt_action)}


def read_prompt(fields: dict[str, YamlTree], name: str) -> tuple[str, bool | None]:
    """Read the prompt called `name` from a shot's fields, whatever a person has edited there.

    Returns:
        The prompt, and `Shot.prompt_by_hand`. A prompt that is empty and not by hand is to be made
        from the action (`storyboard.planning.derived`).

    Raises:
        ProjectError: A value that cannot be.
    """
    prompt = fields[name].text(bounds.LETTERS) if name in fields else ""
    if "prompt_by_hand" in fields:
        return prompt, fields["prompt_by_hand"].yes_or_no()
    if "prompt_follows" not in fields:
        return prompt, None
    mark = fields["prompt_follows"].text(40)
    if prompt.strip() and mark[8:] != _checksum(prompt):
        return prompt, True
    action = fields["action"].text(bounds.LETTERS) if "action" in fields else ""
    return ("" if mark[:8] != _checksum(action) else prompt), False


def _checksum(text: str) -> str:
    # Blanks do not count: editors wrap and trim lines.
    return f"{zlib.crc32(' '.join(text.split()).encode('utf-8', 'replace')):08x}"
