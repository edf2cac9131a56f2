"""A planner that reads like a person: a language model on this machine, scene by scene.

The rules plan first. A model then says of each scene what its pictures show, how near the camera
is and who is there; what it says is held against the text. A scene of which it twice says what
cannot be stays as the rules have it.
"""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from storyboard.planning.local_server import ServerError, find_server
from storyboard.values.shot import CameraAngle, CameraMove, DialogueLine, ShotSize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from storyboard.planning.local_server import Server
    from storyboard.planning.planner import Plan
    from storyboard.values.shot import Shot

__all__ = ["planned_locally"]

_MOST_SHOTS, _MOST_LETTERS = 8, 5000
"""Of a scene at once: question and answer fit into 4,096 tokens."""
_MOST_WORDS = 40
_UNKNOWN = re.compile(r"standing|talking|view of .*|standing, with .*")
"""What the rules say where they know no verb of a sentence."""
_ASKED = """\
You plan a film storyboard. For each numbered panel say what its picture shows.
"prompt": one short English phrase of what is seen, verbs as participles, at most 25 words, no
names, nothing that is only said or thought, nothing that is denied.
"size", "angle", "move": how the camera sees it. "characters": who is in the picture, whoever acts
first, only of these names: {names}.
"lines": for each line of dialogue its id and who speaks it; every line once, in order.
Answer with JSON only."""
_TRANSLATE = """\
Translate what each numbered panel shows into one short English phrase for an image model: verbs as
participles, at most 25 words, no names. Answer with JSON only."""


class _Answer(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)


_Form = TypeVar("_Form", bound=_Answer)


class _Line(_Answer):
    id: int
    speaker: Annotated[str, Field(max_length=200)]


class _Phrase(_Answer):
    id: int
    prompt: Annotated[str, Field(min_length=2, max_length=400)]


class _Panel(_Phrase):
    size: Annotated[ShotSize, Field(strict=False)]
    angle: Annotated[CameraAngle, Field(strict=False)]
    move: Annotated[CameraMove, Field(strict=False)]
    characters: Annotated[list[str], Field(max_length=8)]
    lines: Annotated[list[_Line], Field(max_length=60)]


class _Scene(_Answer):
    panels: Annotated[list[_Panel], Field(max_length=_MOST_SHOTS)]


class _Phrases(_Answer):
    panels: Annotated[list[_Phrase], Field(max_length=_MOST_SHOTS)]


class _WrongError(Exception):
    """What an answer says that cannot be."""


def planned_locally(
    plan: Plan, kind: str, address: str, stop: Callable[[], bool] = lambda: False
) -> tuple[Plan, tuple[str, ...]]:
    """A plan by rules, as a language model sees it, and lines about what it did not.

    Args:
        plan: By the rules.
        kind: "local"; or "words", for rules with a model that is only asked for what they did not
            understand.
        address: That somebody typed; empty to look on this machine.
        stop: Asked ten times a second whether nobody waits any more.

    Raises:
        InputError: No server.
        StoppedError: `stop` said so.
    """
    server = find_server(address, stop)
    shots: list[Shot] = []
    failed: list[str] = []
    for scene in _scenes(plan.shots):
        try:
            if kind == "words":
                shots += _with_words(server, scene, plan.language, stop)
            else:
                shots += _directed(server, scene, stop)
        except (ServerError, _WrongError) as error:
            shots += scene
            failed.append(f"scene {scene[0].scene}: {error}")
    notes = (
        [f"planned with {server.called}"] if len(failed) < len(list(_scenes(plan.shots))) else []
    )
    if failed:
        more = f", and {len(failed) - 1} more scenes" if len(failed) > 1 else ""
        notes.append(f"the rules planned what {server.called} did not: {failed[0]}{more}")
    return replace(plan, shots=tuple(shots)), tuple(notes)


def _scenes(shots: Sequence[Shot]) -> Iterator[tuple[Shot, ...]]:
    """The shots scene by scene, a long one in pieces."""
    for _, group in itertools.groupby(shots, key=lambda each: each.scene):
        piece: list[Shot] = []
        for shot in group:
            letters = sum(len(_told(each)) for each in (*piece, shot))
            if piece and (len(piece) == _MOST_SHOTS or letters > _MOST_LETTERS):
                yield tuple(piece)
                piece = []
            piece.append(shot)
        yield tuple(piece)


def _told(shot: Shot) -> str:
    return " ".join((shot.action, *(line.text for line in shot.dialogue)))


