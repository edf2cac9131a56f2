"""The values that cross the rooms: all frozen, all picklable, none with torch or Qt inside.

Units: durations and times in seconds, sizes in pixels, scales and cosines without unit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from storyboard.judgement import Agreement, Rescue
from storyboard.stages import StageTimes, StepProgress

__all__ = [
    "OWN",
    "Agreement",
    "CameraAngle",
    "CameraMove",
    "Character",
    "DialogueLine",
    "IdentityLock",
    "ModelDescription",
    "Panel",
    "PanelRequest",
    "PanelResult",
    "Prompt",
    "Rescue",
    "Shot",
    "ShotSize",
    "StageTimes",
    "StepProgress",
    "Storyboard",
    "Take",
]

OWN = "own"
"""The mode of a take that no model drew: a picture of the user's own."""


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
class Character:
    """A person of the story.

    Attributes:
        name: As the story writes it; unique within a storyboard.
        traits: (trait, words) pairs such as ("hair", "long red hair"), in the order in which they
            enter the prompt. Words are English, because the text encoders are.
        references: File names of reference pictures inside the project's ``references`` folder.
    """

    name: str
    traits: tuple[tuple[str, str], ...] = ()
    references: tuple[str, ...] = ()


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
        prompt_by_hand: Whether a person wrote ``prompt_action``; else it follows ``action``. None
            where nobody knows, because an older version wrote the board.
        setting: Place in English, for example "beach" or "small village"; empty where unknown.
        time_of_day: In English, for example "day", "night", "sunset", "rain"; empty where unknown.
        characters: Names of the characters in the frame, the main one first.
        duration: Seconds on screen, above 0.
        note: Anything the author adds by hand; printed, never prompted.
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


@dataclass(frozen=True, slots=True)
class Prompt:
    """The text that reaches the text encoders, and what did not fit.

    Attributes:
        positive: Traits first, then action, framing, setting, style.
        negative: The negative prompt.
        traits: The leading part of ``positive`` that describes the characters.
        tokens: Token count of ``positive`` with start and end tokens; at most ``window``.
        negative_tokens: The same for ``negative``.
        window: Length of the text encoders' window, 77 for CLIP.
        dropped: The parts that were left out, in the order in which they were dropped, each as
            "<part>: <words>".
    """

    positive: str
    negative: str
    traits: str
    tokens: int
    negative_tokens: int
    window: int = 77
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IdentityLock:
    """A character that the IP-Adapter holds on to.

    Attributes:
        character: The character's name, for messages.
        pictures: Encoded reference pictures (PNG or JPEG bytes), one or more.
        scale: IP-Adapter scale in 0..1; 0 means that the adapter does no work.
    """

    character: str
    pictures: tuple[bytes, ...] = field(repr=False)
    scale: float


@dataclass(frozen=True, slots=True)
class PanelRequest:
    """Everything one render needs, and nothing else. The same request gives the same pixels.

    Attributes:
        panel: Panel number on the board, from 1; 0 for a character sheet.
        width: Pixels; rounded by the generator to what its VAE can divide.
        height: Pixels; likewise.
        steps: Denoising steps, at least 1.
        guidance_scale: Classifier-free guidance; 1 or less evaluates the UNet once a step.
        seed: For the CPU generator, 0..2**32-1.
        mode: Name of the speed mode, for the recipe.
        identities: Locks from left to right in the frame; empty means no adapter at all.
        preview_every: Send a preview picture with every n-th step; 0 sends none.
        acceleration: What is left out of the compute: "off" (the pixels of plain diffusers),
            "balanced", "max", or numbers (see ``storyboard.diffusion.acceleration``).
        smaller_if_needed: Whether a frame that the memory does not suffice for may be drawn
            smaller; else that is an `storyboard.errors.OutOfMemory`.
        judged: Whether the agreement with prompt and references is measured.
        aspect: Shape that the finished picture is cut to, as in `Storyboard.aspect`, because a
            model draws only what its latents can divide; empty keeps the frame as drawn.
        subject: What the board asks the picture to show (see ``storyboard.subject``); a label,
            which changes no pixel.
    """

    panel: int
    prompt: str
    negative_prompt: str
    width: int
    height: int
    steps: int
    guidance_scale: float
    seed: int
    mode: str = ""
    identities: tuple[IdentityLock, ...] = ()
    preview_every: int = 0
    acceleration: str = "off"
    smaller_if_needed: bool = False
    judged: bool = False
    aspect: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class PanelResult:
    """A finished picture.

    Attributes:
        png: The picture, PNG-encoded, without any text chunk.
        width: Pixels, as drawn; ``png`` is less where the request's aspect cuts it.
        height: Pixels, as drawn; likewise.
        times: Where the time went.
        model: Name of the model.
        model_hash: SHA-256 over the model's weights, hexadecimal.
        device: "mps", "cuda" or "cpu".
        dtype: For example "float16".
        versions: (package, version) pairs.
        remarks: What the generator changed or noticed, for people ("width 450 rounded to 448").
        memory: Most bytes that were in use at the end of a step or stage, as in `StepProgress`.
        rescue: What was done about a first attempt that was no picture; None where it was one.
        agreement: With prompt and references; None where it was not measured.
        few_step: Few-step adapter that was merged into the model, as the user wrote it; or empty.
        scheduler: Class of diffusers that led the steps, for example "EulerDiscreteScheduler".
    """

    panel: int
    png: bytes = field(repr=False)
    width: int
    height: int
    times: StageTimes
    model: str
    model_hash: str
    device: str
    dtype: str
    versions: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    memory: int = 0
    rescue: Rescue | None = None
    agreement: Agreement | None = None
    few_step: str = ""
    scheduler: str = ""


