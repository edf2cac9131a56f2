"""Ages: how old a text says that somebody is, in numbers or in words, as a trait."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["ages"]

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_RUSSIAN = {
    **{
        f"{stem}и": number
        for number, stem in enumerate("пят шест сем восьм девят десят".split(), 5)
    },
    "двадцати": 20, "тридцати": 30, "сорока": 40, "пятидесяти": 50, "шестидесяти": 60,
    "семидесяти": 70, "восьмидесяти": 80, "девяноста": 90,
    "двенадцати": 12, "тринадцати": 13, "четырнадцати": 14, "пятнадцати": 15,
    "шестнадцати": 16, "семнадцати": 17, "восемнадцати": 18, "девятнадцати": 19,
}  # fmt: skip
_KAZAKH_ONES = "бір екі үш төрт бес алты жеті сегіз тоғыз".split()
_KAZAKH_TENS = "он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан".split()


def ages(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Find the ages in a sentence.

    Args:
        text: The sentence.
        language: "en", "ru" or "kk".

    Yields:
        Where the words of an age begin and end, and the trait: "58", or "in their 40s".
    """
    for found in _pattern(language).finditer(text):
        groups = {name: words for name, words in found.groupdict().items() if words}
        if "decade" in groups:
            part = groups.get("part", "").lower()
            decade = groups["decade"].lower()
            years = decade if decade[0].isdigit() or decade == "teens" else _decades()[decade]
            told = " ".join(f"in their {part} {years}".split())
        else:
            words = next(words for name, words in groups.items() if name.startswith("years"))
            told = str(_numbers(language).get(" ".join(re.split(r"[\s-]+", words.lower())), words))
        yield found.start(), found.end(), told


@functools.lru_cache(maxsize=3)
def _pattern(language: str) -> re.Pattern[str]:
    words = "|".join(
        each.replace(" ", r"[\s-]") for each in sorted(_numbers(language), key=len)[::-1]
    )
    number = rf"(?:{words}|\d{{1,2}})"
    if language == "ru":
        return re.compile(
            rf"\bлет (?P<years>{number})\b|\b(?P<years2>\d{{1,2}}) (?:лет|года?)\b(?! назад)"
            rf"|\b(?P<years3>{number})летн(?:яя|ий|ей|его|юю|им)\b"
        )
    if language == "kk":
        return re.compile(rf"\b(?P<years>{number}) жас(?:ар|та|тағы)\b")
    decades = "|".join(_decades())
    return re.compile(
        rf"\b(?:aged?|of(?: about| around| nearly| maybe)?) (?P<years>{number})(?=[,.;!]| and |$)"
        rf"|\b(?P<years2>{number})[\s-]years?[\s-]old\b"
        rf"|\b(?:is|was) (?P<years3>{number})(?=[,.;]| and | years? old)"
        rf"|(?<=, )(?P<years4>{number})(?=, )"
        rf"|\bin (?:his|her|their) (?:(?P<part>early|mid|late)[\s-])?"
        rf"(?P<decade>{decades}|teens|\d0['’]?s)\b",
        re.IGNORECASE,
    )


@functools.lru_cache(maxsize=1)
def _decades() -> Mapping[str, str]:
    return {f"{word[:-1]}ies": f"{number}0s" for number, word in enumerate(_TENS, 2)}


@functools.lru_cache(maxsize=3)
def _numbers(language: str) -> Mapping[str, int]:
    """Numbers in words, as ages have them: in Russian "лет тридцати"."""
    if language == "ru":
        return _RUSSIAN
    if language == "kk":
        tens, ones = {n * 10: word for n, word in enumerate(_KAZAKH_TENS, 1)}, _KAZAKH_ONES
    else:
        tens, ones = {n * 10: word for n, word in enumerate(_TENS, 2)}, _ONES
    found = {word: number for number, word in enumerate(ones, 1)}
    found |= {word: number for number, word in tens.items()}
    found |= {f"{ten} {one}": n + m for n, ten in tens.items() for m, one in enumerate(ones, 1)}
    if language == "en":
        found |= {word: number for number, word in enumerate(_TEENS, 10)}
    return found
