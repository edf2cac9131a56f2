"""What the reader can read off a picture: the closed lists that the starter model was taught."""

from __future__ import annotations

__all__ = [
    "AGES",
    "CLOTHING_COLOURS",
    "CLOTHING_KINDS",
    "GENDERS",
    "HAIR_COLOURS",
    "HAIR_LENGTHS",
    "HATS",
    "PLACES",
    "POSES",
    "PROPS",
    "SHOT_SIZES",
    "SKIN_TONES",
    "TIMES",
]

PLACES = (
    "beach",
    "forest",
    "city street",
    "mountains",
    "room",
    "desert",
    "sea",
    "village",
    "field",
    "cave",
)
TIMES = ("day", "night", "sunset", "rain")
SHOT_SIZES = ("wide shot", "full shot", "medium shot", "close-up", "extreme close-up")
POSES = ("standing", "walking", "running", "sitting", "pointing", "waving")
PROPS = (
    "none",
    "boat",
    "car",
    "lighthouse",
    "house",
    "dog",
    "horse",
    "tree",
    "fire",
    "door",
    "table",
    "yurt",
    "letter",
)
HAIR_COLOURS = ("red", "black", "blonde", "brown", "white", "blue")
HAIR_LENGTHS = ("short", "long")
CLOTHING_COLOURS = ("yellow", "red", "blue", "green", "black", "white", "purple")
CLOTHING_KINDS = ("coat", "shirt", "dress")
HATS = ("none", "hat", "cap", "beanie")
SKIN_TONES = ("light", "tan", "dark")
AGES = ("child", "adult", "old")
GENDERS = ("man", "woman")
