"""Mending: where the parser takes a verb for a noun, as it does with "points" and "laughs"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.story.grammar.english import verb_of
from storyboard.story.grammar.nouns import is_doing, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storyboard.story.grammar.tree import Token

__all__ = ["has_subject", "has_verb", "mended"]

_VERBS = ("VERB", "AUX")
_ACTING = frozenset({"nsubj", "nsubjpass", "expl"})
_FINITE, _BARE = frozenset({"VBZ", "VBD"}), frozenset({"VB", "VBG"})
_ADVERBS = frozenset({"outside", "inside", "above", "below", "around", "beyond", "overhead"})
_JOINTS = frozenset({"and", "but", "then", "or"})
_BEHIND_VERBS = frozenset(
    "to at into onto up down away off out back around over the a an his her its their my our him "
    "them me us it himself herself itself themselves".split()
)
"""Words that follow a verb, and no plural that only ends a list: "and points to", "and lifts a"."""


def mended(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens of a sentence with the verbs that the parser took for plurals."""
    if not has_verb(tokens):
        tokens = _with_first_verb(tokens)
    tokens = _with_verbs_in_order(tokens)
    first = next((n for n in range(1, len(tokens)) if _is_first_verb(tokens, n)), None)
    if first is not None:
        tokens = _with_verb(tokens, first)
    for index in range(1, len(tokens)):
        tokens = _with_own_verb(tokens, index)
        tokens = _with_subject(_with_finite_chain(tokens, index), index)
        if _is_marked_verb(tokens, index):
            tokens = _with_marked_verb(tokens, index)
        elif _is_noun_after_all(tokens, index):
            tokens = _with_noun(tokens, index)
    for index in range(2, len(tokens)):
        if _is_second_clause(tokens, index):
            tokens = _with_second_clause(tokens, index)
    for index in range(1, len(tokens)):
        main = _main_verb(tokens, index)
        if main is not None and _is_joined_verb(tokens, index, main):
            tokens = _with_joined_verb(tokens, index, main)
    return tokens


