"""The promises of docs/security.md, one test each or more."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from storyboard.diffusion.weights.checksums import check_manifest
from storyboard.errors import ModelError, ProjectError, SettingsError, StoryboardError
from storyboard.project.project import Project, read_board
from storyboard.settings.layers import load_settings
from tests import boards
from tests.conftest import ROOT
from tests.one_model import OneModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.terminal import Terminal

SOURCES = [
    path
    for room in ("storyboard", "gui")
    for path in (ROOT / room).rglob("*.py")
    if "starter" not in path.parts  # how the model was made; no part of the program
] + [ROOT / "config.py", ROOT / "local_image_generator.py", ROOT / "test_speed.py"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with a picture and a reference, closed."""
    with Project.create(tmp_path / "board", boards.a_board()) as project:
        boards.render(project, "p1")
        project.add_reference(boards.a_picture())
        project.snapshot()
    return tmp_path / "board"


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Path]:
    """Somebody's files beside the project, which stay as they are."""
    place = tmp_path / "outside"
    place.mkdir()
    (place / "picture.png").write_bytes(boards.a_picture(shade=9))
    (place / "diary.yaml").write_text("title: private\n")
    before = {each.name: each.read_bytes() for each in place.iterdir()}
    yield place
    assert {each.name: each.read_bytes() for each in place.iterdir()} == before


# Nothing outside the project's folder


@pytest.mark.parametrize(
    "name",
    [
        "../outside/picture.png",
        "/etc/passwd",
        "..\\x.png",
        "C:\\x.png",
        "a/b.png",
        "~/x.png",
        "",
        ".",
    ],
)
@pytest.mark.parametrize("key", ["file: {}", "pinned: {}"])
def test_no_name_in_a_record_leads_out_of_the_project(
    folder: Path, outside: Path, name: str, key: str
) -> None:
    record = folder / "board.yaml"
    text = record.read_text()
    take = next(line for line in text.splitlines() if "file:" in line)
    if key.startswith("file"):
        text = text.replace(take, take.partition("file:")[0] + key.format(json.dumps(name)))
    elif name:  # an empty pin is none
        text = text.replace("  note:", f"  {key.format(json.dumps(name))}\n  note:", 1)
    record.write_text(text)
    if key.startswith("file") or name:
        with pytest.raises(ProjectError, match=r"plain name of a \.png file|must be text"):
            Project.open(folder)
    else:
        Project.open(folder).close()


@pytest.mark.parametrize(
    "place",
    [
        *("board.yaml", "storyboard.yaml", ".lock", "panels", "removed", "references", "snapshots"),
        *("panels/*.png", "references/*.png", "snapshots/*.yaml", ".lock-holder"),
    ],
)
def test_no_link_in_a_project_is_followed(folder: Path, outside: Path, place: str) -> None:
    for path in [*folder.glob(place)] or [folder / place]:
        is_folder = path.is_dir()
        if is_folder:
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        is_picture = path.suffix == ".png"
        target = outside / ("picture.png" if is_picture else "diary.yaml")
        path.symlink_to(outside if is_folder else target, target_is_directory=is_folder)
    _use_everything(folder)


_WATCHED = """
import sys
from pathlib import Path
from tests import test_security

folder, outside = (Path(each).resolve() for each in sys.argv[1:])
touched = []

def watch(event, arguments):
    if event in ("open", "os.rename", "os.remove", "os.listdir", "os.scandir", "os.truncate"):
        touched.extend(str(each) for each in arguments[:2] if isinstance(each, (str, Path)))

test_security._use_everything(folder)  # once before, so that every module is there
sys.addaudithook(watch)
test_security._use_everything(folder)
bad = [each for each in touched if each.startswith(str(outside))]
assert touched and not bad, bad
"""


def test_the_interpreter_sees_no_access_to_a_file_that_a_project_links_to(
    folder: Path, outside: Path
) -> None:
    (next((folder / "snapshots").iterdir())).unlink()
    (folder / "snapshots" / "000007-20260301T000000Z.yaml").symlink_to(outside / "diary.yaml")
    (folder / "panels" / "panel-002-take-01-0a.png").symlink_to(outside / "picture.png")
    (folder / ".lock-holder").symlink_to(outside / "diary.yaml")
    command = [sys.executable, "-c", _WATCHED, str(folder), str(outside)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-2000:]


