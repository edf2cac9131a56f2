"""Speakers: who says which line, as far as the text tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.story.lexicon import canon
from storyboard.values.shot import DialogueLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.story.cast import Cast, Mention
    from storyboard.story.lexicon import Lexicon, Reading
    from storyboard.story.sentence import Sentence

__all__ = ["read_lines"]

_TURNS = 4
"""Paragraphs back to which two that talk by turns are looked for."""
_NEAR = 5
"""Sentences before a line in which whoever is there may be spoken to."""
_NEXT = 2
"""Words between an animal and the verb with which it talks."""


def read_lines(
    sentences: Sequence[Sentence], readings: Sequence[Reading], cast: Cast, lexicon: Lexicon
) -> tuple[tuple[DialogueLine, ...], ...]:
    """Name the speaker of every quotation; empty where the text does not tell.

    The sentence itself tells best; a quotation that stands alone belongs to whoever spoke, or to
    the only one who did something, in the same paragraph.
    """
    speakers = [
        _speaker(reading, mentions, lexicon) if sentence.quotes else ""
        for sentence, reading, mentions in zip(sentences, readings, cast.mentions, strict=True)
    ]
    for index, sentence in enumerate(sentences):
        untold = sentence.cue is None and not speakers[index] and not sentence.narration
        if sentence.quotes and untold:
            near = _neighbour(index, sentences, speakers, cast)
            speakers[index] = near or _partner(index, sentences, speakers, cast)
    return tuple(
        tuple(DialogueLine(speaker, words) for words in _whole(sentence.quotes))
        if sentence.cue is None
        else tuple(DialogueLine(sentence.cue.speaker, words) for words in sentence.quotes)
        for sentence, speaker in zip(sentences, speakers, strict=True)
    )


def _whole(quotes: Sequence[str]) -> list[str]:
    """Join speech that a remark interrupted, and drop the comma that led to the remark."""
    joined: list[str] = []
    for quote in quotes:
        if joined and (joined[-1].endswith(",") or quote[:1].islower()):
            joined[-1] += " " + quote
        else:
            joined.append(quote)
    return [quote.rstrip(", ") or quote for quote in joined]


def _speaker(reading: Reading, mentions: Sequence[Mention], lexicon: Lexicon) -> str:
    people = [
        each
        for each in mentions
        if (each.present or each.person.is_voice)
        and reading.word(each.first - 1) not in lexicon.lists["to_somebody"]
    ]
    able = [(each.first, each.last, each.person.name) for each in people]
    speech = reading.of("speech")
    if not speech:
        return able[0][2] if able else ""
    verb = speech[0]
    # In a fairy tale the fish talks, too.
    able += [
        (hit.first, hit.last, reading.span(hit.first, hit.last))
        for hit in reading.of("props")
        if hit.value in canon().animals and abs(hit.first - verb.first) <= _NEXT
    ]
    if not able:
        return ""
    return min(
        able,
        key=lambda each: (
            each[0] - verb.last if each[0] > verb.last else verb.first - each[1],
            each[0],
        ),
    )[2]


def _partner(index: int, sentences: Sequence[Sentence], speakers: Sequence[str], cast: Cast) -> str:
    """Whose turn it is where two talk by turns, a paragraph each: not who spoke last."""
    now = sentences[index].paragraph
    turns: dict[int, str] = {}
    for number in range(index - 1, -1, -1):
        paragraph = sentences[number].paragraph
        if now - paragraph > _TURNS:
            break
        if sentences[number].quotes and speakers[number]:
            turns.setdefault(now - paragraph, speakers[number])
    if turns.get(2) and turns.get(1) and turns[1] != turns[2]:
        return turns[2]
    if not turns.get(1):
        # Whoever did something since then answers, but not whoever spoke last.
        acted = [m.person.name for m in cast.mentions[index - 1][:1] if index and m.present]
        return next((each for each in acted if each not in list(turns.values())[:1]), "")
    others = [each for each in turns.values() if each != turns.get(1)]
    if others:
        return others[0]
    # Who has said nothing yet answers, where only one other is there.
    near = range(max(0, index - _NEAR), index)
    there = {m.person.name for n in near for m in cast.mentions[n] if m.present} - {turns[1]}
    return there.pop() if len(there) == 1 else ""


def _neighbour(
    index: int, sentences: Sequence[Sentence], speakers: Sequence[str], cast: Cast
) -> str:
    for other in (index - 1, index + 1):
        if not 0 <= other < len(sentences):
            continue
        if sentences[other].paragraph != sentences[index].paragraph:
            continue
        if speakers[other]:
            return speakers[other]
        present = dict.fromkeys(
            each.person.name for each in cast.mentions[other] if each.present and not each.pronoun
        ) or dict.fromkeys(each.person.name for each in cast.mentions[other] if each.present)
        if len(present) == 1:
            return next(iter(present))
    return ""
