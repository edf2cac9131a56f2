"""The planner: from a story to a shot list, by rules and word lists, without any model."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.planning.framing import choose_frames
from storyboard.planning.passages import mark
from storyboard.planning.timing import seconds
from storyboard.story.cast import Cast
from storyboard.story.company import keep_company
from storyboard.story.grammar.english_clauses import acting_word
from storyboard.story.grammar.kazakh import acts_kazakh, kazakh_understood
from storyboard.story.grammar.parse import parse_ahead, parse_english
from storyboard.story.grammar.russian import russian_understood
from storyboard.story.grammar.russian_forms import nominative
from storyboard.story.grammar.understanding import understood_all
from storyboard.story.language import checked_language, detect_language
from storyboard.story.lexicon import Lexicon, fold, lexicon
from storyboard.story.looks import dress
from storyboard.story.moments import Beat, Moment, beats, beats_by_scene
from storyboard.story.people import read_cast
from storyboard.story.prompting import prompt_action
from storyboard.story.scenes import read_settings
from storyboard.story.scripts.headings import Heading, headed_settings
from storyboard.story.scripts.manuscript import Manuscript, check_pieces, read_manuscript
from storyboard.story.sentences import read_sentences
from storyboard.story.speakers import read_lines
from storyboard.story.wording import printed_action
from storyboard.values import bounds
from storyboard.values.character import Character
from storyboard.values.passage import Passage
from storyboard.values.shot import Shot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storyboard.story.cast import Mention
    from storyboard.story.lexicon import Reading

__all__ = [
    "MAX_PANELS",
    "Plan",
    "Told",
    "parse_stories",
    "passage_of",
    "plan",
    "present",
    "shots_of",
    "tell",
]

MAX_PANELS = bounds.PANELS_BY_HAND


@dataclass(frozen=True, slots=True)
class Plan:
    """A story as a list of shots.

    Attributes:
        title: From the text's heading, else its first words.
        language: "en", "ru" or "kk".
        characters: In order of appearance.
        shots: In reading order.
        seeds: The seed of each shot's panel where the plan says it, else None; may be empty.
        seeds_locked: Whether each shot's panel is always drawn with its seed; all are, if empty.
        left_out: Whether each shot's panel is left out of exports; none is, if empty.
        seed: Of the board, where the plan says it.
        aspect: Likewise; empty where it does not.
        story: The text that was planned, where the plan says it.
        passages: Where in the story each shot comes from; may be empty.
    """

    title: str
    language: str
    characters: tuple[Character, ...]
    shots: tuple[Shot, ...]
    seeds: tuple[int | None, ...] = ()
    seeds_locked: tuple[bool, ...] = ()
    left_out: tuple[bool, ...] = ()
    seed: int | None = None
    aspect: str = ""
    story: str = ""
    passages: tuple[Passage | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A story as it was read.

    Attributes:
        title: As of `Plan`.
        words: Lexicon of its language.
        moments: What happens, sentence by sentence.
        cast: Who there is.
        headings: Of the parts of a script, which its sentences count; empty for prose.
    """

    title: str
    words: Lexicon
    moments: tuple[Moment, ...]
    cast: Cast
    headings: tuple[Heading | None, ...] = ()

    def heading(self, moment: Moment) -> Heading | None:
        """The scene heading above a moment; None in prose."""
        return self.headings[moment.sentence.part] if self.headings else None

    def heading_text(self, moment: Moment) -> str:
        """The same without the scene's number; empty in prose."""
        heading = self.heading(moment)
        return heading.text if heading else ""


