"""Everything that one render needs, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["IdentityLock", "PanelRequest"]


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
            "balanced", "max", or numbers (see ``storyboard.techniques.acceleration``).
        smaller_if_needed: Whether a frame that the memory does not suffice for may be drawn
            smaller; else that is an `storyboard.errors.OutOfMemory`.
        judged: Whether the agreement with prompt and references is measured.
        aspect: Shape that the finished picture is cut to, as in `Storyboard.aspect`, because a
            model draws only what its latents can divide; empty keeps the frame as drawn.
        subject: What the board asks the picture to show (see ``production.subject``); a label,
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