def _use_everything(folder: Path) -> None:
    """Open, look at all there is, rebuild, export: what a person does with a project."""
    from storyboard.export import ExportOptions, exporter

    def attempt(work: Callable[[], object]) -> None:
        try:
            work()
        except StoryboardError as error:
            assert "private" not in str(error)

    def look() -> None:
        with Project.open(folder) as project:
            for name in project.snapshots():
                attempt(lambda name=name: project.look_back(name))  # type: ignore[misc]
            for panel in project.board.panels:
                for take in panel.takes:
                    attempt(lambda take=take: project.is_whole(take))  # type: ignore[misc]
            for each in sorted((folder / "references").iterdir()):
                attempt(lambda name=each.name: project.reference(name))  # type: ignore[misc]
            attempt(lambda: boards.render(project, "p2"))
            attempt(lambda: project.add_reference(boards.a_picture(shade=3)))
            pdf = exporter("pdf")
            attempt(
                lambda: pdf.export(
                    project.board, project.picture, folder / "storyboard.pdf", ExportOptions()
                )
            )
            attempt(lambda: project.save(boards.without_takes(project.board)))

    attempt(look)
    attempt(lambda: load_settings(folder=folder, environ={}))
    attempt(lambda: Project.recover(folder).close())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among the files")
@pytest.mark.parametrize(
    "place",
    [
        *("board.yaml", "storyboard.yaml", ".lock", ".lock-holder", "panels/*.png"),
        *("references/*.png", "snapshots/*.yaml"),
    ],
)
def test_a_pipe_among_the_files_keeps_nobody_waiting(folder: Path, place: str) -> None:
    for path in [*folder.glob(place)] or [folder / place]:
        path.unlink(missing_ok=True)
        os.mkfifo(path)
    _use_everything(folder)


# No code, no pickle


_FORBIDDEN = {
    *("pickle", "marshal", "shelve", "dill", "torch.load", "eval", "exec"),
    *("yaml.unsafe_load", "yaml.full_load", "yaml.load_all", "UnsafeLoader", "FullLoader"),
}


def test_no_source_reads_pickles_or_lets_a_model_bring_code() -> None:
    found: list[str] = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            where, names = path.name, set[str]()
            if isinstance(node, ast.Call):
                where, names = f"{path.name}:{node.lineno}", {ast.unparse(node.func)}
                asked = {each.arg: ast.unparse(each.value) for each in node.keywords}
                if asked.get("trust_remote_code", "False") != "False":
                    found.append(f"{where}: trust_remote_code")
                loads = any(each.endswith("from_pretrained") for each in names)
                words = any("Tokenizer" in each for each in names)
                if loads and not words and asked.get("use_safetensors") != "True":
                    found.append(f"{where}: {names} takes pickles too")
            elif isinstance(node, ast.Import):
                names = {each.name for each in node.names}
            elif isinstance(node, ast.ImportFrom):
                names = {node.module or "", *(each.name for each in node.names)}
            found += [f"{where}: {each}" for each in names & _FORBIDDEN]
    assert found == []


