"""What messages tell a user to type exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from storyboard.cli import _parser
from storyboard.errors import InputError

ROOT = Path(__file__).parents[2]
SOURCES = [
    *sorted((ROOT / "storyboard").rglob("*.py")),
    ROOT / "local_image_generator.py",
    ROOT / "config.py",
]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_COMMAND = re.compile(
    r"(?<![\w./-])storyboard ([a-z][a-z-]*)((?: (?:--[a-z-]+|[A-Z0-9{][^\s`'\"]*))*)"
)
# Where "storyboard" is the noun of a sentence or a folder, not the program.
_NOUNS = frozenset(
    "comes of on panel project as from ten needs folder is has in to with or and that".split()
)


def commands() -> dict[str, set[str]]:
    parser = _parser()
    (subparsers,) = [each for each in parser._actions if each.choices]
    assert isinstance(subparsers.choices, dict)
    return {name: set(each._option_string_actions) for name, each in subparsers.choices.items()}


def texts(path: Path) -> list[str]:
    """The literal texts of a source, the parts of one message joined; f-strings with braces."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
        elif isinstance(node, ast.JoinedStr):
            found.append(
                "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "{}"
                    for part in node.values
                )
            )
    return found


def code(path: Path) -> list[str]:
    """What a document shows as typed: between backticks, or indented."""
    return re.findall(r"`[^`\n]+`|^ {4}.+$", path.read_text("utf-8"), re.MULTILINE)


def test_every_command_and_option_that_is_named_exists() -> None:
    known = commands()
    seen = 0
    for path in [*SOURCES, *DOCUMENTS]:
        for text in texts(path) if path.suffix == ".py" else code(path):
            for match in _COMMAND.finditer(text):
                name, rest = match[1], match[2]
                if name in _NOUNS:
                    continue
                assert name in known, f"{path}: storyboard {name}"
                seen += 1
                for option in re.findall(r"--[a-z-]+", rest):
                    assert option in known[name], f"{path}: storyboard {name} {option}"
    assert seen > 20


@pytest.mark.parametrize("words", [["render", "x", "--panel", "3"], ["bench", "--rep", "2"]])
def test_an_option_is_never_guessed_from_its_beginning(words: list[str]) -> None:
    with pytest.raises(InputError, match="unrecognized"):
        _parser().parse_args(words)
