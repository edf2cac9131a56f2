"""What a director reads of a story: classes of sentences that were once misread, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storyboard.planning.planner import plan
from storyboard.story.ages import ages
from storyboard.story.grammar.introductions import introduction

if TYPE_CHECKING:
    from storyboard.values.shot import Shot

_SCRIPT = """\
INT. TRUCK - NIGHT

At the sink, MERCER (30s), unshaven, helmet in his lap, studies a torn map. BO, 17, waits.

BO
Ready?

MERCER
Ready.
"""


def last(story: str, panels: int = 2) -> Shot:
    return plan(story, panels=panels).shots[-1]


@pytest.mark.parametrize(
    ("story", "prompt"),
    [
        ("Mia smiles as snow falls.", "smiling, snow falling"),
        ("As rain drums on the roof, Mia loads a gun.", "loading a gun, rain drumming on the roof"),
        ("Mia lets the door go and walks back.", "letting the door go and walking back"),
        ("Mia slept, and outside the moon rose.", "sleeping, the moon rising"),
        ("She had loved the bread and their morning walks.", "loving the bread"),
        ("The door opened and a man with a scar hobbled in.", "the door opening, hobbling"),
        ("The snowplough would not start.", "the snowplough"),
        ("Neither of them moves.", "keeping still"),
        ("Mia turns without looking at him.", "turning"),
        ("Mia pulls on her boots.", "pulling on her boots"),
        ("Fragments glitter in the hall.", "fragments glittering in the hall"),
        ("Идёт снег.", "snow falling"),
        ("Прошёл град.", "hail falling"),
        ("По реке идёт пароход.", "a boat moving along the river"),
        ("Двери закрываются.", "doors closing"),
        ("Лежат три щенка.", "puppies lying"),
        ("Над полем светит луна.", "the moon shining above the field"),
        ("Вера не отвечает.", "keeping silent"),
        ("Ай жарқырап тұр.", "the moon shining"),
    ],
)
def test_the_prompt_shows_what_is_seen(story: str, prompt: str) -> None:
    found = plan(story, panels=1).shots[0].prompt_action
    assert found.startswith(prompt)


@pytest.mark.parametrize(
    ("story", "people"),
    [
        ("Mia opens the cage. She sees how a bird flies out. A bird flies out.", ()),
        ("Mia waits. A man in a butcher's apron comes in.", ("man",)),
        ("When the visitors had left, Mia sat down.", ("Mia",)),
        ("Mia told Tom that the king slept.", ("Mia", "Tom")),
        ("Mia and Tom sit. Both of them look up.", ("Mia", "Tom")),
        ("Tom waits. Mia lifts the cups. She counts them.", ("Mia",)),
        ("A farmer meets his grandson. The boy laughs.", ("grandson",)),
        ("Narrator: “The road is quiet again.”", ()),
        ("Вера и Иван ждут. Вера кашляет, чтобы Иван не ушёл.", ("Вера",)),
    ],
)
def test_who_is_there(story: str, people: tuple[str, ...]) -> None:
    panels = story.count(".")
    assert set(last(story, panels).characters) == set(people)


@pytest.mark.parametrize(
    ("story", "place", "time"),
    [
        ("On the roof Mia stops. The city glitters below.", "rooftop", ""),
        ("In the street they drive as snow falls on the rooftops.", "city street", "snow"),
        ("The road to the school is clear.", "road", ""),
        ("It rains. The rain stops.", "", ""),
        ("Идёт снег. Утром снег прекращается.", "", "morning"),
        ("A car glides past a gas station.", "gas station", ""),
        ("At midnight, Detective Mia waits.", "", "night"),
    ],
)
def test_where_and_when(story: str, place: str, time: str) -> None:
    shot = last(story, story.count("."))
    assert (shot.setting, shot.time_of_day) == (place, time)


@pytest.mark.parametrize(
    ("story", "traits"),
    [
        ("Walter, a tuner with a stoop and a tweed cap, waits.", {"hat": "tweed cap"}),
        ("Mia waits. She is in her forties.", {"age": "in their 40s"}),
        ("Awa is fifty-eight and waits.", {"age": "58"}),
        ("A tall man in a raincoat waits.", {"build": "tall", "clothing": "raincoat"}),
        ("A tall man catches the door with his shoe.", {"build": "tall"}),
        ("An old farmer lifts his hat.", {"person": "old man"}),
        ("Mr. Pepper waits.", {"person": "man"}),
        ("Ждёт женщина лет тридцати.", {"age": "30"}),
        ("Арман есімді он жасар бала күтті.", {"age": "10"}),
    ],
)
def test_how_they_look(story: str, traits: dict[str, str]) -> None:
    found = dict(plan(story, panels=1).characters[0].traits)
    assert traits.items() <= found.items()
    assert "boots" not in found


def test_a_script_introduces_people_between_commas() -> None:
    planned = plan(_SCRIPT, panels=4)
    looks = {each.name: dict(each.traits) for each in planned.characters}
    assert looks["Mercer"]["facial_hair"] == "unshaven"
    assert looks["Bo"]["age"] == "17"
    assert planned.shots[0].prompt_action.startswith("studying a torn map")
    assert introduction("Anna, a nurse, waits.") is None


def test_two_who_talk_by_turns_need_no_names() -> None:
    story = "Tom meets Mia at the gate.\n\n“Where is it?” asks Tom.\n\n“I lost it.”\n\n"
    story += "“Where?”\n\n“There.”"
    lines = [line.speaker for shot in plan(story, panels=5).shots for line in shot.dialogue]
    assert lines == ["Tom", "Mia", "Tom", "Mia"]


def test_a_named_animal_that_acts_is_somebody() -> None:
    story = "A man has a cat named Button. Button jumps down. Then Button sleeps."
    looks = {each.name: dict(each.traits) for each in plan(story, panels=3).characters}
    assert looks["Button"]["person"] == "cat"
    assert "Rex" not in {each.name for each in plan("A dog named Rex barks.", panels=1).characters}


def test_no_number_is_an_age_without_saying_so() -> None:
    for text in ("He has ten apples.", "At six, she left the house.", "The train is 12 long."):
        assert not list(ages(text, "en"))
