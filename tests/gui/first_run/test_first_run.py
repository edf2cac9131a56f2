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
from gui.widgets.plain_label import PlainLabel
from storyboard.benchmark.model_table import model_rows
from storyboard.machine.machine import Machine

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow

MAC = Machine("Apple M2 Max", 12, 38, 32 * 2**30, "macOS 15.1", "3.11", ())
SDXL = "stabilityai/stable-diffusion-xl-base-1.0"
ROWS = {row.offer.name: row for row in model_rows(MAC, here=lambda place: False)}
OFFERED = {"Starter model": ROWS["starter"], "SDXL 1.0": ROWS[SDXL]}


def _fetch(words: str) -> ModelDownload:
    return ModelDownload(SDXL, program=[sys.executable, "-c", words])


def _words(dialog: FirstRunDialog) -> str:
    return " | ".join(label.text() for label in dialog.findChildren(PlainLabel))


def test_it_says_which_models_fit_and_fetches_one(qtbot: QtBot) -> None:
    line = 'import json; print(json.dumps({"what": "downloading a/b", "share": 0.5}), flush=True)'
    programs = iter([f"{line}\nimport time; time.sleep(60)", line])
    download = _fetch(next(programs))
    dialog = FirstRunDialog(MAC, OFFERED, lambda place: download)
    qtbot.addWidget(dialog)
    dialog.show()
    sdxl = ROWS[SDXL]
    time = f"about {sdxl.seconds['FAST']:.0f} s"
    for words in ("Apple M2 Max, 38 GPU cores, 32 GB", "6.9 GB | fits", time, sdxl.offer.licence):
        assert words in _words(dialog)
    assert list(dialog.fetch) == [SDXL]  # the starter is there
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


def test_where_one_model_cannot_be_fetched_another_can_be(qtbot: QtBot) -> None:
    klein = "black-forest-labs/FLUX.2-klein-4B"
    programs = {SDXL: "raise SystemExit(1)", klein: "pass"}
    dialog = FirstRunDialog(
        MAC, {place: ROWS[place] for place in programs}, lambda place: _fetch(programs[place])
    )
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.fetch[SDXL].click()
    assert not dialog.fetch[klein].isEnabled()  # one at a time
    qtbot.waitUntil(lambda: "broke off" in dialog.status.text(), timeout=20_000)
    dialog.fetch[klein].click()
    qtbot.waitUntil(lambda: "is here" in dialog.status.text(), timeout=20_000)
    assert dialog.fetch[SDXL].isEnabled()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.fetch[klein].click()
    assert chosen.args == [klein]


def test_closing_it_stops_the_download(qtbot: QtBot) -> None:
    download = _fetch("import time; time.sleep(60)")
    dialog = FirstRunDialog(
        MAC, {"SDXL 1.0": replace(ROWS[SDXL], fit="no")}, lambda place: download
    )
    qtbot.addWidget(dialog)
    dialog.show()
    assert "too much for this machine" in _words(dialog)
    dialog.fetch[SDXL].click()
    assert download.is_running
    dialog.reject()
    assert not download.is_running


def test_it_comes_once(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_run_module, "_look", lambda: (MAC, ROWS))
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
