"""The window can say every proposal in its own language."""

from __future__ import annotations

from gui.words.advice_sentences import PROPOSALS
from storyboard.advisor.advice import Idea
from storyboard.advisor.advising import answers
from tests.advisor.test_rules import CASES
from tests.gui.words.test_error_words import _spoken


def test_every_proposal_is_among_the_sentences_and_each_of_these_is_said() -> None:
    told = [answer for case in CASES for _, answer in answers(case.situation)]
    assert {each.do.template for each in told if isinstance(each, Idea)} <= set(PROPOSALS)
    assert set(PROPOSALS) <= _spoken(("advisor",))
