"""From a situation to proposals in order, and to those of them that reach a goal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.advisor.advice import Idea, Loss, NotHere, Proposal
from storyboard.advisor.rules import RULES
from storyboard.errors import StoryboardError

if TYPE_CHECKING:
    from config import Settings
    from storyboard.advisor.goal import Goal
    from storyboard.advisor.prediction import Predictor
    from storyboard.advisor.rules import Rule
    from storyboard.advisor.situation import Situation

__all__ = ["Advice", "Plan", "advise", "answers", "plan_for", "together"]

Changed = Callable[[Mapping[str, object]], "Settings"]
"""The settings as they would be with others in place of some of them."""
Learned = Callable[[Sequence[str]], float]
"""What factors of these rules are multiplied by on this machine."""

_LEAST = 0.02
"""Of a panel's time: less is no advice."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What there is to say.

    Attributes:
        proposals: What saves time, the most seconds for the least loss first; what nobody can say
            the seconds of comes last, but for what drawing is hardly possible without.
        better: What makes pictures better, the cheapest first.
        elsewhere: Lines of the usual advice that do not hold here.
    """

    proposals: tuple[Proposal, ...]
    better: tuple[Proposal, ...]
    elsewhere: tuple[NotHere, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Proposals that are applied together.

    Attributes:
        proposals: Which.
        seconds: Predicted of a panel; None where nobody knows.
        factor: Over those of now; likewise.
        reached: Whether the goal is.
    """

    proposals: tuple[Proposal, ...]
    seconds: float | None
    factor: float | None
    reached: bool

    @property
    def change(self) -> dict[str, object]:
        """The settings of all of them."""
        return {name: value for each in self.proposals for name, value in each.idea.change.items()}


def answers(situation: Situation) -> tuple[tuple[Rule, Idea | NotHere], ...]:
    """What every rule that has something to say answers, in the order of the checklist."""
    told = ((rule, rule.answer(situation)) for rule in RULES)
    return tuple((rule, answer) for rule, answer in told if answer is not None)


def advise(
    situation: Situation, predictor: Predictor, changed: Changed, learned: Learned
) -> Advice:
    """Ask every rule, predict what its idea does, and put the proposals in order.

    Args:
        situation: What is looked at.
        predictor: Predicts seconds and factors.
        changed: Makes the settings of an idea.
        learned: What earlier predictions have taught about this machine.
    """
    proposals: list[Proposal] = []
    better: list[Proposal] = []
    elsewhere: list[NotHere] = []
    for _, answer in answers(situation):
        if isinstance(answer, NotHere):
            elsewhere.append(answer)
            continue
        proposal = _proposal(answer, situation.settings, predictor, changed, learned)
        if proposal is None:
            continue
        # What costs no time although it is for the picture's sake is good advice at any time.
        gain = proposal.factor is not None and proposal.factor < 1 - _LEAST
        if answer.better and not gain:
            better.append(proposal)
        elif answer.vital or proposal.factor is None or gain or answer.better:
            proposals.append(proposal)
    better.sort(key=lambda each: each.factor or 1.0)
    return Advice(tuple(sorted(proposals, key=_rank)), tuple(better), tuple(elsewhere))


def plan_for(
    goal: Goal, advice: Advice, situation: Situation, predictor: Predictor, changed: Changed
) -> Plan:
    """The proposals that together reach a goal with the least loss.

    Without a goal it is the first proposal, and for better pictures the cheapest.
    """
    now = predictor.seconds(situation.settings)
    if goal.better:
        chosen = advice.better[:1]
        return _plan(chosen, situation.settings, now, predictor, changed, reached=bool(chosen))
    usable = [each for each in advice.proposals if each.idea.change and each.factor is not None]
    limit = goal.limit(now)
    if limit is None:
        return _plan(usable[:1], situation.settings, now, predictor, changed, reached=bool(usable))
    plan = _plan((), situation.settings, now, predictor, changed, reached=False)
    for loss in Loss:  # nothing is given up before it must be
        for each in (each for each in usable if each.idea.loss <= loss):
            if _seconds(plan, now) <= limit:
                break
            if each in plan.proposals or _clash(each, plan.proposals):
                continue
            more = (*plan.proposals, each)
            bolder = _plan(more, situation.settings, now, predictor, changed, reached=False)
            if _seconds(bolder, now) < _seconds(plan, now) * (1 - _LEAST):
                plan = bolder
    reached = _seconds(plan, now) <= limit
    return Plan(plan.proposals, plan.seconds, plan.factor, reached)


def together(
    proposals: Sequence[Proposal], situation: Situation, predictor: Predictor, changed: Changed
) -> Plan:
    """What chosen proposals promise together.

    Raises:
        StoryboardError: Their settings do not go together.
    """
    now = predictor.seconds(situation.settings)
    return _plan(proposals, situation.settings, now, predictor, changed, reached=True)


def _proposal(
    idea: Idea, settings: Settings, predictor: Predictor, changed: Changed, learned: Learned
) -> Proposal | None:
    """An idea with its price; None where the settings cannot be had, or nothing would change."""
    before = predictor.seconds(settings)
    known = learned((idea.rule,))
    if idea.effect is not None:
        factor = idea.effect.factor
        source = idea.effect.source
    else:
        try:
            after = changed(idea.change)
        except StoryboardError:
            return None  # what is asked for besides does not go with it
        if after == settings:
            return None
        factor, source = predictor.factor(settings, after), predictor.source(settings, after)
    if factor is not None:
        factor *= known
    seconds = before * factor if before is not None and factor is not None else None
    return Proposal(idea, before, seconds, factor, source, known)


def _rank(proposal: Proposal) -> tuple[bool, bool, float]:
    """Seconds saved for what is lost: each grade of loss makes them count for less."""
    factor = proposal.factor
    saved = 0.0 if factor is None else (1 - factor) / (1 + proposal.idea.loss)
    return not proposal.idea.vital, factor is None, -saved


def _plan(
    proposals: Sequence[Proposal],
    settings: Settings,
    now: float | None,
    predictor: Predictor,
    changed: Changed,
    *,
    reached: bool,
) -> Plan:
    """Several proposals together: what is counted once for all, times what is published of each."""
    factor: float | None = 1.0
    if any(each.idea.effect is None for each in proposals):
        counted = {
            name: value
            for each in proposals
            if each.idea.effect is None
            for name, value in each.idea.change.items()
        }
        factor = predictor.factor(settings, changed(counted))
    for each in proposals:
        if factor is None or each.factor is None:
            factor = None
            break
        factor *= each.factor if each.idea.effect is not None else each.learned
    seconds = now * factor if now is not None and factor is not None else None
    return Plan(tuple(proposals), seconds, factor, reached)


def _seconds(plan: Plan, now: float | None) -> float:
    """Seconds of a plan, or its factor where nobody knows seconds."""
    if plan.factor is None:
        return float("inf")
    return plan.factor * (1.0 if now is None else now)


def _clash(proposal: Proposal, others: Sequence[Proposal]) -> bool:
    """Whether two proposals speak of the same settings, or of steps in two ways."""
    mine = _touched(proposal)
    return any(mine & _touched(each) for each in others)


_STEPS = frozenset({"mode", "num_inference_steps", "few_step", "model", "guidance_scale"})


def _touched(proposal: Proposal) -> frozenset[str]:
    names = frozenset(proposal.idea.change)
    names = names | _STEPS if names & _STEPS else names
    # An adapter for few steps leaves none to save at.
    return names | {"acceleration"} if "few_step" in proposal.idea.change else names
