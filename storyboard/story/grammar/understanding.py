"""Understanding: what the lexicon finds in an English sentence, put right by its grammar.

A list of words takes every "light" for the lighting of something and every "watch" for watching.
The parse says which words are verbs, which nouns, and what belongs to what; nouns that no list has
are people, animals or places by what they name.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.story.grammar.english_clauses import shown_noun
from storyboard.story.grammar.nouns import kind_of
from storyboard.story.grammar.parse import parse_ahead, parse_english
from storyboard.story.grammar.participles import participle
from storyboard.story.lexicon import Hit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from storyboard.story.grammar.tree import Parse
    from storyboard.story.lexicon import Reading

__all__ = ["understood", "understood_all"]

_VERBS, _NOUNS = frozenset({"VERB", "AUX"}), frozenset({"NOUN", "PROPN"})
_NO_ACTION = frozenset("be have do get seem become let make go keep begin start".split())
_MODIFIERS = frozenset({"amod", "compound", "acl", "aux", "auxpass"})
_DOING = frozenset({"nsubj", "agent", "dative", "poss"})
"""What people are to a verb, and pages of a book are not."""
_BODILESS = frozenset(
    "voice radio phone telephone television tv intercom computer letter note sign word thing "
    "announcement recording message email headline newspaper article label poster caption "
    "loudspeaker screen story book question truth secret joke lie way name time door".split()
)
"""What may say something and is nobody."""
_TALKING = frozenset("say ask answer reply tell speak talk".split())
_WORN = {"clothing": "clothing", "hat": "hat", "boots": "boots"}
_ADDED = {"person": "persons", "animal": "props", "place": "places"}


def understood_all(readings: Sequence[Reading]) -> list[Reading]:
    """Many sentences at once, which is several times quicker."""
    parse_ahead(each.text for each in readings)
    found = [understood(each) for each in readings]
    speaking = {animal for each in found for animal in _speaking(each)}
    if speaking:
        # Where one of them talks, those who do most are people as well: the lion beside the mouse.
        busy = Counter(animal for each in found for animal in _acting(each))
        speaking |= {animal for animal, count in busy.items() if count > 1}
    nobody = not any(each.of("persons") or _is_named(each) for each in found)
    if nobody and (speaking or any(map(_is_personal, found))):
        speaking |= {animal for each in found for animal in _acting(each)}
    return [_with_people(each, speaking) for each in found] if speaking else found


def _speaking(reading: Reading) -> Iterator[str]:
    """Nouns that speak in a sentence, or are spoken to: whatever does that is somebody."""
    parse = parse_english(reading.text)
    verbs = {parse.at(reading.words[each.first].start) for each in reading.of("speech")}
    for token in parse.tokens:
        head = token.head
        if token.dep == "pobj" and parse.tokens[head].text.lower() == "to":
            head = parse.tokens[head].head
        elif token.dep != "nsubj" and not (token.dep == "dobj" and head == 0):
            continue  # of "Asked the crane" the parser takes the subject for an object
        if head in verbs and token.pos == "NOUN" and token.lemma not in _BODILESS:
            kind = kind_of(token.lemma)
            # "Who is there?" begins the bear; but a storm begins, and the wind cries and calls.
            sure = kind in ("animal", "perhaps") or parse.tokens[head].lemma in _TALKING
            if sure and kind in ("animal", "perhaps", ""):
                yield token.lemma


def _is_personal(reading: Reading) -> bool:
    """Whether somebody is "he" or "she" in a sentence, as the crow of a fable is."""
    return any(
        token.text.lower() in ("he", "she") and token.dep.startswith("nsubj")
        for token in parse_english(reading.text).tokens
    )


def _is_named(reading: Reading) -> bool:
    """Whether a name acts in a sentence: then he or she need not be the bird."""
    return any(
        token.pos == "PROPN" and token.dep == "nsubj"
        for token in parse_english(reading.text).tokens
    )


def _acting(reading: Reading) -> Iterator[str]:
    """Animals that do something in a sentence."""
    parse = parse_english(reading.text)
    for token in parse.tokens:
        acting = token.dep in ("nsubj", "nsubjpass", "npadvmod")
        subject = acting and parse.tokens[token.head].pos in _VERBS
        if subject and kind_of(token.lemma) == "animal":
            yield token.lemma


def _with_people(reading: Reading, animals: set[str]) -> Reading:
    """The reading in which some animals and things are people."""
    parse = parse_english(reading.text)
    if not parse.tokens:
        return reading
    words = {parse.at(word.start): index for index, word in enumerate(reading.words)}
    listed = {hit.last for hit in reading.hits if hit.kind in ("props", "persons")}
    hits = [
        Hit("persons", token.lemma, token.lemma, words[number], words[number], len(token.lemma))
        for number, token in enumerate(parse.tokens)
        if token.pos == "NOUN" and token.lemma in animals and words.get(number, -1) not in listed
        if number in words
    ]
    for hit in reading.hits:
        token = (
            parse.tokens[parse.at(reading.words[hit.last].start)] if hit.kind == "props" else None
        )
        if token is not None and token.lemma in animals:
            hit = replace(hit, kind="persons", value=token.lemma, lemma=token.lemma)
        hits.append(hit)
    return replace(reading, hits=tuple(sorted(hits, key=lambda each: (each.first, each.last))))


def understood(reading: Reading) -> Reading:
    """A reading without the hits that its grammar contradicts, and with those it adds."""
    parse = parse_english(reading.text)
    if not parse.tokens or not reading.words:
        return reading
    at = [parse.at(each.start) for each in reading.words]
    kept = [each for each in reading.hits if _agrees(reading, parse, at, each)]
    added = [*_nouns(parse, at, kept), *_verbs(parse, at, kept)]
    added += _clothes(parse, at, [*kept, *added])
    covered = {
        (each.kind, index)
        for each in added
        if each.first != each.last
        for index in range(each.first, each.last + 1)
    }
    kept = [
        each
        for each in kept
        if not any((each.kind, index) in covered for index in range(each.first, each.last + 1))
    ]
    order = sorted([*kept, *added], key=lambda each: (each.first, each.last, each.kind))
    return replace(reading, hits=tuple(order), subject=shown_noun(parse))


def _agrees(reading: Reading, parse: Parse, at: Sequence[int], hit: Hit) -> bool:
    tokens = [parse.tokens[at[index]] for index in range(hit.first, hit.last + 1)]
    if hit.kind == "speech":
        bare = tokens[0].pos == "NOUN" and parse.child(at[hit.first], "det", "poss") is not None
        return not bare and not any(
            _is_denied(parse, at[n]) for n in range(hit.first, hit.last + 1)
        )
    if hit.kind == "actions":
        if not any(each.pos in _VERBS or each.dep == "prt" for each in tokens):
            return False
        return not any(_is_denied(parse, at[n]) for n in range(hit.first, hit.last + 1))
    if hit.kind == "emotions":
        return not any(_is_denied(parse, at[n]) for n in range(hit.first, hit.last + 1))
    if hit.kind == "details" and not _is_matter(parse, at[hit.last]):
        return False
    if hit.kind in ("persons", "props", "places", "details") and hit.first == hit.last:
        if tokens[0].pos not in _NOUNS:
            return False
        return not (hit.kind == "persons" and _describes(parse, at[hit.first]))
    return True


def _is_matter(parse: Parse, index: int) -> bool:
    """Whether a part of a body is what a sentence shows: not in "a guard with a bored face"."""
    token = parse.tokens[index]
    if token.dep == "pobj":
        return token.head != index and parse.tokens[parse.tokens[token.head].head].pos != "NOUN"
    above = parse.tokens[token.head]
    return not (token.dep == "dobj" and above.dep in ("advcl", "acl"))


def _is_denied(parse: Parse, index: int) -> bool:
    """Whether a verb, or the being that an adjective hangs on, is negated."""
    token = parse.tokens[index]
    verb = index if token.pos in _VERBS else token.head
    if parse.child(verb, "neg") is not None:
        return True
    # "could not speak" and "she never looks and smiles": the second verb shares what is said.
    return any(parse.tokens[each].lemma in ("never", "not") for each in parse.children(verb))


def _describes(parse: Parse, index: int) -> bool:
    """Whether a noun only describes another, as in "driver seat" and "Baker Street"."""
    token = parse.tokens[index]
    head = parse.tokens[token.head]
    if token.dep == "poss" and token.pos == "NOUN" and kind_of(head.lemma) in _WORN:
        return _is_any(parse, index)
    if token.dep not in ("compound", "nmod") or token.head < index:
        return False
    return head.pos == "NOUN" or kind_of(head.text.lower()) == "place"


def _is_any(parse: Parse, index: int) -> bool:
    """Whether a noun stands for anybody of a kind: "a butcher's apron" needs no butcher."""
    return any(parse.tokens[each].text.lower() in ("a", "an") for each in parse.children(index))


def _nouns(parse: Parse, at: Sequence[int], hits: Iterable[Hit]) -> Iterator[Hit]:
    """People, animals and places that no list has."""
    taken = {(each.kind, index) for each in hits for index in range(each.first, each.last + 1)}
    words = {token: word for word, token in enumerate(at)}
    for number, token in enumerate(parse.tokens):
        word = words.get(number)
        if word is None or token.pos != "NOUN":
            continue
        lemma = token.lemma
        before = parse.tokens[number - 1] if number else None
        pair = f"{before.lemma} {lemma}" if before and before.head == number else ""
        paired = kind_of(pair) or (kind_of(lemma) if _is_room(lemma) and pair else "")
        if paired == "place" and before and before.dep in ("compound", "amod", "nmod") and word:
            yield Hit("places", pair, pair, word - 1, word, len(pair))
            continue
        kind = kind_of(lemma) or kind_of(token.text.lower())
        if kind == "perhaps" and token.dep in _DOING:
            kind = "person"
        if kind in ("", "perhaps") and _is_who(parse, number):
            kind = "person"
        # A house is a thing as well as a place.
        busy = ("persons", "places") if kind == "place" else ("persons", "places", "props")
        if kind not in _ADDED or _describes(parse, number):
            continue
        if any((each, word) in taken for each in busy):
            continue
        several = token.tag == "NNS" and kind in ("person", "place")
        listed = kind == "person" or bool(kind_of(token.text.lower()))
        named = token.text.lower() if several and listed else lemma
        yield Hit(_ADDED[kind], named, named, word, word, len(lemma))


def _is_who(parse: Parse, index: int) -> bool:
    """Whether a noun goes on with "who": "a miller who was poor" is somebody."""
    return any(
        parse.tokens[each].dep == "relcl"
        and any(parse.tokens[n].lemma.lower() == "who" for n in parse.children(each))
        for each in parse.children(index)
    )


def _clothes(parse: Parse, at: Sequence[int], hits: Sequence[Hit]) -> Iterator[Hit]:
    """Clothes that no list has, and what describes clothes: "denim", "velvet"."""
    known = {n for each in hits if each.kind == "looks" for n in range(each.first, each.last + 1)}
    described = {
        n for each in hits if each.kind == "qualities" for n in range(each.first, each.last + 1)
    }
    words = {token: word for word, token in enumerate(at)}
    for number, token in enumerate(parse.tokens):
        word, trait = (
            words.get(number),
            _WORN.get(kind_of(token.lemma) or kind_of(token.text.lower())),
        )
        if word is None or token.pos != "NOUN" or (trait is None and word not in known):
            continue
        if word not in known:
            noun = token.text.lower()
            yield Hit("looks", f"{trait}={noun}", noun, word, word, len(noun))
        for child in parse.children(number):
            each, place = parse.tokens[child], words.get(child)
            if each.dep in ("amod", "compound") and place is not None and place not in described:
                if place < word and each.text.isascii() and each.text.isalpha():
                    value = each.text.lower()
                    yield Hit("qualities", value, value, place, place, len(value))


def _is_room(noun: str) -> bool:
    return noun in ("room", "shop", "field", "park", "street", "house")


def _verbs(parse: Parse, at: Sequence[int], hits: Iterable[Hit]) -> Iterator[Hit]:
    """Verbs of which the lexicon knows nothing, as participles."""
    known = {
        index
        for each in hits
        if each.kind in ("actions", "speech", "emotions", "sizes", "angles", "moves", "looks")
        for index in range(each.first, each.last + 1)
    }
    words = {token: word for word, token in enumerate(at)}
    for number, token in enumerate(parse.tokens):
        word = words.get(number)
        if word is None or word in known or token.pos != "VERB" or token.dep in _MODIFIERS:
            continue
        if token.lemma in _NO_ACTION or not token.lemma.isalpha() or _is_denied(parse, number):
            continue
        yield Hit("actions", participle(token.lemma), token.lemma, word, word, len(token.text))
