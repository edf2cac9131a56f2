"""The walls that import-linter cannot see: single files, rooms still to come, size and laziness."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(
    path
    for room in ("storyboard", "gui", "distribution", "tests", ".")
    for path in (ROOT / room).glob("*.py" if room == "." else "**/*.py")
)
OURS = {"config", "gui", "local_image_generator", "storyboard", "test_speed"}
HEAVY = {"torch", "diffusers", "transformers", "accelerate"}
COMPOSITION_ROOTS = {"local_image_generator.py", "storyboard/generator.py"}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imports(path: Path) -> set[str]:
    """The modules that a file imports, wherever in the file it does so."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def _packages(path: Path) -> set[str]:
    return {each.partition(".")[0] for each in _imports(path)}


def test_the_sources_are_found() -> None:
    names = {_name(path) for path in SOURCES}
    assert {"storyboard/values/shot.py", "storyboard/cli.py", "tests/test_architecture.py"} <= names


def test_config_imports_nothing_of_ours() -> None:
    assert not _packages(ROOT / "config.py") & OURS


def _out_of_its_room(path: Path) -> Iterator[str]:
    name, imports = _name(path), _imports(path)
    packages = {each.partition(".")[0] for each in imports}
    rooms = ("diffusion", "starter", "testing", "training")
    model = tuple(f"storyboard/{room}/" for room in rooms)
    makers = ("storyboard/starter/", "storyboard/commands/starter_")
    if "local_image_generator" in packages and name not in COMPOSITION_ROOTS:
        yield f"{name}: only composition roots name OneModel"
    if packages & HEAVY and not name.startswith((*model, "local_image_generator.py")):
        yield f"{name}: only the rooms of the model import torch"
    if {"PySide6", "gui"} & packages and not name.startswith(("gui/", "distribution/start.py")):
        yield f"{name}: only the window knows Qt"
    if not name.startswith(makers) and any(
        each.split(".")[:2] == ["storyboard", "starter"] for each in imports
    ):
        yield f"{name}: how the starter was made is nobody's input"


def test_every_file_stays_in_its_room() -> None:
    ours = [path for path in SOURCES if not _name(path).startswith("tests/")]
    assert [each for path in ours for each in _out_of_its_room(path)] == []


def test_every_file_holds_one_noun() -> None:
    lengths = {_name(each): len(each.read_text("utf-8").splitlines()) for each in SOURCES}
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}


def test_the_command_line_opens_without_torch_and_without_qt() -> None:
    program = (
        "import sys; from storyboard import cli; cli._parser(); print(sorted({'torch', 'diffusers',"
        " 'transformers', 'PySide6', 'PIL', 'fpdf', 'lingua'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "[]", "")


def test_a_command_imports_no_other() -> None:
    program = (
        "import sys; from storyboard import cli; cli._parser(['lora'])\n"
        "print(sorted(each for each in sys.modules if each.startswith('storyboard.commands.')))\n"
        "print([name for name in cli._COMMANDS if name not in cli._parser([name]).format_help()])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.splitlines() == [
        "['storyboard.commands.lora', 'storyboard.commands.program']",
        "[]",
    ]


def test_the_hooks_of_a_commit_check_what_make_checks() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    hooks = {Path(hook["entry"].split()[0]).name for hook in config["repos"][0]["hooks"]}
    check = re.search(
        r"^check:\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE
    )
    assert check is not None
    assert hooks == set(re.findall(r"\$\(BIN\)/([\w-]+)", check[1])) - {"pytest"}
