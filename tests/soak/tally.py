"""How often something was tried, and what came of it: a line of docs/reliability.md."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field

__all__ = ["Tally"]


@dataclass(slots=True)
class Tally:
    """Counts of one kind of trial.

    Attributes:
        name: What was done to the program.
        tried: How often.
        survived: How often everything was as it must be.
        flaws: What was not, with enough to repeat it.
        notes: Numbers for people: where the kills fell, the longest time.
    """

    name: str
    tried: int = 0
    survived: int = 0
    flaws: list[str] = field(default_factory=list)
    notes: dict[str, float] = field(default_factory=dict)

    def count(self, flaws: list[str], where: str) -> None:
        """Count one trial.

        Args:
            flaws: What was wrong; empty if nothing was.
            where: How to find the trial again.
        """
        self.tried += 1
        self.survived += not flaws
        self.flaws += [f"{where}: {each}" for each in flaws]

    def note(self, name: str, amount: float = 1) -> None:
        """Add to a number for people."""
        self.notes[name] = self.notes.get(name, 0) + amount

    def largest(self, name: str, amount: float) -> None:
        """Keep the largest of a number for people."""
        self.notes[name] = max(self.notes.get(name, 0), amount)

    def tell(self) -> None:
        """Write the tally as one line of JSON on standard output."""
        lost = self.tried - self.survived
        line = {"name": self.name, "tried": self.tried, "survived": self.survived, "lost": lost}
        line |= {"notes": {name: round(each, 3) for name, each in self.notes.items()}}
        sys.stdout.write(json.dumps(line | {"flaws": self.flaws[:20]}, ensure_ascii=False) + "\n")
        sys.stdout.flush()
