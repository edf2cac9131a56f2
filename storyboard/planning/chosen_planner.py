"""Which planner the settings name, and where a story may be sent for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.planning.planner import Plan

__all__ = ["check_planner", "planned_as_chosen"]


def planned_as_chosen(
    plan: Plan, setting: str, *, typed: bool = False, stop: Callable[[], bool] = lambda: False
) -> tuple[Plan, tuple[str, ...]]:
    """A plan by rules, gone over by the planner that a setting names, and lines about that.

    What asks a language model is imported only where one is named.

    Args:
        plan: By the rules.
        setting: `Settings.planner`.
        typed: Whether somebody typed the setting just now. Only then may it name another machine:
            a project's own settings may come from a stranger, who would get the story.
        stop: Asked ten times a second whether nobody waits any more.

    Raises:
        InputError: An address on another machine that nobody typed, or no server.
        StoppedError: `stop` said so.
    """
    kind, _, address = setting.partition(":")
    if kind == "rules":
        return plan, ()
    from storyboard.planning.local_planner import planned_locally
    from storyboard.planning.local_server import is_here

    if not typed:
        check_planner(setting)
    here = is_here(address)
    away = () if here else (f"the story was sent to {address[:200]}, which is not this machine",)
    found, notes = planned_locally(plan, kind, address, stop)
    return found, (*away, *notes)


def check_planner(setting: str) -> None:
    """Refuse a planner on another machine, which may be named on the command line only.

    Raises:
        InputError: It is on another machine.
    """
    address = setting.partition(":")[2]
    if not address:
        return
    from storyboard.planning.local_server import is_here

    if not is_here(address):
        raise InputError(
            "the planner's address {address} is not on this machine: name it with --planner on "
            "the command line if the story may go there",
            address=address[:200],
        )
