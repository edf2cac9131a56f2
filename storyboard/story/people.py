"""People: who of the story is meant where, by name, by noun or by pronoun."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from storyboard.story.alias import stands_for
from storyboard.story.cast import Cast, Mention
from storyboard.story.gender import (
    PAIRS,
    SEVERAL,
    gender_of,
    given_gender,
    is_several,
    noun_gender,
)
from storyboard.story.grammar.acting import is_acting
from storyboard.story.grammar.coreference import (
    acts,
    explained,
    is_kin,
    is_owner,
    is_undergoing,
    means_things,
)
from storyboard.story.grammar.presence import is_elsewhere, is_of_several
from storyboard.story.grammar.russian import explained_russian, is_only_meant
from storyboard.story.lexicon import Hit, canon, fold
from storyboard.story.names import find_names
from storyboard.story.naming import TITLES, Name, linked
from storyboard.story.person import Person

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from storyboard.story.lexicon import Lexicon, Reading
    from storyboard.story.scripts.script import Script
    from storyboard.story.sentence import Sentence
    from storyboard.values.character import Character

__all__ = ["read_cast"]

_SUBJECT_PRONOUNS = frozenset({"he", "she", "он", "она", "ол", "i", "я", "мен"})
_NARRATOR = {"en": "Narrator", "ru": "Рассказчик", "kk": "Баяндаушы"}
_GENERIC = {"female": "woman", "male": "man"}
_BACK = 3
_MOST_PEOPLE = 24
"""More than this a text only has when something else was taken for people."""


def read_cast(
    readings: Sequence[Reading],
    lexicon: Lexicon,
    given: Sequence[Character] = (),
    script: Script | None = None,
    sentences: Sequence[Sentence] = (),
) -> Cast:
    """Find who is in a story and where.

    Args:
        readings: The sentences.
        lexicon: Of the story's language.
        given: Characters whose looks the user chose; they keep name, traits and references.
        script: The script that the sentences are from; who speaks in it is there.
        sentences: Those of the script, for its scenes and cues.
    """
    names = find_names(
        readings,
        lexicon,
        [each.name for each in given],
        script.named if script else None,
        dict(script.aliases) if script else None,
    )
    crowd = _Crowd(lexicon, given, script.people, script.ages) if script else _Crowd(lexicon, given)
    crowd.animals = names.animals
    mentions: list[tuple[Mention, ...]] = []
    for index, (reading, found) in enumerate(zip(readings, names.people, strict=True)):
        if script:
            crowd.follow(sentences[index])
        mentions.append(tuple(crowd.read(reading, found)))
    unseen = [each for each in crowd.waiting if each not in crowd.people]
    return Cast((*crowd.people, *unseen), tuple(mentions), names.things)


class _Crowd:
    """The people met so far, the latest last."""

    def __init__(
        self,
        lexicon: Lexicon,
        given: Sequence[Character],
        speakers: Sequence[str] = (),
        ages: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.lexicon = lexicon
        self.people: list[Person] = []
        self.waiting = [
            Person(each.name, gender=given_gender(each), given=each, named=True) for each in given
        ]
        self.animals: Mapping[str, str] = {}
        self._ages = {fold(name): age for name, age in ages}
        known = {each.name for each in given}
        self.waiting += [_speaker(each, lexicon) for each in speakers if each not in known]
        self._recent: list[Person] = []
        self._here: list[Person] | None = None
        self._before: Reading | None = None
        self._part = 0

    def follow(self, sentence: Sentence) -> None:
        """Hear of a script's sentence: who speaks is there, and a new scene begins without all."""
        if self._here is None or sentence.part != self._part:
            self._here, self._part = [], sentence.part
        for name in sentence.cue.seen if sentence.cue else ():
            known = (each for each in (*self.people, *self.waiting) if each.name == name)
            person = next(known, None)
            if person is not None:
                self._remember(person)

    def read(self, reading: Reading, names: Sequence[Name]) -> list[Mention]:
        """The mentions of one sentence."""
        nouns = [each for each in reading.of("persons") if not self._is_titled(each, names)]
        links = {
            id(hit): name
            for name in names
            for hit in nouns
            if linked(reading, self.lexicon, name, hit)
        }
        english = self.lexicon.language == "en"
        same = self._explained(reading, nouns, names)
        taken = {index for name in names for index in range(name.first, name.last + 1)}
        taken |= {index for hit in nouns for index in range(hit.first, hit.last + 1)}
        items: list[tuple[int, int, Name | Hit | None]] = [(n.first, n.last, n) for n in names]
        items += [(hit.first, hit.last, hit) for hit in nouns]
        items += [
            (index, index, None)
            for index, word in enumerate(reading.words)
            if index not in taken and self._is_pronoun(reading, index)
        ]
        mentions: list[Mention] = []
        met: dict[int, Person] = {}
        for first, last, item in sorted(items, key=lambda each: each[:2]):
            if isinstance(item, Name):
                people = [self._named(item.name)]
                people[0].gender = people[0].gender or TITLES.get(reading.word(first - 1), "")
            elif item is not None and same.get(item.last) in met:
                people = [self._same(item, met[same[item.last]])]
            elif item is not None:
                people = self._noun(reading, item, links.get(id(item)))
            else:
                people = self._pronoun(reading, first, self._actor(reading, first, met))
            if people and isinstance(item, Hit):
                people[0].years = people[0].years or _years(reading, item)
            present = not self._absent(reading, first)
            if english:
                gone = is_kin(reading, first) or is_elsewhere(reading, last)
                present = not gone and (present or is_of_several(reading, first))
            mentions += [
                Mention(each, first, last, item is None, present and not each.is_voice)
                for each in people
            ]
            for person in people:
                self._remember(person)
                met.setdefault(last, person)
        self._favour(reading, mentions)
        self._before = reading if reading.words else self._before
        return mentions

    def _favour(self, reading: Reading, mentions: Sequence[Mention]) -> None:
        """Have a pronoun of the next sentence mean who acts in this one, rather than others."""
        for each in mentions:
            acting = is_acting(reading, each.last, each.person.name, self.lexicon.language)
            if acting and each.present:
                self._remember(each.person)
                return

    def _is_titled(self, hit: Hit, names: Sequence[Name]) -> bool:
        """Whether a noun is a part of a name, "PROFESSOR LEE": it says what they are."""
        name = next((each for each in names if each.first <= hit.first < each.last), None)
        if name is None or hit.last >= name.last:
            return False
        person = self._named(name.name)
        person.noun = person.noun or hit.value
        person.gender = person.gender or noun_gender(hit.value)
        if person not in (*self.people, *self.waiting):
            self.waiting.append(person)
        return True

    def _explained(
        self, reading: Reading, nouns: Sequence[Hit], names: Sequence[Name]
    ) -> Mapping[int, int]:
        """Nouns that explain somebody before them: "Sandra, a truck driver"."""
        if self.lexicon.language == "en":
            return explained(reading, nouns)
        if self.lexicon.language == "ru":
            return explained_russian(reading, nouns, [each.last for each in names])
        # "Бейтаныс жігіт": a stranger, and a young man.
        return {
            second.last: first.last
            for first, second in itertools.pairwise(nouns)
            if first.last + 1 == second.first
            if all(reading.word(each.last) == fold(each.lemma) for each in (first, second))
        }

    def _actor(self, reading: Reading, index: int, met: Mapping[int, Person]) -> Person | None:
        """Who acted last in the sentence before a word."""
        before = [word for word in met if word < index and acts(reading, word)]
        return met[before[-1]] if before else None

    def _same(self, hit: Hit, person: Person) -> Person:
        """Somebody whom a noun explains: "Sandra, a truck driver", "her mother, a tall woman"."""
        if is_several(hit.value):
            return person  # "two friends, Bert and Eddie" makes no friends of Bert
        person.noun = person.noun or hit.value
        if hit.value != person.noun:
            person.also.append(hit.value)
        person.gender = person.gender or noun_gender(hit.value)
        return person

    def _remember(self, person: Person) -> None:
        if person not in self.people:
            self.people.append(person)
            age = self._ages.get(fold(person.name))
            person.traits |= {"age": age} if age else {}
        if self._here is not None and person not in self._here:
            self._here.append(person)
        if person in self._recent:
            self._recent.remove(person)
        self._recent.append(person)

    def _is_pronoun(self, reading: Reading, index: int) -> bool:
        word = reading.word(index)
        if word in ("both", "neither") and not acts(reading, index):
            return False  # "both men"
        # In Kazakh the word for "I" is also the word for "and", which never comes first.
        return word in self.lexicon.pronouns and not (word == "мен" and index)

    def _named(self, name: str) -> Person:
        for person in [*self.people, *self.waiting]:
            if fold(person.name) == fold(name):
                return person
        noun = self.animals.get(name, "")
        return Person(name, noun, gender=gender_of(name, self.lexicon), named=True)

    def _noun(self, reading: Reading, hit: Hit, name: Name | None) -> list[Person]:
        facts = canon()
        if name is not None:
            person = self._named(name.name)
            person.noun = person.noun or hit.value
            person.gender = person.gender or noun_gender(hit.value)
            return [person]
        before = {reading.word(index) for index in range(hit.first - 2, hit.first)}
        cued = next((each for each in self.waiting if fold(each.name) == fold(hit.lemma)), None)
        if cued and cued not in self.people:
            cued.noun = hit.value
            return [cued]
        if hit.value in PAIRS and before & {"the", "both", "two"}:
            known = [each for each in self._recent if each.gender == PAIRS[hit.value]][-2:]
            if len(known) > 1:
                return known
        if not before & self.lexicon.lists["another"]:
            for person in reversed(self._recent):
                if hit.value in (person.noun, *person.also) or fold(person.name) == fold(hit.lemma):
                    return [person]
                if fold(hit.lemma) in fold(person.name).split() and self._definite(reading, hit):
                    return [person]  # Judge Harlan is the judge
            if hit.value in facts.generic and self._definite(reading, hit):
                alias = stands_for(hit.value, self._recent)
                if alias:
                    return [alias]
        if len(self.people) >= _MOST_PEOPLE:
            return []
        waiting = next(
            (
                each
                for each in self.waiting
                if each.given is None and each.noun == hit.value and each not in self.people
            ),
            None,
        )
        if waiting:
            waiting.noun = hit.value
            return [waiting]
        taken = {person.name for person in self.people}
        label = hit.lemma
        number = 2
        while label in taken:
            label, number = f"{hit.lemma} {number}", number + 1
        gender = SEVERAL if is_several(hit.value) else noun_gender(hit.value)
        return [Person(label, noun=hit.value, gender=gender)]

    def _definite(self, reading: Reading, hit: Hit) -> bool:
        if self.lexicon.language == "en":
            return reading.word(hit.first - 1) in ("the", "this")
        described = any(
            each.last < hit.first and each.last + _BACK >= hit.first
            for each in reading.of("qualities", "looks")
        )
        return reading.word(hit.last) == fold(hit.lemma.split()[-1]) and not described

    def _pronoun(self, reading: Reading, index: int, actor: Person | None) -> list[Person]:
        word = reading.word(index)
        kind = self.lexicon.pronouns[word]
        if kind == "plural":
            if (
                self.lexicon.language == "en"
                and self._before
                and means_things(reading, index, self._before)
            ):
                return []
            here = self._recent
            if self._here:
                here = [each for each in self._recent if each in self._here]
            if actor and self.lexicon.language == "en" and is_undergoing(reading, index):
                here = [each for each in here if each is not actor]  # "a boy circles them"
            return list(reversed(here[-2:]))
        if kind == "narrator":
            return self._narrator(word)
        if self.lexicon.language != "en" or actor is None:
            actor = None
        elif is_owner(reading, index) and (
            actor.gender == kind or (not actor.gender and not self._just_met(kind, actor))
        ):
            actor.gender = kind
            return [actor]
        elif not is_undergoing(reading, index):
            actor = None
        others = [each for each in reversed(self._recent) if each is not actor]
        others = [each for each in others if each.name != _NARRATOR[self.lexicon.language]]
        for person in others:
            if kind in ("any", person.gender):
                return [person]
        for person in others:
            if not person.gender:
                person.gender = kind
                return [person]
        return self._stranger(reading, index, kind)

    def _just_met(self, gender: str, actor: Person) -> bool:
        """Whether one of the last two others is known to be a man, or a woman."""
        others = [each for each in self._recent if each is not actor]
        return any(each.gender == gender for each in others[-2:])

    def _stranger(self, reading: Reading, index: int, kind: str) -> list[Person]:
        """Somebody whom the text calls by nothing but a pronoun."""
        word = reading.words[index]
        if word.folded not in _SUBJECT_PRONOUNS or len(self.people) >= _MOST_PEOPLE:
            return []
        doing = reading.of("actions", "speech", "emotions")
        for person in self.waiting:
            if person not in self.people and person.gender in ("", kind):
                return [person]
        # In Russian a boat is "she" as well: somebody must be doing something.
        if (self.people or not doing) and self.lexicon.language != "en":
            return []
        gender = kind if kind in _GENERIC else ""
        return [Person(word.folded.title(), gender=gender)]

    def _narrator(self, word: str) -> list[Person]:
        name = _NARRATOR[self.lexicon.language]
        for person in self.people:
            if person.name == name:
                return [person]
        if len(self.waiting) == 1 and self.waiting[0] not in self.people:
            self.waiting[0].gender = self.waiting[0].gender or ""
            return [self.waiting[0]]
        if len(self.waiting) == 1 and not any(p.name == name for p in self.people):
            return [self.waiting[0]]
        return [Person(name)] if word in _SUBJECT_PRONOUNS else []

    def _absent(self, reading: Reading, first: int) -> bool:
        if self.lexicon.language == "ru" and is_only_meant(reading, first):
            return True
        passing = self.lexicon.lists["articles"]
        qualities = {
            index for each in reading.of("qualities") for index in range(each.first, each.last + 1)
        }
        for index in range(first - 1, max(-1, first - 1 - _BACK), -1):
            if reading.word(index) in self.lexicon.lists["absent"]:
                return True
            if reading.word(index) not in passing and index not in qualities:
                return False
        return False


def _years(reading: Reading, hit: Hit) -> str:
    """Whether a noun is of somebody "old" or "young": "an old farmer"."""
    said = (each for each in reading.of("qualities") if each.last == hit.first - 1)
    return next((each.value for each in said if each.value in ("old", "young")), "")


def _speaker(name: str, lexicon: Lexicon) -> Person:
    """Somebody whom a script's cue names: MIRA, or OLD MAN, who has no name of his own."""
    noun = next((hit.value for hit in lexicon.read(name).of("persons")), "")
    if noun:
        return Person(name, noun=noun, gender=noun_gender(noun))
    animals = (each.value for each in lexicon.read(name).of("props"))
    kind = next((each for each in animals if each in canon().animals), "")
    return Person(name, noun=kind, gender=gender_of(name, lexicon), named=True)
