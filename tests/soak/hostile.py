"""Loads and draws every hostile model folder in one process, and says how each ended.

    python -m tests.soak.hostile [--every N] [--chosen] [--read]

Prints one JSON object: how many were refused and drawn, how long and how large the worst was, what
went wrong. ``--read`` only looks for the files, which must do without torch.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyboard.diffusion.families.sdxl.files import find_model
from storyboard.diffusion.weights.place import STARTER
from storyboard.errors import StoryboardError
from tests.hostile_models import CHOSEN, PICKLED, copy_model, hostile_models
from tests.requests import Lock, panel_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.hostile_models import HostileModel

_PATIENCE = 60  # seconds until a folder counts as hanging
_opened: list[str] = []
_watching: list[bool] = []  # anything while a folder is read, and not while it is made


def main() -> int:
    """Run, and print the tally."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--chosen", action="store_true")
    parser.add_argument("--read", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name).resolve()
        good = shutil.copytree(STARTER, home / "good")
        (good / "MANIFEST.json").unlink()  # it would find every change before anybody reads it
        work = _read if asked.read else _drawn()
        work(good)
        mark = home / "ran"
        models = list(hostile_models(mark))
        if asked.chosen:
            models = [each for each in models if each.name in CHOSEN]
        tally = _try_all(models[asked.start :: asked.every], home, work)
        tally["torch"] = "torch" in sys.modules
        tally["pickles run"] = int(mark.exists())
    print(json.dumps(tally))
    print("\n".join(tally["wrong"]), file=sys.stderr)
    return 1 if tally["wrong"] or tally["pickles run"] or tally["pickles opened"] else 0


def _read(folder: Path) -> None:
    find_model(str(folder), half=False, adapter="bundled")


def _drawn() -> Callable[[Path], None]:
    """Loads and draws, with the adapter and the tiny decoder."""
    from storyboard.diffusion.families.sdxl.cost import count_panel
    from tests import boards
    from tests.one_model import OneModel

    lock = Lock("Mira", (boards.a_picture(),), 0.6)
    request = panel_request(
        1,
        "a red coat",
        "blurry",
        64,
        64,
        2,
        5.0,
        1,
        identities=(lock,),
        acceleration="decoder=tiny",
    )

    def draw(folder: Path) -> None:
        # Counting its cost reads less than drawing does, so it goes its own way to an end.
        with suppress(StoryboardError):
            count_panel(str(folder), width=64, height=64, steps=2, guidance_scale=5, references=1)
        with OneModel(
            str(folder), channels_last=False, attention_slicing=True, download=False
        ) as generator:
            generator.describe()
            generator.render(request)

    return draw


def _try_all(
    models: list[HostileModel], home: Path, work: Callable[[Path], None]
) -> dict[str, Any]:
    sys.addaudithook(_watch)
    signal.signal(signal.SIGALRM, _too_long)
    wrong: list[str] = []
    ended = {"refused": 0, "drawn": 0}
    slowest: tuple[float, str] = (0.0, "")
    largest: tuple[float, str] = (0.0, "")
    opened = 0
    for number, model in enumerate(models):
        folder = copy_model(home / "good", home / "a" / "b" / f"{number}")
        model.spoil(folder)
        signal.alarm(_PATIENCE)
        began, before = time.process_time(), _megabytes()
        _watching.append(True)
        try:
            work(folder)
            ended["drawn"] += 1
        except StoryboardError as error:
            ended["refused"] += 1
            if not str(error).isprintable() or len(str(error)) > 1000:
                wrong.append(f"{model.name}: not one line: {str(error)[:200]!r}")
            slowest = max(slowest, (time.process_time() - began, model.name))
        except BaseException as error:  # noqa: BLE001  (what must not be, whatever it is)
            where = traceback.extract_tb(error.__traceback__)[-1]
            wrong.append(f"{model.name}: {type(error).__name__} {str(error)[:200]} ({where})")
        finally:
            signal.alarm(0)
            _watching.clear()
        largest = max(largest, (_megabytes() - before, model.name))
        wrong += [f"{model.name}: opened {each}" for each in _opened]
        opened += len(_opened)
        _opened.clear()
        shutil.rmtree(home / "a")
    return {
        **ended,
        "wrong": wrong,
        "slowest refusal": slowest,
        "largest MB": largest,
        "pickles opened": opened,
    }


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching and event == "open" and str(arguments[0]).lower().endswith(PICKLED):
        _opened.append(str(arguments[0]))


def _too_long(*_: object) -> None:
    raise TimeoutError("it hangs")


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
