"""What every configuration of a model has in common: it may come from a stranger.

diffusers and transformers believe what these files say: which class is loaded and from which file,
how many layers there are, which code comes along. So they are read here first, by schemas that know
each key, its type and its bounds, and the libraries are given only what passed. A key that no
schema knows is left out; one that would lead to other files or to code is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

if TYPE_CHECKING:
    from storyboard.files.model_folder import ModelFolder

__all__ = [
    "Activation",
    "Channels",
    "Configuration",
    "Count",
    "Group",
    "Layers",
    "Positive",
    "Real",
    "Share",
    "Side",
    "Widths",
    "one_line",
]

Channels = Annotated[int, Field(ge=1, le=4096)]
"""Width of a layer; SDXL's widest has 1,280, its widest text 5,120 inside."""

Count = Annotated[int, Field(ge=1, le=64)]
"""Layers, blocks or heads; the deepest encoder has 32 layers."""

Real = Annotated[float, Field(ge=-1000, le=1000)]
Positive = Annotated[float, Field(gt=1e-6, le=1000)]
Share = Annotated[float, Field(ge=0, le=1)]
Widths = Annotated[list[Channels], Field(min_length=1, max_length=8)]
Activation = Literal["silu", "swish", "mish", "gelu", "relu"]
Side = Annotated[int, Field(ge=1, le=8192)]
Layers = Annotated[int, Field(ge=1, le=8)]
Group = Annotated[int, Field(ge=1, le=1024)]

_FOREIGN = ("auto_map", "custom_pipelines", "quantization_config", "transformers_weights")
"""Keys with which a configuration asks for code, or for other files than its weights."""


class Configuration(BaseModel):
    """The schema of a configuration; its fields are the keys that a library knows."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True, allow_inf_nan=False)

    @classmethod
    def read(cls, folder: ModelFolder, name: str) -> Self:
        """Read a file of a model's folder.

        Raises:
            ModelError: It is missing or damaged, or says what no model needs; the message names the
                key.
        """
        return cls.checked(folder.json(name), folder, name)

    @classmethod
    def checked(cls, content: dict[str, Any], folder: ModelFolder, name: str) -> Self:
        """Check what a file says.

        Raises:
            ModelError: As `read`.
        """
        asked = next((key for key in _FOREIGN if content.get(key)), None)
        if asked is not None:
            raise folder.damaged(name, f"{asked} asks for code or other files, which are refused")
        try:
            return cls.model_validate(content)
        except ValidationError as error:
            raise folder.damaged(name, one_line(error)) from None

    def given(self) -> dict[str, Any]:
        """The known keys that the file had: for the rest, the library's defaults hold."""
        return self.model_dump(exclude_unset=True, by_alias=True)

    def fail_unless(self, holds: bool, problem: str) -> None:
        """Raise ValueError, for validators of whole configurations."""
        if not holds:
            raise ValueError(problem)


def one_line(error: ValidationError) -> str:
    """The first problem: the key, its value in short, and what it must be."""
    first = error.errors(include_url=False, include_context=False)[0]
    place = ".".join(str(each)[:40] for each in first["loc"])
    problem = first["msg"].removeprefix("Value error, ").replace("Input should be", "it must be")
    value = first["input"]
    if not place:
        return problem
    shown = repr(value)[:40] if isinstance(value, str | int | float) else type(value).__name__
    return f"{place} is {shown}: {problem}"
