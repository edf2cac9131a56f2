"""The board: panels, and the takes that were drawn for them."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.values.character import Character
from storyboard.values.judgement import Agreement, Rescue
from storyboard.values.marker import Marker
from storyboard.values.media import Clip, MediaKind
from storyboard.values.passage import Passage
from storyboard.values.shot import Shot
from storyboard.values.sound import Sound

__all__ = ["OWN", "Panel", "Storyboard", "Take"]


OWN = "own"
"""The mode of a take that no model drew: a picture of the user's own."""


@dataclass(frozen=True, slots=True)
class Take:
    """One rendered picture of a panel, or one clip, on disk.

    Attributes:
        file: File name of the picture inside the project's ``panels`` folder; of a clip it is the
            first frame.
        seed: The seed it was rendered with.
        mode: Name of the speed mode.
        seconds: Wall time of the render.
        fingerprint: SHA-256 of the request's meaning (see ``storyboard.project.recipe``): equal
            fingerprints mean equal pixels on the same model.
        rescue: As in `PanelResult`.
        agreement: As in `PanelResult`.
        asked: `values.fingerprint.asked` of the request: before the guard took another way and
            before the frame was drawn smaller. Empty for takes of older versions.
        subject: As in `PanelRequest`; empty for takes of older versions.
        width, height: Pixels of the picture; 0 for takes of older versions.
        model: Name of the model that drew it; empty for takes of older versions, and for pictures
            of the user's own.
        parent: File name of the take that it was made from; empty where there was none.
        clip: Length of a clip; None for a picture.
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
    width: int = 0
    height: int = 0
    model: str = ""
    parent: str = ""
    clip: Clip | None = None

    @property
    def kind(self) -> MediaKind:
        """Whether it moves."""
        return MediaKind.FILM if self.clip else MediaKind.PICTURE

    @property
    def film(self) -> str:
        """File name of the clip, which lies beside its picture; empty for a picture."""
        return f"{self.file.removesuffix('.png')}.mp4" if self.clip else ""

    @property
    def files(self) -> tuple[str, ...]:
        """File names of all that belongs to it."""
        return (self.file, self.film) if self.clip else (self.file,)


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
        left_out: Whether exports leave the panel out unless they are asked to show it.
        sound: Heard from the panel's beginning on; None where there is none.
        passage: Where in the story it comes from; None for a panel that was made by hand.
    """

    key: str
    shot: Shot
    seed: int
    takes: tuple[Take, ...] = ()
    pinned: str = ""
    seed_locked: bool = True
    left_out: bool = False
    sound: Sound | None = None
    passage: Passage | None = None

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
        soundtrack: Heard from the beginning on; None where there is none.
        markers: In the order of time, no two of them equal.
    """

    title: str
    story: str
    language: str
    aspect: str
    seed: int
    characters: tuple[Character, ...] = ()
    panels: tuple[Panel, ...] = ()
    soundtrack: Sound | None = None
    markers: tuple[Marker, ...] = ()

    def character(self, name: str) -> Character | None:
        """The character of that name, or None."""
        return next((each for each in self.characters if each.name == name), None)
