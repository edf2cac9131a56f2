"""Which model on which machine: what fits, what it takes, and that its numbers are counted ones."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from storyboard.benchmark.model_table import model_rows, row_words
from storyboard.diffusion.families import families, offers
from storyboard.diffusion.families.flux2.architecture import published as klein
from storyboard.diffusion.families.flux2.cost import counter_of as klein_counter
from storyboard.diffusion.families.zimage.architecture import published as zimage
from storyboard.diffusion.families.zimage.cost import counter_of as zimage_counter
from storyboard.machine.machine import this_machine

if TYPE_CHECKING:
    from tests.terminal import Terminal

TERA = 1e12
BY_NAME = {each.name: each for each in offers()}
KLEIN, TURBO = "black-forest-labs/FLUX.2-klein-4B", "Tongyi-MAI/Z-Image-Turbo"
DEV = "black-forest-labs/FLUX.1-dev"


@pytest.mark.parametrize(
    ("gigabytes", "fits"),
    [
        (16, {KLEIN: "in turn", TURBO: "gguf-q8_0", DEV: "gguf-q4_0"}),
        (8, {KLEIN: "no", TURBO: "no", DEV: "no"}),
        (24, {KLEIN: "whole", TURBO: "in turn", DEV: "gguf-q8_0"}),
        (64, {KLEIN: "whole", TURBO: "whole", DEV: "whole"}),
    ],
)
def test_what_fits(gigabytes: int, fits: dict[str, str]) -> None:
    mac = replace(this_machine(), chip="Apple M1 Max", gpu_cores=32, memory=gigabytes * 2**30)
    rows = {row.offer.name: row for row in model_rows(mac, here=lambda name: name == KLEIN)}
    assert {name: rows[name].fit for name in fits} == fits
    assert rows[KLEIN].here and not rows[TURBO].here
    # 45 % of 10.6 TFLOPS.
    assert rows[KLEIN].seconds["BALANCED"] == pytest.approx(
        BY_NAME[KLEIN].tflop("BALANCED") / 4.78, rel=0.01
    )
    words = [str(each) for each in row_words(rows[DEV])]
    assert "licence: FLUX.1 [dev] Non-Commercial License, not for commercial use" in words


def test_every_offer_is_of_a_family_and_says_its_modes() -> None:
    known = {each.name: each for each in families()}
    for offer in offers():
        assert offer.family in known
        assert set(offer.modes) >= {"ULTRA_FAST", "FAST", "BALANCED", "QUALITY"}
        assert ("edit" in known[offer.family].tasks) == offer.edits
    # The table is of models that make panels; those that let panels move are in docs/moving.md.
    drawing = [each for each in families() if each.tasks & {"draw", "edit"}]
    published = {each.published for each in drawing if each.published}
    assert published <= set(BY_NAME)


def test_numbers_are_those_that_are_counted() -> None:
    """Published: 4 and 6 billion parameters; docs/models.md has the same TFLOP."""
    small, turbo = klein_counter(klein()), zimage_counter(zimage())
    for name, counter, step, texts in (
        (KLEIN, small, small.transformer(1024, 1024), small.text_encoder()),
        (TURBO, turbo, turbo.transformer(1024, 1024, (64,)), turbo.text_encoder()),
    ):
        offer = BY_NAME[name]
        assert offer.step == pytest.approx(step / TERA, rel=0.001)
        once = texts + counter.decoder(1024, 1024)
        assert offer.once == pytest.approx(once / TERA, rel=0.005)
        drawing = counter.parameters("transformer") + counter.parameters("vae")
        assert offer.draws == pytest.approx(2 * drawing, rel=0.01)
    reading = small.parameters("text_encoder"), turbo.parameters("text_encoder")
    assert (BY_NAME[KLEIN].reads, BY_NAME[TURBO].reads) == pytest.approx(
        [2 * each for each in reading], rel=0.01
    )


def test_the_command_tells_the_same(terminal: Terminal) -> None:
    told = json.loads("\n".join(terminal("models", "--json")))
    assert [each["name"] for each in told["models"]] == list(BY_NAME)
    shown = "\n".join(terminal("models"))
    assert KLEIN in shown
    assert "e+" not in shown, "1.21e+03 is no way to write 1205"
