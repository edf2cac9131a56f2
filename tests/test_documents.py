"""What the documents name is there."""

from __future__ import annotations

import re

from tests.conftest import ROOT

_DOCUMENTS = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def test_every_test_and_file_that_a_document_names_is_there() -> None:
    files = sorted((ROOT / "tests").rglob("*.py"))
    there = {each.stem for each in files}
    for file in files:
        there.update(re.findall(r"def (test_\w+)", file.read_text(encoding="utf-8")))
    missing = []
    for document in _DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        named = set(re.findall(r"\b(test_[a-z0-9_]+)\b", text)) - {"test_speed"}
        missing += [f"{document.name}: {each}" for each in sorted(named - there)]
        paths = set(re.findall(r"`((?:storyboard|gui|tests)/[\w/]+\.py)", text))
        missing += [f"{document.name}: {each}" for each in paths if not (ROOT / each).is_file()]
    assert missing == []
