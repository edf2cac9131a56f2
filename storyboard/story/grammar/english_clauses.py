"""Clauses of English sentences, from their parses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.story.grammar.clause import Clause, Phrase
from storyboard.story.grammar.nouns import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from storyboard.story.grammar.tree import Parse

__all__ = [
    "acting_word",
    "clause_cuts",
    "english_clauses",
    "happening_around",
    "is_past_perfect",
    "shown_noun",
]

_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
_VERBAL = frozenset({"VERB", "AUX"})
_WHO = frozenset({"WP", "WDT"})
_CHAINED = frozenset({"ROOT", "conj", "parataxis"})
_AT = frozenset(
    "in on at under above below over behind beside by near between among against inside outside "
    "around along across through beneath opposite before".split()
)
_TO = frozenset({"into", "onto", "to", "toward", "towards", "up", "down", "past"})
_FROM = frozenset({"from", "off"})
_TIMES = frozenset(
    "night morning evening afternoon noon midnight dawn dusk day week month year hour minute "
    "second moment summer winter spring autumn fall monday tuesday wednesday thursday friday "
    "saturday sunday january february march april june july august september october november "
    "december sunset sunrise today tomorrow yesterday tonight time last first once".split()
)
_BEGINNING = frozenset({"begin", "start", "continue", "keep", "go", "come"})
_INTRANSITIVE = frozenset(
    {"stand", "sit", "lie", "hang", "wait", "appear", "come", "kneel", "live"}
)
_LINKS = frozenset(
    "then suddenly finally now again still already just also only once later soon too even ever "
    "meanwhile instead here there never not so exactly however when where".split()
)
_PARTICLES = frozenset({"away", "up", "down", "off", "out", "back", "around", "over"})
_SEEING = frozenset({"see", "watch", "hear", "feel", "let", "make", "help"})
_AROUND = frozenset({"as", "while"})
_NOBODY = frozenset({"nobody", "neither", "none", "nothing"})
_MEANWHILE = frozenset({"as", "while", "when", "until"})
_CUT = frozenset({"relcl", "appos", "punct"})
"""What is left out of a phrase: what is told beside it."""


def english_clauses(parse: Parse) -> tuple[Clause, ...]:
    """The clauses that a sentence tells one after the other; what is subordinate stays out."""
    agents: dict[int, Phrase | None] = {}
    found = [(verb, _clause(parse, verb, agents)) for verb in _predicates(parse)]
    # What had happened before is seen only where nothing happens now.
    now = [each for each in found if not is_past_perfect(parse, each[0])] or found
    around = [_clause(parse, verb, agents) for verb in happening_around(parse)]
    return tuple([clause for _, clause in now] + around)


def clause_cuts(parse: Parse) -> tuple[tuple[int, int], ...]:
    """Where a sentence can be cut in two: behind the first part, and where the second begins.

    A part begins with a verb that "and" or a comma adds, or with "while", "until" or "as".
    """
    tokens = parse.tokens
    cuts: list[tuple[int, int]] = []
    for number, token in enumerate(tokens):
        added = token.dep == "conj" and tokens[token.head].pos in _VERBAL and token.head < number
        beside = token.dep == "advcl" and parse.child(number, "mark", "advmod") is not None
        if token.pos not in _VERBAL or not (added or (beside and token.head < number)):
            continue
        first = min(parse.subtree(number) - parse.subtree(token.head) or parse.subtree(number))
        last = first - 1
        while last >= 0 and (tokens[last].dep in ("cc", "punct") or tokens[last].lemma == "then"):
            last -= 1
        if tokens[first].text.lower() in _MEANWHILE:
            first += 1
        if tokens[min(first, len(tokens) - 1)].text.lower() in ("if", "though"):
            continue  # "as if it were winking" is no second picture
        if last >= 0 and first < len(tokens):
            cuts.append((tokens[last].end, tokens[first].start))
    return tuple(cuts)


def acting_word(parse: Parse) -> int:
    """Behind the last letter of the noun that acts first in a sentence; -1 where nobody does."""
    for verb in _predicates(parse):
        subject = _subject(parse, verb)
        if subject is not None and parse.tokens[subject].tag in _WHO:
            subject = parse.tokens[verb].head
        if subject is not None:
            return parse.tokens[subject].end
    return -1


def shown_noun(parse: Parse) -> str:
    """What acts first, or what a sentence without a verb shows, in its basic form; may be empty."""
    for verb in _predicates(parse):
        subject = _subject(parse, verb)
        noun = subject is not None and parse.tokens[subject].pos == "NOUN"
        return parse.tokens[subject].lemma if subject is not None and noun else ""
    roots = (each for each in parse.tokens if each.dep == "ROOT" and each.pos == "NOUN")
    return next((each.lemma for each in roots), "")


def _subject(parse: Parse, verb: int) -> int | None:
    """Who acts: "there stands a girl" and "on the roof stands Cole" name them behind the verb."""
    subject = parse.child(verb, *_SUBJECTS)
    behind = parse.child(verb, "dobj", "attr")
    expletive = subject is not None and parse.tokens[subject].dep == "expl"
    turned = subject is None and parse.tokens[verb].lemma in _INTRANSITIVE
    return behind if behind is not None and (expletive or turned) else subject


def _predicates(parse: Parse) -> Iterator[int]:
    """The main verbs and those that "and" or a comma adds to them, in reading order."""
    heads: set[int] = set()
    for number, token in enumerate(parse.tokens):
        if token.pos not in _VERBAL or token.dep not in _CHAINED:
            continue
        if token.dep == "ROOT" or token.head in heads or token.head == number:
            heads.add(number)
            yield number
        elif token.dep in ("conj", "parataxis") and parse.tokens[token.head].dep in _CHAINED:
            heads.add(number)
            yield number
    if not heads:
        # "Angle on Theo, who climbs out": what is told of the noun is all that happens.
        yield from (
            number
            for number, token in enumerate(parse.tokens)
            if token.dep == "relcl" and token.pos in _VERBAL and _of_root(parse, token.head)
        )


def is_past_perfect(parse: Parse, verb: int) -> bool:
    """Whether a verb tells of what had happened before: "had loved"."""
    return parse.tokens[verb].tag == "VBN" and any(
        parse.tokens[each].text.lower() in ("had", "'d") and parse.tokens[each].dep == "aux"
        for each in parse.children(verb)
    )


def happening_around(parse: Parse) -> Iterator[int]:
    """Verbs of what things and the weather do meanwhile: "as snow falls", "while a dog sleeps"."""
    for number, token in enumerate(parse.tokens):
        if token.dep != "advcl" or token.pos not in _VERBAL:
            continue
        mark, subject = parse.child(number, "mark"), parse.child(number, "nsubj")
        if mark is None or subject is None or parse.tokens[mark].text.lower() not in _AROUND:
            continue
        noun = parse.tokens[subject]
        if noun.pos == "NOUN" and kind_of(noun.lemma) not in ("person", "perhaps"):
            yield number


def _of_root(parse: Parse, index: int) -> bool:
    """Whether a noun is all that a sentence shows, or stands behind its first preposition."""
    token = parse.tokens[index]
    if token.dep == "pobj":
        token = parse.tokens[parse.tokens[token.head].head]
    return token.dep == "ROOT"


def _clause(parse: Parse, verb: int, agents: dict[int, Phrase | None]) -> Clause:
    tokens = parse.tokens
    subject = _subject(parse, verb)
    if subject is not None and tokens[verb].dep == "relcl" and tokens[subject].tag in _WHO:
        subject = tokens[verb].head
    passive = parse.child(verb, "nsubjpass", "auxpass") is not None
    acted_on = parse.child(verb, "dobj")
    negated = any(
        each is not None and _is_none(parse, each) for each in (subject, acted_on)
    ) or any(
        tokens[each].dep == "neg" or tokens[each].lemma == "never" for each in parse.children(verb)
    )
    # 1. "begins to run" runs.
    inner = parse.child(verb, "xcomp")
    action = verb
    if inner is not None and tokens[verb].lemma in _BEGINNING and tokens[inner].pos == "VERB":
        action = inner
    # 2. Who.
    if subject is not None:
        agents[verb] = _phrase(parse, "agent", subject)
    elif tokens[verb].dep != "ROOT":
        agents[verb] = agents.get(tokens[verb].head)
    # 3. Everything else.
    particle = _particle(parse, action)
    heads = {verb, action}
    phrases = [
        phrase
        for head in sorted(heads)
        for child in parse.children(head)
        if child not in heads and child not in (subject, particle)
        for phrase in _phrases(parse, child, passive=passive)
    ]
    name = tokens[action].lemma + (
        f" {tokens[particle].text.lower()}" if particle is not None else ""
    )
    last = tokens[max(action, particle or 0)]
    return Clause(
        agent=agents.get(verb),
        action=name,
        form=tokens[action].text.lower(),
        negated=negated,
        passive=passive and action == verb,
        phrases=tuple(sorted(phrases, key=lambda each: each.start)),
        start=tokens[verb].start,
        end=last.end,
    )


def _is_none(parse: Parse, subject: int) -> bool:
    """Whether nobody or nothing acts: "neither", "no sound"."""
    if parse.tokens[subject].lemma.lower() in _NOBODY:
        return True
    return any(parse.tokens[each].text.lower() == "no" for each in parse.children(subject))


def _particle(parse: Parse, verb: int) -> int | None:
    """The "up" of "look up" and the "away" of "turn away", which the parser calls an adverb."""
    adverbs = (
        each
        for each in parse.children(verb)
        if parse.tokens[each].dep == "advmod" and parse.tokens[each].text.lower() in _PARTICLES
        if each > verb and not parse.children(each)
    )
    particle = parse.child(verb, "prt")
    return particle if particle is not None else next(adverbs, None)


def _phrases(parse: Parse, index: int, *, passive: bool) -> Iterator[Phrase]:
    token = parse.tokens[index]
    noun = parse.child(index, "pobj")
    if token.dep in ("dobj", "obj"):
        yield _phrase(parse, "object", index)
    elif token.dep == "dative":
        yield _phrase(parse, "recipient", index)
    elif token.dep == "agent":
        yield _phrase(parse, "more", index)
    elif token.dep in ("acomp", "attr", "oprd"):
        yield _phrase(parse, "state", index)
    elif token.dep in ("xcomp", "ccomp") and (token.tag == "VBG" or _marked(parse, index)):
        yield _phrase(parse, "more", index)
    elif token.dep == "ccomp" and token.tag == "VB" and _is_seen(parse, index):
        yield _phrase(parse, "more", index)
    elif token.dep in ("ccomp", "advcl", "oprd") and token.pos == "ADJ":
        yield _phrase(parse, "state", index)
    elif (
        token.dep == "advcl" and token.tag in ("VBG", "VBN") and parse.child(index, "mark") is None
    ):
        yield _phrase(parse, "beside", index)
    elif token.dep == "npadvmod":
        yield _phrase(parse, "time" if token.lemma.lower() in _TIMES else "more", index)
    elif token.dep == "advmod" and token.lemma.lower() not in _LINKS:
        yield _phrase(parse, "manner", index)
    elif token.dep == "prep" and token.text.lower() != "without":  # which nobody sees
        yield _phrase(parse, _role(parse, index, noun), index)


def _is_seen(parse: Parse, index: int) -> bool:
    """Whether a clause is what somebody sees or lets happen: "saw the water rise"."""
    return parse.tokens[parse.tokens[index].head].lemma in _SEEING


def _marked(parse: Parse, index: int) -> bool:
    """Whether a verb comes with "to": "tries to open"."""
    return any(parse.tokens[each].tag == "TO" for each in parse.children(index))


def _role(parse: Parse, preposition: int, noun: int | None) -> str:
    word = parse.tokens[preposition].text.lower()
    lemma = parse.tokens[noun].lemma.lower() if noun is not None else ""
    if lemma in _TIMES:
        return "time"
    if word in _TO:
        return "to"
    if word in _FROM:
        return "from"
    if word in _AT:
        return "at"
    return {"with": "instrument", "for": "recipient"}.get(word, "more")


def _phrase(parse: Parse, role: str, index: int) -> Phrase:
    """A word with what belongs to it, without what is told beside it."""
    tokens = parse.tokens
    inside = set(parse.subtree(index))
    for number in sorted(inside):
        token = tokens[number]
        beside = token.dep in _CUT or (token.dep == "conj" and token.pos in ("VERB", "AUX"))
        if number != index and number in inside and (beside or _is_aside(parse, number)):
            inside -= parse.subtree(number)
    # A conjunction that led to what was left out goes, too.
    kept = sorted(inside)
    while kept and tokens[kept[-1]].dep in ("cc", "punct"):
        kept.pop()
    noun = parse.child(index, "pobj")
    head = tokens[index if noun is None else noun]
    if not kept:
        kept = [index]
    return Phrase(
        role=role,
        words=_text(parse, kept),
        noun=head.lemma if head.pos in ("NOUN", "PROPN") else "",
        start=tokens[kept[0]].start,
        end=tokens[kept[-1]].end,
    )


def _is_aside(parse: Parse, index: int) -> bool:
    """Whether a part of a phrase begins after a comma: ", an old man in a grey coat,"."""
    token = parse.tokens[index]
    comma = index > 0 and parse.tokens[index - 1].text == ","
    return comma and token.dep in ("prep", "acl", "advcl", "nmod")


def _text(parse: Parse, kept: Iterable[int]) -> str:
    text = ""
    last: int | None = None
    for number in kept:
        token = parse.tokens[number]
        if last is not None:
            between = (
                parse.text[parse.tokens[last].end : token.start] if number == last + 1 else " "
            )
            text += between or ""
        text += token.text
        last = number
    return " ".join(text.split())
