"""What is left out of a panel's compute, as a frozen value; no torch is imported.

Two things can be left out of plain diffusers. **Guidance** doubles a step, and late steps need it
less (Castillo et al., Adaptive Guidance, arXiv 2312.12487). What a network computes **deep inside**
changes slowly from step to step, so some steps can reuse it and compute the outer layers alone (Ma,
Fang, Wang: DeepCache, CVPR 2024, arXiv 2312.00858). On a CPU a third thing can be had for less:
half precision, which GPUs have anyway. What a step evaluates then is a matter of the family.

A preset's numbers decide pixels, and recipes hold its name: a preset that is changed draws other
pictures from old recipes.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Literal

from storyboard.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "ACCELERATIONS",
    "OFF",
    "Acceleration",
    "check_steps",
    "parse_acceleration",
]


@dataclass(frozen=True, slots=True)
class Acceleration:
    """What is done to need less compute than plain diffusers; the default is nothing.

    Attributes:
        guided: Share of the steps, from the first one on, that are guided, 0..1 (CFG cutoff).
        refresh_every: Of so many steps one computes the whole network and the others reuse what it
            found deep inside; 1 reuses nothing.
        branch: How deep a step that reuses still computes, 0 the outermost layers alone.
        tiny_decoder: Whether a tiny decoder takes the place of the model's own.
        precision: "half" denoises and decodes in bfloat16 on a CPU that has instructions for it;
            "own" is the device's own type, which on GPUs is half precision anyway.
        first: Steps at the beginning that are whole, at least 1.
        last: Steps at the end that are whole.
        first_block: Clip models: how much the first layer's part may change from step to step for
            the others' parts to be taken from the step before, 0.01 to 1; 0 never takes them.
        spelling: As it was written, where that is known: fingerprints of older pictures hold it.
    """

    guided: float = 1.0
    refresh_every: int = 1
    branch: int = 0
    tiny_decoder: bool = False
    precision: Literal["own", "half"] = "own"
    first: int = 1
    last: int = 0
    first_block: float = 0.0
    spelling: str = field(default="", compare=False)

    name: ClassVar[str] = "acceleration"
    in_weights: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if not 0 <= self.guided <= 1:
            raise ValueError(f"guided is {self.guided}: a share of the steps is 0 to 1")
        if self.first_block and not _LEAST_CHANGE <= self.first_block <= 1:
            raise ValueError(f"cache is {self.first_block}: it must be {_LEAST_CHANGE} to 1")
        for name, value, least in (
            ("refresh_every", self.refresh_every, 1),
            ("branch", self.branch, 0),
            ("first", self.first, 1),
            ("last", self.last, 0),
        ):
            if not least <= value <= _MOST:
                raise ValueError(f"{name} is {value}: it must be {least} to {_MOST}")

    @property
    def text(self) -> str:
        """What `parse_acceleration` reads this from."""
        if self.spelling:
            return self.spelling
        named = next((name for name, each in ACCELERATIONS.items() if each == self), "")
        return named or ",".join(_written(self))

    @property
    def changes_pixels(self) -> bool:
        """Whether anything is left out."""
        return self != OFF

    @property
    def reuses(self) -> bool:
        """Whether any step may reuse features."""
        return self.refresh_every > 1

    @property
    def saves_evaluations(self) -> bool:
        """Whether the network is evaluated less often, or less of it, than in plain diffusers."""
        return self.reuses or self.guided < 1 or self.first_block > 0


_MOST = 1000
_LEAST_CHANGE = 0.01

OFF = Acceleration()
"""Plain diffusers."""

ACCELERATIONS: Mapping[str, Acceleration] = MappingProxyType(
    {
        "off": OFF,
        # FAST, 12 steps: 0 3 6 9 are whole. The limits on compute are in the tests of families.
        "balanced": Acceleration(refresh_every=3, branch=2, precision="half"),
        # 0 4 8 are whole. The starter was measured with guidance that ends as well: at the same
        # compute it keeps less of what is asked for than reuse with guidance to the last step.
        "max": Acceleration(refresh_every=4, branch=0, precision="half"),
    }
)
"""By the name that the user gives."""

_NUMBERS = {"guided": float, "every": int, "branch": int, "first": int, "last": int, "cache": float}
_WORDS: Mapping[str, Mapping[str, object]] = {
    "decoder": {"full": False, "tiny": True},
    "precision": {"own": "own", "half": "half"},
}
"""What is said in words: the field's value by word."""
_FIELDS = {"every": "refresh_every", "decoder": "tiny_decoder", "cache": "first_block"}
"""Fields that the user calls otherwise."""
_COUNTED = tuple(each.name for each in fields(Acceleration) if each.compare)


