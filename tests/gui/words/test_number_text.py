from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale

from gui.words.number_text import decimal, significant
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRACTION = re.compile(r":[+,]?\.?\d*[fg]\}")


@pytest.fixture
def _language(request: pytest.FixtureRequest) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("_language", "point"), [("en", "."), ("ru", ","), ("kk", ",")], indirect=["_language"]
)
@pytest.mark.usefixtures("_language")
def test_fractions_have_the_point_of_the_language(point: str) -> None:
    assert decimal(3.74, 1) == f"3{point}7"
    assert decimal(0, 2) == f"0{point}00"
    assert [significant(each, 6) for each in (2.5, 3.0, 120)] == [f"2{point}5", "3", "120"]


def test_nobody_writes_fractions_in_another_way() -> None:
    files = sorted((ROOT / "gui").rglob("*.py"))
    assert [each.name for each in files if _FRACTION.search(each.read_text("utf-8"))] == []
