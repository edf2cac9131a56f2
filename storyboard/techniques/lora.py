"""LoRAs: small weights beside a model's own, as a wish and as what is drawn with.

A wish is what people write: a file or a hub id, and perhaps a weight, weights of single blocks, and
the words that call what the LoRA was taught. A panel's request holds files that were found, by
their content, each with the weight that it has in that panel.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import ClassVar

from storyboard.errors import InputError

__all__ = ["MOST", "MOST_WEIGHT", "Lora", "LoraWish", "Loras", "parse_lora", "parse_loras"]

MOST = 16
"""LoRAs in one panel; each costs about 15 % of a step."""
MOST_WEIGHT = 4.0
"""Either way: sliders are trained to be turned round."""
_MOST_BLOCKS = 64
_SOURCE, _WORDS = 4000, 1000

_FORM = re.compile(
    r"(?P<source>.+?)(?::(?P<weight>[-+]?(?:\d+\.?\d*|\.\d+)))?"
    r"(?:\s+blocks=(?P<blocks>\S*))?(?:\s+words=(?P<words>.*))?",
    re.DOTALL,
)
_BLOCK = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,99}", re.ASCII)

Blocks = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class LoraWish:
    """A LoRA as people ask for it.

    Attributes:
        source: A file, or "owner/name/file.safetensors" on the hub.
        weight: How strongly, -4..4; None follows the framing of each panel (`config.LORA_WEIGHTS`),
            and 0 leaves the LoRA out.
        words: Phrases that call what it was taught, with commas between them.
        blocks: Beginnings of layers' names, and what the weight is multiplied by there.
    """

    source: str
    weight: float | None = None
    words: str = ""
    blocks: Blocks = ()

    @property
    def text(self) -> str:
        """What `parse_lora` reads this from."""
        weight = "" if self.weight is None else f":{self.weight:g}"
        blocks = f" blocks={_blocks_text(self.blocks)}" if self.blocks else ""
        return f"{self.source}{weight}{blocks}" + (f" words={self.words}" if self.words else "")


@dataclass(frozen=True, slots=True)
class Lora:
    """A LoRA of one panel.

    Attributes:
        source: Where it was found: an absolute path or a hub id. A label: the content counts.
        sha: SHA-256 of the file, hexadecimal.
        weight: In this panel.
        blocks: As in `LoraWish`.
    """

    source: str
    sha: str
    weight: float
    blocks: Blocks = ()

    @property
    def text(self) -> str:
        """Content, weight and blocks."""
        return ":".join(
            filter(None, (self.sha, f"{float(self.weight):g}", _blocks_text(self.blocks)))
        )

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return re.split(r"[/\\]", self.source)[-1].removesuffix(".safetensors")


@dataclass(frozen=True, slots=True)
class Loras:
    """All LoRAs of a panel, each file once, in the order in which they are added."""

    loras: tuple[Lora, ...]

    name: ClassVar[str] = "lora"
    in_weights: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if len({each.sha for each in self.loras}) < len(self.loras):
            raise ValueError("a LoRA cannot be added twice: give it one weight")

    @property
    def text(self) -> str:
        """Those that do something; where they lie does not matter."""
        return " ".join(each.text for each in self.loras if each.weight) or "off"

    @property
    def changes_pixels(self) -> bool:
        """Whether any has a weight."""
        return any(each.weight for each in self.loras)


def parse_lora(text: str) -> LoraWish:
    """Read one LoRA: ``FILE[:WEIGHT][ blocks=down:0.5,mid:1][ words=mira person, freckles]``.

    Raises:
        InputError: It names nothing, or a number is out of its range.
    """
    found = _FORM.fullmatch(text.strip())
    if found is None or len(found["source"]) > _SOURCE:
        raise InputError(
            "LoRA {text}: write a file or owner/name/file.safetensors, and a weight behind a"
            " colon, such as mira.safetensors:0.8",
            text=repr(text[:60]),
        )
    weight = None if found["weight"] is None else _number(found["weight"], text)
    words = " ".join((found["words"] or "").split())
    if len(words) > _WORDS:
        raise InputError(
            "LoRA {text} has {count} letters of words: at most {most} are read",
            text=repr(text[:60]),
            count=len(words),
            most=_WORDS,
        )
    return LoraWish(found["source"], weight, words, _blocks(found["blocks"] or "", text))


def parse_loras(text: str) -> tuple[LoraWish, ...]:
    """Read LoRAs, one a line.

    Raises:
        InputError: One cannot be read, or there are too many.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise InputError(
            "{count} LoRAs are too many: at most {most} draw a panel", count=len(lines), most=MOST
        )
    return tuple(map(parse_lora, lines))


def _number(text: str, whole: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        weight = math.nan
    if not -MOST_WEIGHT <= weight <= MOST_WEIGHT:
        raise InputError(
            "LoRA {text}: a weight is a number from -{most} to {most}, and usually 0.5 to 1",
            text=repr(whole[:60]),
            most=f"{MOST_WEIGHT:g}",
        )
    return round(weight, 4)  # more would not be seen, and would not come back from its text


def _blocks(text: str, whole: str) -> Blocks:
    parts = [each.partition(":") for each in text.split(",") if each]
    if len(parts) > _MOST_BLOCKS or any(not _BLOCK.fullmatch(name) for name, _, _ in parts):
        raise InputError(
            "LoRA {text}: blocks are beginnings of layers' names with a factor each, such as"
            " blocks=down:0.5,mid:1",
            text=repr(whole[:60]),
        )
    return tuple((name, _number(factor, whole)) for name, _, factor in parts)


def _blocks_text(blocks: Blocks) -> str:
    return ",".join(f"{name}:{factor:g}" for name, factor in blocks)
