from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPlainTextEdit, QScrollArea

from gui.application import TRANSLATIONS, translate
from gui.dialogs.export import ExportDialog
from gui.dialogs.preferences import Preferences
from gui.timeline.slideshow import Slideshow
from gui.words.language import Language
from gui.words.shot_words import rescue_words, shot_word
from storyboard.export import EXPORTERS
from storyboard.film.ffmpeg_program import encoder_here
from storyboard.planning.shot_list import from_yaml
from storyboard.settings.user_settings import user_file
from storyboard.values.editing import with_value
from storyboard.values.judgement import Rescue
from storyboard.values.shot import CameraAngle, CameraMove, ShotSize
from tests.boards import a_picture
from tests.conftest import ROOT
from tests.gui.conftest import plan

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow

LONG = 60_000


def _draw(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        window.actions_.render_missing.trigger()


def test_the_first_start_shows_the_example_one_click_from_a_board(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window()
    with qtbot.waitSignal(window.planning.planned, timeout=20_000):
        window.open_first(None)
    assert window.model.rowCount() == 6
    assert window.windowTitle() == "The Letter from the Sea"
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        window.messages.button.click()
    assert not window.control.missing


def test_an_empty_board_says_what_to_do(window: MainWindow) -> None:
    assert window.empty.isVisible() and not window.board.isVisible()
    assert not window.actions_.render_all.isEnabled()


def test_the_last_board_opens_again_with_its_mode(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    first = open_window()
    first.new_board()
    plan(first, qtbot)
    first.speed.mode.setCurrentIndex(first.speed.mode.findData("QUALITY"))
    first.speed.mode.activated.emit(first.speed.mode.currentIndex())
    assert first.choices.settings.num_inference_steps == 20
    board = first.document.board if first.document else None
    first.close()
    second = open_window()
    second.open_first(None)
    assert second.document is not None and second.document.board == board
    assert second.choices.settings.mode == "QUALITY"
    assert "QUALITY" in second.speed.mode.currentText()


def test_a_board_that_is_open_elsewhere_is_a_sentence(
    open_window: Callable[..., MainWindow],
) -> None:
    first, second = open_window(), open_window()
    first.new_board()
    assert first.document is not None
    assert not second.open_folder(first.document.folder)
    assert "already open" in second.messages.text


def test_a_damaged_board_is_rebuilt_on_request(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    first = open_window()
    first.new_board()
    plan(first, qtbot)
    _draw(first, qtbot)
    assert first.document is not None
    folder = first.document.folder
    first.close()
    (folder / "board.yaml").write_text("panels: [", encoding="utf-8")
    second = open_window()
    assert not second.open_folder(folder)
    second.messages.button.click()
    assert second.document is not None
    assert [len(each.takes) for each in second.document.board.panels] == [1] * 6


def test_a_folder_that_is_no_board_is_a_sentence(window: MainWindow, tmp_path: Path) -> None:
    before = window.document
    assert not window.open_folder(tmp_path)
    assert "no storyboard project" in window.messages.text
    assert window.document is before


def test_a_disk_that_refuses_loses_nothing(
    planned: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storyboard.errors import ProjectError
    from storyboard.project.folder import ProjectFolder

    def refuse(folder: ProjectFolder, name: str, *_: object) -> None:
        raise ProjectError(f"cannot write {folder.path / name}: No space left on device")

    document = planned.document
    assert document is not None
    with monkeypatch.context() as patch:
        patch.setattr(ProjectFolder, "write", refuse)
        planned.board.select([planned.model.panel(0).key])
        planned.actions_.delete.trigger()
        assert "No space left" in planned.messages.text
        assert len(document.board.panels) == 5 and not document.is_saved
    with qtbot.waitSignal(document.saved, timeout=10_000):
        pass
    from storyboard.project.project import read_board

    assert read_board(document.folder) == document.board


def test_the_pdf_has_a_true_preview_and_is_written(
    planned: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    _draw(planned, qtbot)
    planned.actions_.export.trigger()
    dialog = planned.findChild(ExportDialog)
    assert dialog is not None
    assert dialog.form.count() == len(EXPORTERS)
    qtbot.waitUntil(lambda: dialog.preview_count > 0, timeout=20_000)
    dialog.out.setText(str(tmp_path / "board.pdf"))
    with qtbot.waitSignal(dialog.exported, timeout=20_000):
        dialog.write.click()
    assert (tmp_path / "board.pdf").read_bytes().startswith(b"%PDF")
    assert "board.pdf" in planned.messages.text


def test_an_export_to_nowhere_is_a_sentence_in_the_dialog(
    planned: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    planned.actions_.export.trigger()
    dialog = planned.findChild(ExportDialog)
    assert dialog is not None
    (tmp_path / "file").write_text("", encoding="utf-8")
    dialog.out.setText(str(tmp_path / "file" / "board.pdf"))
    dialog.write.click()
    qtbot.waitUntil(dialog.write.isEnabled, timeout=20_000)
    assert str(tmp_path / "file") in dialog.message.text()
    dialog.out.setText("~nobody-of-that-name/board.pdf")
    dialog.write.click()
    assert "~nobody-of-that-name" in dialog.message.text()
    dialog.reject()


def test_a_window_without_ffmpeg_names_its_own_forms(
    planned: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _draw(planned, qtbot)
    monkeypatch.setenv("PATH", str(tmp_path))
    encoder_here.cache_clear()
    dialog = _export(planned, "mp4", tmp_path / "film.mp4")
    dialog.write.click()
    qtbot.waitUntil(dialog.write.isEnabled, timeout=20_000)
    encoder_here.cache_clear()
    assert "choose QuickTime, GIF or WebP" in dialog.message.text()
    assert "--" not in dialog.message.text()
    dialog.reject()


def test_a_film_shows_how_far_it_is_and_can_be_stopped(
    planned: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    _draw(planned, qtbot)
    document = planned.document
    assert document is not None
    keys = [panel.key for panel in document.board.panels]
    document.edit("Longer", with_value(document.board, keys, "duration", 60.0))
    dialog = _export(planned, "mov", tmp_path / "film.mov")
    dialog.write.click()
    bar = dialog.progress.bar
    assert dialog.progress.isVisibleTo(dialog)
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() > 0, timeout=20_000)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(dialog.write.isEnabled, timeout=20_000)
    assert dialog.isVisible() and not dialog.progress.isVisibleTo(dialog)
    assert "cancelled" in dialog.message.text()
    assert list(tmp_path.glob("film*")) == []
    dialog.reject()
    assert not dialog.isVisible()


def test_the_windows_shot_list_names_its_references_wherever_it_lies(
    planned: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    document = planned.document
    assert document is not None
    (tmp_path / "mira.png").write_bytes(a_picture(300, 200))
    planned.cast.add_files([str(tmp_path / "mira.png")])
    qtbot.waitUntil(lambda: bool(document.board.characters[0].references), timeout=20_000)
    out = tmp_path / "elsewhere" / "list.shots.yaml"
    out.parent.mkdir()
    dialog = _export(planned, "shots", out)
    with qtbot.waitSignal(dialog.exported, timeout=20_000):
        dialog.write.click()
    plan = from_yaml(out.read_text(encoding="utf-8"))
    (name,) = plan.characters[0].references
    assert Path(name).is_absolute() and Path(name).is_file()


def _export(window: MainWindow, form: str, out: Path) -> ExportDialog:
    window.actions_.export.trigger()
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    names = [dialog.form.itemData(row).name for row in range(dialog.form.count())]
    dialog.form.setCurrentIndex(names.index(form))
    dialog.form.activated.emit(dialog.form.currentIndex())
    dialog.out.setText(str(out))
    return dialog


def test_the_return_key_exports(planned: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    planned.actions_.export.trigger()
    dialog = planned.findChild(ExportDialog)
    assert dialog is not None
    dialog.out.setText(str(tmp_path / "board.pdf"))
    with qtbot.waitSignal(dialog.exported, timeout=20_000):
        QTest.keyClick(dialog.out, Qt.Key.Key_Return)
    assert (tmp_path / "board.pdf").is_file()


def test_preferences_show_origins_and_keep_what_is_changed(planned: MainWindow) -> None:
    planned.actions_.preferences.trigger()
    dialog = planned.findChild(Preferences)
    assert dialog is not None
    assert "STORYBOARD_NUM_INFERENCE_STEPS" in dialog.origins["num_inference_steps"].text()
    assert dialog.origins["style"].text() == "as installed"
    assert set(dialog.fields) == set(planned.choices.effective.origins)  # none is left out
    dialog.language.setCurrentIndex(dialog.language.findData("kk"))
    style = dialog.fields["style"]
    assert isinstance(style, QPlainTextEdit)
    style.setPlainText("charcoal")
    dialog.buttons.button(QDialogButtonBox.StandardButton.Save).click()
    try:
        assert "charcoal" in user_file().read_text(encoding="utf-8")
        assert Language(planned.store).locale.language() is QLocale.Language.Kazakh
        assert planned.choices.settings.style == "charcoal"
        assert "this window" in planned.choices.effective.origins["style"]
    finally:
        user_file().unlink(missing_ok=True)


def test_the_slideshow_goes_by_keys(planned: MainWindow) -> None:
    assert planned.document is not None
    show = Slideshow(planned.document, planned.timeline.clock, 0, planned)
    show.resize(640, 400)
    show.show()
    QTest.keyClick(show, Qt.Key.Key_Right)
    QTest.keyClick(show, Qt.Key.Key_Space)
    assert show.number == 3
    QTest.keyClick(show, Qt.Key.Key_End)
    assert show.number == 6
    QTest.keyClick(show, Qt.Key.Key_Right)
    assert show.number == 6
    QTest.keyClick(show, Qt.Key.Key_Home)
    QTest.keyClick(show, Qt.Key.Key_P)
    assert show.number == 1 and show.is_playing
    QTest.keyClick(show, Qt.Key.Key_Escape)


def test_the_benchmark_is_written_as_png_and_json(
    planned: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    _draw(planned, qtbot)
    planned.benchmark.write_picture(str(tmp_path / "run.png"))
    planned.benchmark.write_numbers(str(tmp_path / "run.json"))
    assert (tmp_path / "run.png").read_bytes().startswith(b"\x89PNG")
    record = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert [each["cold"] for each in record["panels"]] == [True, *[False] * 5]
    table = planned.benchmark.table
    item = table.item(5, 0)
    assert item is not None and item.text() == "panel 6"
    row = table.verticalHeader().defaultSectionSize()
    assert table.viewport().height() % row < row // 4  # no row is cut through
    planned.benchmark.write_numbers(str(tmp_path / "nowhere" / "run.json"))
    assert "nowhere" in planned.messages.text


def test_five_hundred_panels_keep_memory_bounded(planned: MainWindow, qtbot: QtBot) -> None:
    from dataclasses import replace

    from storyboard.values.board import Panel

    _draw(planned, qtbot)
    document = planned.document
    assert document is not None
    board = document.board
    more = [Panel(f"n{n}", board.panels[n % 6].shot, n) for n in range(494)]
    document.edit("many", replace(board, panels=(*board.panels, *more)))
    assert planned.model.rowCount() == 500
    bar = planned.board.verticalScrollBar()
    for place in range(0, bar.maximum(), max(1, bar.maximum() // 20)):
        bar.setValue(place)
        planned.board.viewport().grab()
    assert planned.thumbnails.used_bytes < 100 * 1024 * 1024


def test_the_window_speaks_russian(qtbot: QtBot, open_window: Callable[..., MainWindow]) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert (TRANSLATIONS / "storyboard_ru.qm").is_file()
    translators = translate(app, QLocale("ru_RU"))
    try:
        window = open_window()
        assert window.docks.story.windowTitle() == "История"
        assert window.actions_.cancel.text() == "Отменить"
        assert [window.inspector.form.shot_size.itemText(n) for n in range(5)] == [
            *("общий план", "во весь рост", "средний план", "крупный план", "деталь")
        ]
        assert shot_word(CameraAngle.OVER_THE_SHOULDER) == "из-за плеча"
    finally:
        for each in translators:
            app.removeTranslator(each)


def test_every_word_for_shots_and_flaws_has_a_translation_of_its_own() -> None:
    every = [*ShotSize, *CameraAngle, *CameraMove]
    assert [shot_word(each) for each in every] == [each.value for each in every]
    drawn_again = Rescue(("black",), ("another seed",), 1, "off")
    assert rescue_words(drawn_again) == "drawn again: the first was black"
    hopeless = Rescue(("noise", "flat"), (), 1, "off", flaw="flat")
    assert rescue_words(hopeless) == "still of one colour after every attempt"


def test_a_window_is_shown_before_what_it_does_not_need_for_that_is_imported() -> None:
    """Each of these costs some thousandths of a second; together they were a fiftieth of all."""
    program = (
        "import sys, gui.application as window, PySide6.QtCore as core;"
        "app = window.start([]);"
        "shown = window.open_window(core.QSettings('none.ini', core.QSettings.Format.IniFormat));"
        "app.processEvents();"
        "found = {name for name in sys.modules if name.startswith('storyboard.')};"
        "print(sorted({'dataclasses'} & set(sys.modules)), sorted(found))"
    )
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT)
    known = ["files", "files.assets", "generator", "values", "values.bounds"]
    assert done.stdout.strip() == f"[] {[f'storyboard.{name}' for name in known]}", done.stderr


def test_the_window_never_imports_torch() -> None:
    program = (
        "import sys, gui.application, gui.dialogs.export, gui.dialogs.preferences;"
        "import gui.timeline.slideshow;"
        "print(sorted({'torch', 'diffusers', 'transformers', 'fpdf', 'lingua'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "torch" not in done.stdout and "diffusers" not in done.stdout


def test_a_filled_benchmark_is_seen_whole_in_a_small_window(
    planned: MainWindow, qtbot: QtBot
) -> None:
    for width in (1280, 1024):
        planned.resize(width, 700)
        planned.docks.take_usual_sizes()
        planned.benchmark._fill()  # as the first step of a run does
        qtbot.wait(50)
        area = planned.benchmark.findChild(QScrollArea)
        assert area is not None and area.isVisible()
        assert area.horizontalScrollBar().maximum() == 0, width
