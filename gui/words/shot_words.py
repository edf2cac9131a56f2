"""The field's words for shots and cameras, in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.words.number_text import decimal
from storyboard.production.outlier import Likeness, likeness
from storyboard.values.change import Changed
from storyboard.values.shot import CameraAngle, CameraMove, ShotSize

if TYPE_CHECKING:
    from storyboard.values.board import Storyboard
    from storyboard.values.judgement import Agreement, Rescue

__all__ = [
    "agreement_numbers",
    "agreement_words",
    "changed_chip",
    "changed_words",
    "rescue_words",
    "shot_word",
]


def shot_word(value: ShotSize | CameraAngle | CameraMove) -> str:
    """A shot size, a camera angle or a camera move as people read it."""
    translate = QCoreApplication.translate
    words = {
        ShotSize.WIDE: translate("shot", "wide shot"),
        ShotSize.FULL: translate("shot", "full shot"),
        ShotSize.MEDIUM: translate("shot", "medium shot"),
        ShotSize.CLOSE_UP: translate("shot", "close-up"),
        ShotSize.EXTREME_CLOSE_UP: translate("shot", "extreme close-up"),
        CameraAngle.EYE_LEVEL: translate("shot", "eye level"),
        CameraAngle.LOW: translate("shot", "low angle"),
        CameraAngle.HIGH: translate("shot", "high angle"),
        CameraAngle.OVER_THE_SHOULDER: translate("shot", "over the shoulder"),
        CameraMove.STATIC: translate("shot", "static"),
        CameraMove.PAN: translate("shot", "pan"),
        CameraMove.TILT: translate("shot", "tilt"),
        CameraMove.PUSH_IN: translate("shot", "push in"),
        CameraMove.PULL_OUT: translate("shot", "pull out"),
        CameraMove.TRACKING: translate("shot", "tracking"),
    }
    return words[value]


def rescue_words(rescue: Rescue) -> str:
    """Why a picture was drawn again, and whether that helped."""
    translate = QCoreApplication.translate
    flaws = {
        "nan": translate("rescue", "not a picture"),
        "black": translate("rescue", "black"),
        "flat": translate("rescue", "of one colour"),
        "noise": translate("rescue", "noise"),
        "many": translate("rescue", "with too many people"),
        "few": translate("rescue", "with too few people"),
    }
    if rescue.flaw:
        still = flaws.get(rescue.flaw, rescue.flaw)
        return translate("rescue", "still {0} after every attempt").format(still)
    first = flaws.get(rescue.flaws[0], rescue.flaws[0]) if rescue.flaws else ""
    return translate("rescue", "drawn again: the first was {0}").format(first)


def changed_chip(changed: Changed) -> str:
    """In what a panel differs from the picture that it shows, in a word or two."""
    translate = QCoreApplication.translate
    if changed is Changed.PINNED:
        return translate("changed", "older take")
    return translate("changed", "changed")


def changed_words(changed: Changed) -> str:
    """In what a panel differs from the picture that it shows."""
    translate = QCoreApplication.translate
    if changed is Changed.PINNED:
        return translate("changed", "an older take is chosen than the one of these words")
    return translate("changed", "changed since it was drawn")


def agreement_words(agreement: Agreement, board: Storyboard) -> str:
    """How like its reference each character is, in words that compare it with the board."""
    translate = QCoreApplication.translate
    words = {
        Likeness.LIKE: translate("agreement", "{0}: like the reference"),
        Likeness.LESS: translate("agreement", "{0}: less like the reference than usual here"),
        Likeness.NOT: translate("agreement", "{0}: not like the reference"),
    }
    found = [(name, likeness(board, name, value)) for name, value in agreement.identities]
    return "; ".join(words[how].format(name) for name, how in found if how is not None)


def agreement_numbers(agreement: Agreement) -> str:
    """How far a picture agrees with references and prompt, as numbers of one model."""
    translate = QCoreApplication.translate
    parts = [
        translate("agreement", "likeness of {0} {1}").format(name, _two_digits(value))
        for name, value in agreement.identities
    ]
    if agreement.prompt is not None:
        parts.append(translate("agreement", "prompt {0}").format(_two_digits(agreement.prompt)))
    return ", ".join(parts)


def _two_digits(value: float) -> str:
    return decimal(round(value, 2) + 0.0, 2)  # without the sign of a zero
