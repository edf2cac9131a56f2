"""Grammar: clauses, captions, who is somebody; its libraries wait until they are needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from storyboard.planning.planner import plan
from storyboard.story.grammar.english import _english, documents
from storyboard.story.grammar.english_clauses import english_clauses
from storyboard.story.grammar.nouns import kind_of
from storyboard.story.grammar.parse import parse_ahead, parse_english
from storyboard.story.grammar.participles import participle
from storyboard.story.grammar.russian_forms import form_of
from storyboard.values import bounds


def people(story: str) -> set[str]:
    return {each.name for each in plan(story, panels=2).characters}


def test_a_sentence_is_clauses_with_agents_objects_places_and_times() -> None:
    first, second = english_clauses(
        parse_english(
            "At noon the cook does not look up and gives a gold watch to Tom without a word."
        )
    )
    assert first.agent and (first.agent.noun, first.action, first.negated) == (
        "cook",
        "look up",
        True,
    )
    assert [(each.role, each.words) for each in first.phrases] == [("time", "At noon")]
    assert second.agent == first.agent
    assert not second.negated
    roles = {each.role: each.words for each in second.phrases}
    assert roles == {"object": "a gold watch", "recipient": "to Tom"}  # nobody sees no word


@pytest.mark.parametrize(
    ("sentence", "agent", "action", "passive"),
    [
        ("The letter was carried away by the wind.", "letter", "carry away", True),
        ("On the roof stands a guard.", "guard", "stand", False),
        ("There is a boy at the door.", "boy", "be", False),
        ("The snow melts.", "snow", "melt", False),
        ("A torch beam glides over paintings.", "beam", "glide", False),
        ("The girl begins to run.", "girl", "run", False),
    ],
)
def test_who_does_what(sentence: str, agent: str, action: str, passive: bool) -> None:
    (clause,) = english_clauses(parse_english(sentence))
    assert clause.agent
    assert (clause.agent.noun, clause.action, clause.passive) == (agent, action, passive)


@pytest.mark.parametrize(
    ("story", "prompt"),
    [
        ("A red light blinks above the door.", "a red light blinking above the door"),
        ("Anna does not look up.", "looking down"),
        ("The guards do not move.", "keeping still"),
        ("Tom turned the beggar away.", "sending away the beggar"),
        ("Mr. Hale, an old man, lays a gold watch down.", "laying a gold watch down"),
        ("She kicks the door open and runs onto the roof.", "kicking the door open"),
        ("Anna's hand trembles.", "her hand trembling"),
        ("The window was broken by a ball.", "the window broken by a ball"),
        ("Rows of empty desks.", "rows of empty desks"),
    ],
)
def test_a_caption_says_what_is_seen(story: str, prompt: str) -> None:
    assert plan(story, panels=1).shots[0].prompt_action.startswith(prompt)


@pytest.mark.parametrize(
    ("story", "cast"),
    [
        ("Dust covers the Earth. In October wind turns the pages on Baker Street.", set()),
        ("The pawnbroker waits. A goalkeeper yawns.", {"pawnbroker", "goalkeeper"}),
        ("Sandra, a truck driver, talks to a waitress.", {"Sandra", "waitress"}),
        ('"Mend my coat," said the fox. The fox sleeps.', {"fox"}),
        ("A fox sleeps in the snow.", set()),
        ("Путник вошёл в юрту. Жадный бай не дал ему хлеба.", {"путник", "бай"}),
        ("Ветер гонит листья. Пар поднимается.", set()),
        ("За рулём Марат. Он едет.", {"Марат"}),
    ],
)
def test_people_are_told_by_grammar_and_use(story: str, cast: set[str]) -> None:
    assert people(story) == cast


def test_whom_a_script_cues_is_never_furniture() -> None:
    planned = plan(
        "INT. DINER - NIGHT\n\nAt the table, SANDRA talks to a waitress.\n\nSANDRA\nCoffee.\n",
        panels=2,
    )
    assert planned.shots[0].characters[0] == "Sandra"
    assert planned.shots[1].characters[0] == "Sandra"
    assert [line.speaker for line in planned.shots[1].dialogue] == ["Sandra"]


def test_her_is_somebody_else_than_who_acts() -> None:
    shots = plan("Anna sits down. The waitress sits down opposite her.", panels=2).shots
    assert shots[1].characters == ("waitress", "Anna")
    shots = plan("Tom waits. Peter lights his pipe.", panels=2).shots
    assert shots[1].characters == ("Peter",)


def test_what_is_denied_is_not_done() -> None:
    assert "frightened" not in plan("Мать не испугалась.", panels=1).shots[0].prompt_action
    assert "opening" not in plan("Қыз хатты ашпады.", panels=1).shots[0].prompt_action


def test_rain_stays_outside() -> None:
    shots = plan("It rains on the field. Anna sits in the locker room.", panels=2).shots
    assert [each.time_of_day for each in shots] == ["rain", ""]
    assert shots[1].setting == "locker room"


def test_nouns_and_verbs() -> None:
    assert [kind_of(each) for each in ("pawnbroker", "car park", "wolf", "watch")] == [
        "person",
        "place",
        "animal",
        "",
    ]
    verbs = {"run": "running", "lie": "lying", "open": "opening", "write": "writing"}
    assert {each: participle(each) for each in verbs} == verbs
    assert form_of("путника").animate
    assert form_of("абракадабрик").kind == ""


def test_the_parsers_wait_until_a_story_is_planned_and_bring_no_torch() -> None:
    program = (
        "import sys\n"
        "from storyboard.cli import main\n"
        "from storyboard.planning.planner import plan\n"
        "assert not {'spacy', 'thinc', 'pymorphy3'} & set(sys.modules)\n"
        "plan('Anna waits.')\n"
        "assert 'spacy' in sys.modules and 'torch' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)


@pytest.mark.parametrize(
    ("word", "basic"),
    [
        *(("Wades", "wade"), ("rides", "ride"), ("stared", "stare"), ("hoping", "hope")),
        *(("sat", "sit"), ("passes", "pass"), ("running", "run"), ("goes", "go")),
    ],
)
def test_verbs_have_their_own_basic_form(word: str, basic: str) -> None:
    parse = parse_english(f"The man {word.lower()} beside the river.")
    assert next(each.lemma for each in parse.tokens if each.tag.startswith("VB")) == basic


@pytest.mark.parametrize(
    ("story", "cast"),
    [
        ("Night falls and the storm begins. Mira waits.", {"Mira"}),
        ("INT. HALL - DAY\n\nVERA KNOCKS. Tom SLAMS the door.", {"Vera", "Tom"}),
        ("Вера бежит по лесу. Потом Веру ждут дома.", {"Вера"}),
        ("Света ждёт на мосту.", {"Света"}),
        ("Роза упала на стол.", set()),
        ("В комнате много света. Света мало.", set()),
    ],
)
def test_nobody_is_lost_and_nobody_is_invented(story: str, cast: set[str]) -> None:
    assert people(story) == cast


def test_what_scripts_stress_by_capitals_is_read_as_what_it_is() -> None:
    planned = plan("INT. HALL - DAY\n\nTom SLAMS the DOOR behind him.", panels=1)
    assert planned.shots[0].prompt_action == "slamming the door behind him"


def test_what_is_no_language_and_what_is_beyond_a_film_is_not_parsed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for text in ("Xq zvor blint fwa grompf.", "B F A K E A D H C", "he runs " * 40, "Anna " * 90):
        assert not parse_english(text).tokens
    monkeypatch.setattr(bounds, "PARSED_WORDS", 9)
    story = [f"The {each} guards a gate." for each in ("knight", "page", "monk")]
    parse_ahead(story)
    assert [bool(parse_english(each).tokens) for each in story] == [True, False, False]
    parse_ahead(story[2:])
    assert parse_english(story[2]).tokens


def test_rules_for_parts_of_speech_find_the_same_when_they_are_asked_once_for_each_word() -> None:
    texts = [
        "Ain't he gonna go? I gotta see. Let's go. C'm on, y'all, there is nothin' in 'em.",
        "There's a man who can't, won't and shan't. She'd've gone, but that is the dog that ran.",
        "It is what it is  \n because he could; did you? I do. Any1 who has it gets it.",
        "The keeper climbs the stairs because the lamp that she loves is out. " * 3,
    ]
    ruler = _english().pipeline.get_pipe("attribute_ruler")
    for document in documents(texts):
        assert ruler.match(document) == type(ruler).match(ruler, document)
    known = ruler.match.known_kinds
    for document in documents(texts):
        assert document[0].pos_
    assert ruler.match.known_kinds == known


def test_a_crow_speaks_in_a_story_that_is_partly_no_language() -> None:
    planned = plan("The crow said hello to the fox. Lamp qzx wxq zqw pqx vbq xzq wqx.", panels=2)
    assert len(planned.shots) == 2
