"""Advice as `storyboard advise` prints it, for people and as JSON."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storyboard.advisor.advice import Proposal
    from storyboard.advisor.advising import Plan
    from storyboard.advisor.goal import Goal
    from storyboard.advisor.looking import Outlook
    from storyboard.message import Message

__all__ = ["advice_json", "advice_lines", "times_as"]

_WIDTH = 100
_INDENT = " " * 5


def advice_lines(
    outlook: Outlook, plan: Plan, came: Sequence[Message], goal: Goal
) -> Iterator[str]:
    """What people read.

    Args:
        outlook: What was looked at.
        plan: What reaches the goal.
        came: What came of earlier advice.
        goal: What was asked for.
    """
    yield from map(str, came)
    # 1. How it is now.
    situation = outlook.situation
    settings, (width, height) = situation.settings, situation.frame
    left_out = settings.acceleration if situation.acceleration is not None else "off"
    baseline = outlook.predictor.baseline
    yield (
        f"{settings.model}, {settings.mode}: {settings.num_inference_steps} steps,"
        f" {width}x{height}, acceleration {left_out}"
    )
    if baseline is None:
        yield "nobody knows yet how long a panel takes here; factors are counted all the same"
    else:
        yield f"a panel takes {_seconds(outlook.seconds)} ({baseline.source})"
    # 2. The list.
    advice = outlook.advice
    yield from _listed("faster", advice.proposals, 1)
    yield from _listed("better", advice.better, 1 + len(advice.proposals))
    if advice.elsewhere:
        yield ""
        yield "what is often advised and does not hold here:"
        for each in advice.elsewhere:
            yield from _wrapped(f"{each.rule}: {each.why}", "  - ")
    # 3. What of it reaches the goal.
    if plan.proposals:
        yield ""
        yield from _reaching(plan, outlook, goal)


def _listed(title: str, proposals: Sequence[Proposal], first: int) -> Iterator[str]:
    if not proposals:
        return
    yield ""
    yield f"{title}:"
    for number, each in enumerate(proposals, first):
        yield f"{number:>3}. {each.idea.do}: {_effect(each)}"
        yield from _wrapped(str(each.idea.why), _INDENT)
        yield from _wrapped(str(each.source), _INDENT)
        if each.learned != 1:
            yield f"{_INDENT}times {each.learned:.2f}, as it was measured here before"
        yield f"{_INDENT}{_setting(each)}; loss: {each.idea.loss.name.lower()}"


def _effect(proposal: Proposal) -> str:
    if proposal.factor is None:
        return "no seconds are known"
    told = times_as(proposal.factor)
    if proposal.saved is None:
        return told
    verb = "saves" if proposal.saved >= 0 else "costs"
    return f"{verb} {_seconds(abs(proposal.saved))}, to {_seconds(proposal.after)} ({told})"


def times_as(factor: float) -> str:
    """A factor of time in words."""
    if factor > 1:
        return f"{factor:.2f} times as long"
    return f"{1 / factor:.2f} times as fast" if factor else "no time at all"


def _setting(proposal: Proposal) -> str:
    change = proposal.idea.change
    if change:
        return "set " + ", ".join(f"{name}: {_shown(value)}" for name, value in change.items())
    return f"to be done in {proposal.idea.setting}"


def _shown(value: object) -> str:
    return '""' if value == "" else str(value)


def _reaching(plan: Plan, outlook: Outlook, goal: Goal) -> Iterator[str]:
    advice = outlook.advice
    shown = (*advice.proposals, *advice.better)
    numbers = ", ".join(str(shown.index(each) + 1) for each in plan.proposals)
    told = _seconds(plan.seconds) if plan.seconds is not None else ""
    if not told and plan.factor:
        told = times_as(plan.factor)
    limit = goal.limit(outlook.seconds)
    word = "" if limit is None or plan.reached else ", which is not enough"
    yield f"--apply would take {numbers}: {told or 'no seconds are known'}{word}"


def _wrapped(text: str, indent: str) -> list[str]:
    rest = " " * len(indent)
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _seconds(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.0f} s"


def advice_json(outlook: Outlook, plan: Plan, came: Sequence[Message]) -> str:
    """The same as one JSON object."""
    situation, advice = outlook.situation, outlook.advice
    baseline = outlook.predictor.baseline
    shown = (*advice.proposals, *advice.better)
    return json.dumps(
        {
            "event": "advice",
            "model": situation.settings.model,
            "mode": situation.settings.mode,
            "device": situation.hardware.device,
            "seconds": _rounded(outlook.seconds),
            "seconds_source": None if baseline is None else str(baseline.source),
            "earlier": [str(each) for each in came],
            "proposals": [
                {"number": number, **_plain(each)} for number, each in enumerate(shown, 1)
            ],
            "elsewhere": [{"rule": each.rule, "why": str(each.why)} for each in advice.elsewhere],
            "plan": {
                "numbers": [shown.index(each) + 1 for each in plan.proposals],
                "seconds": _rounded(plan.seconds),
                "factor": _rounded(plan.factor),
                "reached": plan.reached,
            },
        }
    )


def _plain(proposal: Proposal) -> dict[str, Any]:
    idea, source = proposal.idea, proposal.source
    return {
        "rule": idea.rule,
        "do": str(idea.do),
        "why": str(idea.why),
        "change": dict(idea.change),
        "setting": idea.setting,
        "loss": idea.loss.name.lower(),
        "better": idea.better,
        "vital": idea.vital,
        "seconds": _rounded(proposal.after),
        "saved": _rounded(proposal.saved),
        "factor": _rounded(proposal.factor),
        "learned": _rounded(proposal.learned),
        "source": {"basis": source.basis, "words": source.words, "address": source.address},
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 4)
