"""A take in ``board.yaml``: written, and read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from storyboard.errors import InputError
from storyboard.project.record_fields import file_of, list_of, named, seed_of, text_of
from storyboard.values import bounds
from storyboard.values.board import Take
from storyboard.values.frame_rate import parse_rate
from storyboard.values.judgement import Agreement, Rescue
from storyboard.values.media import Clip

if TYPE_CHECKING:
    from storyboard.files.yaml_tree import YamlTree

__all__ = ["take_in", "take_out"]

_TAKE = (
    *("file", "seed", "mode", "seconds", "fingerprint", "asked", "subject"),
    *("size", "model", "parent", "clip", "rescue", "agreement"),
)
_WORDS = ("asked", "subject", "model", "parent")  # which takes of older versions lack
_RESCUE = ("flaws", "path", "seed", "acceleration", "flaw")
_AGREEMENT = ("identities", "prompt")
_CLIP = ("frames", "fps")
_SIZE = re.compile(r"(\d{1,6})x(\d{1,6})", re.ASCII)


def take_out(take: Take) -> dict[str, Any]:
    """A take as the record has it, in the order in which a person reads it."""
    out: dict[str, Any] = {
        "file": named(take.file),
        "seed": take.seed,
        "mode": take.mode,
        "seconds": take.seconds,
        "fingerprint": take.fingerprint,
    }
    out |= {name: value for name in _WORDS if (value := getattr(take, name))}
    if take.width and take.height:
        out["size"] = f"{take.width}x{take.height}"
    if take.clip:
        out["clip"] = {"frames": take.clip.frames, "fps": take.clip.fps}
    if take.rescue:
        out["rescue"] = {
            "flaws": list(take.rescue.flaws),
            "path": list(take.rescue.path),
            "seed": take.rescue.seed,
            "acceleration": take.rescue.acceleration,
            "flaw": take.rescue.flaw,
        }
    if take.agreement:
        cosines = take.agreement.identities
        out["agreement"] = {
            "identities": [{"character": name, "cosine": cosine} for name, cosine in cosines]
        }
        if take.agreement.prompt is not None:
            out["agreement"]["prompt"] = take.agreement.prompt
    return out


def take_in(tree: YamlTree) -> Take:
    """Read a take.

    Raises:
        ProjectError: A value cannot be; the message names the file, the line and the key.
    """
    fields = tree.fields(_TAKE, required=("file",))
    seconds = fields.get("seconds")
    width, height = _size_in(fields["size"]) if "size" in fields else (0, 0)
    return Take(
        file=file_of(fields["file"]),
        seed=seed_of(fields),
        mode=text_of(fields, "mode", 200),
        seconds=seconds.number(0.0, bounds.PANEL_SECONDS) if seconds else 0.0,
        fingerprint=text_of(fields, "fingerprint", 200),
        rescue=_rescue_in(fields["rescue"]) if "rescue" in fields else None,
        agreement=_agreement_in(fields["agreement"]) if "agreement" in fields else None,
        asked=text_of(fields, "asked", 200),
        subject=text_of(fields, "subject", 200),
        width=width,
        height=height,
        model=text_of(fields, "model", bounds.MODEL_NAME),
        parent=file_of(fields["parent"]) if "parent" in fields else "",
        clip=_clip_in(fields["clip"]) if "clip" in fields else None,
    )


def _size_in(tree: YamlTree) -> tuple[int, int]:
    found = _SIZE.fullmatch(tree.text(20))
    if not found or not all(0 < int(each) <= bounds.PANEL_SIDE for each in found.groups()):
        tree.fail("must be width and height in pixels, such as '1024x576'")
    return int(found[1]), int(found[2])


def _clip_in(tree: YamlTree) -> Clip:
    fields = tree.fields(_CLIP, required=_CLIP)
    try:
        rate = parse_rate(fields["fps"].text(20))
    except InputError:
        fields["fps"].fail("must be frames a second, such as '12' or '24000/1001'")
    return Clip(fields["frames"].whole(1, bounds.CLIP_FRAMES), str(rate.exact))


def _rescue_in(tree: YamlTree) -> Rescue:
    fields = tree.fields(_RESCUE, required=("flaws",))
    return Rescue(
        flaws=tuple(each.text(20) for each in list_of(fields, "flaws", 20)),
        path=tuple(each.text(100) for each in list_of(fields, "path", 20)),
        seed=seed_of(fields),
        acceleration=text_of(fields, "acceleration", 200) or "off",
        flaw=text_of(fields, "flaw", 20),
    )


def _agreement_in(tree: YamlTree) -> Agreement:
    fields = tree.fields(_AGREEMENT)
    cosines = [
        each.fields(("character", "cosine"), required=("character", "cosine"))
        for each in list_of(fields, "identities", 100)
    ]
    return Agreement(
        identities=tuple(
            (each["character"].text(200), each["cosine"].number(-1.0, 1.0)) for each in cosines
        ),
        prompt=fields["prompt"].number(-1e9, 1.0) if "prompt" in fields else None,
    )
