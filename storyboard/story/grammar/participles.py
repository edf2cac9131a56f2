"""English participles, as captions have their verbs: "runs" is "running"."""

from __future__ import annotations

import re

__all__ = ["participle"]

_ODD = {
    "be": "being", "see": "seeing", "flee": "fleeing", "agree": "agreeing", "free": "freeing",
    "die": "dying", "lie": "lying", "tie": "tying", "untie": "untying", "dye": "dyeing",
    "singe": "singeing", "panic": "panicking", "picnic": "picnicking", "mimic": "mimicking",
    "travel": "travelling", "quarrel": "quarrelling", "signal": "signalling", "begin": "beginning",
    "forget": "forgetting", "admit": "admitting", "regret": "regretting", "prefer": "preferring",
    "refer": "referring", "occur": "occurring", "commit": "committing", "unwrap": "unwrapping",
    "unzip": "unzipping", "kidnap": "kidnapping", "worship": "worshipping", "quiz": "quizzing",
    "quit": "quitting", "equip": "equipping", "unplug": "unplugging", "upset": "upsetting",
}  # fmt: skip
_DOUBLED = re.compile(r"[^aeiou]*(?:[aeiouy])[bdfgklmnprtvz]")
"""A single syllable that ends with one vowel and one consonant."""


def participle(verb: str) -> str:
    """The present participle of a verb in its basic form."""
    if verb in _ODD:
        return _ODD[verb]
    if verb.endswith("e") and len(verb) > 2:
        return f"{verb[:-1]}ing"
    if _DOUBLED.fullmatch(verb):
        return f"{verb}{verb[-1]}ing"
    return f"{verb}ing"