def parse_acceleration(text: str) -> Acceleration:
    """Read what a user or a recipe says.

    Args:
        text: A name of `ACCELERATIONS`, or the numbers themselves, those left out being those of
            "off": ``guided=0.5,every=2,first=1,last=1,branch=2,decoder=tiny,precision=half``.
            Both can be joined: ``max,decoder=tiny``.

    Raises:
        InputError: An unknown name, or a number outside its range.
    """
    name, _, rest = text.strip().lower().partition(",")
    if "=" in name:
        name, rest = "off", text.strip().lower()
    if name not in ACCELERATIONS:
        near = difflib.get_close_matches(name[:40], ACCELERATIONS, 1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise InputError(
            "acceleration {text} is not known: {hint}choose {accelerations}, or"
            " numbers such as guided=0.5,every=2,branch=2",
            text=repr(text[:60]),
            hint=hint,
            accelerations=", ".join(ACCELERATIONS),
        )
    values = _values(ACCELERATIONS[name])
    for part in filter(None, rest.split(",")):
        key, _, value = (each.strip() for each in part.partition("="))
        values[_FIELDS.get(key, key)] = _value(key, value, text)
    try:
        return Acceleration(**values, spelling=text)  # type: ignore[arg-type]
    except ValueError as error:
        raise InputError(
            "acceleration {text}: {error}", text=repr(text[:60]), error=error
        ) from None


def check_steps(acceleration: Acceleration, steps: int) -> None:
    """Refuse an acceleration that so few steps cannot have.

    Raises:
        InputError: Features are to be reused in a single step.
    """
    if acceleration.reuses and steps < 2:
        raise InputError(
            "acceleration {text} reuses the features of an earlier step, and"
            " {steps} step has none: use 2 steps or more, or acceleration off",
            text=repr(acceleration.text[:60]),
            steps=steps,
        )


def _values(preset: Acceleration) -> dict[str, object]:
    return {name: getattr(preset, name) for name in _COUNTED}


def _written(acceleration: Acceleration) -> Iterator[str]:
    """The numbers and words that differ from those of "off"."""
    for key in (*_NUMBERS, *_WORDS):
        name = _FIELDS.get(key, key)
        value = getattr(acceleration, name)
        if value == getattr(OFF, name):
            continue
        words = {meant: word for word, meant in _WORDS.get(key, {}).items()}
        yield f"{key}={words.get(value, value)}"


def _value(key: str, value: str, text: str) -> object:
    if key in _WORDS:
        if value not in _WORDS[key]:
            known = " or ".join(_WORDS[key])
            raise InputError(
                "acceleration {text}: {key} is {known}", text=repr(text[:60]), key=key, known=known
            )
        return _WORDS[key][value]
    if key not in _NUMBERS:
        known = ", ".join((*_NUMBERS, *_WORDS))
        raise InputError(
            "acceleration {text}: {key} is not one of {known}",
            text=repr(text[:60]),
            key=repr(key[:40]),
            known=known,
        )
    try:
        return _NUMBERS[key](value)
    except ValueError:
        raise InputError(
            "acceleration {text}: {key} is {value}, which is no number",
            text=repr(text[:60]),
            key=key,
            value=repr(value[:40]),
        ) from None
