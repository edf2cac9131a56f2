from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.planning.planner import plan
from storyboard.story.dialogue import MARK, take_dialogue
from storyboard.story.lexicon import lexicon


@pytest.mark.parametrize(
    ("language", "paragraph", "quotes"),
    [
        ("en", '"Come here," said Anna. "It is late."', ("Come here,", "It is late.")),
        ("en", "“No!” Tom shouted.", ("No!",)),
        ("en", "'I am here,' Tom whispered.", ("I am here,",)),
        ("en", "'It's Tom's house,' said Anna's brother.", ("It's Tom's house,",)),
        ("en", 'He said "no" and left.', ("no",)),
        ("en", 'The boat "Aurora" lay there.', ()),
        ("en", 'He is 6" tall.', ()),
        ("en", '"A speech that never closes.', ("A speech that never closes.",)),
        ("ru", "— Пойдём домой, — сказала она. — Скоро ночь.", ("Пойдём домой,", "Скоро ночь.")),
        ("ru", "«Да», — ответил Пётр.", ("Да",)),
        ("ru", "«Да, — ответил Пётр. — Иду».", ("Да,", "Иду")),
        ("ru", "Мама сказала: — Иди сюда!", ("Иди сюда!",)),
        ("ru", "Корабль «Аврора» стоял в порту.", ()),
        ("kk", "«Кел мұнда!» — деді ол.", ("Кел мұнда!",)),
        ("kk", "— Қайда барасың? — деп сұрады әжесі.", ("Қайда барасың?",)),
    ],
)
def test_speech_is_taken_out(language: str, paragraph: str, quotes: tuple[str, ...]) -> None:
    spoken = take_dialogue(paragraph, lexicon(language))
    assert spoken.quotes == quotes
    assert spoken.narration.count(MARK) == len(quotes)


@given(text=st.text(alphabet="ab АБ.,!?\"“”«»'—- :", max_size=80))
def test_no_letter_is_lost(text: str) -> None:
    spoken = take_dialogue(text, lexicon("ru"))
    assert spoken.narration.count(MARK) == len(spoken.quotes)
    quotes = iter(spoken.quotes)
    whole = "".join(next(quotes) if each == MARK else each for each in spoken.narration)
    assert [each for each in whole if each.isalpha()] == [each for each in text if each.isalpha()]


@pytest.mark.parametrize(
    ("story", "lines"),
    [
        ('Anna met Tom. "Hello," said Tom to Anna.', [("Tom", "Hello")]),
        ('Anna turned. "Come here."', [("Anna", "Come here.")]),
        ('"Your dog," she told Tom, "is here." Anna left.', [("She", "Your dog, is here.")]),
        ('Two voices. "Who?" "Me."', [("", "Who?"), ("", "Me.")]),
        ('Anna: "Stop!"', [("Anna", "Stop!")]),
        ('A girl asked the old man: "Where is it?"', [("girl", "Where is it?")]),
        ('"You are late," said the dragon to Anna.', [("dragon", "You are late")]),
        ("Маша вошла. — Привет! — сказал Иван.", [("Иван", "Привет!")]),
    ],
)
def test_the_speaker_is_named_where_the_text_tells(
    story: str, lines: list[tuple[str, str]]
) -> None:
    shots = plan(story, panels=2).shots
    assert [(each.speaker, each.text) for shot in shots for each in shot.dialogue] == lines


def test_action_keeps_the_storys_words_without_the_speech() -> None:
    shots = plan('Anna took the letter and said, "It is for you."', panels=1).shots
    assert shots[0].action == "Anna took the letter."
    shots = plan('"It is for you," whispered Anna.', panels=1).shots
    assert shots[0].action == "Anna whispered."
    assert shots[0].prompt_action == "whispering"
