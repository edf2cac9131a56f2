"""The recipe inside each PNG: enough to render the panel again, and to rebuild the board from it.

Two text chunks hold it: ``storyboard`` with everything as JSON, and ``parameters`` in the form that
other image generators and their viewers read.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from storyboard.errors import InputError, StoryboardError
from storyboard.fingerprint import asked, fingerprint, picture_hash
from storyboard.models import (
    OWN,
    Agreement,
    Character,
    IdentityLock,
    PanelRequest,
    PanelResult,
    Rescue,
    Shot,
    StageTimes,
    Storyboard,
    Take,
)
from storyboard.parameters import parameters
from storyboard.png import MAX_BYTES, BrokenPngError, read_texts, with_texts
from storyboard.recipe_limits import check_numbers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = [
    "BoardContext",
    "LockedIdentity",
    "Recipe",
    "embed",
    "fingerprint",
    "picture_hash",
    "read_recipe",
    "recipe_in",
    "request_from",
]

FORMAT = 1
"""Version of the JSON; raised whenever an older program could misread it."""

_CHUNK, _PARAMETERS = "storyboard", "parameters"
_MAX_FILE_BYTES = MAX_BYTES
_MAX_STORY = 200_000  # characters; ten pages have 30,000


@dataclass(frozen=True, slots=True)
class LockedIdentity:
    """A character that was held, with the SHA-256 (hexadecimal) of each reference picture."""

    character: str
    scale: float
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardContext:
    """Where the panel stood: what a lost ``board.yaml`` is rebuilt from.

    Attributes:
        story: The board's story; empty if it is too long to be kept in every picture.
        number: The panel's place on the board when it was rendered, from 1.
        of: How many panels the board had then.
        panel_seed: Seed of the panel, as the board holds it.
        drawn: How many takes the board had before this one: which of two pictures knows the later
            board, whatever the clocks said.
    """

    title: str
    story: str
    language: str
    aspect: str
    seed: int
    characters: tuple[Character, ...]
    key: str
    number: int
    of: int
    panel_seed: int
    shot: Shot
    drawn: int = 0

    @classmethod
    def of_panel(cls, board: Storyboard, key: str) -> BoardContext:
        """The context of the panel with that key.

        Raises:
            InputError: The board has no such panel.
        """
        for number, panel in enumerate(board.panels, 1):
            if panel.key == key:
                return cls(
                    title=board.title,
                    story=board.story if len(board.story) <= _MAX_STORY else "",
                    language=board.language,
                    aspect=board.aspect,
                    seed=board.seed,
                    characters=board.characters,
                    key=key,
                    number=number,
                    of=len(board.panels),
                    panel_seed=panel.seed,
                    shot=panel.shot,
                    drawn=sum(len(each.takes) for each in board.panels),
                )
        raise InputError(f"the board has no panel {key!r}")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a picture was made.

    Attributes:
        width, height: Pixels asked for; the picture is smaller by less than the model's multiple.
        model_hash: SHA-256 over the model's weights.
        times: Seconds per stage.
        created: When the render ended, UTC, ISO 8601 to the second.
        fingerprint: See `storyboard.fingerprint`.
        board: Where the panel stood, or None for a picture without a board.
        acceleration: As in `storyboard.models.PanelRequest`.
        rescue: As in `storyboard.models.PanelResult`; seed and acceleration are those of the
            picture that was kept.
        agreement: As in `storyboard.models.PanelResult`.
        few_step: As in `storyboard.models.PanelResult`.
        scheduler: As in `storyboard.models.PanelResult`; empty in pictures of older versions.
        aspect: As in `storyboard.models.PanelRequest`; empty in pictures of older versions.
        asked: As in `storyboard.models.Take`; likewise.
        subject: As in `storyboard.models.Take`; likewise.
    """

    prompt: str
    negative_prompt: str
    seed: int
    mode: str
    steps: int
    guidance_scale: float
    width: int
    height: int
    identities: tuple[LockedIdentity, ...]
    model: str
    model_hash: str
    device: str
    dtype: str
    versions: tuple[tuple[str, str], ...]
    times: StageTimes
    remarks: tuple[str, ...]
    created: str
    fingerprint: str
    board: BoardContext | None = None
    acceleration: str = "off"
    rescue: Rescue | None = None
    agreement: Agreement | None = None
    few_step: str = ""
    scheduler: str = ""
    aspect: str = ""
    asked: str = ""
    subject: str = ""

    @classmethod
    def from_request(
        cls,
        request: PanelRequest,
        result: PanelResult,
        board: Storyboard | None = None,
        key: str = "",
        created: datetime | None = None,
    ) -> Recipe:
        """Put together what was asked for and what came of it.

        Args:
            request: What was asked for.
            result: What came of it.
            board: The board that holds the panel.
            key: The panel's key on that board.
            created: With a time zone; now if None.

        Raises:
            InputError: `board` has no panel with that key.
        """
        wanted = asked(request)
        if request.smaller_if_needed:  # what was drawn is what a replay must draw
            request = replace(request, width=result.width, height=result.height)
        rescue = result.rescue
        if rescue:
            request = replace(request, seed=rescue.seed, acceleration=rescue.acceleration)
        return cls(
            prompt=request.prompt,
            negative_prompt=request.negative_prompt,
            seed=request.seed,
            mode=request.mode,
            steps=request.steps,
            guidance_scale=request.guidance_scale,
            width=request.width,
            height=request.height,
            identities=tuple(_locked(lock) for lock in request.identities),
            model=result.model,
            model_hash=result.model_hash,
            device=result.device,
            dtype=result.dtype,
            versions=result.versions,
            times=result.times,
            remarks=result.remarks,
            created=(created or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds"),
            fingerprint=fingerprint(request, result.model_hash),
            board=BoardContext.of_panel(board, key) if board else None,
            acceleration=request.acceleration,
            rescue=rescue,
            agreement=result.agreement,
            few_step=result.few_step,
            scheduler=result.scheduler,
            aspect=request.aspect,
            asked=wanted,
            subject=request.subject,
        )

    def take(self, file: str = "") -> Take:
        """The take of the picture that holds this recipe.

        Args:
            file: Its name in the project; empty before it has one.
        """
        return Take(
            file=file,
            seed=self.seed,
            mode=self.mode,
            seconds=self.times.total,
            fingerprint=self.fingerprint,
            rescue=self.rescue,
            agreement=self.agreement,
            asked=self.asked,
            subject=self.subject,
        )


def embed(png: bytes, recipe: Recipe) -> bytes:
    """Return the PNG with the recipe inside; pixels and other chunks stay byte for byte.

    Raises:
        InputError: `png` is not a whole PNG.
    """
    texts = {_CHUNK: json.dumps({"format": FORMAT, **asdict(recipe)}, ensure_ascii=False)}
    if recipe.mode != OWN:  # of a picture that nobody generated there are no parameters
        texts = {_PARAMETERS: parameters(recipe), **texts}
    try:
        return with_texts(png, texts)
    except BrokenPngError as error:
        raise InputError(f"the picture to keep the recipe in is {error}: render it again") from None


def read_recipe(path: Path) -> Recipe:
    """Read the recipe of a picture file.

    Raises:
        InputError: No such file, not a PNG of this program, or made by a newer version.
    """
    try:
        if path.exists() and not path.is_file():
            raise InputError(f"{path} is not a file: name a panel's PNG")
        with path.open("rb") as file:
            data = file.read(_MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path} cannot be read ({reason}): name a panel's PNG") from None
    if len(data) > _MAX_FILE_BYTES:
        raise InputError(f"{path} is larger than any panel: name a panel's PNG")
    return recipe_in(data, str(path))


def recipe_in(png: bytes, source: str) -> Recipe:
    """Read the recipe of a PNG in memory.

    Raises:
        InputError: Not a whole PNG, no recipe in it, or one that cannot be.
    """
    try:
        text = read_texts(png).get(_CHUNK)
    except BrokenPngError as error:
        raise InputError(f"{source} is {error}: its recipe cannot be read") from None
    if text is None:
        raise InputError(f"{source} holds no recipe: only panels made by Storyboard have one")
    return _decode(text, source)


def request_from(recipe: Recipe, references: Callable[[str], bytes]) -> PanelRequest:
    """Turn a recipe back into the request that gives the same pixels on the same model.

    Args:
        recipe: What a picture holds.
        references: Returns the reference picture with that SHA-256.

    Raises:
        InputError: A reference picture is missing or is not the one that was used.
    """
    return PanelRequest(
        panel=recipe.board.number if recipe.board else 1,
        prompt=recipe.prompt,
        negative_prompt=recipe.negative_prompt,
        width=recipe.width,
        height=recipe.height,
        steps=recipe.steps,
        guidance_scale=recipe.guidance_scale,
        seed=recipe.seed,
        mode=recipe.mode,
        identities=tuple(_unlocked(each, references) for each in recipe.identities),
        acceleration=recipe.acceleration,
        aspect=recipe.aspect,
        subject=recipe.subject,
    )


def _locked(lock: IdentityLock) -> LockedIdentity:
    hashes = tuple(picture_hash(picture) for picture in lock.pictures)
    return LockedIdentity(lock.character, lock.scale, hashes)


def _unlocked(identity: LockedIdentity, references: Callable[[str], bytes]) -> IdentityLock:
    return IdentityLock(
        identity.character,
        tuple(_fetch(sha, identity.character, references) for sha in identity.pictures),
        identity.scale,
    )


def _fetch(sha: str, character: str, references: Callable[[str], bytes]) -> bytes:
    try:
        picture = references(sha)
    except (OSError, KeyError, StoryboardError):
        raise InputError(
            f"the reference picture {sha} of {character or 'a character'} is missing: "
            "put the project's references folder back beside its panels"
        ) from None
    if picture_hash(picture) != sha:
        raise InputError(
            f"the reference picture {sha} of {character or 'a character'} has changed since: "
            "put the original file back into the project's references folder"
        )
    return picture


@cache
def _adapter() -> TypeAdapter[Recipe]:
    return TypeAdapter(Recipe)


def _decode(text: str, source: str) -> Recipe:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise InputError(f"{source} holds a damaged recipe: it cannot be replayed") from None
    if not isinstance(content, dict) or not isinstance(content.get("format"), int):
        raise InputError(f"{source} holds a recipe of another program: it cannot be replayed")
    version = content.pop("format")
    if version > FORMAT:
        raise InputError(
            f"{source} holds a recipe of format {version}, made by a newer version of Storyboard; "
            f"this one reads up to {FORMAT}: update Storyboard"
        )
    try:
        recipe = _adapter().validate_python(content)
    except (ValidationError, RecursionError) as error:
        raise InputError(f"{source} holds a recipe that cannot be: {_reason(error)}") from None
    check_numbers(recipe, source)
    return recipe


def _reason(error: ValidationError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"[:200]