def _with_verbs_in_order(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Let the first of "Kim sees the kettle, lifts it off" lead: the parser has it the other way.

    Only a verb of saying may stand behind what is said, and that has a subject of its own.
    """
    for index, first in enumerate(tokens):
        last = tokens[first.head]
        own = {each.dep for each in tokens if each.head == first.head}
        behind = first.dep == "ccomp" and first.pos in _VERBS and index < first.head
        if behind and last.dep == "ROOT" and last.tag == first.tag and not own & _ACTING:
            found = list(tokens)
            found[index] = replace(first, dep="ROOT", head=index)
            found[first.head] = replace(last, dep="conj", head=index)
            return tuple(found)
    return tokens


def has_verb(tokens: Iterable[Token]) -> bool:
    """Whether a sentence has a verb at all, and not only a "broken-down" gas station."""
    return any(each.pos in _VERBS and each.dep != "amod" for each in tokens)


def has_subject(tokens: Iterable[Token]) -> bool:
    """Whether somebody or something acts in a sentence."""
    return any(each.dep in _ACTING for each in tokens)


def _with_first_verb(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Find the verb of "The snow melts" and "A bandit with a scar climbs up".

    Where a sentence has no verb at all, a plural behind a noun is one, unless it is of people,
    animals or places.
    """
    for index, plural in enumerate(tokens):
        acting = any(each.head == index and each.dep == "nsubj" for each in tokens)
        if plural.tag == "NNS" and acting:
            verb = replace(plural, pos="VERB", tag="VBZ", lemma=_verb(plural))
            return (*tokens[:index], verb, *tokens[index + 1 :])
        # "Fragments glitter in the sun": several do what the parser takes for a thing.
        base = plural.tag in ("NN", "JJ") and verb_of(f"{plural.lemma}s") == plural.lemma
        roles = ("nsubj", "compound") if plural.dep == "ROOT" else ("nsubj",)
        several = (e for e in tokens[:index] if e.head == index and e.tag == "NNS")
        if base and any(each.dep in roles for each in several):
            verb = replace(plural, pos="VERB", tag="VBP", dep="ROOT", head=index)
            subject = replace(tokens[index - 1], dep="nsubj")
            return (*tokens[: index - 1], subject, verb, *tokens[index + 1 :])
    for index, plural in enumerate(tokens[1:], 1):
        noun = tokens[index - 1]
        compound = noun.head == index and noun.dep == "compound" and noun.tag in ("NN", "NNP")
        if plural.tag == "NNS" and compound and not kind_of(plural.lemma):
            return _with_verb(tokens, index)
    return tokens


def _is_first_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether a plural is what the noun before it does: "The fog lifts and the ship appears".

    Several people shrug, and one shrugs: a verb in -s that follows cannot be the plural's own.
    """
    plural, noun = tokens[index], tokens[index - 1]
    if noun.head != index or noun.tag not in ("NN", "NNP"):
        return False
    if plural.tag == "VBZ":
        return plural.dep == "ROOT" and noun.dep == "compound"
    if plural.tag != "NNS" or noun.dep not in ("compound", "nsubj"):
        return False
    if not verb_of(plural.text.lower()):
        return False
    if plural.dep == "nsubj":
        return tokens[plural.head].pos in _VERBS and _is_singular(tokens, plural.head)
    if kind_of(plural.lemma) not in ("", "perhaps"):
        return False
    below = {index}
    for number in range(index + 1, len(tokens)):
        if tokens[number].dep == "conj" and tokens[number].head in below:
            below.add(number)
    return plural.dep == "ROOT" and any(tokens[each].tag == "VBZ" for each in below)


def _is_singular(tokens: Sequence[Token], verb: int) -> bool:
    """Whether a verb is what one does now: "shrugs", "is shrugging"."""
    return tokens[verb].tag == "VBZ" or any(
        each.head == verb and each.dep in ("aux", "auxpass") and each.tag == "VBZ"
        for each in tokens
    )


def _with_verb(tokens: tuple[Token, ...], index: int) -> tuple[Token, ...]:
    """The sentence with a verb where a plural was: what described it describes the noun before."""
    found = list(tokens)
    plural, noun = tokens[index], index - 1
    root = next(n for n, each in enumerate(tokens) if each.head == n and each.dep == "ROOT")
    found[index] = replace(
        plural, pos="VERB", tag="VBZ", dep="ROOT", head=index, lemma=_verb(plural)
    )
    if plural.dep in ("pobj", "appos") and root < index:
        found[noun] = replace(tokens[noun], dep=plural.dep, head=plural.head)
        found[root] = replace(tokens[root], dep="nsubj", head=index)
    else:
        found[noun] = replace(tokens[noun], dep="nsubj")
        if root > index and tokens[root].pos in _VERBS:
            found[root] = replace(tokens[root], dep="conj", head=index)
        elif root > index and tokens[root].pos == "ADP":
            found[root] = replace(tokens[root], dep="prep", head=index)
    _describe(found, index)
    return tuple(found)


def _with_own_verb(tokens: tuple[Token, ...], index: int) -> tuple[Token, ...]:
    """Give the man of "the door opened and a man with a scar hobbled in" his verb.

    A noun cannot be joined to a verb: what the parser takes for a participle is what he does.
    """
    noun = tokens[index]
    if noun.pos != "NOUN" or noun.dep != "conj" or tokens[noun.head].tag != "VBD":
        return tokens
    behind = (
        n
        for n in range(index + 1, len(tokens))
        if tokens[n].tag == "VBN" and tokens[n].dep == "acl" and index <= tokens[n].head < n
    )
    verb = next(behind, None)
    if verb is None:
        return tokens
    found = list(tokens)
    found[verb] = replace(tokens[verb], tag="VBD", dep="conj", head=noun.head)
    found[index] = replace(noun, dep="nsubj", head=verb)
    return tuple(found)


def _is_marked_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether a plural is the verb that "as" or "while" leads to: "As rain drums on the roof"."""
    plural, noun = tokens[index], tokens[index - 1]
    marked = any(each.head == index and each.dep == "mark" for each in tokens[:index])
    verb = plural.tag == "NNS" or (plural.tag == "VBZ" and noun.dep == "compound")
    return verb and plural.dep == "advcl" and marked and noun.head == index


def _with_marked_verb(tokens: tuple[Token, ...], index: int) -> tuple[Token, ...]:
    """The sentence with that verb; the noun before it acts, with all that describes it."""
    found = list(tokens)
    found[index] = replace(tokens[index], pos="VERB", tag="VBZ", lemma=_verb(tokens[index]))
    found[index - 1] = replace(tokens[index - 1], dep="nsubj")
    _describe(found, index)
    return tuple(found)


def _describe(found: list[Token], index: int) -> None:
    """Let what described a plural that is a verb describe the noun before it."""
    for number, each in enumerate(found[: index - 1]):
        if each.head == index and each.dep in ("det", "amod", "compound", "poss", "nummod"):
            found[number] = replace(each, head=index - 1)


def _is_noun_after_all(tokens: Sequence[Token], index: int) -> bool:
    """Whether a verb is a plural: "had loved the bread and their morning walks".

    Nobody mixes the tenses in one sentence, and what walks has more about it.
    """
    verb, noun = tokens[index], tokens[index - 1]
    if verb.tag != "VBZ" or verb.dep != "conj" or tokens[verb.head].tag not in ("VBD", "VBN"):
        return False
    own = [n for n, each in enumerate(tokens) if each.head == index and each.dep != "punct"]
    owned = any(each.head == index - 1 and each.dep == "poss" for each in tokens[:index])
    lone = own == [index - 1] and noun.tag == "NN" and noun.dep == "nsubj"
    return lone and (owned or is_doing(verb.lemma))


def _with_noun(tokens: tuple[Token, ...], index: int) -> tuple[Token, ...]:
    """The sentence with a plural in the place of that verb."""
    found = list(tokens)
    objects = (
        n for n, each in enumerate(tokens) if each.head == tokens[index].head and each.dep == "dobj"
    )
    head = next(objects, tokens[index].head)
    found[index] = replace(tokens[index], pos="NOUN", tag="NNS", head=head)
    found[index - 1] = replace(tokens[index - 1], dep="compound")
    for number, each in enumerate(tokens[: index - 1]):
        if each.head == index - 1:
            found[number] = replace(each, head=index)
    return tuple(found)


def _with_finite_chain(tokens: tuple[Token, ...], index: int) -> tuple[Token, ...]:
    """Join "walks" of "lets the door go and walks back" to "lets": only equals are joined.

    The parser joins it to the nearest verb, which cannot stand in its place: "go", "rising".
    """
    verb = tokens[index]
    if verb.dep != "conj" or verb.tag not in _FINITE or tokens[verb.head].tag not in _BARE:
        return tokens
    above = tokens[verb.head].head
    while tokens[above].tag != verb.tag and tokens[above].head != above:
        above = tokens[above].head
    if tokens[above].tag != verb.tag or above > index:
        return tokens
    return (*tokens[:index], replace(verb, head=above), *tokens[index + 1 :])


def _with_subject(tokens: tuple[Token, ...], index: int) -> tuple[Token, ...]:
    """Find who acts in "and outside the moon rose": the adverb is no preposition there."""
    verb, noun = tokens[index], index - 1
    if verb.tag not in _FINITE or tokens[noun].dep != "pobj":
        return tokens
    below = {each.dep for each in tokens if each.head == index}
    adverb = tokens[noun].head
    ahead = tokens[adverb].head == index and tokens[adverb].text.lower() in _ADVERBS
    if not ahead or below & (_ACTING | {"dobj", "attr"}):
        return tokens
    found = list(tokens)
    found[noun] = replace(tokens[noun], dep="nsubj", head=index)
    found[adverb] = replace(tokens[adverb], dep="advmod")
    return tuple(found)


def _is_second_clause(tokens: Sequence[Token], index: int) -> bool:
    """Whether a noun and its verb were joined to a noun: "walks into a forest and snow falls"."""
    verb, noun = tokens[index], tokens[index - 1]
    if noun.head != index or noun.tag not in ("NN", "NNP") or verb.dep != "conj":
        return False
    if verb.tag == "VBZ":
        return noun.dep == "compound" and verb.head < index
    doing = verb_of(verb.text.lower())
    owned = any(each.head == index and each.dep == "poss" for each in tokens[:index])
    sure = noun.dep == "nsubj" or (noun.dep == "compound" and is_doing(doing) and not owned)
    return verb.tag == "NNS" and verb.head < index and bool(doing) and sure


def _with_second_clause(tokens: tuple[Token, ...], index: int) -> tuple[Token, ...]:
    """The sentence with a clause of its own behind "and": the noun acts."""
    main = index
    while tokens[main].head != main and (main == index or tokens[main].pos not in _VERBS):
        main = tokens[main].head
    found = list(tokens)
    verb, noun = tokens[index], index - 1
    found[index] = replace(verb, pos="VERB", tag="VBZ", dep="conj", head=main, lemma=_verb(verb))
    found[noun] = replace(tokens[noun], dep="nsubj")
    for number, each in enumerate(tokens[:noun]):
        if each.head == index and each.dep in ("det", "amod", "compound", "poss", "nummod"):
            found[number] = replace(each, head=noun)
        elif each.dep == "cc" and each.head == verb.head and number > verb.head:
            found[number] = replace(each, head=main)
    return tuple(found)


def _main_verb(tokens: Sequence[Token], index: int) -> int | None:
    """The verb before a plural that "and" joins to it or to one of its nouns: "sits and laughs".

    It says what one does now, because only then does a verb end as plurals do.
    """
    plural = tokens[index]
    if plural.tag not in ("NNS", "NNPS") or plural.dep not in ("conj", "appos", "dobj", "pobj"):
        return None
    joint = index - 1
    while joint > 0 and tokens[joint].tag == "RB":
        joint -= 1
    if tokens[joint].text.lower() not in _JOINTS:
        # ", frowns and adds salt": a list of verbs goes on with one that is sure.
        listed = any(each.tag == "VBZ" and each.dep == "conj" for each in tokens[index + 1 :])
        if tokens[joint].text != "," or not listed:
            return None
    main = index
    while tokens[main].head != main:
        main = tokens[main].head
        if tokens[main].pos in _VERBS:
            break
    sure = plural.head == main or _is_singular(tokens, main)
    return main if sure and main < index and tokens[main].pos in _VERBS else None


def _is_joined_verb(tokens: Sequence[Token], index: int, main: int) -> bool:
    plural = tokens[index]
    verb = verb_of(plural.text.lower())
    if not verb:
        return False
    if plural.head == main:
        return True
    following = tokens[index + 1].text.lower() if index + 1 < len(tokens) else ""
    if following == "of" or any(
        each.head == index and each.dep in ("det", "amod", "poss", "nummod") for each in tokens
    ):
        return False
    # "counts tips": no plural stands right before another one.
    plurals = index + 1 < len(tokens) and tokens[index + 1].tag == "NNS"
    sure = following in _BEHIND_VERBS or plurals or is_doing(verb)
    return kind_of(verb) in ("", "perhaps") and sure


def _with_joined_verb(tokens: tuple[Token, ...], index: int, main: int) -> tuple[Token, ...]:
    """The sentence with a verb joined to the main one; what follows it belongs to it."""
    found = list(tokens)
    above = {main, tokens[index].head}
    found[index] = replace(
        tokens[index], pos="VERB", tag="VBZ", dep="conj", head=main, lemma=_verb(tokens[index])
    )
    for number in range(index + 1, len(tokens)):
        each = tokens[number]
        if each.head == main and each.dep in ("conj", "cc"):
            break
        if each.head not in above and each.head != index:
            continue
        noun = each.pos in ("NOUN", "PROPN", "PRON")
        dep = "dobj" if noun and each.dep != "npadvmod" else each.dep
        dep = "prep" if each.pos == "ADP" and dep == "dative" else dep
        found[number] = replace(each, head=index, dep=dep)
    return tuple(found)


def _verb(plural: Token) -> str:
    return verb_of(plural.text.lower()) or plural.lemma
