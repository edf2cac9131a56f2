"""Scenes: where and when each sentence happens, and where the text says that a new scene begins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.story.grammar.kazakh import is_passed, kazakh_role
from storyboard.story.grammar.russian_forms import form_of
from storyboard.story.grammar.russian_roles import russian_role
from storyboard.story.grammar.whereabouts import happens, is_beside, is_ending, kind_before
from storyboard.story.lexicon import canon
from storyboard.story.setting import Setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.story.lexicon import Hit, Lexicon, Reading
    from storyboard.story.sentence import Sentence

__all__ = ["read_settings"]


_NEAR = 3
"""Words between a verb of looking and what is looked at."""


_EARLY = 2
"""A place among the first words is what the sentence is about."""


_LOOK_BACK = 3


_PROMPTLY = 2
"""Sentences after the first in which the story may still tell where it begins."""


_KAZAKH_FROM = ("дан", "ден", "тан", "тен", "нан", "нен")


_KAZAKH_AT = ("да", "де", "та", "те", "ға", "ге", "қа", "ке", "на", "не", "мен", "бен", "пен")


_NO_DETAIL = frozenset({"blonde", "straight", "thick", "woollen", "leather", "straw", "bright"})


_NEAR_SIZES = frozenset({"close-up", "extreme close-up"})
_VISTAS = frozenset({"sea", "mountains", "hills"})
"""Seen from afar: only going there makes them the place of the action."""


def read_settings(
    sentences: Sequence[Sentence], readings: Sequence[Reading], lexicon: Lexicon
) -> tuple[Setting, ...]:
    """Say where and when each sentence happens; both carry over until the text changes them."""
    settings: list[Setting] = []
    now = Setting()
    for index, (sentence, reading) in enumerate(zip(sentences, readings, strict=True)):
        place = _place(reading, lexicon, now)
        moved = place.place != now.place and bool(place.place)
        cut = index > 0 and (
            sentence.part != sentences[index - 1].part or _says_cut(reading, lexicon)
        )
        # A town and its streets are one kind of place, but two words of it.
        nearer = bool(place.detail) and place.detail.split()[-1:] != now.detail.split()[-1:]
        now = Setting(
            place=place.place or now.place,
            detail=place.detail if moved or nearer else now.detail,
            time=_time(reading, lexicon, now.time, place.place, moved=moved or cut),
            cut=cut,
        )
        settings.append(now)
    return _begin(settings, sentences)


def _begin(settings: list[Setting], sentences: Sequence[Sentence]) -> tuple[Setting, ...]:
    """Give the first words of the story the place that its first paragraph tells."""
    opening = 0
    for index, sentence in enumerate(sentences):
        if index > _PROMPTLY or sentence.paragraph != 0 or settings[index].cut:
            break
        opening = index
    known = next((n for n, each in enumerate(settings) if each.place), None)
    if known is not None and known <= opening:
        source = settings[known]
        for index in range(known):
            settings[index] = replace(settings[index], place=source.place, detail=source.detail)
    return tuple(settings)


def _place(reading: Reading, lexicon: Lexicon, now: Setting) -> Setting:
    hits = reading.of("places")
    if now.place and any(each.value in _NEAR_SIZES for each in reading.of("sizes")):
        return Setting()  # what a near camera shows is no other place
    there = [each for each in hits if _is_there(reading, each, lexicon, now)]
    if not there and not now.place:
        there = [each for each in hits if not _is_past(reading, each, lexicon)] or [
            each for each in hits if _led(reading, each, lexicon) == "of"
        ]
    if not there:
        return Setting()
    hit = there[-1]
    for other in reversed(there[:-1]):
        # "a castle on a hill" is a castle; "from the village to the forest" ends in the forest.
        near = 0 < hit.first - other.last <= _NEAR
        if not near or _led(reading, hit, lexicon) in lexicon.lists["towards"]:
            break
        hit = other
    detail, place = _own_word(reading, hit, lexicon), hit.value
    kind = kind_before(reading, hit) if lexicon.language == "en" else ""
    if kind and kind not in detail:
        # A gas station is no railway station, but a pine forest is a forest.
        place = place if place == reading.word(hit.last) else f"{kind} {reading.word(hit.last)}"
        detail = f"{kind} {reading.word(hit.last)}"
    described = {each.last: each for each in reading.of("qualities")}
    quality = described.get(hit.first - 1)
    if quality and hit.first == hit.last and quality.value not in (*_NO_DETAIL, hit.value):
        detail = f"{quality.value} {detail}"
    return Setting(place=place, detail=detail)


def _own_word(reading: Reading, hit: Hit, lexicon: Lexicon) -> str:
    """The text's own word for a place where it says more than the canonical one: "barn"."""
    word = reading.word(hit.last)
    return word if hit.first == hit.last and word in lexicon.lists["own_places"] else hit.value


