from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers.pre_tokenizers import ByteLevel

from storyboard.diffusion.networks.clip_tokens import ClipTokenCounter
from storyboard.prompts.enhancer import PromptEnhancer
from storyboard.values.character import Character
from storyboard.values.shot import CameraAngle, Shot, ShotSize

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.values.prompt import Prompt

STYLE = "storyboard panel, ink and wash, cinematic"
NEGATIVE = "blurry, low quality, extra fingers, watermark"
MIRA = Character(
    "Mira",
    (
        ("age", "young woman"),
        ("hair", "long red hair"),
        ("skin_tone", "light skin"),
        ("eyes", "round glasses"),
        ("facial_hair", "none"),
        ("clothing", "yellow coat"),
        ("hat", "blue cap"),
    ),
)
TOM = Character("Tom", (("age", "70"), ("facial_hair", "white beard"), ("hat", "")))
LOOKS = "Mira, young woman, long red hair, light skin, round glasses, yellow coat, blue cap"
SHOT = Shot(
    scene=1,
    number=1,
    size=ShotSize.WIDE,
    action="Мира бежит к лодке.",
    prompt_action="Mira runs to the boat, waving a letter.",
    setting="small village near a river, old houses",
    time_of_day="sunset",
    angle=CameraAngle.LOW,
    characters=("Mira",),
)


