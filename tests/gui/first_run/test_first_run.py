"""The first start says once what this machine can draw with, and fetches it if wanted."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gui.drawing.model_download import ModelDownload
from gui.first_run import first_run as first_run_module
from gui.first_run.dialog import FirstRunDialog
from gui.first_run.first_run import FirstRun
from gui.first_run.outlook import ModelOutlook, Need, outlooks, usable_memory
from gui.widgets.plain_label import PlainLabel
from storyboard.machine.machine import Machine

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow

MAC = Machine("Apple M2 Max", 12, 38, 32 * 2**30, "macOS 15.1", "3.11", ())
SDXL = "stabilityai/stable-diffusion-xl-base-1.0"
OUTLOOK = ModelOutlook(
    "SDXL 1.0", SDXL, Need(10_330_000_000, 6_160_000_000, 1_500_000_000), True, 9.7, False, False
)


def _fetch(words: str) -> ModelDownload:
    return ModelDownload(SDXL, program=[sys.executable, "-c", words])


def _words(dialog: FirstRunDialog) -> str:
    return " | ".join(label.text() for label in dialog.findChildren(PlainLabel))


def test_a_model_fits_by_the_memory_that_the_gpu_may_have() -> None:
    assert usable_memory(12 * 2**30, is_mac=True) == 8 * 2**30
    assert usable_memory(64 * 2**30, is_mac=True) == 48 * 2**30
    (large,) = outlooks(MAC)
    (small,) = outlooks(replace(MAC, memory=8 * 2**30))
    (base,) = outlooks(replace(MAC, chip="Apple M2", gpu_cores=10))
    (unknown,) = outlooks(replace(MAC, chip="Apple M9"))
    assert (large.fits, small.fits) == (True, False)
    assert large.seconds is not None and base.seconds is not None and unknown.seconds is None
    assert base.seconds / large.seconds == pytest.approx(38 / 10)
    assert not large.is_here and not large.is_measured


def test_it_says_which_models_fit_and_fetches_one(qtbot: QtBot) -> None:
    line = 'import json; print(json.dumps({"what": "downloading a/b", "share": 0.5}), flush=True)'
    programs = iter([f"{line}\nimport time; time.sleep(60)", line])
    download = _fetch(next(programs))
    dialog = FirstRunDialog(MAC, [OUTLOOK], lambda place: download)
    qtbot.addWidget(dialog)
    dialog.show()
    for words in ("Apple M2 Max, 38 GPU cores, 32 GB", "10.3 GB", "7.7 GB, fits", "about 10 s"):
        assert words in _words(dialog)
    dialog.fetch[SDXL].click()
    qtbot.waitUntil(lambda: dialog.bar.value() == 500, timeout=20_000)
    assert "50.0 %" in dialog.status.text()
    dialog.pause.click()
    qtbot.waitUntil(lambda: "Paused" in dialog.status.text(), timeout=20_000)
    download._program[-1] = next(programs)
    dialog.pause.click()
    qtbot.waitUntil(lambda: "is here" in dialog.status.text(), timeout=20_000)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.fetch[SDXL].click()
    assert chosen.args == [SDXL] and not dialog.isVisible()


def test_closing_it_stops_the_download(qtbot: QtBot) -> None:
    download = _fetch("import time; time.sleep(60)")
    dialog = FirstRunDialog(MAC, [replace(OUTLOOK, fits=False)], lambda place: download)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "too much for this machine" in _words(dialog)
    dialog.fetch[SDXL].click()
    assert download.is_running
    dialog.reject()
    assert not download.is_running


def test_it_comes_once(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_run_module, "_look", lambda: (MAC, (OUTLOOK,)))
    first = FirstRun(window)
    first.offer()
    qtbot.waitUntil(lambda: first.dialog is not None, timeout=20_000)
    assert first.dialog is not None and not first.dialog.isModal()
    first.dialog.chosen.emit(SDXL)
    assert window.choices.settings.model == SDXL
    first.dialog.close()
    qtbot.waitUntil(lambda: first.dialog is None)
    again = FirstRun(window)
    monkeypatch.setattr(again._latest, "ask", lambda work: pytest.fail("it came again"))
    again.offer()
    first.close()
