"""What every test gets: no network, no settings of the developer's, and nothing left behind."""

from __future__ import annotations

import os
import threading
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

# Before anything imports Qt, torch or huggingface_hub: they read these once.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Tiny models gain nothing from threads, and lose much where other work waits for the same cores.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import psutil
import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.terminal import Terminal

# Before pytest-qt loads Qt, which looks into every module that is imported after it: a pydantic
# that is only half imported does not bear that, and a test file could not run alone.
import_module("pydantic.fields")

ROOT = Path(__file__).resolve().parent.parent
_CACHES = {"__pycache__", "storyboard.egg-info"}

# The same examples on every machine and every run; time is not what these tests are about.
# The same examples in every run: more of them would find nothing new there, and cost minutes.
settings.register_profile(
    "storyboard", deadline=None, derandomize=True, database=None, max_examples=50
)
settings.load_profile("storyboard")


@pytest.fixture(scope="session", autouse=True)
def _home_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home without settings, so that the developer's own cannot change a result."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("COLUMNS", "200")  # messages are compared: a narrow terminal would wrap them
        for name in [each for each in os.environ if each.startswith(("STORYBOARD_", "XDG_"))]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of the starter's structure with random weights: real diffusers, pictures of noise."""
    from storyboard.diffusion.device.libraries import quiet_libraries
    from tests.diffusion.tiny_model import build_tiny_model

    with quiet_libraries():
        return build_tiny_model(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def terminal(
    tiny_model: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Terminal:
    """A command line in an empty working folder, where a panel takes two steps."""
    from tests.terminal import Terminal

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STORYBOARD_NUM_INFERENCE_STEPS", "2")
    # In two steps nothing is left to leave out.
    monkeypatch.setenv("STORYBOARD_ACCELERATION", "off")
    # Not "auto": what happens to be fastest while tests run must not decide what they draw.
    monkeypatch.setenv("STORYBOARD_ENABLE_CHANNELS_LAST", "false")
    monkeypatch.setenv("STORYBOARD_ENABLE_ATTENTION_SLICING", "true")
    return Terminal(tiny_model, capsys)


@pytest.fixture(scope="module", autouse=True)
def _module_leaves_nothing_behind() -> Iterator[None]:
    """Fail the last test of a file that leaves a process, or a file in the working tree.

    Looking takes longer than many a test, so nobody looks after each of them.
    """
    processes, files = _processes(), _files()
    yield
    left = [
        *(f"process {pid}" for pid in _processes() - processes),
        *(f"file {path}" for path in _files() - files),
    ]
    assert not left, f"a test of this file left behind: {', '.join(left)}"


@pytest.fixture(autouse=True)
def _leaves_no_thread_behind() -> Iterator[None]:
    """Fail a test that leaves a thread."""
    threads = _threads()
    yield
    for thread in _threads() - threads:
        thread.join(timeout=5)  # one that is about to end is no leak
    left = [thread.name for thread in _threads() - threads]
    assert not left, f"the test left threads behind: {', '.join(left)}"


def _threads() -> set[threading.Thread]:
    return {each for each in threading.enumerate() if not each.daemon}


def _processes() -> set[int]:
    children = psutil.Process().children(recursive=True)
    return {each.pid for each in children if not _is_resource_tracker(each)}


def _is_resource_tracker(process: psutil.Process) -> bool:
    # multiprocessing keeps one such process for the life of the interpreter, by design.
    try:
        return any("resource_tracker" in word for word in process.cmdline())
    except psutil.Error:
        return True  # it has ended in the meantime


def _files() -> set[str]:
    found: set[str] = set()
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = [
            each for each in subfolders if not each.startswith(".") and each not in _CACHES
        ]
        found.update(f"{folder}/{name}" for name in names)
    return found