@pytest.mark.parametrize("suffix", [".bin", ".pt", ".pth", ".ckpt", ".pkl", ".PT", ".CKPT"])
def test_pickled_weights_are_refused_unread(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"model{suffix}"
    file.write_bytes(b"cos\nsystem\n(S'exit 1'\ntR.")
    with pytest.raises(ModelError, match="is refused: pickled weights can run any program"):
        OneModel(str(file)).load()


_EVIL = "import pathlib\npathlib.Path({!r}).touch()\nclass Evil: pass\n"


@pytest.mark.parametrize("part", ["unet", "text_encoder", "scheduler", "vae", "_class_name"])
def test_code_beside_a_model_is_never_run(tmp_path: Path, tiny_model: Path, part: str) -> None:
    model, ran = tmp_path / "model", tmp_path / "ran"
    shutil.copytree(tiny_model, model)
    for place in (
        model,
        model / "unet",
        model / "text_encoder",
        model / "scheduler",
        model / "vae",
    ):
        for name in ("evil", "pipeline", "modeling_evil", part):
            (place / f"{name}.py").write_text(_EVIL.format(str(ran)))
    index = model / "model_index.json"
    parts = json.loads(index.read_text())
    parts[part] = ["pipeline", "Evil"] if part == "_class_name" else ["evil", "Evil"]
    index.write_text(json.dumps(parts))
    for config in model.glob("*/config.json"):
        values = json.loads(config.read_text())
        values["auto_map"] = {"AutoModel": "modeling_evil.Evil", "AutoConfig": "modeling_evil.Evil"}
        config.write_text(json.dumps(values))
    with pytest.raises(ModelError):
        OneModel(str(model)).load()
    assert not ran.exists()


def test_a_project_cannot_bring_pickled_weights(folder: Path, terminal: Terminal) -> None:
    (folder / "model.ckpt").write_bytes(b"cos\nsystem\n(S'exit 1'\ntR.")
    (folder / "storyboard.yaml").write_text(f"model: {folder}/model.ckpt\n")
    terminal("resume", str(folder), code=3)
    assert "is refused: pickled weights can run any program" in terminal.err


@pytest.mark.parametrize("name", ["../secret", "/etc/hostname", "unet/../../secret"])
def test_a_models_manifest_names_nothing_outside_the_model(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("private")
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "MANIFEST.json").write_text(json.dumps({name: "0"}))
    with pytest.raises(ModelError, match="which is not in it"):
        check_manifest(tmp_path / "model", "get it again")


# No network that nobody asked for

_OFFLINE = """
import socket, sys
def refuse(*words, **named):
    raise SystemExit(f"the network was asked for: {words[:2]}")
for name in ("getaddrinfo", "gethostbyname", "create_connection"):
    setattr(socket, name, refuse)
# urllib3 makes a socket when it is imported, to see whether there is IPv6; using one is refused.
class DeadSocket(socket.socket):
    connect = connect_ex = send = sendall = sendto = sendmsg = refuse
socket.socket = DeadSocket
said = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"}
sys.addaudithook(lambda event, arguments: event in said and refuse(event, arguments))
from storyboard import cli
sys.exit(cli.main(sys.argv[1:]))
"""


def _offline(*words: str, home: Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """A command in a process whose sockets refuse, and without a setting that says so."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    environment |= {"STORYBOARD_NUM_INFERENCE_STEPS": "1", "HOME": str(home)}
    environment["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-c", _OFFLINE, *words]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)


def test_the_starter_needs_no_network(tmp_path: Path) -> None:
    out = str(tmp_path / "b")
    run = _offline("render", "Mira walks by the sea.", "--panels", "1", "--out", out, home=tmp_path)
    assert run.returncode == 0, run.stderr[-2000:]
    assert read_board(tmp_path / "b").panels[0].takes


def test_a_strangers_project_downloads_nothing(folder: Path, tmp_path: Path) -> None:
    for name in ("model", "ip_adapter", "few_step"):
        settings = {"model": "stranger/model"} if name == "ip_adapter" else {}
        settings[name] = "stranger/model" if name == "model" else "lcm"
        (folder / "storyboard.yaml").write_text(json.dumps(settings))
        assert load_settings(folder=folder, environ={}).settings.allow_download is False
    (folder / "storyboard.yaml").write_text("model: stranger/model\n")
    run = _offline("resume", str(folder), home=tmp_path)
    assert run.returncode == 3, run.stderr[-2000:]
    assert "stranger/model is not on this machine, and only the project asks for it" in run.stderr
    assert "--allow-download" in run.stderr


def test_a_folder_without_a_board_downloads_nothing_either(tmp_path: Path) -> None:
    (tmp_path / "storyboard.yaml").write_text("model: stranger/model\n")
    words = ("render", "Mira walks by the sea.", "--panels", "1", "--out", str(tmp_path / "b"))
    run = _offline(*words, home=tmp_path, cwd=tmp_path)
    assert run.returncode == 3, run.stderr[-2000:]
    assert "stranger/model is not on this machine, and only the project asks for it" in run.stderr
    assert not (tmp_path / "b").exists()
    run = _offline(*words, "--allow-download", home=tmp_path, cwd=tmp_path)
    assert "the network was asked for" in run.stderr  # the user's word


def test_only_the_user_can_allow_a_download(folder: Path) -> None:
    settings = folder / "storyboard.yaml"
    settings.write_text("model: stranger/model\nallow_download: true\n")
    with pytest.raises(SettingsError, match="is not for a project to say"):
        load_settings(folder=folder, environ={})
    settings.write_text("model: stranger/model\n")
    allowed = (
        load_settings({"model": "stranger/model"}, folder=folder, environ={}),
        load_settings({"allow_download": True}, folder=folder, environ={}),
        load_settings(folder=folder, environ={"STORYBOARD_ALLOW_DOWNLOAD": "true"}),
        load_settings(folder=folder, environ={"STORYBOARD_MODEL": "stranger/model"}),
    )
    assert all(each.settings.allow_download for each in allowed)
    assert not load_settings({"model": "other/model"}, folder=folder, environ={}).origins == {}
    settings.write_text("mode: FAST\n")
    assert load_settings(folder=folder, environ={}).settings.allow_download
