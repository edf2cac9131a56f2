"""A shot: what one panel shows, before anybody thinks of prompts or pixels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from storyboard.techniques.lora import LoraWish

__all__ = ["CameraAngle", "CameraMove", "DialogueLine", "Shot", "ShotSize"]


class ShotSize(StrEnum):
    """How much of the figure the frame shows, from far to near."""

    WIDE = "wide shot"
    FULL = "full shot"
    MEDIUM = "medium shot"
    CLOSE_UP = "close-up"
    EXTREME_CLOSE_UP = "extreme close-up"


class CameraAngle(StrEnum):
    """The height and side from which the camera looks."""

    EYE_LEVEL = "eye level"
    LOW = "low angle"
    HIGH = "high angle"
    OVER_THE_SHOULDER = "over the shoulder"


class CameraMove(StrEnum):
    """What the camera does during the shot."""

    STATIC = "static"
    PAN = "pan"
    TILT = "tilt"
    PUSH_IN = "push in"
    PULL_OUT = "pull out"
    TRACKING = "tracking"


@dataclass(frozen=True, slots=True)
class DialogueLine:
    """One spoken line; ``speaker`` is empty where the text does not say who speaks."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Shot:
    """What one panel shows, before anybody thinks of prompts or pixels.

    Attributes:
        scene: Scene number, from 1.
        number: Shot number within the scene, from 1.
        action: What happens, in the story's own language: this is what the board prints.
        prompt_action: The same in English, for the text encoders.
        scene_label: The scene's number as the script has it, such as "12A"; empty where scenes
            are only counted.
        prompt_by_hand: Whether a person wrote ``prompt_action``; else it follows ``action``. None
            where nobody knows, because an older version wrote the board.
        setting: Place in English, for example "beach" or "small village"; empty where unknown.
        time_of_day: In English, for example "day", "night", "sunset", "rain"; empty where unknown.
        characters: Names of the characters in the frame, the main one first.
        duration: Seconds on screen, above 0.
        note: Anything the author adds by hand; printed, never prompted.
        loras: Drawn with in this panel alone, beside those of the settings and of who is in it;
            one of the same file goes before theirs.
    """

    scene: int
    number: int
    size: ShotSize
    action: str
    prompt_action: str
    setting: str = ""
    time_of_day: str = ""
    angle: CameraAngle = CameraAngle.EYE_LEVEL
    move: CameraMove = CameraMove.STATIC
    characters: tuple[str, ...] = ()
    dialogue: tuple[DialogueLine, ...] = ()
    duration: float = 3.0
    note: str = ""
    prompt_by_hand: bool | None = None
    scene_label: str = ""
    loras: tuple[LoraWish, ...] = ()

    @property
    def scene_name(self) -> str:
        """What people call the scene: the script's number, else how it is counted."""
        return self.scene_label or str(self.scene)
