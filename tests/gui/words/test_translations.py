"""The window's words in other languages: all there, whole, and really in that language."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QMenu

from gui.application import TRANSLATIONS, translate
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.window.main_window import MainWindow

LANGUAGES = ("ru", "kk")
_PLACE = re.compile(r"\{\d\}")
_MNEMONIC = re.compile(r"&(?=\w)")
_KAZAKH = set("әғқңөұүһі")
_BUTTONS = (
    QDialogButtonBox.StandardButton.Save
    | QDialogButtonBox.StandardButton.Cancel
    | QDialogButtonBox.StandardButton.Close
)


@cache
def _texts(language: str) -> dict[tuple[str, str], str]:
    """Translations by context and source."""
    root = ET.parse(TRANSLATIONS / f"storyboard_{language}.ts").getroot()
    return {
        (context.findtext("name", ""), each.findtext("source", "")): each.findtext(
            "translation", ""
        )
        for context in root.iter("context")
        for each in context.iter("message")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_window_is_translated(language: str, tmp_path: Path) -> None:
    words = tmp_path / "words.ts"
    shutil.copyfile(TRANSLATIONS / f"storyboard_{language}.ts", words)
    assert 'type="unfinished"' not in words.read_text(encoding="utf-8")
    # What the sources say and the translation has not yet heard of would be unfinished now.
    program = Path(sys.executable).with_name("pyside6-lupdate")
    sources = sorted(str(each) for each in (ROOT / "gui").glob("**/*.py"))
    subprocess.run([program, *sources, "-ts", words], check=True, capture_output=True)
    assert 'type="unfinished"' not in words.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_released_is_what_was_translated(language: str) -> None:
    translator = QTranslator()
    assert translator.load(str(TRANSLATIONS / f"storyboard_{language}.qm"))
    texts = _texts(language)
    said = {key: translator.translate(*key) for key in texts}
    assert said == texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_loses_a_place_a_mnemonic_or_all_its_words(language: str) -> None:
    wrong = [
        source
        for (_, source), said in _texts(language).items()
        if not said.strip()
        or Counter(_PLACE.findall(source)) != Counter(_PLACE.findall(said))
        or len(_MNEMONIC.findall(source)) != len(_MNEMONIC.findall(said))
        or source.endswith("…") != said.endswith("…")
    ]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_name_no_file_of_the_sources(language: str) -> None:
    assert "<location" not in (TRANSLATIONS / f"storyboard_{language}.ts").read_text("utf-8")


def test_kazakh_is_kazakh() -> None:
    kazakh, russian = _texts("kk"), _texts("ru")
    words = [said for said in kazakh.values() if re.search(r"[а-яё]{3}", said.lower())]
    with_own_letters = [each for each in words if _KAZAKH & set(each.lower())]
    assert len(with_own_letters) > 0.75 * len(words)
    same = [key for key, said in kazakh.items() if said == russian[key]]
    assert len(same) < 0.25 * len(kazakh)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_window_in_another_language_has_its_menus_and_buttons(
    language: str, open_window: Callable[..., MainWindow]
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    translators = translate(app, QLocale(language))
    try:
        window = open_window()
        menus = [each for each in window.menuBar().findChildren(QMenu) if "&" in each.title()]
        letters = [each.title().partition("&")[2][:1].lower() for each in menus]
        assert len(letters) == 5 and len(set(letters)) == 5
        # Qt's own words; it brings both languages.
        box = QDialogButtonBox(_BUTTONS)
        said = [each.text() for each in box.buttons()]
        assert len(said) == 3 and not re.search("[A-Za-z]", "".join(said))
    finally:
        for each in translators:
            app.removeTranslator(each)
