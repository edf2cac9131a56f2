"""Company: who stays in the frame while only words are heard."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.story.cast import Cast
    from storyboard.story.moments import Moment
    from storyboard.story.sentence import Sentence

__all__ = ["keep_company"]

_MOST_TALKING = 3
"""People in the frame of a script's dialogue; a scene may have ten, whom no picture can hold."""


def keep_company(
    moments: Sequence[Moment], sentences: Sequence[Sentence], cast: Cast
) -> list[Moment]:
    """Keep people in the frame while only their words are heard.

    A story in which nobody at all is named is about the character whom the user gave.
    """
    only = len(cast.people) == 1 and not any(each.mentions for each in moments)
    alone = (cast.people[0].name,) if only else ()
    names = {each.name for each in cast.people}
    talking: dict[int, set[str]] = {}
    for sentence in sentences:
        talking.setdefault(sentence.part, set()).update(sentence.cue.seen if sentence.cue else ())
    kept: list[Moment] = []
    company: tuple[str, ...] = alone
    for moment, sentence in zip(moments, sentences, strict=True):
        if moment.setting.headed:
            company = alone
        if not moment.reading.words:
            spoken = [each.speaker for each in moment.lines]
            heard = spoken if sentence.cue is None else sentence.cue.seen
            speakers = [each for each in heard if each in names]
            if sentence.cue is not None:
                # Whoever says nothing in a scene leaves the frame to those who talk.
                partners = [each for each in company if each in talking[sentence.part]]
                others = [each for each in partners if each not in speakers]
                company = tuple(partners if others else company)[:_MOST_TALKING]
            company = tuple(dict.fromkeys([*speakers, *company]))
            company = company if sentence.cue is None else company[:_MOST_TALKING]
            kept.append(replace(moment, company=company))
        else:
            kept.append(replace(moment, company=alone))
        company = kept[-1].people or company
    return kept
