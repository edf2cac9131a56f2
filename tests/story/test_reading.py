"""Languages, sentences, the lexicon, people and their looks."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from storyboard.planning.planner import plan
from storyboard.story.language import LANGUAGES, detect_language
from storyboard.story.lexicon import lexicon
from storyboard.story.scripts.manuscript import read_manuscript
from storyboard.story.sentences import read_sentences
from storyboard.values.shot import CameraAngle, CameraMove, ShotSize


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Anna waits.", "en"),
        ("12 boats", "en"),
        ("Он ждёт.", "ru"),
        ("Үй", "kk"),
        ("Ол үйге келді", "kk"),
        ("Ит", "ru"),
        ("Девушка по имени Айгүл шла по широкой степи и пела старую песню о море.", "ru"),
        ("Бала тауға барды, сонда бір ат пен ит тұр екен, олар далада жүр.", "kk"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language


@given(text=st.text(max_size=60))
def test_language_of_anything(text: str) -> None:
    assert detect_language(text) in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_maps_to_values_that_exist(language: str) -> None:
    words = lexicon(language)
    kinds = {"sizes": ShotSize, "angles": CameraAngle, "moves": CameraMove}
    found = {kind: set[str]() for kind in kinds}
    for entries in words._index.values():
        for entry in entries:
            if entry.kind in kinds:
                found[entry.kind].add(entry.value)
    for kind, enum in kinds.items():
        assert found[kind] <= set(enum)


def test_languages_share_the_starters_places_and_props() -> None:
    places = "beach forest mountains room desert sea village field cave".split()
    props = "boat car lighthouse house dog horse tree fire door table yurt letter".split()
    for language in LANGUAGES:
        values = {
            (entry.kind, entry.value)
            for entries in lexicon(language)._index.values()
            for entry in entries
        }
        assert {("places", each) for each in [*places, "city street"]} <= values
        assert {("props", each) for each in props} <= values
        assert {("times", each) for each in ("day", "night", "sunset", "rain")} <= values


@pytest.mark.parametrize(
    ("language", "text", "kind", "values"),
    [
        ("en", "They search the season for a seat", "places", []),
        ("en", "The lighthouse keeper and the village girl", "props", []),
        ("en", "The village girl laughed", "places", []),
        ("en", "A walk in the woods", "actions", []),
        ("en", "There was no boat without a dog", "props", []),
        ("en", "The rain comes", "actions", []),
        ("en", "Good night, he said one day", "times", []),
        ("en", "She walks by the sea", "places", ["beach"]),
        ("en", "dogs, boxes and houses", "props", ["dog", "box", "house"]),
        ("ru", "мороз, морковь и лестница", "places", []),
        ("ru", "на берегу моря в лодке", "props", ["boat"]),
        ("ru", "на берегу моря в лодке", "places", ["beach"]),
        ("ru", "сто лет на стол", "actions", []),
        ("ru", "Пошёл дождь", "actions", []),
        ("ru", "собаками, собаку, собака", "props", ["dog", "dog", "dog"]),
        ("kk", "таулардан, тауда, тауға", "places", ["mountains"] * 3),
        ("kk", "тауық пен теңге", "places", []),
        ("kk", "аттар мен атқа", "props", ["horse"]),
    ],
)
def test_lexicon_matches_words_not_letters(
    language: str, text: str, kind: str, values: list[str]
) -> None:
    assert [hit.value for hit in lexicon(language).read(text).of(kind)] == values


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text(alphabet="аеәғқбмт abs'- .", max_size=60))
def test_hits_lie_inside_the_text_and_do_not_overlap(language: str, text: str) -> None:
    reading = lexicon(language).read(text)
    for kind in {hit.kind for hit in reading.hits}:
        last = -1
        for hit in reading.of(kind):
            assert last < hit.first <= hit.last < len(reading.words)
            last = hit.last


def test_canonical_words_are_plain_english() -> None:
    for language in LANGUAGES:
        for entries in lexicon(language)._index.values():
            for entry in entries:
                assert entry.value.isascii()
                assert entry.value == entry.value.strip().lower()


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("en", "Mr. Smith left at 5 p.m. It rained.", 2),
        ("ru", "Анна шла по ул. Мира. Было темно…", 2),
        ("kk", "Айгүл тауға шықты. Олар үйге қайтты.", 2),
        ("en", "A line\nthat was wrapped. And another one.", 2),
    ],
)
def test_sentences(language: str, text: str, sentences: int) -> None:
    assert len(read_sentences(read_manuscript(text), lexicon(language))) == sentences


def test_title_is_the_heading_or_the_first_words() -> None:
    assert read_manuscript("The Keeper\n\nAnna waits.").title == "The Keeper"
    assert read_manuscript("# The Keeper\nAnna waits.").title == "The Keeper"
    assert read_manuscript("Anna waits.\n\nTom runs.").title == "Anna waits"
    assert read_manuscript("The Keeper").paragraphs == ("The Keeper",)


_PEOPLE: list[tuple[str, dict[str, dict[str, str]]]] = [
    (
        "A red-haired girl in a yellow coat and a blue cap ran. "
        "A man with a grey beard and round glasses wore a black hat.",
        {
            "girl": {"hair": "red hair", "clothing": "yellow coat", "hat": "blue cap"},
            "man": {"facial_hair": "grey beard", "glasses": "round glasses", "hat": "black hat"},
        },
    ),
    (
        "Mara, a lighthouse keeper, waits. The keeper waves. She smiles.",
        {"Mara": {"person": "woman", "role": "lighthouse keeper"}},
    ),
    ("Captain Ahab runs. Ahab shouts.", {"Ahab": {"person": "man", "role": "captain"}}),
    ("A dog named Rex sleeps. Rex runs to Tom.", {"Tom": {"person": "man"}}),
    ("In Paris, Zelda laughed. Zelda loves Paris.", {"Zelda": {}}),
    ("A coat hung on the door. Lena saw it.", {"Lena": {"person": "woman"}}),
    ("Suddenly it rained. Nobody came.", {}),
    ("I walk along the beach. The sea calls me.", {"Narrator": {}}),
    (
        "Рыжая девочка в жёлтом пальто бежала. Старик с седой бородой сидел. Она махала старику.",
        {
            "девочка": {"person": "girl", "hair": "red hair", "clothing": "yellow coat"},
            "старик": {"person": "old man", "facial_hair": "white beard"},
        },
    ),
    ("Анна шла. Мальчик звал Анну. Анне стало грустно.", {"Анна": {}, "мальчик": {}}),
    (
        "Сары шапан киген қызыл шашты қыз жүгірді.",
        {"қыз": {"person": "girl", "hair": "red hair", "clothing": "yellow coat"}},
    ),
]


@pytest.mark.parametrize(("story", "people"), _PEOPLE)
def test_people_and_their_looks(story: str, people: dict[str, dict[str, str]]) -> None:
    found = {each.name: dict(each.traits) for each in plan(story, panels=3).characters}
    assert list(found) == list(people)
    for name, traits in people.items():
        assert traits.items() <= found[name].items()


def test_pronouns_carry_the_last_person() -> None:
    shots = plan(
        "Anna walks in the park. Tom runs. He falls. She laughs. They sit.", panels=5
    ).shots
    assert [shot.characters for shot in shots] == [
        ("Anna",),
        ("Tom",),
        ("Tom",),
        ("Anna",),
        ("Anna", "Tom"),
    ]


@pytest.mark.parametrize(
    ("story", "prompt"),
    [
        ("Then Anna walked to the old door.", "walking to the old door"),
        ("At night the girl sleeps in a tent.", "sleeping in a tent"),
        ("Anna gives the letter to Tom.", "giving the letter to the man"),
        ("She was reading a book.", "reading a book"),
        ("When the storm began, Tom hid in the boat.", "hiding in the boat"),
        ("Élodie café — naïve!", "elodie cafe, naive"),
        ("Привет", "an empty scene"),
        ("Мальчик держит письмо.", "holding a letter"),
        ("Бала хат оқыды.", "reading a letter"),
        ("Старый маяк у дороги.", "an old lighthouse"),
    ],
)
def test_prompt_action(story: str, prompt: str) -> None:
    assert plan(story, panels=1).shots[0].prompt_action == prompt


def test_setting_is_where_people_are_not_what_they_look_at() -> None:
    story = "Anna stood in a small village. She looked at the sea. She came from the city."
    assert {shot.setting for shot in plan(story, panels=3).shots} == {"small village"}


def test_lexicon_files_are_plain_yaml_lists() -> None:
    # A word that YAML could read as something else ("no", "on") must arrive as a word.
    assert "no" in lexicon("en").lists["negation"]
    assert yaml.safe_load("[no]") == [False]