@dataclass(frozen=True, slots=True)
class ModelDescription:
    """What the rest of the program must know of a model before it is loaded.

    Attributes:
        name: As the user wrote it: "starter", a hub id, a folder, a file.
        family: Architecture family, for example "sdxl".
        tokenizers: Folders of the CLIP tokenizers (``vocab.json`` and ``merges.txt``); a prompt
            must fit the window of each.
        native_pixels: Pixels of a frame at which the model draws best (width times height).
        multiple: Width and height must be divisible by this.
        identity: Whether an IP-Adapter goes with it.
        timing_only: Whether its weights are random, so that it draws noise.
        tiny_decoder: Whether a tiny decoder goes with it (``decoder=tiny``).
    """

    name: str
    family: str
    tokenizers: tuple[str, ...]
    native_pixels: int
    multiple: int
    identity: bool
    timing_only: bool = False
    tiny_decoder: bool = False


@dataclass(frozen=True, slots=True)
class Take:
    """One rendered picture of a panel, on disk.

    Attributes:
        file: File name inside the project's ``panels`` folder.
        seed: The seed it was rendered with.
        mode: Name of the speed mode.
        seconds: Wall time of the render.
        fingerprint: SHA-256 of the request's meaning (see ``storyboard.recipe``): equal
            fingerprints mean equal pixels on the same model.
        rescue: As in `PanelResult`.
        agreement: As in `PanelResult`.
        asked: `storyboard.fingerprint.asked` of the request: before the guard took another way and
            before the frame was drawn smaller. Empty for takes of older versions.
        subject: As in `PanelRequest`; empty for takes of older versions.
    """

    file: str
    seed: int
    mode: str
    seconds: float
    fingerprint: str
    rescue: Rescue | None = None
    agreement: Agreement | None = None
    asked: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A place on the board: a shot, and the takes rendered for it.

    Attributes:
        key: Stable identity of the panel, kept when panels are reordered.
        seed: Seed of the next take.
        takes: Oldest first; the last one is shown unless ``pinned`` says otherwise.
        pinned: File name of the take to show, or empty.
        seed_locked: Whether drawing the panel again uses its seed again; else every further take
            gets another.
    """

    key: str
    shot: Shot
    seed: int
    takes: tuple[Take, ...] = ()
    pinned: str = ""
    seed_locked: bool = True

    @property
    def shown(self) -> Take | None:
        """The take that the board, the PDF and every exporter show."""
        for take in self.takes:
            if take.file == self.pinned:
                return take
        return self.takes[-1] if self.takes else None


@dataclass(frozen=True, slots=True)
class Storyboard:
    """The board: what ``board.yaml`` holds.

    Attributes:
        story: The text as the author gave it.
        language: "en", "ru" or "kk".
        aspect: Width over height as people write it, for example "16:9" or "2.39:1".
        seed: Seed of the plan, and of the panels unless they have their own.
        characters: In order of appearance.
        panels: In reading order.
    """

    title: str
    story: str
    language: str
    aspect: str
    seed: int
    characters: tuple[Character, ...] = ()
    panels: tuple[Panel, ...] = ()

    def character(self, name: str) -> Character | None:
        """The character of that name, or None."""
        return next((each for each in self.characters if each.name == name), None)
