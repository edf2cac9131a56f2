"""The start after a crash says so, once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QDesktopServices

from gui.window.crash_notice import CrashNotice

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow


def _crash(folder: Path) -> Path:
    report = folder / f"crash-{2**22}.txt"
    report.write_text("Storyboard\n" + "-" * 40 + "\nFatal Python error: Aborted\n", "utf-8")
    return report


@pytest.mark.parametrize("opens", [True, False])
def test_a_report_is_shown_or_its_place_is_told(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, opens: bool
) -> None:
    shown: list[str] = []

    def open_url(url: object) -> bool:
        shown.append(url.toLocalFile())  # type: ignore[attr-defined]
        return opens

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    _crash(tmp_path)
    CrashNotice(window, tmp_path).tell()
    assert "nobody has been sent it" in window.messages.text
    window.messages.button.click()
    assert "Aborted" in Path(shown[0]).read_text("utf-8")
    assert (shown[0] in window.messages.text) is not opens
    window.messages.hide()
    CrashNotice(window, tmp_path).tell()
    assert not window.messages.text


def test_a_report_is_deleted(window: MainWindow, tmp_path: Path) -> None:
    report = _crash(tmp_path)
    CrashNotice(window, tmp_path).tell()
    window.messages.second_button.click()
    assert not report.exists() and not window.messages.text
