"""`storyboard sound`: a soundtrack for the board, and a sound for a panel."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.outputs import go_on
from storyboard.errors import InputError
from storyboard.values.editing import with_sound

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program
    from storyboard.values.board import Storyboard
    from storyboard.values.sound import Sound

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "sound",
        help="give the board a soundtrack, or a panel a sound",
        description="Give the board a soundtrack, or one panel a sound that begins with it; films "
        "(export --as mp4, mov) play them. Without FILE it says what there is.",
    )
    parser.add_argument("project", type=Path, metavar="DIR", help="the project folder")
    parser.add_argument(
        "file", type=Path, metavar="FILE", nargs="?", help="a WAV, MP3, FLAC or M4A"
    )
    parser.add_argument("--panel", metavar="N", help="of this panel instead of the whole board")
    parser.add_argument(
        "--gain", metavar="DB", help="decibels louder, or softer with a minus; --gain=-12"
    )
    parser.add_argument("--remove", action="store_true", help="take the sound away")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Change one sound, and say which there are."""
    from storyboard.project.project import Project
    from storyboard.project.sounds import read_recording

    if args.remove and (args.file is not None or args.gain is not None):
        raise InputError("--remove takes a sound away: leave FILE and --gain out")
    gain = None if args.gain is None else _gain(args.gain)
    with Project.open(args.project) as project:
        go_on(project)
        at = None if args.panel is None else _index(args.panel, project.board)
        if args.file is not None or gain is not None or args.remove:
            found = _of(project.board, at)
            if args.file is not None:
                found = project.sounds.add(read_recording(args.file), args.file.name)
            if found is None:
                raise InputError("there is no sound there: name a FILE")
            kept = replace(found, gain=gain) if gain is not None else found
            key = "" if at is None else project.board.panels[at].key
            project.save(with_sound(project.board, key, None if args.remove else kept))
        for line in _told(project.board):
            print(line)
    return 0


def _gain(text: str) -> float:
    from storyboard.values import bounds

    try:
        gain = float(text)
    except ValueError:
        gain = float("nan")
    if not abs(gain) <= bounds.SOUND_GAIN:
        raise InputError(
            "--gain {text} cannot be: say decibels from -{most} to {most}",
            text=text,
            most=bounds.SOUND_GAIN,
        )
    return gain


def _index(text: str, board: Storyboard) -> int:
    count = len(board.panels)
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= count):
        raise InputError(
            "there is no panel {text}: the board has {count}", text=text[:20], count=count
        )
    return int(text) - 1


def _of(board: Storyboard, at: int | None) -> Sound | None:
    return board.soundtrack if at is None else board.panels[at].sound


def _told(board: Storyboard) -> list[str]:
    found = [("the board", board.soundtrack)] if board.soundtrack else []
    found += [(f"panel {n}", each.sound) for n, each in enumerate(board.panels, 1) if each.sound]
    return [
        f"{whose}: {sound.title}, {sound.seconds:.1f} s{_decibels(sound.gain)}"
        for whose, sound in found
        if sound
    ] or ["no sound"]


def _decibels(gain: float) -> str:
    return f", {gain:+g} dB" if gain else ""
