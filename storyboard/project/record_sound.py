"""A sound as the record holds it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from storyboard.project.record_fields import text_of
from storyboard.values import bounds
from storyboard.values.sound import Sound

if TYPE_CHECKING:
    from storyboard.files.yaml_tree import YamlTree

__all__ = ["is_sound_name", "sound_in", "sound_out"]

_NAME = re.compile(r"[0-9a-f]{64}\.(wav|mp3|flac|m4a)", re.ASCII)
_FIELDS = ("file", "title", "seconds", "gain")


def is_sound_name(name: str) -> bool:
    """Whether a file of the ``sounds`` folder can be called so."""
    return _NAME.fullmatch(name) is not None


def sound_out(sound: Sound) -> dict[str, Any]:
    """What is written; what is as usual is left out."""
    gain = {"gain": sound.gain} if sound.gain else {}
    return {"file": sound.file, "title": sound.title, "seconds": sound.seconds, **gain}


def sound_in(tree: YamlTree) -> Sound:
    """What is read.

    Raises:
        ProjectError: A value cannot be; the message names file, line and key.
    """
    fields = tree.fields(_FIELDS, required=("file", "seconds"))
    name = fields["file"].text(80)
    if not is_sound_name(name):
        fields["file"].fail("must be the name of a file in the folder sounds")
    gain = fields["gain"].number(-bounds.SOUND_GAIN, bounds.SOUND_GAIN) if "gain" in fields else 0.0
    return Sound(
        file=name,
        title=text_of(fields, "title", 200),
        seconds=fields["seconds"].number(0.0, bounds.SOUND_SECONDS),
        gain=gain,
    )