def _is_there(reading: Reading, hit: Hit, lexicon: Lexicon, now: Setting) -> bool:
    """Whether the action is in the place, rather than in sight of it or on the way from it."""
    if _is_past(reading, hit, lexicon):
        return False
    if lexicon.language == "en" and is_beside(reading, hit.last):
        return False
    actions = reading.of("actions")
    if lexicon.language == "ru" and hit.first == hit.last and _only_explains(reading, hit):
        return False
    if lexicon.language == "kk":
        if hit.first == hit.last and kazakh_role(reading, hit) in ("agent", "of", "object"):
            return False
        if is_passed(reading, hit) or kazakh_role(reading, hit) not in ("from", "to", "in", "with"):
            return True
        if any(a.value in canon().seeing and 0 < a.first - hit.last <= _NEAR for a in actions):
            return not now.place
        if reading.word(hit.last).endswith(_KAZAKH_AT) or hit.first != hit.last:
            return True
    elif any(a.value in canon().seeing and 0 < hit.first - a.last <= _NEAR for a in actions):
        return False
    led = _led(reading, hit, lexicon)
    if hit.value in _VISTAS and now.place and not actions:
        return False
    if led in lexicon.lists["located"] or (hit.first != hit.last and hit.value not in _VISTAS):
        return True
    if any(each.value in canon().moving for each in actions):
        return True
    return hit.first < _EARLY and hit.value not in _VISTAS


def _only_explains(reading: Reading, hit: Hit) -> bool:
    """Whether a Russian place only says of what another noun is: "двор дома", "морская куртка"."""
    form = form_of(reading.word(hit.last))
    follower = form_of(reading.word(hit.last + 1))
    if form.kind in ("ADJF", "PRTF"):
        return follower.kind == "NOUN"
    owner = form_of(reading.word(hit.first - 1)).kind in ("NOUN", "ADJF")
    return form.kind == "NOUN" and owner and russian_role(reading, hit) == "of"


def _is_past(reading: Reading, hit: Hit, lexicon: Lexicon) -> bool:
    if lexicon.language == "kk":
        return reading.word(hit.last).endswith(_KAZAKH_FROM) and not is_passed(reading, hit)
    return _led(reading, hit, lexicon) in lexicon.lists["weak"]


def _led(reading: Reading, hit: Hit, lexicon: Lexicon) -> str:
    """The word before the noun phrase: its preposition, where it has one."""
    passing = lexicon.lists["articles"]
    described = {
        index for each in reading.of("qualities") for index in range(each.first, each.last + 1)
    }
    known = lexicon.lists["located"] | lexicon.lists["weak"]
    strange = 0
    for index in range(hit.first - 1, max(-1, hit.first - 1 - _LOOK_BACK), -1):
        word = reading.word(index)
        if word in known:
            return word
        # One adjective may be unknown: "on the boundless sea".
        strange += word not in passing and index not in described
        if strange > 1 or _comma_after(reading, index):
            break
    return reading.word(hit.first - 1)


def _comma_after(reading: Reading, index: int) -> bool:
    gap = reading.text[reading.words[index].end : reading.words[index + 1].start]
    return not gap.isspace() and gap != "-"


def _time(reading: Reading, lexicon: Lexicon, now: str, place: str, *, moved: bool) -> str:
    told = [
        each.value
        for each in reading.of("times")
        if _led(reading, each, lexicon) not in lexicon.lists["weak"] or happens(reading, each.first)
    ]
    skies = (each for each in reading.of("times") if each.value in canon().weather)
    ended = {each.value for each in skies if is_ending(reading, each, lexicon)}
    if ended:
        told = [each for each in told if each not in ended]
        now = ", ".join(each for each in now.split(", ") if each not in ended)
    weather = [each for each in told if each in canon().weather]
    light = [each for each in told if each not in canon().weather]
    if not told:
        # It rains on the field and not in the locker room.
        indoors = moved and (place in canon().indoors or place.endswith("room"))
        kept = [each for each in now.split(", ") if not indoors or each not in canon().weather]
        return ", ".join(kept)
    if light:
        hour = light[-1]
    else:
        # Rain that begins at night leaves it night; elsewhere it stands for itself.
        before = [each for each in now.split(", ") if each not in canon().weather]
        hour = before[0] if before and before[0] and not moved else ""
    if not weather:
        return hour
    return weather[-1] if hour in ("", "day") else f"{hour}, {weather[-1]}"


def _says_cut(reading: Reading, lexicon: Lexicon) -> bool:
    text = " ".join(word.folded for word in reading.words)
    return any(text == each or text.startswith(each + " ") for each in lexicon.breaks)
