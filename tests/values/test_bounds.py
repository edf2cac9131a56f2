"""The bounds that users read of are those that are enforced."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.values import bounds

TABLE = (Path(__file__).parents[2] / "docs" / "security.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("board.yaml", f"{bounds.RECORD_BYTES // bounds.MIB} MB, {bounds.RECORD_EVENTS:,} nodes"),
        ("`storyboard.yaml`", f"{bounds.SETTINGS_BYTES // bounds.KIB} KB"),
        ("character file", f"{bounds.CHARACTER_BYTES // bounds.KIB} KB"),
        ("story, script", f"{bounds.SOURCE_BYTES // 10**6} MB"),
        ("Final Draft script", f"{bounds.FINAL_DRAFT_BYTES // 10**6} MB, "),
        ("a panel's PNG", f"{bounds.PANEL_BYTES // bounds.MIB} MB, "),
        ("a panel's PNG", f"{bounds.PANEL_PIXELS // 10**6} megapixels, {bounds.PANEL_SIDE:,} "),
        ("reference picture", f"{bounds.PICTURE_PIXELS // 10**6} megapixels"),
        ("reference picture", f"{bounds.PICTURE_BYTES // bounds.MIB} MB, "),
        ("reference picture", f"{bounds.PICTURE_SIDE:,} pixels a side"),
        ("reference picture", f"{bounds.PICTURE_MEMORY // 10**6} MB while it is decoded"),
        ("story, script", f"{bounds.STORY_PIECES:,} paragraphs or sentences"),
        ("story, script", f"{bounds.SHOT_LIST_EVENTS:,} nodes"),
        ("Final Draft script", f"{bounds.FINAL_DRAFT_ELEMENTS:,} elements"),
        ("`storyboard.yaml`", f"{bounds.SETTINGS_EVENTS:,} nodes"),
        ("character file", f"{bounds.CHARACTER_EVENTS:,} nodes"),
        ("annotations", f"{bounds.ANNOTATION_EVENTS:,} nodes, {bounds.MARKS} marks"),
        ("LoRA", f"rank {bounds.LORA_RANK:,}, {bounds.LORA_WIDTH:,} channels"),
        ("in a PDF", f"{bounds.PRINTED:,} letters"),
        ("reference picture", f"{bounds.JPEG_SCANS} JPEG scans, {bounds.TIFF_TAGS:,} TIFF tags"),
        ("a model's tokenizer", f"{bounds.TOKENIZER_BYTES // bounds.MIB} MB"),
        ("weights", f"{bounds.WEIGHT_BYTES // bounds.GIB} GiB a network"),
        ("weights", f"{bounds.HEADER_BYTES // bounds.MIB} MB, {bounds.TENSORS:,} tensors"),
        ("annotations", f"{bounds.ANNOTATION_BYTES // bounds.MIB} MB"),
    ],
)
def test_the_table_tells_the_bounds(name: str, words: str) -> None:
    rows = [line for line in TABLE.splitlines() if line.startswith("|") and name in line]
    assert any(words in row for row in rows)
