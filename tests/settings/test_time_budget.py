"""A time for each panel: what is left out for it, in which order, and that it is said."""

from __future__ import annotations

import pytest

from config import Settings
from storyboard.errors import InputError
from storyboard.settings.time_budget import fitted, parse_budget
from storyboard.techniques.faces import parse_faces
from storyboard.techniques.hires import parse_hires

ASKED = Settings(hires="1.5,steps=12", faces="find,steps=24", num_inference_steps=12)


def seconds(settings: Settings) -> float:
    """As if every step of a picture took a second."""
    hires, faces = parse_hires(settings.hires), parse_faces(settings.faces)
    larger = hires.steps * hires.scale**2 if hires else 0.0
    return settings.num_inference_steps + larger + (faces.steps if faces else 0)


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        (70, ()),
        (60, ("faces in 16 steps instead of 24",)),
        (51, ("faces in 12 steps instead of 24",)),
        (42, ("hires in 8 steps instead of 12",)),
        (38, ("hires in 6 steps instead of 12",)),
        (26, ("no face pass",)),
        (23, ("hires 1.3 times as large instead of 1.5",)),
        (20, ("no hires pass",)),
        (10, ("11 steps instead of 12", "10 steps instead of 11")),
    ],
)
def test_passes_are_thinned_and_dropped_in_a_known_order(
    budget: float, said: tuple[str, ...]
) -> None:
    fit, told = fitted(ASKED, seconds, budget, 8)
    assert seconds(fit) <= budget
    assert told[len(told) - len(said) :] == said
    order = ["faces in", "hires in", "no face", "hires 1.3", "no hires", "steps"]
    places = [next(n for n, each in enumerate(order) if each in line) for line in told]
    assert places == sorted(places)


def test_what_nothing_can_fit_into_is_refused() -> None:
    with pytest.raises(InputError, match=r"about 8\.0 s .* 8 steps, and 7 s are given"):
        fitted(ASKED, seconds, 7, 8)


@pytest.mark.parametrize(("text", "meant"), [("40s", 40), ("40", 40), ("1.5min", 90), ("2 m", 120)])
def test_a_time_is_read_as_people_write_it(text: str, meant: float) -> None:
    assert parse_budget(text) == meant


@pytest.mark.parametrize("text", ["", "0s", "-3", "soon", "40 h", "1e3"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_budget(text)