def plan(
    story: str,
    *,
    panels: int = 6,
    seed: int = 0,
    language: str | None = None,
    characters: tuple[Character, ...] = (),
    script: bool | None = None,
    a_scene: int | None = None,
) -> Plan:
    """Plan a storyboard: who does what where and when, and how the camera sees it.

    The same story, panels and seed give the same plan on every machine.

    Args:
        story: From one sentence to ten pages; English, Russian or Kazakh. A film script in
            Fountain, up to a feature's, is read as one: its headings are the scenes, its cues the
            speakers.
        panels: Number of shots, 1 to `MAX_PANELS`.
        seed: Chooses among the framings that fit.
        language: "en", "ru" or "kk"; None finds out.
        characters: Characters whose looks are already chosen. Their traits win over the text's.
        script: Whether the story is a script; None finds out.
        a_scene: The most panels that a scene gets, instead of `panels`, 1 to `MAX_PANELS`.

    Raises:
        InputError: Nothing to plan (empty, binary or too long text), or a number or a language
            that cannot be.
    """
    _check_panels(panels if a_scene is None else a_scene)
    # 1. What happens in the text, sentence by sentence.
    told = tell(story, language=language, characters=characters, script=script)
    # 2. As many pictures as panels.
    if a_scene is None:
        pictures = beats(told.moments, panels, told.words)
    else:
        pictures = beats_by_scene(told.moments, a_scene, told.words)
        _check_budget(len(pictures))
    # 3. The shots, and where they come from.
    shots = shots_of(told, pictures, seed)
    return Plan(
        told.title,
        told.words.language,
        present(told.cast, shots),
        shots,
        passages=tuple(passage_of(told, *each) for each in zip(pictures, shots, strict=True)),
    )


def tell(
    story: str,
    *,
    language: str | None = None,
    characters: tuple[Character, ...] = (),
    script: bool | None = None,
) -> Told:
    """Read a story; the arguments and errors are those of `plan`."""
    manuscript = read_manuscript(story, script=script)
    text = " ".join(manuscript.paragraphs)
    words = lexicon(checked_language(language) if language else detect_language(text))
    moments, cast = _read(manuscript, words, characters)
    headings = manuscript.script.headings if manuscript.script else ()
    return Told(manuscript.title, words, tuple(moments), cast, headings)


def shots_of(told: Told, pictures: Sequence[Beat], seed: int) -> tuple[Shot, ...]:
    """Say how the camera sees each beat of a story, and what the board prints of it."""
    words = told.words
    scenes = _scenes(pictures)
    frames = choose_frames(pictures, scenes, seed)
    shots: list[Shot] = []
    noted: set[int] = set()
    for index, (beat, frame) in enumerate(zip(pictures, frames, strict=True)):
        prompt = prompt_action(beat, words)
        heading = told.heading(beat.key)
        follows = index > 0 and scenes[index] == scenes[index - 1]
        shots.append(
            Shot(
                scene=scenes[index],
                number=shots[-1].number + 1 if follows else 1,
                size=frame.size,
                angle=frame.angle,
                move=frame.move,
                action=printed_action(beat, words),
                # Scripts put sounds, props and people in capital letters.
                prompt_action=prompt.lower() if told.headings else prompt,
                setting=beat.key.setting.detail,
                time_of_day=beat.key.setting.time,
                characters=beat.people,
                dialogue=tuple(line for each in beat.moments for line in each.lines),
                duration=seconds(beat, frame.size),
                note=_note(beat, noted),
                prompt_by_hand=False,
                scene_label=heading.number if heading else "",
            )
        )
    return tuple(shots)


def _note(beat: Beat, noted: set[int]) -> str:
    """What the author notes of a beat; of a sentence in several panels, on the first of them."""
    sentences = {each.sentence.number: each.sentence for each in beat.moments}
    notes = [each.note for number, each in sentences.items() if each.note and number not in noted]
    noted.update(sentences)
    return "\n".join(dict.fromkeys(notes))


def passage_of(told: Told, beat: Beat, shot: Shot) -> Passage:
    """Where in the story a beat comes from, with the shot that was made of it."""
    # A sentence that was cut into clauses is there once.
    sentences = {id(each.sentence): each.sentence for each in beat.moments}
    return Passage(
        place=beat.moments[0].sentence.number,
        texts=tuple(text for each in sentences.values() for text in each.texts),
        heading=told.heading_text(beat.key),
        mark=mark(shot),
    )


def parse_stories(stories: Iterable[str]) -> None:
    """Parse the sentences of many short English stories at once, each of which is planned next.

    Raises:
        NotLoadedError: The grammar is not there yet, and this thread does not wait.
    """
    words = lexicon("en")
    sentences: list[str] = []
    for story in stories:
        with suppress(InputError):  # which is told when it is planned
            manuscript = read_manuscript(story, script=False)
            sentences += (each.narration for each in read_sentences(manuscript, words))
    parse_ahead(sentences)


