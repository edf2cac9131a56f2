"""Film scripts through the whole planner: places, times, speakers, people, pictures."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.errors import InputError
from storyboard.planning.planner import Plan, plan
from storyboard.story.scripts.excerpt import excerpt
from storyboard.story.scripts.manuscript import read_manuscript
from storyboard.values.character import Character

ENGLISH = """\
Title: The _Last_ Lamp
Author: N. Author

# ACT ONE

= A synopsis with a zebra.

FADE IN:

EXT. BEACH - NIGHT

Rain. MIRA (30), a woman with long red hair in a yellow coat, walks along the shore.
[[Note: a crocodile?]] Far away a BELL rings.

CUT TO:

INT. LIGHTHOUSE - KITCHEN - CONTINUOUS #2#

OLD TOM, a man with a grey beard, sits by the stove. Mira opens the door.

MIRA
(waving a sword)
The lamp is *dead*!
A penguin ate it.

/* A scene that was cut.

INT. CELLAR - DAY

A dragon eats the boat.
*/

OLD TOM (CONT'D)
I know.

NARRATOR (V.O.)
And so they climbed a mountain.

===

.LAMP ROOM - DAWN

Tom lights the lamp. Mira smiles.

> THE END <
"""
RUSSIAN = """\
Название: Маяк

НАТ. ПЛЯЖ - ДЕНЬ

МИРА (30 лет), женщина в жёлтом пальто, бежит по песку. Вдали слышен КОЛОКОЛ.

ИНТ. МАЯК. КУХНЯ - НОЧЬ

Старик с седой бородой сидит у печи. Мира открывает дверь.

МИРА
(шёпотом)
Корабль утонул!

СТАРИК
Я знаю, Мира. Собака убежала в лес.

ДИКТОР (З.К.)
Так всё и началось.

ПЕРЕХОД НА:

ЛЕС. ЭКСТ. УТРО

Мира и старик идут между деревьями.
"""


def lines(planned: Plan) -> list[tuple[str, str]]:
    return [(line.speaker, line.text) for shot in planned.shots for line in shot.dialogue]


def scenes(planned: Plan) -> list[tuple[int, str, str]]:
    return list(dict.fromkeys((s.scene, s.setting, s.time_of_day) for s in planned.shots))


@pytest.mark.parametrize("panels", [3, 6, 8, 20])
def test_an_english_script(panels: int) -> None:
    planned = plan(ENGLISH, panels=panels, seed=1)
    assert (planned.title, planned.language, len(planned.shots)) == ("The Last Lamp", "en", panels)
    assert scenes(planned) == [
        (1, "beach", "night, rain"),
        (2, "kitchen, lighthouse", "night"),
        (3, "lamp room", "dawn"),
    ]
    assert lines(planned) == [
        ("Mira", "The lamp is dead! A penguin ate it."),
        ("Old Tom", "I know."),
        ("Narrator", "And so they climbed a mountain."),
    ]
    assert [(each.name, dict(each.traits)) for each in planned.characters] == [
        (
            "Mira",
            {"person": "woman", "age": "30", "hair": "long red hair", "clothing": "yellow coat"},
        ),
        ("Old Tom", {"person": "man", "facial_hair": "grey beard"}),
    ]


def test_what_is_for_the_author_or_the_ear_becomes_no_picture() -> None:
    pictures = " ".join(
        f"{shot.action} {shot.prompt_action} {shot.setting}"
        for shot in plan(ENGLISH, panels=12, seed=1).shots
    ).casefold()
    for word in ("zebra", "crocodile", "dragon", "cellar", "act one", "author", "fade", "cut to"):
        assert word not in pictures
    for word in ("sword", "penguin", "mountain", "the end", "[[", "*", "=", "int.", "ext."):
        assert word not in pictures
    assert "walking along the shore" in pictures
    assert "lighting the lamp" in pictures


def test_a_russian_script() -> None:
    planned = plan(RUSSIAN, panels=8, seed=1)
    assert (planned.title, planned.language, len(planned.shots)) == ("Маяк", "ru", 8)
    assert scenes(planned) == [
        (1, "beach", "day"),
        (2, "kitchen, lighthouse", "night"),
        (3, "forest", "morning"),
    ]
    assert lines(planned) == [
        ("Мира", "Корабль утонул!"),
        ("Старик", "Я знаю, Мира. Собака убежала в лес."),
        ("Диктор", "Так всё и началось."),
    ]
    looks = {each.name: dict(each.traits) for each in planned.characters}
    assert looks == {
        "Мира": {"person": "woman", "age": "30", "clothing": "yellow coat"},
        "Старик": {"person": "old man", "facial_hair": "white beard"},
    }
    pictures = " ".join(shot.prompt_action for shot in planned.shots)
    assert "ship" not in pictures
    assert "dog" not in pictures
    assert planned.shots[-1].characters == ("Мира", "Старик")


def test_a_kazakh_script() -> None:
    script = (
        "ИНТ. МЕКТЕП - ТҮН\n\nАЙГҮЛ терезеге қарайды.\n\nАЙГҮЛ\nКім бар?\n\n"
        "НАТ. ДАЛА - КҮНДІЗ\n\nАйгүл атпен шауып келеді."
    )
    planned = plan(script, panels=3, seed=1)
    assert planned.language == "kk"
    assert scenes(planned) == [(1, "school classroom", "night"), (2, "steppe", "day")]
    assert lines(planned) == [("Айгүл", "Кім бар?")]


@pytest.mark.parametrize(
    ("heading", "setting", "time"),
    [
        ("INT. KITCHEN - NIGHT", "kitchen", "night"),
        ("EXT. KITCHEN - MORNING", "kitchen exterior", "morning"),
        ("12A. INT./EXT. CAR - SUNSET", "car", "sunset"),
        ("INT. MARA'S SMALL KITCHEN, DAY", "small kitchen", "day"),
        ("INT. DR. WARD'S LABORATORY - DAY 2", "laboratory interior", "day"),
        ("EXT. HOSPITAL - ROOFTOP - NIGHT (1985)", "rooftop, hospital", "night"),
        ("EST. CITY STREET - FOG", "city street", "fog"),
        ("ИНТ. КУХНЯ - НОЧЬ", "kitchen", "night"),
        ("ЭКСТ. ЗАМОК. РАССВЕТ", "castle exterior", "dawn"),
        ("НАТ. БАЗАР – ВЕЧЕР", "market", "evening"),
        ("КУХНЯ. ИНТ. НОЧЬ", "kitchen", "night"),
        ("INT. KITCHEN - НОЧЬ", "kitchen", "night"),
        ("ИНТ. ЩЫЪ - ДЕНЬ", "interior", "day"),
    ],
)
def test_headings(heading: str, setting: str, time: str) -> None:
    action = "Мира ждёт." if re.search("[А-Я]", heading) else "Mira waits."
    (shot,) = plan(f"{heading}\n\n{action}", panels=1).shots
    assert (shot.setting, shot.time_of_day, shot.action) == (setting, time, action)


def test_every_heading_is_a_scene_even_of_the_same_place_and_without_action() -> None:
    script = "INT. KITCHEN - DAY\n\nMira eats.\n\nINT. KITCHEN - DAY\n\nEXT. HOUSE - LATER\n\nTom."
    planned = plan(script, panels=3)
    assert [(s.scene, s.setting) for s in planned.shots] == [
        (1, "kitchen"),
        (2, "kitchen"),
        (3, "house exterior"),
    ]
    assert [shot.time_of_day for shot in planned.shots] == ["day"] * 3


def test_a_scene_is_given_up_only_where_panels_are_wanting() -> None:
    long = "Mira runs, jumps and climbs the old stairs of the lighthouse with Tom. " * 30
    script = (
        f"INT. KITCHEN - DAY\n\nTom.\n\nEXT. BEACH - DAY\n\n{long}\n\nINT. ROOM - NIGHT\n\nTom."
    )
    assert [scene for scene, _, _ in scenes(plan(script, panels=4))] == [1, 2, 3]
    assert len(plan(script, panels=2).shots) == 2


def test_a_script_without_empty_lines_and_one_without_headings() -> None:
    pasted = "INT. KITCHEN - NIGHT\nMira eats.\nMIRA\n(cold)\nA whale!\nShe runs.\nTOM\nNo.\n"
    planned = plan(pasted, panels=4)
    assert lines(planned) == [("Mira", "A whale!"), ("Tom", "No.")]
    cues = "MIRA\nWho is there?\n\nTOM\nIt is me.\n\nMIRA\nCome in.\n\nTom opens the door."
    assert [speaker for speaker, _ in lines(plan(cues, panels=4))] == ["Mira", "Tom", "Mira"]


def test_who_is_only_heard_is_not_seen_and_stressed_words_are_no_names() -> None:
    script = (
        "INT. CAVE - NIGHT\n\nA BANG. Mira hears the DRAGON. JOHN waves.\n\nMIRA (O.S.)\nJohn!\n\n"
        "MIRA AND JOHN\nRun!\n\nJOHN\nYes.\n\nVOICE OF FATE\nNo.\n\n"
        "EXT. SEA - DAY\n\nJOHN\nFree."
    )
    planned = plan(script, panels=8, seed=2)
    assert {each.name for each in planned.characters} == {"Mira", "John"}
    said = {line.text: shot.characters for shot in planned.shots for line in shot.dialogue}
    assert said["John!"] == ("John",)
    assert set(said["Run!"]) == {"Mira", "John"}
    assert said["Free."] == ("John",)  # nobody follows him into the next scene


def test_stress_ages_lists_and_them() -> None:
    script = (
        "INT. ROOM - DAY\n\nTom sleeps. VERA (9) KNOCKS on the door.\n\nTOM\nYes?\n\n"
        "EXT. FOREST - LATER\n\nVera and ANNA (a nurse, mid 40s) run.\n\nMONTAGE - THE NIGHT\n\n"
        "-- They hide in a tree.\n\nEND MONTAGE"
    )
    planned = plan(script, panels=5, seed=1)
    looks = {each.name: dict(each.traits) for each in planned.characters}
    assert looks["Vera"] == {"person": "girl", "age": "9"}
    assert looks["Anna"]["age"] == "in their mid 40s"
    assert "knocking on the door" in [shot.prompt_action for shot in planned.shots]
    last = planned.shots[-1]
    assert (last.action, last.setting) == ("They hide in a tree.", "forest")
    assert set(last.characters) == {"Vera", "Anna"}  # Tom is in another scene


def test_the_users_characters_keep_their_names_and_looks() -> None:
    mira = Character("Mira Stone", (("hair", "black hair"),), ("a.png",))
    planned = plan(ENGLISH, panels=6, characters=(mira,))
    named = {each.name: each for each in planned.characters}
    assert dict(named["Mira Stone"].traits)["hair"] == "black hair"
    assert named["Mira Stone"].references == ("a.png",)
    assert "Mira" not in named
    assert lines(planned)[0][0] == "Mira Stone"


@pytest.mark.parametrize("name", ["of the notes", "of a title page"])
def test_a_script_of_nothing_is_refused_in_a_line(name: str) -> None:
    text = "[[INT. KITCHEN]]\n/* Mira runs. */" if "notes" in name else "Title: A\nAuthor: B\n"
    with pytest.raises(InputError, match="neither a scene nor a line") as found:
        plan(text, script=True)
    assert "\n" not in str(found.value)


def test_a_megabyte_is_refused_in_a_line() -> None:
    with pytest.raises(InputError, match="at most 500,000") as found:
        plan("INT. KITCHEN - NIGHT\n\nMira runs.\n\n" * 30_000)
    assert "\n" not in str(found.value)


def test_prose_stays_prose() -> None:
    for prose in (
        "CHAPTER ONE\nIt was night.\n\nCHAPTER TWO\nIt was day.\n\nCHAPTER THREE\nMira ran.",
        "He dialled ext. 204. INT. was written on the door.",
        "THE KEEPER\n\nMira lit the lamp. BANG!\nShe ran.",
        "INTERIOR DESIGN\n\nMira paints a room.",
    ):
        assert plan(prose, panels=3) == plan(prose, panels=3, script=False)


_WORDS = ("whale", "sword", "castle", "dragon", "rocket", "zebra")
_SPOKEN = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(
    lambda words: f"I saw a {' and a '.join(words)}!"
)
_PIECES = st.one_of(
    st.tuples(st.sampled_from(["MIRA", "TOM (V.O.)", "OLD MAN", "@mcCoy", "МИРА ^"]), _SPOKEN).map(
        "\n(quietly)\n".join
    ),
    st.sampled_from(
        ["INT. KITCHEN - NIGHT", "EXT. BEACH - DAY", "НАТ. ПЛЯЖ - ДЕНЬ", ".THE LOFT", "CUT TO:"]
    ),
    st.sampled_from(["Mira opens the door.", "Tom runs.", "[[a note]]", "/* gone */", "==="]),
)


@settings(max_examples=60)
@given(pieces=st.lists(_PIECES, min_size=1, max_size=12), panels=st.integers(1, 12))
def test_speech_is_whole_and_never_enters_a_picture(pieces: list[str], panels: int) -> None:
    script = "INT. ROOM - DAY\n\n" + "\n\n".join(pieces)
    planned = plan(script, panels=panels, seed=3)
    spoken = [each.rpartition("\n")[2] for each in pieces if "\n" in each]
    assert [text for _, text in lines(planned)] == spoken
    for shot in planned.shots:
        pictured = f"{shot.action} {shot.prompt_action} {shot.setting}"
        assert not any(word in pictured for word in (*_WORDS, "quietly", "note", "gone"))
    assert plan(script, panels=panels, seed=3) == planned


@pytest.mark.parametrize("text", ["INT. (x)", "INT. (КУХНЯ)\n\nEXT. (y) -", ". a", ".a", "@a\n1"])
def test_hardly_a_script_has_its_pictures_nevertheless(text: str) -> None:
    assert [bool(shot.action) for shot in plan(text, panels=2, script=True).shots] == [True, True]


_MARKS = ("\n\n", "\n", "[[", "]]", "/*", "*/", "INT. ", "ИНТ. ", "(", ")", "MIRA\n", "@", ">", ".")


@settings(max_examples=100)
@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(st.one_of(st.sampled_from(_MARKS), st.text(max_size=6)), max_size=30).map("".join),
    )
)
def test_any_text_as_a_script_is_planned_or_refused_in_a_line(text: str) -> None:
    try:
        assert len(plan(text, panels=4, script=True).shots) == 4
    except InputError as error:
        assert "\n" not in str(error)


def test_an_exact_cue_beats_a_part_and_is_nobody_elses_thing() -> None:
    found = plan(
        "INT. HALL - DAY\n\nSandra talks to TOM GRAY (40).\n\nTOM\nHello.\n\nThe BEAR dances.\n\n"
        "BEAR\nOh.\n\nOLD TOM (80) comes in.\n\nOLD TOM\nTom?\n\nOld Tom laughs.\n\n"
        "Tom Gray leaves.\n\nROBERT runs.",
        panels=9,
    )
    ages = {each.name: dict(each.traits).get("age") for each in found.characters}
    assert ages == {"Sandra": None, "Tom": "40", "Bear": None, "Old Tom": "80", "Robert": None}
    seen = [each.characters for each in found.shots if not each.dialogue]
    names = [("Sandra", "Tom"), ("Bear",), ("Old Tom",), ("Old Tom",), ("Tom",), ("Robert",)]
    assert seen == names


_NUMBERED = "".join(
    f"INT. ROOM - DAY #{each}#\n\nMira opens a door. She runs. Tom waves.\n\n"
    for each in ("1", "2", "2A", "3", "3A")
)


def test_an_excerpt_keeps_its_numbers_and_its_title() -> None:
    text = "Title: The Lamp\n\nFADE IN:\n\n" + _NUMBERED.replace("A door", "A [[n]] door")
    part = excerpt(text, "2-3,3a", "a")
    found = plan(part, a_scene=2)
    assert found.title == "The Lamp"
    labels = [shot.scene_label for shot in found.shots]
    assert labels == [each for each in ("2", "2A", "3", "3A") for _ in range(2)]
    counted = excerpt("INT. A - DAY\n\nRain.\n\nint. b - day\n\nSnow.\n", "2", "a")
    assert [each.scene_label for each in plan(counted, panels=1).shots] == ["2"]
    for wrong in ("7", "3-2", "x"):
        with pytest.raises(InputError, match="names no scenes of a: it has 1 to 3A"):
            excerpt(_NUMBERED, wrong, "a")


def test_letters_are_counted_and_a_board_has_600_panels() -> None:
    assert read_manuscript("Мира бежит по берегу. " * 3000).paragraphs  # 120,000 bytes
    assert len(plan("Mira runs. " * 700, panels=600).shots) == 600
