"""The command line's composition root: it alone chooses the generator, and turns errors into words.

Exit codes: 0 done; 1 another mendable error; 2 something given cannot be used; 3 the model; 4 the
project folder; 5 a panel could not be rendered; 130 stopped with Ctrl-C, and what was finished is
kept. A defect of the program leaves with its traceback.
"""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from storyboard import __version__
from storyboard.commands.program import Program
from storyboard.errors import InputError, StoryboardError
from storyboard.files import atomic
from storyboard.files.standard_streams import silence
from storyboard.generator import local_generator
from storyboard.terminal import guarded_output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.rendering.panel_generator import MakeGenerator


__all__ = ["is_command", "main"]

# Each command's module, in the order of the help. Only the one that is called is imported: all of
# them take a second, most of it for what the others need.
_COMMANDS = {
    "app": "app",
    "render": "render",
    "plan": "plan",
    "update": "update",
    "resume": "resume",
    "redraw": "redraw",
    "edit": "edit",
    "animate": "animate",
    "finish": "finish",
    "frame": "frame",
    "leave-out": "leave_out",
    "sound": "sound",
    "replay": "replay",
    "export": "export",
    "import": "bring_back",
    "advise": "advise",
    "config": "config",
    "doctor": "doctor",
    "lora": "lora",
    "train": "train",
    "models": "models",
    "convert": "convert",
    "restore": "restore",
    "bench": "bench",
    "cost": "cost",
    "workflows": "workflows",
    "tune": "tune",
    "explore": "explore",
    "cluster": "cluster",
    "scheduler": "scheduler",
    "worker": "worker",
    "starter-eval": "starter_eval",
    "plan-eval": "plan_eval",
}
_NO_MEMORY = ("failed to map", "cannot allocate memory", "out of memory")
_EPILOG = """\
exit codes:
  0 done   2 bad input   3 model   4 project folder   5 a panel failed   1 another error
  130 stopped with Ctrl-C; finished panels are kept, `storyboard resume DIR` draws the rest
"""


class _Parser(argparse.ArgumentParser):
    """Reports a wrong command line like every other wrong input: in one line.

    An option is never guessed from its beginning: ``--panel 3`` would be read as ``--panels 3``.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"allow_abbrev": False, **kwargs})

    def error(self, message: str) -> NoReturn:
        raise InputError("{problem}; see {prog} --help", problem=message, prog=self.prog)


def is_command(word: str) -> bool:
    """Whether the first word of a command line is for this one, and not for the window."""
    return word in _COMMANDS or word in ("-h", "--help", "--version")


def main(argv: Sequence[str] | None = None, *, make_generator: MakeGenerator | None = None) -> int:
    """Run a command and return its exit code.

    Args:
        argv: The words after the program's name; those of the process if None.
        make_generator: Where pictures come from; `local_generator` if None.
    """
    with guarded_output():
        return _run(sys.argv[1:] if argv is None else list(argv), make_generator)


def _run(words: list[str], make_generator: MakeGenerator | None) -> int:
    program = Program(make_generator or local_generator, sys.stdin.buffer)
    # Of bench, --json names a file: a machine reads that, and people read the terminal.
    as_json = "--json" in words and words[:1] != ["bench"]
    try:
        args = _parser(words[:1]).parse_args(words, argparse.Namespace(typed=tuple(words)))
        code: int = args.run(args, program)
        sys.stdout.flush()
    except StoryboardError as error:
        return _tell(str(error), error.exit_code, as_json=as_json)
    except KeyboardInterrupt:
        return _tell("stopped", 130, as_json=as_json)
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does; Python must not complain of it at exit.
        silence(1)
        return 1
    except OSError as error:  # of a disk or a stream that refuses, wherever it was used
        where = error.filename or "a file, or standard output"
        message = f"cannot use {where}: {atomic.describe(error)}"
        if not error.filename:
            silence(1)
        return _tell(InputError(message).args[0], 1, as_json=as_json)
    except MemoryError:
        return _tell("there is not enough memory: close some programs", 1, as_json=as_json)
    except ImportError as error:
        # The system refuses to load a library; a library that is not there is a defect.
        if not any(each in str(error).lower() for each in _NO_MEMORY):
            raise
        return _tell("there is not enough memory: close some programs", 1, as_json=as_json)
    return code


def _parser(called: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The parser of the command that is `called`; of all where that is none of them.

    Args:
        called: The first word of the command line, where there is one.
    """
    parser = _Parser(
        prog="storyboard",
        description="Turns a story into a storyboard on your own machine.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"storyboard {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    if "--version" not in called:
        for name in [each for each in called if each in _COMMANDS] or _COMMANDS:
            import_module(f"storyboard.commands.{_COMMANDS[name]}").add(commands)
    return parser


def _tell(message: str, code: int, *, as_json: bool) -> int:
    print(f"storyboard: {' '.join(message.split())}", file=sys.stderr)
    if as_json:
        print(json.dumps({"event": "error", "message": message, "exit_code": code}), flush=True)
    return code
