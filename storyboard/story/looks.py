"""Looks: hair, clothes and hats that the text gives to its people, as English traits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.story.ages import ages
from storyboard.story.grammar.russian_forms import form_of
from storyboard.story.grammar.wearing import is_of, is_worn, own_word
from storyboard.story.lexicon import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storyboard.story.cast import Mention
    from storyboard.story.lexicon import Lexicon, Reading

__all__ = ["dress"]

_MOST_WORDS = 3
_PLACE_WORDS = frozenset({"quiet", "empty", "crowded", "misty", "sandy", "rocky", "dusty"})
_INBORN = frozenset({"hair", "eyes", "facial_hair"})
"""Parts of a body need no verb of wearing; a coat without one may hang on a hook."""


def dress(reading: Reading, mentions: Sequence[Mention], lexicon: Lexicon) -> None:
    """Give the looks in a sentence to the people in it; what was found first stays.

    Args:
        reading: The sentence.
        mentions: The people in it, in reading order.
        lexicon: Of the story's language.
    """
    for trait, words, hit in (*_found(reading, mentions, lexicon), *_ages(reading, lexicon)):
        owner = _owner(reading, mentions, hit, lexicon)
        if owner is not None:
            owner.person.traits.setdefault(trait, words)


def _ages(reading: Reading, lexicon: Lexicon) -> Iterator[tuple[str, str, Hit]]:
    for start, end, age in ages(reading.text, lexicon.language):
        inside = [n for n, each in enumerate(reading.words) if start <= each.start < end]
        if inside:
            yield "age", age, Hit("traits", f"age={age}", age, inside[0], inside[-1], end - start)


def _found(
    reading: Reading, mentions: Sequence[Mention], lexicon: Lexicon
) -> Iterator[tuple[str, str, Hit]]:
    described = {each.last: each for each in reading.of("qualities")}
    for hit in reading.of("looks"):
        trait, noun = hit.value.split("=")
        adjectives: list[str] = []
        index = hit.first - 1
        while index in described and len(adjectives) < _MOST_WORDS:
            quality = described[index]
            if quality.value not in _PLACE_WORDS:
                adjectives.insert(0, quality.value)
            index = quality.first - 1
        worn = _is_worn(reading, index, hit, lexicon)
        if lexicon.language == "en":
            worn, noun = is_worn(reading, hit, told=worn), own_word(reading, hit, noun)
            adjectives = [each for each in adjectives if each not in noun.split()]
        if adjectives or worn or noun in ("beard", "moustache", "glasses"):
            ready = worn or trait in _INBORN or noun == "glasses" or _belongs(reading, index)
            if ready and (trait != "eyes" or adjectives) and (noun != "hair" or adjectives):
                yield trait, " ".join([*adjectives, noun]), hit
    for hit in reading.of("traits"):
        trait, words = hit.value.split("=")
        # "red" before "coat" is the coat's colour.
        if any(look.first == hit.last + 1 for look in reading.of("looks")):
            continue
        somebody = (
            lexicon.language != "en"
            or trait != "build"
            or is_of(reading, hit, [(each.first, each.last) for each in mentions])
        )
        if somebody:
            own = lexicon.language == "en" and trait == "build"
            yield trait, reading.span(hit.first, hit.last).lower() if own else words, hit


def _is_worn(reading: Reading, before: int, hit: Hit, lexicon: Lexicon) -> bool:
    """Whether a word of wearing stands before the description or, in Kazakh, after the noun."""
    wear = lexicon.lists["wear"]
    if lexicon.language == "kk":
        following = {reading.word(index) for index in range(hit.last + 1, hit.last + 6)}
        return bool(following & wear) or _says_with(reading.word(hit.last))
    articles = lexicon.lists["articles"]
    index = before
    while reading.word(index) in articles or (
        lexicon.language == "ru" and form_of(reading.word(index)).kind in ("ADJF", "PRTF")
    ):
        index -= 1
    if reading.word(index) in wear:
        return True
    # "in a yellow coat and a blue hat": the conjunction passes the verb on.
    if reading.word(index) in ("and", "и") or (hit.first and _comma(reading, index)):
        return any(look.last < index + 1 for look in reading.of("looks"))
    return False


def _says_with(word: str) -> bool:
    """Whether a Kazakh noun says "with": "шашты", "қалпақты"."""
    return word.endswith(("лы", "лі", "ды", "ді", "ты", "ті"))


def _comma(reading: Reading, index: int) -> bool:
    if not 0 <= index < len(reading.words) - 1:
        return False
    return "," in reading.text[reading.words[index].end : reading.words[index + 1].start]


def _belongs(reading: Reading, index: int) -> bool:
    return reading.word(index) in ("his", "her", "my", "their", "его", "ее", "свой", "своя", "'s")


def _owner(
    reading: Reading, mentions: Sequence[Mention], hit: Hit, lexicon: Lexicon
) -> Mention | None:
    """The person nearest to the description, on the side where the language puts them."""
    after = [each for each in mentions if each.first > hit.last]
    before = [each for each in mentions if each.last < hit.first]
    if lexicon.language == "kk":
        # Everything that describes a Kazakh noun stands before it.
        following = [each for each in after if not each.pronoun]
        return following[0] if following else before[-1] if before else None
    if after and not after[0].pronoun and _leads_to(reading, hit, after[0]):
        return after[0]
    return before[-1] if before else after[0] if after else None


def _leads_to(reading: Reading, hit: Hit, mention: Mention) -> bool:
    """Whether only adjectives stand between a description and a person: "red-haired old man"."""
    described = {
        index
        for each in reading.of("qualities", "traits", "looks")
        for index in range(each.first, each.last + 1)
    }
    gap = reading.text[reading.words[hit.last].end : reading.words[mention.first].start]
    bare = all(index in described for index in range(hit.last + 1, mention.first))
    return bare and "," not in gap
