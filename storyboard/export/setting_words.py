"""Places and times of day in the language of the story.

The board keeps them in English, for the text encoders; a page of a Russian story says "маленькая
деревня" where the planner has read "small village". What nobody has translated stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["NAMES", "QUALITIES", "setting_in"]

_LANGUAGES = ("ru", "kk")

# English: Russian, Kazakh.
_PLACES: Mapping[str, tuple[str, str]] = {
    "attic": ("чердак", "шатыр асты"),
    "basement": ("подвал", "жертөле"),
    "beach": ("берег", "жаға"),
    "bedroom": ("спальня", "жатын бөлме"),
    "bridge": ("мост", "көпір"),
    "cafe": ("кафе", "кафе"),
    "castle": ("замок", "қамал"),
    "cave": ("пещера", "үңгір"),
    "cemetery": ("кладбище", "зират"),
    "church": ("церковь", "шіркеу"),
    "city street": ("городская улица", "қала көшесі"),
    "corridor": ("коридор", "дәліз"),
    "courtyard": ("двор", "аула"),
    "deck of a ship": ("палуба корабля", "кеме палубасы"),
    "desert": ("пустыня", "шөл"),
    "farm": ("ферма", "ферма"),
    "field": ("поле", "алқап"),
    "forest": ("лес", "орман"),
    "garden": ("сад", "бақ"),
    "harbour": ("порт", "айлақ"),
    "hills": ("холмы", "төбелер"),
    "hospital": ("больница", "аурухана"),
    "island": ("остров", "арал"),
    "kitchen": ("кухня", "асүй"),
    "lake": ("озеро", "көл"),
    "library": ("библиотека", "кітапхана"),
    "market": ("рынок", "базар"),
    "moon surface": ("поверхность Луны", "Ай беті"),
    "mosque": ("мечеть", "мешіт"),
    "mountains": ("горы", "таулар"),
    "museum": ("музей", "мұражай"),
    "office": ("офис", "кеңсе"),
    "park": ("парк", "саябақ"),
    "railway station": ("вокзал", "вокзал"),
    "river": ("река", "өзен"),
    "road": ("дорога", "жол"),
    "rooftop": ("крыша", "шатыр"),
    "room": ("комната", "бөлме"),
    "room in a yurt": ("комната в юрте", "киіз үй іші"),
    "school classroom": ("школьный класс", "мектеп сыныбы"),
    "sea": ("море", "теңіз"),
    "shop": ("магазин", "дүкен"),
    "spaceship": ("космический корабль", "ғарыш кемесі"),
    "steppe": ("степь", "дала"),
    "swamp": ("болото", "батпақ"),
    "theatre": ("театр", "театр"),
    "train compartment": ("купе поезда", "пойыз купесі"),
    "tunnel": ("туннель", "туннель"),
    "village": ("деревня", "ауыл"),
    "yard of a house": ("двор дома", "үй ауласы"),
    "boat": ("лодка", "қайық"),
    "bus": ("автобус", "автобус"),
    "car": ("машина", "көлік"),
    "house": ("дом", "үй"),
    "lighthouse": ("маяк", "шамшырақ"),
    "ship": ("корабль", "кеме"),
    "stairs": ("лестница", "баспалдақ"),
    "tent": ("палатка", "шатыр"),
    "tower": ("башня", "мұнара"),
    "train": ("поезд", "пойыз"),
    "interior": ("интерьер", "интерьер"),
    "exterior": ("натура", "сырт"),
}
_TIMES: Mapping[str, tuple[str, str]] = {
    "dawn": ("рассвет", "таң"),
    "day": ("день", "күндіз"),
    "dusk": ("сумерки", "ымырт"),
    "evening": ("вечер", "кеш"),
    "fog": ("туман", "тұман"),
    "morning": ("утро", "таңертең"),
    "night": ("ночь", "түн"),
    "noon": ("полдень", "түс"),
    "rain": ("дождь", "жаңбыр"),
    "snow": ("снег", "қар"),
    "sunset": ("закат", "күн батуы"),
}
NAMES: Mapping[str, tuple[str, str]] = {**_PLACES, **_TIMES}
"""Of places, times of day and weather."""

QUALITIES: Mapping[str, tuple[str, str]] = {
    "beautiful": ("красивый", "әдемі"),
    "big": ("большой", "үлкен"),
    "black": ("чёрный", "қара"),
    "blonde": ("светлый", "ақшыл"),
    "blue": ("синий", "көк"),
    "brown": ("коричневый", "қоңыр"),
    "cold": ("холодный", "суық"),
    "curly": ("кудрявый", "бұйра"),
    "crowded": ("людный", "адам көп"),
    "dark": ("тёмный", "қараңғы"),
    "deep": ("глубокий", "терең"),
    "dusty": ("пыльный", "шаңды"),
    "empty": ("пустой", "бос"),
    "green": ("зелёный", "жасыл"),
    "grey": ("серый", "сұр"),
    "high": ("высокий", "биік"),
    "leather": ("кожаный", "былғары"),
    "long": ("длинный", "ұзын"),
    "misty": ("туманный", "тұманды"),
    "narrow": ("узкий", "тар"),
    "old": ("старый", "ескі"),
    "open": ("открытый", "ашық"),
    "orange": ("оранжевый", "қызғылт сары"),
    "pink": ("розовый", "қызғылт"),
    "purple": ("фиолетовый", "күлгін"),
    "quiet": ("тихий", "тыныш"),
    "red": ("красный", "қызыл"),
    "rocky": ("каменистый", "тасты"),
    "sandy": ("песчаный", "құмды"),
    "short": ("короткий", "қысқа"),
    "small": ("маленький", "шағын"),
    "snowy": ("заснеженный", "қарлы"),
    "stormy": ("бурный", "дауылды"),
    "straw": ("соломенный", "сабан"),
    "warm": ("тёплый", "жылы"),
    "white": ("белый", "ақ"),
    "wide": ("широкий", "кең"),
    "wooden": ("деревянный", "ағаш"),
    "woollen": ("шерстяной", "жүн"),
    "yellow": ("жёлтый", "сары"),
    "young": ("молодой", "жас"),
}
"""What may stand before a place; in Russian as before a noun of the male gender."""

# Of a Russian noun the word that has the gender, where it is not the last one.
_HEADS = {
    "двор дома": "двор",
    "купе поезда": "купе",
    "палуба корабля": "палуба",
    "поверхность Луны": "поверхность",
    "комната в юрте": "комната",
}
_FEMALE = ("а", "я", "церковь", "мечеть", "поверхность", "степь")  # endings of nouns
_NEUTER, _MANY = ("о", "е"), ("ы", "и")
_NOT_BEFORE_Y = "гкхжшчщ"


def setting_in(language: str, words: str) -> str:
    """A place or a time of day in a language; as it is where a part of it is unknown.

    Args:
        language: "en", "ru" or "kk".
        words: As `storyboard.values.shot.Shot` has its setting and its time of day.
    """
    if language not in _LANGUAGES:
        return words
    place = _LANGUAGES.index(language)
    parts = [_part(each.split(), place) for each in words.split(", ")]
    return ", ".join(parts) if all(parts) else words


def _part(words: Sequence[str], language: int) -> str:
    """One place with what stands before and behind it; empty where a word of it is unknown."""
    if len(words) > 1 and words[-1] in ("interior", "exterior"):
        place = _part(words[:-1], language)
        return place and f"{place}, {NAMES[words[-1]][language]}"
    for first in range(len(words)):
        name = NAMES.get(" ".join(words[first:]))
        if name is not None:
            before = [QUALITIES.get(each) for each in words[:first]]
            if None in before:
                return ""
            noun = name[language]
            said = [each[language] for each in before if each is not None]
            if language == _LANGUAGES.index("ru"):
                said = [_agreeing(each, noun) for each in said]
            return " ".join((*said, noun))
    return ""


def _agreeing(adjective: str, noun: str) -> str:
    """A Russian adjective, given as before a male noun, in the gender and number of a noun."""
    head = _HEADS.get(noun, noun)
    stem, is_soft = adjective[:-2], adjective.endswith("ний")
    if head.endswith(_FEMALE):
        return stem + ("яя" if is_soft else "ая")
    if head.endswith(_NEUTER):
        return stem + ("ее" if is_soft else "ое")
    if head.endswith(_MANY):
        return stem + ("ие" if is_soft or stem[-1] in _NOT_BEFORE_Y else "ые")
    return adjective
