"""Wording: what the board prints of a beat, in the story's own words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.story.coverage import View, printed_view
from storyboard.story.sentences import is_remark

if TYPE_CHECKING:
    from storyboard.story.lexicon import Lexicon
    from storyboard.story.moments import Beat, Moment

__all__ = ["printed_action"]

_MOST_LETTERS = 480
_GAP = "…"
_SPEAKS = {
    "en": ("{} speaks.", "Someone speaks."),
    "ru": ("{} говорит.", "Кто-то говорит."),
    "kk": ("{} сөйлейді.", "Біреу сөйлейді."),
}
_END = (".", "!", "?", "…", ":")


def printed_action(beat: Beat, lexicon: Lexicon) -> str:
    """The words of a beat without its dialogue; never empty.

    Of a beat that holds a page, the first, the last and the weightiest sentences are printed,
    with an ellipsis for each gap; the whole text stays with the board.
    """
    if beat.view.kind != "action":
        sentence = printed_action(replace(beat, view=View("action")), lexicon)
        return printed_view(beat.view, sentence, lexicon.language)
    told = [each for each in beat.moments if each.reading.words]
    shown = [each for each in told if not _only_says(each, lexicon)]
    if not shown:
        return _speech(beat, told, lexicon)
    texts = [_sentence(_without_remark(each, lexicon)) for each in shown]
    if sum(map(len, texts)) <= _MOST_LETTERS:
        return " ".join(texts)
    return _shortened(texts, [each.weight for each in shown])


def _shortened(texts: list[str], weights: list[float]) -> str:
    order = sorted(range(len(texts)), key=lambda n: (n not in (0, len(texts) - 1), -weights[n], n))
    kept: set[int] = set()
    length = 0
    for index in order:
        if not kept or length + len(texts[index]) <= _MOST_LETTERS:
            kept.add(index)
            length += len(texts[index])
    parts: list[str] = []
    for index, text in enumerate(texts):
        if index in kept:
            parts.append(text)
        elif parts[-1:] != [_GAP]:
            parts.append(_GAP)
    return " ".join(parts)


def _only_says(moment: Moment, lexicon: Lexicon) -> bool:
    reading = moment.reading
    others = reading.of("actions", "emotions", "places", "looks")
    speaks = bool(moment.lines) and bool(reading.of("speech"))
    return speaks and not others and is_remark(reading.text, lexicon)


def _without_remark(moment: Moment, lexicon: Lexicon) -> str:
    """Drop the "and said" that led to words which are no longer there."""
    text, speech = moment.reading.text, moment.reading.of("speech")
    if not (moment.lines and speech):
        return text
    first = speech[0]
    if first.first == 0 and any(each.first > first.last for each in moment.mentions):
        # "Said a woman with short hair": her words are printed below, she is the picture.
        return text[moment.reading.words[speech[0].last].end :].lstrip(" ,")
    last = speech[-1]
    words = moment.reading.words
    if last.last < len(words) - 1 or last.first < 2:
        return text
    index = last.first
    while index and words[index - 1].folded in lexicon.lists["opening"]:
        index -= 1
    if index < 2 or not moment.reading.of("actions", "emotions"):
        return text
    return text[: words[index].start].rstrip(" ,;:—–-")


def _speech(beat: Beat, told: list[Moment], lexicon: Lexicon) -> str:
    """A beat in which nothing but talk happens: "Said Anna" becomes "Anna said."."""
    for moment in told:
        reading = moment.reading
        speech, mention = reading.of("speech")[0], next(iter(moment.mentions), None)
        if mention and mention.first > speech.last:
            verb = reading.span(0, speech.last)
            who = reading.span(speech.last + 1, mention.last)
            rest = reading.text[reading.words[mention.last].end :].strip()
            text = f"{who} {verb[:1].lower()}{verb[1:]} {rest}"
            return _sentence(text.replace(" ,", ",").replace(" .", "."))
        return _sentence(reading.text)
    speakers = [line.speaker for each in beat.moments for line in each.lines if line.speaker]
    known, unknown = _SPEAKS[lexicon.language]
    return known.format(_capital(speakers[0])) if speakers else unknown


def _sentence(text: str) -> str:
    text = _capital(text.strip())
    return text if text.endswith(_END) or text.endswith(("”", "»", '"', ")")) else text + "."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
