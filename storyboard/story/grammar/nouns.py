"""English nouns by what they name: people, animals, crowds, places, clothes."""

from __future__ import annotations

import functools
import importlib.resources

__all__ = ["is_doing", "kind_of"]

_MARK = "## "
_KINDS = {
    "people": "person",
    "perhaps people": "perhaps",
    "animals": "animal",
    "crowds": "crowd",
    "places": "place",
    "clothing": "clothing",
    "hats": "hat",
    "boots": "boots",
    "doings": "doing",
}
_DOING = "doing"


def kind_of(noun: str) -> str:
    """What a noun names, "person" or "place" for example, or "" for what no list has.

    "perhaps" is a noun that names people and other things as often; "hat" and "boots" are clothing.

    Args:
        noun: In lower case and in the singular; two words are possible, "car park".
    """
    kind = _nouns().get(noun, "")
    return "" if kind == _DOING else kind


def is_doing(noun: str) -> bool:
    """Whether a noun names what somebody does and is a verb as well: "smile", but not "chair"."""
    return _nouns().get(noun) == _DOING


@functools.lru_cache(maxsize=1)
def _nouns() -> dict[str, str]:
    file = importlib.resources.files("storyboard.story") / "lexicon" / "nouns.en.txt"
    found: dict[str, str] = {}
    text = file.read_text(encoding="utf-8")
    for section in text.split(f"\n{_MARK}")[1:]:
        title, _, listed = section.partition("\n")
        # A noun of two words may be broken by the end of a line.
        nouns = (" ".join(each.split()) for each in listed.split(","))
        found.update((noun, _KINDS[title.strip()]) for noun in nouns if noun)
    return found
