"""The order of proposals, goals, and what earlier predictions have taught."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storyboard.advisor.advice import Basis, Source
from storyboard.advisor.advising import Advice, advise, plan_for
from storyboard.advisor.baseline import Baseline
from storyboard.advisor.experience import Prediction, keep, learned, open_ones
from storyboard.advisor.goal import Goal, parse_goal
from storyboard.advisor.prediction import Predictor
from storyboard.advisor.work import WorkCounter
from storyboard.errors import InputError
from storyboard.settings.layers import load_settings
from tests.advisor.situations import mac, sdxl

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from config import Settings
    from storyboard.advisor.situation import Situation

MEASURED = Source(Basis.MEASURED, "for this test")
STAGES = (("text_encode", 1.0), ("denoise", 80.0), ("decode", 9.0), ("judge", 10.0))


def changes(situation: Situation) -> Callable[[Mapping[str, object]], Settings]:
    """Settings as a user changes them, on top of those of a situation."""
    names = ("model", "mode", "acceleration", "measure_agreement", "use_identity_lock")
    own = {name: getattr(situation.settings, name) for name in names}
    return lambda change: load_settings({**own, **change}).settings


def predictor(situation: Situation, stages: tuple[tuple[str, float], ...] = STAGES) -> Predictor:
    baseline = Baseline(situation.settings, stages, MEASURED) if stages else None
    return Predictor(baseline, WorkCounter("16:9", may_count=False), situation.hardware)


def advice(situation: Situation, taught: float = 1.0) -> Advice:
    return advise(situation, predictor(situation), changes(situation), lambda rules: taught)


SLOW = sdxl(mac("M1", 16), "QUALITY", acceleration="off", use_identity_lock=False)


def test_the_most_seconds_for_the_least_loss_come_first() -> None:
    found = advice(SLOW)
    rules = [each.idea.rule for each in found.proposals]
    # Four evaluations instead of forty beat everything, though it is seen side by side.
    assert rules[0] in ("reuse of deep features", "adapter for few steps")
    known = [each for each in found.proposals if each.factor is not None]
    worth = [(1 - (each.factor or 0)) / (1 + each.idea.loss) for each in known]
    assert worth == sorted(worth, reverse=True)
    assert all(each.saved and each.saved > 0 for each in known)
    assert all(each.idea.better for each in found.better)


def test_steps_are_scaled_and_the_rest_stays() -> None:
    drafts = next(each for each in advice(SLOW).proposals if each.idea.rule == "mode for drafts")
    # 12 of 20 steps; text, decoding and judging as before.
    assert drafts.before == pytest.approx(100.0)
    assert drafts.after == pytest.approx(80.0 * 12 / 20 + 20.0)
    assert drafts.source.basis is Basis.COUNTED


def test_what_judging_took_is_what_is_saved_by_leaving_it_out() -> None:
    judge = next(each for each in advice(SLOW).proposals if each.idea.rule == "measuring agreement")
    assert judge.saved == pytest.approx(10.0)
    assert judge.source.basis is Basis.MEASURED


def test_a_factor_is_known_where_no_seconds_are() -> None:
    situation = SLOW
    found = advise(situation, predictor(situation, ()), changes(situation), lambda rules: 1.0)
    drafts = next(each for each in found.proposals if each.idea.rule == "mode for drafts")
    assert drafts.before is None and drafts.saved is None
    assert drafts.factor is not None and 0.55 < drafts.factor < 0.7


def test_a_goal_is_reached_with_what_loses_least() -> None:
    found, told = advice(SLOW), predictor(SLOW)
    gentle = plan_for(Goal(seconds=90.0), found, SLOW, told, changes(SLOW))
    assert [each.idea.rule for each in gentle.proposals] == ["measuring agreement"]
    bold = plan_for(Goal(faster=3.0), found, SLOW, told, changes(SLOW))
    assert bold.reached and bold.seconds is not None and bold.seconds <= 100.0 / 3
    assert len(bold.proposals) > 1
    names = [name for each in bold.proposals for name in each.idea.change]
    assert len(names) == len(set(names)), "two of them change the same setting"
    beyond = plan_for(Goal(faster=1000.0), found, SLOW, told, changes(SLOW))
    assert not beyond.reached and beyond.proposals
    better = plan_for(Goal(better=True), found, SLOW, told, changes(SLOW))
    assert all(each.idea.better for each in better.proposals)


def test_what_was_learned_corrects_a_prediction() -> None:
    plain, taught = (
        next(each for each in advice(SLOW, known).proposals if each.idea.rule == "mode for drafts")
        for known in (1.0, 1.3)
    )
    assert taught.after == pytest.approx((plain.after or 0) * 1.3)


def _prediction(measured: float = 0.0, created: str = "2026-01-01T00:00:00+00:00") -> Prediction:
    return Prediction(
        created, "M1", "/b", "sdxl", ("x",), (("mode", "FAST"),), 10.0, 5.0, 5.0, measured, 3
    )


def test_only_a_wrong_prediction_teaches(tmp_path: Path) -> None:
    file = tmp_path / "advice.json"
    assert learned(("x",), "sdxl", "M1", file) == (1.0, None)
    keep(_prediction(), file)
    assert len(open_ones("/b", "M1", file)) == 1
    keep(_prediction(6.0), file)
    assert open_ones("/b", "M1", file) == ()
    assert learned(("x",), "sdxl", "M1", file)[0] == 1.0, "20 % off is noise"
    keep(_prediction(8.0, "2026-01-02T00:00:00+00:00"), file)
    assert learned(("x",), "sdxl", "M1", file)[0] == pytest.approx(1.6)
    assert learned(("x",), "other", "M1", file)[0] == 1.0
    assert learned(("x",), "sdxl", "M2", file)[0] == 1.0


@pytest.mark.parametrize(
    ("budget", "faster", "goal"),
    [
        ("40s", None, Goal(seconds=40.0)),
        ("1.5 min", None, Goal(seconds=90.0)),
        ("40", None, Goal(seconds=40.0)),
        (None, "2x", Goal(faster=2.0)),
        (None, "1,5", Goal(faster=1.5)),
        (None, None, Goal()),
    ],
)
def test_a_goal_is_read(budget: str | None, faster: str | None, goal: Goal) -> None:
    assert parse_goal(budget, faster, better=False) == goal


@pytest.mark.parametrize(
    ("budget", "faster", "better"),
    [("soon", None, False), ("0s", None, False), (None, "1x", False), ("4s", "2x", False)],
)
def test_a_goal_that_is_none_is_refused(
    budget: str | None, faster: str | None, better: bool
) -> None:
    with pytest.raises(InputError):
        parse_goal(budget, faster, better=better)
