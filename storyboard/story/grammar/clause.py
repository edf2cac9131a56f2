"""Clauses: who does what to whom, with what, where and when; the same for every language."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Clause", "Phrase", "Role"]

Role = str
"""What a phrase says: "object", "recipient", "instrument", "company", "at", "to", "from", "time",
"manner", "state", "beside" (what is done meanwhile) or "more"."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a clause beside its verb.

    Attributes:
        role: What it says.
        words: As the text has it, with its preposition.
        noun: Its head in the basic form, such as "counter"; may be empty.
        start: Index of its first letter in the sentence.
        end: Behind its last letter.
    """

    role: Role
    words: str
    noun: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """One action, or a state.

    Attributes:
        agent: Who acts, as a phrase of the role "agent"; None where nobody is named. Of a passive
            it is what is acted on.
        action: The verb in its basic form with its particle, "look up"; "be" for a state.
        form: The verb alone, as the text has it.
        negated: Whether it does not happen.
        passive: Whether `agent` undergoes it.
        phrases: Everything else, in reading order.
        start: Index of the verb's first letter in the sentence.
        end: Behind its last letter.
    """

    agent: Phrase | None
    action: str
    form: str
    negated: bool
    passive: bool
    phrases: tuple[Phrase, ...]
    start: int
    end: int

    def of(self, *roles: Role) -> tuple[Phrase, ...]:
        """The phrases of some roles."""
        return tuple(each for each in self.phrases if each.role in roles)
