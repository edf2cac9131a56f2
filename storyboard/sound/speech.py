"""Voices of the system, which speak the dialogue as a scratch track: nothing is downloaded.

macOS has `say`; elsewhere it is `espeak-ng`, where somebody has installed it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.files.regular_file import read_regular
from storyboard.files.system_program import printed_by
from storyboard.sound.recordings import decoded
from storyboard.sound.samples import RATE
from storyboard.values import bounds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Speaker", "speaker_here"]

_SECONDS = 60  # that one line may take to be spoken into a file
_LETTERS = 2000  # of a line; nobody says more in a panel
_LOCALES = {"en": "en_US", "ru": "ru_RU", "kk": "kk_KZ"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """A program that speaks.

    Attributes:
        program: Where it is.
        voices: For a language ("en", "ru", "kk") the names of its voices, in a fixed order.
    """

    program: str
    voices: tuple[tuple[str, tuple[str, ...]], ...]

    def spoken(self, text: str, language: str, person: int = 0) -> NDArray[np.int16]:
        """A line, spoken.

        Args:
            text: The line; beyond 2,000 letters it is cut off.
            language: "en", "ru" or "kk"; without a voice for it the first that there is speaks.
            person: Who speaks, from 0: different people have different voices, as far as there are.

        Returns:
            Shape (frames, 2).

        Raises:
            InputError: The program does not work.
        """
        known = dict(self.voices)
        voices = known.get(language) or known.get("en") or ("",)
        voice = voices[person % len(voices)]
        with tempfile.TemporaryDirectory(prefix="storyboard-") as folder:
            words, out = Path(folder) / "line.txt", Path(folder) / "line.wav"
            words.write_text(text[:_LETTERS], encoding="utf-8")
            asked = [self.program, *_options(self.program, voice, words, out)]
            said = printed_by(asked, _SECONDS)
            if said is None or not out.is_file():
                raise InputError(
                    "{program} could not speak a line: leave --speech out", program=self.program
                )
            return decoded(read_regular(out, bounds.SOUND_BYTES), self.program)


@cache
def speaker_here() -> Speaker | None:
    """The system's voice, or None where there is none."""
    name = "say" if sys.platform == "darwin" else "espeak-ng"
    program = shutil.which(name)
    if program is None:
        return None
    if name == "espeak-ng":
        variants = ("", "+f3", "+m3", "+f4", "+m7")
        voices = tuple(
            (code, tuple(f"{code}{each}" for each in variants)) for code in ("en", "ru", "kk")
        )
        return Speaker(program, voices)
    listed = printed_by([program, "-v", "?"], _SECONDS) or b""
    return Speaker(program, _voices_of_say(listed.decode("utf-8", "replace")))


def _voices_of_say(listed: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """From lines such as "Samantha            en_US    # Hello! ..." names by language."""
    found: dict[str, list[str]] = {}
    for line in listed.splitlines():
        name, _, rest = line.partition("  ")
        locale = rest.split("#")[0].strip()
        for language, wanted in _LOCALES.items():
            if locale == wanted and name:
                found.setdefault(language, []).append(name.strip())
    return tuple((language, tuple(names)) for language, names in found.items())


def _options(program: str, voice: str, words: Path, out: Path) -> list[str]:
    if Path(program).name == "say":
        chosen = ["-v", voice] if voice else []
        return [*chosen, "-f", str(words), "-o", str(out), f"--data-format=LEI16@{RATE}"]
    chosen = ["-v", voice] if voice else []
    return [*chosen, "-f", str(words), "-w", str(out)]