@dataclass
class EveryWord:
    """Counts words, and more for long ones, as byte-pair encodings do."""

    window: int = 10_000
    letters: int = 1000

    def count(self, text: str) -> int:
        """Start, end, and at least one token a word."""
        return 2 + sum(1 + len(word) // self.letters for word in text.split())


def enhance(shot: Shot = SHOT, window: int = 10_000, *characters: Character) -> Prompt:
    enhancer = PromptEnhancer(EveryWord(window), style=STYLE, negative_prompt=NEGATIVE)
    return enhancer.enhance(shot, characters or (MIRA, TOM))


def shot_of(*names: str, action: str = "they wait", setting: str = "", time: str = "") -> Shot:
    return Shot(1, 1, ShotSize.MEDIUM, action, action, setting, time, characters=names)


def test_a_prompt_reads_traits_action_framing_setting_time_style() -> None:
    prompt = enhance()
    assert prompt.positive == (
        f"{LOOKS}, Mira runs to the boat, waving a letter, wide shot, low angle, "
        "small village near a river, old houses, sunset, "
        "storyboard panel, ink and wash, cinematic"
    )
    assert prompt.traits == LOOKS
    assert prompt.negative == NEGATIVE
    assert prompt.dropped == ()


def test_several_characters_are_described_the_main_one_first() -> None:
    prompt = enhance(shot_of("Tom", "Mira", "Stranger", "Tom"))
    assert prompt.traits == f"Tom, 70 years old, white beard and {LOOKS} and Stranger"
    assert prompt.positive.startswith(prompt.traits + ", they wait, medium shot, storyboard")


def test_a_name_is_found_whatever_its_case() -> None:
    assert enhance(shot_of("MIRA")).traits == LOOKS


def test_without_characters_the_action_comes_first() -> None:
    prompt = enhance(shot_of(action="a boat drifts", setting="sea", time="night"))
    assert prompt.traits == ""
    assert prompt.positive.startswith("a boat drifts, medium shot, sea, night, storyboard panel")


def test_without_an_action_the_prompt_has_no_gap() -> None:
    prompt = enhance(shot_of(action=" . ", setting="sea"))
    assert prompt.positive == "medium shot, sea, storyboard panel, ink and wash, cinematic"


def test_a_character_called_no_keeps_the_name() -> None:
    assert enhance(shot_of("No")).traits == "No"


def test_parts_are_dropped_from_the_style_to_the_end_of_the_action() -> None:
    names = [
        "style",
        "setting detail",
        "angle",
        "shot size",
        "time of day",
        "setting",
        "action",
        "identity of Mira",
    ]
    seen = set()
    for window in range(2, 60):
        prompt = enhance(SHOT, window)
        parts = [line.partition(":")[0] for line in prompt.dropped if "negative" not in line]
        assert parts == names[: len(parts)]
        seen.add(len(parts))
    assert seen == set(range(len(names) + 1))


@pytest.mark.parametrize(
    ("window", "end", "dropped"),
    [
        (41, ", sunset, storyboard panel, ink and wash", ("style: cinematic",)),
        (40, ", sunset, storyboard panel", ("style: ink and wash, cinematic",)),
        (35, ", small village near a river, sunset", ("setting detail: old houses",)),
        (31, ", low angle, small village, sunset", ("setting detail: near a river, old houses",)),
        (
            24,
            "runs to the boat, waving a letter",
            ("time of day: sunset", "setting: small village"),
        ),
        (22, "runs to the boat, waving", ("setting: small village", "action: a letter")),
        (21, "blue cap, Mira runs to the boat", ("action: waving a letter",)),
        (16, "yellow coat, blue cap", ("action: Mira runs to the boat, waving a letter",)),
        (15, "round glasses, yellow coat", ("identity of Mira: blue cap",)),
        (3, "Mira", ()),
        (2, "", ()),
    ],
)
def test_what_is_dropped_is_whole_and_is_said(
    window: int, end: str, dropped: tuple[str, ...]
) -> None:
    prompt = enhance(SHOT, window)
    assert prompt.positive.endswith(end)
    positive = [line for line in prompt.dropped if not line.startswith("negative")]
    assert tuple(positive[-len(dropped) :] if dropped else ()) == dropped
    assert prompt.tokens <= prompt.window == window


def test_too_many_traits_are_shortened_from_the_richest_character() -> None:
    prompt = enhance(shot_of("Tom", "Mira", action=""), 15)
    assert prompt.traits == "Tom, 70 years old, white beard and Mira, young woman, long red hair"
    assert prompt.dropped[-1] == (
        "identity of Mira: light skin, round glasses, yellow coat, blue cap"
    )


def test_names_outlive_all_traits() -> None:
    assert enhance(shot_of("Mira", "Tom", action=""), 5).positive == "Mira and Tom"
    assert enhance(shot_of("Mira", "Tom", action=""), 4).positive == "Mira"


def test_the_negative_prompt_has_the_same_budget() -> None:
    prompt = enhance(SHOT, 7)
    assert prompt.negative == "blurry, low quality, extra fingers"
    assert prompt.negative_tokens == 7
    assert prompt.dropped[-1] == "negative: watermark"


def test_a_sheet_shows_the_character_alone_from_the_front() -> None:
    enhancer = PromptEnhancer(EveryWord(), style=STYLE, negative_prompt=NEGATIVE)
    prompt = enhancer.sheet(MIRA)
    assert prompt.positive == (
        f"{LOOKS}, front view, head and shoulders, plain background, {STYLE}"
    )
    assert prompt.traits == LOOKS
    narrow = PromptEnhancer(EveryWord(22), style=STYLE, negative_prompt="").sheet(MIRA)
    assert narrow.positive == f"{LOOKS}, front view, head and shoulders"
    assert narrow.dropped == (
        "style: storyboard panel, ink and wash, cinematic",
        "setting: plain background",
    )


def test_a_very_long_action_is_trimmed_in_little_time() -> None:
    prompt = enhance(shot_of("Mira", action="walk " * 200_000), 77)
    assert prompt.positive == LOOKS + "," + " walk" * 61
    assert prompt.tokens == 77


WORD = st.text(st.sampled_from("abcdefgh'ёӘ!-é\u200b\x00"), min_size=1, max_size=9)
WORDS = st.lists(WORD | st.sampled_from(["near", "in", "the", ",", "end."]), max_size=12).map(
    " ".join
)
CHARACTERS = st.lists(
    st.builds(
        Character,
        name=st.sampled_from(["Mira", "Tom", "Айгерім", "Old Ben", ""]),
        traits=st.lists(
            st.tuples(st.sampled_from(["age", "hair", "hat", "scar"]), WORDS), max_size=6
        ).map(tuple),
    ),
    max_size=4,
)
SHOTS = st.builds(
    Shot,
    scene=st.just(1),
    number=st.just(1),
    size=st.sampled_from(ShotSize),
    action=WORDS,
    prompt_action=WORDS | st.text(max_size=40),
    setting=WORDS,
    time_of_day=st.sampled_from(["", "day", "night"]),
    angle=st.sampled_from(CameraAngle),
    characters=st.lists(st.sampled_from(["Mira", "tom", "Айгерім", "Nobody"]), max_size=3).map(
        tuple
    ),
)
COUNTERS = st.builds(EveryWord, window=st.integers(2, 90), letters=st.integers(1, 12))
PHRASES = st.lists(WORDS, max_size=5).map(", ".join)


def words_of(text: str) -> list[str]:
    seen = text.replace("\x00", "").replace("\u200b", "")
    return [each for word in re.split(r"[\s,;]+", seen) if (each := word.strip(".:"))]


def identity_of(shot: Shot, characters: list[Character]) -> list[str]:
    """The words of names and looks, written down without the enhancer."""
    words: list[str] = []
    for name in dict.fromkeys(each.casefold() for each in shot.characters):
        spelled = next(each for each in shot.characters if each.casefold() == name)
        found = (each for each in characters if each.name.casefold() == name)
        character = next(found, Character(spelled))
        words += ["and"] * bool(words) + words_of(character.name)
        for _, trait in character.traits:
            words += [] if words_of(trait) == ["-"] else words_of(trait)
    return words


@given(SHOTS, CHARACTERS, COUNTERS, PHRASES, PHRASES)
def test_traits_come_first_and_nothing_exceeds_the_window(
    shot: Shot, characters: list[Character], counter: EveryWord, style: str, negative: str
) -> None:
    enhancer = PromptEnhancer(counter, style=style, negative_prompt=negative)
    prompt = enhancer.enhance(shot, characters)

    # The window holds, and the counts are those of the texts.
    assert prompt.tokens == counter.count(prompt.positive) <= counter.window == prompt.window
    assert prompt.negative_tokens == counter.count(prompt.negative) <= counter.window

    # Traits first: names and known looks of everybody in the shot, the main character leading.
    identity = identity_of(shot, characters)
    assert prompt.positive.startswith(prompt.traits)
    touched = any(line.startswith("identity") for line in prompt.dropped)
    assert touched == (words_of(prompt.traits) != identity)
    if touched:
        assert prompt.positive == prompt.traits
        assert len(words_of(prompt.traits)) < len(identity)
    if touched and len(set(map(str.casefold, shot.characters))) == 1:
        assert words_of(prompt.traits) == identity[: len(words_of(prompt.traits))]

    # Nothing vanishes unsaid, nothing is invented, nothing is said to be gone that is there.
    wide = PromptEnhancer(EveryWord(10**9), style=style, negative_prompt=negative)
    everything = wide.enhance(shot, characters)
    assert everything.dropped == ()
    assert words_of(everything.traits) == identity
    kept = words_of(prompt.positive) + words_of(prompt.negative)
    gone = [word for line in prompt.dropped for word in words_of(line.partition(": ")[2])]
    joints = everything.traits.count(" and ") - prompt.traits.count(" and ")
    whole = words_of(everything.positive) + words_of(everything.negative)
    assert Counter(kept + gone + ["and"] * joints) == Counter(whole)

    # The same again, and from a fresh enhancer.
    assert prompt == enhancer.enhance(shot, characters)
    assert prompt == PromptEnhancer(counter, style=style, negative_prompt=negative).enhance(
        shot, characters
    )


@given(SHOTS, CHARACTERS, COUNTERS)
def test_identity_outlives_the_action_and_the_action_everything_else(
    shot: Shot, characters: list[Character], counter: EveryWord
) -> None:
    prompt = PromptEnhancer(counter, style=STYLE, negative_prompt="").enhance(shot, characters)
    whole = PromptEnhancer(EveryWord(10**9), style=STYLE, negative_prompt="").enhance(
        shot, characters
    )
    parts = {line.partition(":")[0] for line in prompt.dropped}
    if "setting detail" in parts or "action" in parts:
        assert "storyboard panel" not in prompt.positive.removeprefix(prompt.traits)
    if "action" in parts:
        rest = prompt.positive.removeprefix(prompt.traits).strip(", ")
        assert rest in whole.positive
        assert {"style", "shot size"} <= parts


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> ClipTokenCounter:
    """A CLIP tokenizer that knows bytes only: the most tokens a text can cost."""
    folder: Path = tmp_path_factory.mktemp("tokenizer")
    alphabet = sorted(ByteLevel.alphabet())
    tokens = [*alphabet, *(each + "</w>" for each in alphabet), "<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({each: n for n, each in enumerate(tokens)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    return ClipTokenCounter([folder])


@given(shot=SHOTS, characters=CHARACTERS)
def test_the_clip_window_holds_to_the_last_token(
    clip: ClipTokenCounter, shot: Shot, characters: list[Character]
) -> None:
    prompt = PromptEnhancer(clip, style=STYLE, negative_prompt=NEGATIVE * 3).enhance(
        shot, characters
    )
    assert prompt.tokens <= 77
    assert prompt.negative_tokens <= 77
    assert prompt.positive.startswith(prompt.traits)
