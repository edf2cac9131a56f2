"""A person of the story while it is being read, and the character that comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from storyboard.story.lexicon import canon
from storyboard.values.character import Character

__all__ = ["Person"]

_GENERIC = {"female": "woman", "male": "man"}
_YOUNG = {"female": "girl", "male": "boy"}
_GROWN_UP = 18
_VOICES = frozenset("narrator announcer voiceover voice рассказчик диктор баяндаушы".split())
_ORDER = (
    *("age", "build", "hair", "eyes", "facial_hair", "glasses", "marks"),
    *("clothing", "hat", "boots"),
)


@dataclass(slots=True)
class Person:
    """Somebody of the story while it is being read.

    Attributes:
        name: As the board will call them.
        noun: Canonical noun such as "girl"; empty where the text has none.
        gender: "female", "male" or empty.
        traits: Looks found in the text, trait to English words.
        given: The character as the user gave it.
        named: Whether they have a name of their own, rather than a noun.
        years: "old" or "young", where the text puts it before their noun.
        also: Further nouns that the text explains them by: "Captain Orlov, an old man".
    """

    name: str
    noun: str = ""
    gender: str = ""
    traits: dict[str, str] = field(default_factory=dict)
    given: Character | None = None
    named: bool = False
    years: str = ""
    also: list[str] = field(default_factory=list)

    @property
    def is_voice(self) -> bool:
        """Whether nobody sees them: a narrator, unless the user gave one."""
        return self.given is None and not self.named and self.noun.casefold() in _VOICES

    def character(self) -> Character:
        """The finished character: the given looks first, then what the text adds."""
        given = dict(self.given.traits) if self.given else {}
        looks = {key: self.traits[key] for key in _ORDER if key in self.traits}
        found = {**self._kind(), **looks}
        traits = given or found
        if given:
            traits = {**given, **{key: found[key] for key in looks if key not in given}}
        references = self.given.references if self.given else ()
        return Character(self.name, tuple(traits.items()), references)

    def _kind(self) -> dict[str, str]:
        """What the person is: "girl", or a woman whose role is "lighthouse keeper"."""
        age = self.traits.get("age", "")
        young = age.isdecimal() and int(age) < _GROWN_UP
        generic = (_YOUNG if young else _GENERIC).get(self.gender, "")
        if self.years and generic in _GENERIC.values():
            generic = f"{self.years} {generic}"
        kind: dict[str, str] = {}
        generic = next((each for each in self.also if each in canon().generic), generic)
        if generic and self.noun not in canon().generic:
            kind["person"] = generic
        if self.noun.isascii() and self.noun:  # only English words are for the prompt
            kind["role" if kind else "person"] = self.noun
        name = self.name.casefold()
        return {key: words for key, words in kind.items() if words.casefold() not in name}
