"""Fountain read into elements, each sign of the standard at least once."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.story.scripts.fountain import (
    Element,
    is_cue,
    is_transition,
    looks_like_script,
    read_fountain,
)
from storyboard.story.scripts.headings import Heading, read_heading


def elements(text: str) -> list[Element]:
    return list(read_fountain(text).elements)


def test_every_sign_of_the_standard() -> None:
    text = (
        "Title:\n    _**The Lamp**_\nCredit: by\n\n# Act\n\n= What it is about.\n\n"
        "FADE IN:\n\nEXT. SEA - DAY #1-A#\n\nA *boat*\nsinks.\\* [[note\nof two lines]]\n\n"
        "!CUT TO:\n\n>Fade slowly\n\n> A TITLE <\n\n.THE DEEP\n\n@McAvoy (V.O.) ^\n(calm)\n"
        "Down.\n  \n_There_.\n\n~La la\n\n/* INT. GONE - DAY\n\nNo. */\n\n===\n\n... she swims."
    )
    found = read_fountain(text)
    assert found.title == "The Lamp"
    assert list(found.elements) == [
        Element(heading=Heading("exterior", "SEA - DAY", "1-A")),
        Element("A boat sinks.*", notes=("What it is about.", "note of two lines")),
        Element("CUT TO:"),
        Element("A TITLE"),
        Element(heading=Heading("", "THE DEEP")),
        Element("Down. There.", cue="McAvoy (V.O.)", manners=("calm",), dual=True),
        Element("La la", cue=""),
        Element("... she swims."),
    ]


def test_what_never_closes_is_text() -> None:
    (element,) = elements("Mira runs. [[ She\nwaves /* at Tom.")
    assert element.text == "Mira runs. [[ She waves /* at Tom."
    first, second = elements("Mira runs. [[ She\n\nwaves. ]]")
    assert (first.text, second.text) == ("Mira runs. [[ She", "waves. ]]")


@pytest.mark.parametrize(
    "line",
    ["CUT TO:", "SMASH CUT TO:", "FADE OUT.", "THE END", "ЗТМ", "ИЗ ЗТМ.", "ПЕРЕХОД НА:", "КОНЕЦ"],
)
def test_transitions(line: str) -> None:
    assert is_transition(line)
    assert not is_cue(line)


@pytest.mark.parametrize("line", ["IRIS", "MATCH", "TO BE", "КОНЕЦКИЙ", "He goes to:"])
def test_no_transitions(line: str) -> None:
    assert not is_transition(line)


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("INT. HOUSE - DAY", Heading("interior", "HOUSE - DAY")),
        ("I/E CAR", Heading("", "CAR")),
        ("EXT./INT. CAR", Heading("", "CAR")),
        ("INT-EXT. CAR", Heading("", "CAR")),
        ("3. НАТ. ПОЛЕ", Heading("exterior", "ПОЛЕ", "3")),
        ("ИНТЕРЬЕР. ДОМ", Heading("interior", "ДОМ")),
        ("ПОЛЕ - НАТ - ДЕНЬ", Heading("exterior", "ПОЛЕ - ДЕНЬ")),
        ("int. house - day", None),
        ("INT.", None),
        ("Extra. Extra.", None),
        ("INTERN. THE NEW ONE", None),
        ("INT. " + "A" * 300, None),
    ],
)
def test_headings_in_capital_letters_need_nothing_around(
    line: str, heading: Heading | None
) -> None:
    assert read_heading(line) == heading


def test_small_letters_need_empty_lines_around() -> None:
    assert elements("int. house - day\n\nRain.")[0].heading == Heading("interior", "house - day")
    assert elements("Rain.\nint. house\nRain.") == [Element("Rain. int. house Rain.")]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("INT Kitchen - Day\n\nRain.", ["interior Kitchen - Day"]),
        ("int kitchen\n\nRain.", ["interior kitchen"]),
        ("ext pier #23A#\n\nRain.", ["exterior pier 23A"]),
        (".1984\n\nRain.", [" 1984"]),
        ("12A INT. HALL - DAY 12A\n\nRain.", ["interior HALL - DAY 12A"]),
        ("INT. HALL - DAY        12A\n\nRain.", ["interior HALL - DAY 12A"]),
        ("INT. ROOM 12\n\nRain.\n\n13 OMITTED 13\n\nOMITTED", ["interior ROOM 12"]),
        ("INT. " + "HALL " * 40 + "- DAY\n\nRain.", ["interior " + "HALL " * 40 + "- DAY"]),
        ("Interior design is hers.\n\nRain.", []),
    ],
)
def test_headings_as_people_write_them(text: str, headings: list[str]) -> None:
    found = elements(text)
    heads = [each.heading for each in found if each.heading]
    assert [f"{each.side} {each.words} {each.number}".rstrip() for each in heads] == headings
    assert found[-1].text == "Rain."


def test_remarks_within_a_speech_do_not_end_it() -> None:
    text = "MIRA\nStay.\n/* Or:\n\nGo. */\n[[She means\nit.]]\n(softly)\nHere.\n\nShe nods."
    assert elements(text) == [
        Element("Stay. Here.", cue="MIRA", notes=("She means it.",), manners=("softly",)),
        Element("She nods."),
    ]


def test_the_head_of_a_sequence_is_a_note_and_its_letters_are_none_of_the_action() -> None:
    text = "MONTAGE - THE CHASE\n\nA) He runs.\n\nEND OF MONTAGE\n\nINTERCUT - HALL / PIER\n\nRain."
    assert elements(text) == [
        Element("He runs.", notes=("MONTAGE - THE CHASE",)),
        Element("Rain.", notes=("INTERCUT - HALL / PIER",)),
    ]


def test_a_title_page_may_begin_with_any_key() -> None:
    found = read_fountain("Studio: Night\nTitle:\n    The Lamp\n\nRain.")
    assert (found.title, list(found.elements)) == ("The Lamp", [Element("Rain.")])
    assert [each.text for each in elements("Super: 1943\n\nRain.")] == ["Super: 1943", "Rain."]


def test_what_looks_like_a_script() -> None:
    assert looks_like_script("INT. A - DAY")
    assert looks_like_script("Title: A\n\nMIRA\nNo.")
    assert looks_like_script(".LOFT\n\nMIRA\nNo.")
    assert looks_like_script("MIRA\nNo.\n\nTOM\nYes.\n\nMIRA\nNo.")
    assert not looks_like_script("[[INT. A - DAY]] She runs.")
    assert not looks_like_script("PART ONE\nNo.\n\nPART TWO\nYes.\n\nPART THREE\nNo.")


@given(st.text(alphabet=st.sampled_from("AИa1 .\n[]/*()@!>~=#_-:^\\"), max_size=120))
def test_no_text_crashes_the_reader(text: str) -> None:
    for element in elements(text):
        assert element.heading is not None or element.text.strip()
        assert "\n" not in element.text
    looks_like_script(text)


@settings(max_examples=20, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("Aa .\n[]/*()@!>~=#_-:\\"), min_size=1, max_size=4),
    st.text(alphabet=st.sampled_from("Aa .\n[]/*()@!>~=#_-:\\"), max_size=4),
)
def test_no_repetition_keeps_the_reader_busy(piece: str, end: str) -> None:
    started = time.process_time()
    elements(piece * (30_000 // len(piece)) + end)
    assert time.process_time() - started < 20  # no measurement: a quadratic one takes minutes
