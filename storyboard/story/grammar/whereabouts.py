"""Whereabouts: which places of an English sentence the action is not in, by its grammar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.story.grammar.english_clauses import happening_around
from storyboard.story.grammar.nouns import kind_of
from storyboard.story.grammar.parse import parse_english
from storyboard.story.grammar.participles import participle
from storyboard.story.grammar.russian_forms import form_of
from storyboard.story.lexicon import canon

if TYPE_CHECKING:
    from storyboard.story.grammar.tree import Parse
    from storyboard.story.lexicon import Hit, Lexicon, Reading

__all__ = ["happens", "is_beside", "is_ending", "kind_before"]

_FAR = frozenset({"below", "beneath", "beyond", "behind", "ahead", "distance", "away"})
_ENDING = frozenset({"stop", "end", "cease", "clear", "pass", "subside", "melt"})
_ENDING_RUSSIAN = frozenset(
    "прекратиться прекращаться кончиться кончаться закончиться перестать утихнуть стихнуть "
    "стихать рассеяться рассеиваться пройти растаять таять".split()
)
_ENDING_KAZAKH = ("басыл", "тоқта", "тын", "сейіл", "еріді", "ери")
_EXPLAINING = frozenset({"to", "on", "at", "in", "of", "by", "near"})


def is_beside(reading: Reading, index: int) -> bool:
    """Whether a place is only looked at, spoken of, or explains another one.

    "The city glitters below", "as snow falls on the rooftops", "takes two steps", "the road to the
    school".
    """
    parse = parse_english(reading.text)
    if not parse.tokens:
        return False
    number = parse.at(reading.words[index].start)
    token = parse.tokens[number]
    if token.dep == "nsubj":
        return _is_far(parse, token.head)
    if token.dep == "dobj":
        return participle(parse.tokens[token.head].lemma) not in canon().moving
    if token.dep != "pobj":
        return False
    above = parse.tokens[token.head]
    owner = parse.tokens[above.head]
    explains = owner.pos == "NOUN" and kind_of(owner.text.lower()) == "place"
    if explains and above.text.lower() in _EXPLAINING and above.head < number:
        return True
    return _verb_above(parse, number) in set(happening_around(parse))


def happens(reading: Reading, index: int) -> bool:
    """Whether a time or the weather comes rather than compares: "as night falls", "as rain drums".

    "As" before a verb of theirs joins two sentences.
    """
    parse = parse_english(reading.text)
    if not parse.tokens:
        return False
    token = parse.tokens[parse.at(reading.words[index].start)]
    verb = token.head if token.dep == "nsubj" else parse.at(reading.words[index].start)
    mark = parse.child(verb, "mark")
    return mark is not None and parse.tokens[mark].text.lower() in ("as", "while", "when")


def is_ending(reading: Reading, hit: Hit, lexicon: Lexicon) -> bool:
    """Whether weather is over: "the rain had stopped", "снег прекращается", "жаңбыр басылды"."""
    if lexicon.language == "en":
        parse = parse_english(reading.text)
        if not parse.tokens:
            return False
        token = parse.tokens[parse.at(reading.words[hit.last].start)]
        verb = parse.tokens[token.head]
        gone = verb.text.lower() == "gone" or parse.child(token.head, "acomp", "advmod") is not None
        over = gone and any(
            parse.tokens[each].text.lower() in ("gone", "over")
            for each in parse.subtree(token.head)
        )
        return token.dep in ("nsubj", "nsubjpass") and (verb.lemma in _ENDING or over)
    near = (reading.word(hit.last + 1), reading.word(hit.first - 1), reading.word(hit.last + 2))
    if lexicon.language == "ru":
        return any(form_of(each).lemma in _ENDING_RUSSIAN for each in near)
    return any(each.startswith(_ENDING_KAZAKH) for each in near[:1])


def kind_before(reading: Reading, hit: Hit) -> str:
    """The noun that says what kind of place it is, "gas" station; empty without one."""
    parse = parse_english(reading.text)
    if not parse.tokens or hit.first != hit.last or not hit.first:
        return ""
    number = parse.at(reading.words[hit.last].start)
    before = parse.tokens[number - 1] if number else None
    if before is None or before.pos != "NOUN" or before.dep not in ("compound", "nmod"):
        return ""
    return before.text.lower() if before.head == number and before.text.isalpha() else ""


def _is_far(parse: Parse, verb: int) -> bool:
    return any(parse.tokens[each].lemma in _FAR for each in parse.subtree(verb) if each > verb)


def _verb_above(parse: Parse, number: int) -> int:
    while parse.tokens[number].pos not in ("VERB", "AUX") and parse.tokens[number].head != number:
        number = parse.tokens[number].head
    return number
