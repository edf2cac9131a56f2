"""Which LoRAs draw a panel: what people write, and who goes before whom."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import LORA_WEIGHTS
from storyboard.errors import InputError
from storyboard.techniques.lora import LoraWish, parse_lora, parse_loras
from storyboard.values.character import Character
from storyboard.values.panel_loras import framed_weight, loras_of_panel
from storyboard.values.shot import Shot, ShotSize
from tests import boards

SHOT = Shot(1, 1, ShotSize.CLOSE_UP, "Mira smiles.", "smiling", characters=("Mira",))
MIRA = Character("Mira", loras=(LoraWish("mira.safetensors", words="mrachar"),))


@given(boards.wishes)
def test_a_wish_comes_back_from_its_text(wish: LoraWish) -> None:
    assert parse_lora(wish.text) == wish


@given(st.text(max_size=60))
def test_any_text_is_a_wish_or_one_line(text: str) -> None:
    try:
        parse_loras(text)
    except InputError as error:
        assert len(str(error).splitlines()) == 1


@pytest.mark.parametrize(
    "text",
    ["", "a:9", "a:-5", "a blocks=down:x", "a blocks=1:1", "a blocks=:1", "\n".join("a" * 17)],
)
def test_what_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_loras(text) if "\n" in text else parse_lora(text)


def test_a_weight_follows_the_framing_unless_it_is_given() -> None:
    portrait, figure = framed_weight(ShotSize.CLOSE_UP, 1), framed_weight(ShotSize.WIDE, 1)
    assert 0.7 <= portrait <= 0.9 and 0.6 <= figure <= 0.8 and portrait > figure
    assert 0.5 <= framed_weight(ShotSize.CLOSE_UP, 3) <= 0.7
    assert set(map(str, ShotSize)) <= set(LORA_WEIGHTS)
    wide = replace(SHOT, size=ShotSize.WIDE)
    assert [each.weight for each in loras_of_panel((), [MIRA], SHOT)] == [portrait]
    assert [each.weight for each in loras_of_panel((), [MIRA], wide)] == [figure]
    given_ = replace(MIRA, loras=(replace(MIRA.loras[0], weight=0.3),))
    assert {loras_of_panel((), [given_], each)[0].weight for each in (SHOT, wide)} == {0.3}


def test_the_nearer_wish_goes_before_and_nothing_leaves_one_out() -> None:
    style = parse_loras("style.safetensors:0.5\nmira.safetensors:0.2")
    found = loras_of_panel(style, [MIRA], SHOT)
    assert [each.source for each in found] == ["style.safetensors", "mira.safetensors"]
    assert found[1].weight == framed_weight(ShotSize.CLOSE_UP, 1)
    own = replace(SHOT, loras=(LoraWish("mira.safetensors", 0.4),))
    assert loras_of_panel(style, [MIRA], own)[1] == LoraWish("mira.safetensors", 0.4, "mrachar")
    without = replace(SHOT, loras=(LoraWish("mira.safetensors", 0),))
    assert len(loras_of_panel(style, [MIRA], without)) == 1
    empty = replace(SHOT, characters=("Tom",))
    assert loras_of_panel((), [MIRA], empty) == ()