def _directed(server: Server, scene: Sequence[Shot], stop: Callable[[], bool]) -> list[Shot]:
    names = _names(scene)
    lines = [line for shot in scene for line in shot.dialogue]
    numbers = itertools.count(1)
    panels = [
        {
            "id": number,
            "place": shot.setting,
            "action": shot.action,
            "lines": [{"id": next(numbers), "text": line.text} for line in shot.dialogue],
        }
        for number, shot in enumerate(scene, 1)
    ]

    def checked(answer: str) -> list[Shot]:
        found = _read(_Scene, answer).panels
        _check_ids([each.id for each in found], len(scene), "panel")
        _check_ids([each.id for panel in found for each in panel.lines], len(lines), "line")
        shots: list[Shot] = []
        for panel, shot in zip(found, scene, strict=True):
            people = (*panel.characters, *(each.speaker for each in panel.lines))
            strangers = [each for each in people if each not in names]
            if strangers:
                raise _WrongError(f"{strangers[0][:40]!r} is not in the scene")
            said = tuple(DialogueLine(e.speaker, lines[e.id - 1].text) for e in panel.lines)
            shots.append(
                replace(
                    shot,
                    size=panel.size,
                    angle=panel.angle,
                    move=panel.move,
                    characters=tuple(dict.fromkeys(panel.characters)),
                    dialogue=said,
                    prompt_action=_phrase(panel.prompt, names),
                    prompt_by_hand=False,
                )
            )
        return shots

    system = _ASKED.format(names=", ".join(filter(None, names)) or "nobody")
    return _asked(server, system, panels, _Scene, checked, stop)


def _with_words(
    server: Server, scene: Sequence[Shot], language: str, stop: Callable[[], bool]
) -> list[Shot]:
    """The scene with English for the panels of which the rules understood no verb."""
    unknown = [n for n, e in enumerate(scene) if _UNKNOWN.fullmatch(e.prompt_action)]
    unknown = [n for n in unknown if language != "en" and not scene[n].dialogue]
    if not unknown:
        return list(scene)
    panels = [{"id": k, "action": scene[n].action} for k, n in enumerate(unknown, 1)]
    names = _names(scene)

    def checked(answer: str) -> list[Shot]:
        found = _read(_Phrases, answer).panels
        _check_ids([each.id for each in found], len(unknown), "panel")
        shots = list(scene)
        for phrase, number in zip(found, unknown, strict=True):
            words = _phrase(phrase.prompt, names)
            shots[number] = replace(shots[number], prompt_action=words, prompt_by_hand=False)
        return shots

    return _asked(server, _TRANSLATE, panels, _Phrases, checked, stop)


def _asked(
    server: Server,
    system: str,
    panels: object,
    form: type[_Answer],
    checked: Callable[[str], list[Shot]],
    stop: Callable[[], bool],
) -> list[Shot]:
    """Ask, hold the answer against the text, and let it be mended once."""
    schema = form.model_json_schema()
    question = json.dumps({"panels": panels}, ensure_ascii=False)
    messages = [
        {"role": "system", "content": f"{system}\nJSON schema: {json.dumps(schema)}"},
        {"role": "user", "content": question},
    ]
    answer = server.ask(messages, schema, stop)
    try:
        return checked(answer)
    except _WrongError as error:
        again = f"That is wrong: {error}. Answer again, with all panels, as JSON only."
        messages.append({"role": "assistant", "content": answer[:_MOST_LETTERS]})
        messages.append({"role": "user", "content": again})
    return checked(server.ask(messages, schema, stop))


def _read(form: type[_Form], answer: str) -> _Form:
    """The JSON in an answer, which may have words or a fence around it."""
    start, end = answer.find("{"), answer.rfind("}")
    if start < 0 or end < start:
        raise _WrongError("an empty answer" if not answer.strip() else "an answer without JSON")
    try:
        return form.model_validate_json(answer[start : end + 1])
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))[:80]
        raise _WrongError(f"{where or 'the answer'}: {first['msg'][:100]}") from None


def _check_ids(found: Sequence[int], count: int, what: str) -> None:
    if list(found) != list(range(1, count + 1)):
        raise _WrongError(f"not every {what} once and in order, of {count}")


def _names(scene: Sequence[Shot]) -> list[str]:
    """Everybody who is in a scene by the rules, in it or heard."""
    seen = (name for shot in scene for name in shot.characters)
    heard = (line.speaker for shot in scene for line in shot.dialogue)
    return list(dict.fromkeys([*seen, *heard]))


def _phrase(prompt: str, names: Sequence[str]) -> str:
    """The phrase for the text encoders: one line of English, without anybody's name."""
    words = " ".join(prompt.split()).rstrip(" .,;:!")
    if not words.isascii() or not any(each.isalpha() for each in words):
        raise _WrongError("a prompt that is not in English")
    if len(words.split()) > _MOST_WORDS:
        raise _WrongError(f"a prompt of more than {_MOST_WORDS} words")
    told = next((each for each in names if each.istitle() and each in words.split()), None)
    if told is not None:
        raise _WrongError(f"the name {told[:40]!r} in a prompt, which no picture can show")
    return words[:1].lower() + words[1:]
