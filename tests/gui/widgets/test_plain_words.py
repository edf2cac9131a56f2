"""Words of a stranger that look like HTML: shown as they are, and nothing is read for them."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QApplication, QLabel

from gui.dialogs.export import ExportDialog
from storyboard.project.project import Project
from storyboard.values.judgement import Agreement
from storyboard.values.shot import DialogueLine
from tests import boards
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow

_TAG = "<img"


def test_a_board_full_of_tags_makes_the_window_read_no_file(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)  # whoever opens it to read waits for ever
    evil = f'{_TAG} src="{pipe.as_uri()}">'
    board = boards.a_board(2)
    shot = replace(
        board.panels[0].shot,
        action=evil,
        note=evil,
        setting=evil,
        prompt_action=evil,
        characters=(evil,),
        dialogue=(DialogueLine(evil, evil),),
    )
    board = replace(board, title=evil, story=evil, panels=(replace(board.panels[0], shot=shot),))
    with Project.create(tmp_path / "board", board) as project:
        take = boards.render(project, "p1")
        liked = replace(take, agreement=Agreement(((evil, 0.5),), 0.1))
        panel = replace(project.board.panels[0], takes=(liked,))
        project.save(replace(project.board, panels=(panel,)))
    window.open_folder(tmp_path / "board")
    window.board.select(["p1"])
    qtbot.waitUntil(lambda: window.inspector.takes.list.count() == 1)
    window.messages.problem(evil)
    assert window.document is not None
    dialog = ExportDialog(window.document, "A4", parent=window)
    dialog.message.setText(evil)
    dialog.show()
    QApplication.processEvents()
    widgets = QApplication.allWidgets()
    labels = [each for each in widgets if isinstance(each, QLabel) and _TAG in each.text()]
    assert len(labels) >= 3
    assert {each.textFormat() for each in labels} == {Qt.TextFormat.PlainText}
    takes = window.inspector.takes.list
    tips = [*(each.toolTip() for each in widgets), takes.item(0).toolTip()]
    index = window.model.index(0, 0)
    tips.append(window.model.data(index, Qt.ItemDataRole.ToolTipRole))
    assert any("&lt;img" in each for each in tips)
    assert not [each for each in tips if _TAG in each and GuiQt.mightBeRichText(each)]
    dialog.reject()


def test_labels_that_may_show_words_of_others_are_plain() -> None:
    allowed = {"gui/widgets/plain_label.py", "gui/docks/prompt_view.py"}  # the latter escapes them
    made = {
        str(each.relative_to(ROOT))
        for each in (ROOT / "gui").rglob("*.py")
        if "QLabel(" in each.read_text(encoding="utf-8").replace("class PlainLabel(QLabel)", "")
    }
    assert made <= allowed