def _check_panels(panels: int) -> None:
    if isinstance(panels, bool) or not isinstance(panels, int):
        raise InputError(
            "panels must be a whole number from 1 to {max_panels}, not {panels}",
            max_panels=MAX_PANELS,
            panels=repr(str(panels)[:20]),
        )
    if not 1 <= panels <= MAX_PANELS:
        raise InputError(
            "panels is {panels}: choose a number from 1 to {max_panels}",
            panels=panels,
            max_panels=MAX_PANELS,
        )


def _check_budget(panels: int) -> None:
    if panels > MAX_PANELS:
        raise InputError(
            "that makes {panels} panels, and a board has at most {max_panels}: choose fewer panels "
            "a scene, or some scenes with --scenes",
            panels=panels,
            max_panels=MAX_PANELS,
        )


def _read(
    manuscript: Manuscript, words: Lexicon, given: tuple[Character, ...]
) -> tuple[list[Moment], Cast]:
    """Read every sentence: its people, its place and time, its dialogue."""
    script = manuscript.script and manuscript.script.called([each.name for each in given])
    sentences = read_sentences(replace(manuscript, script=script), words)
    check_pieces(len(sentences), "sentences")
    readings = [words.read(each.narration) for each in sentences]
    if words.language == "en":
        readings = understood_all(readings)
    elif words.language == "ru":
        readings = russian_understood(readings)
    else:
        readings = kazakh_understood(readings)
    cast = read_cast(readings, words, given, script, sentences)
    readings = [
        _without_namesakes(reading, mentions)
        for reading, mentions in zip(readings, cast.mentions, strict=True)
    ]
    for reading, mentions in zip(readings, cast.mentions, strict=True):
        dress(reading, mentions, words)
    if script and any(script.headings):
        settings = headed_settings(sentences, readings, script.headings, words)
    else:
        settings = read_settings(sentences, readings, words)
    lines = read_lines(sentences, readings, cast, words)
    moments = [
        Moment(
            reading,
            _agent_first(reading, mentions, words),
            things,
            said,
            setting,
            sentence,
        )
        for sentence, reading, mentions, things, said, setting in zip(
            sentences, readings, cast.mentions, cast.things, lines, settings, strict=True
        )
    ]
    return keep_company(moments, sentences, cast), cast


def _without_namesakes(reading: Reading, mentions: tuple[Mention, ...]) -> Reading:
    """The reading without the things that somebody is called after: Rose is no flower."""
    named = {n for m in mentions if m.person.named for n in range(m.first, m.last + 1)}
    if not named:
        return reading
    kept = (each for each in reading.hits if each.kind != "props" or each.last not in named)
    return replace(reading, hits=tuple(kept))


def _agent_first(
    reading: Reading, mentions: tuple[Mention, ...], words: Lexicon
) -> tuple[Mention, ...]:
    """The mentions with whoever acts in front: the frame is about them."""
    if words.language == "en":
        end = acting_word(parse_english(reading.text))
        acts = [each for each in mentions if reading.words[each.last].end == end]
    elif words.language == "ru":
        acts = [
            each
            for each in mentions
            if nominative(reading, each.last)
            or reading.word(each.last) == fold(each.person.name.rpartition(" ")[2])
        ]
    else:
        acts = [each for each in mentions if acts_kazakh(reading, each.last, each.person.name)]
    return (*acts, *(each for each in mentions if each not in acts))


def _scenes(pictures: Sequence[Beat]) -> list[int]:
    """Number the scenes: a new one where place or time changes, or where the text says so."""
    numbers: list[int] = []
    for index, beat in enumerate(pictures):
        if index == 0:
            numbers.append(1)
            continue
        before, now = pictures[index - 1].key.setting, beat.key.setting
        changed = (before.place, before.time) != (now.place, now.time)
        cut = any(each.setting.cut for each in beat.moments)
        numbers.append(numbers[-1] + (changed or cut))
    return numbers


def present(cast: Cast, shots: Sequence[Shot]) -> tuple[Character, ...]:
    """Those who are seen or were given; who is only spoken of needs no looks."""
    seen = {name for shot in shots for name in shot.characters}
    spoken = {line.speaker for shot in shots for line in shot.dialogue}
    return tuple(
        person.character()
        for person in cast.people
        if person.given or (person.name in seen | spoken and not person.is_voice)
    )
