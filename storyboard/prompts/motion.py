"""What a model of clips is told: what happens, and what the camera does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.values.shot import CameraMove

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storyboard.values.shot import Shot

__all__ = ["motion_words"]

# The directions are those in which a still is panned over in the animatic.
_CAMERA: Mapping[CameraMove, str] = {
    CameraMove.STATIC: "the camera stands still",
    CameraMove.PAN: "the camera pans slowly from left to right",
    CameraMove.TILT: "the camera tilts slowly downwards",
    CameraMove.PUSH_IN: "the camera pushes in slowly",
    CameraMove.PULL_OUT: "the camera pulls out slowly",
    CameraMove.TRACKING: "the camera tracks along from left to right",
}


def motion_words(shot: Shot) -> str:
    """The action of a shot and its camera move, in English, as two phrases.

    Looks of places and people are left out: the picture shows them.
    """
    action = " ".join((shot.prompt_action or shot.action).split()).rstrip(".!?")
    return ". ".join(filter(None, (action, _CAMERA[shot.move])))
