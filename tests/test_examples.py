"""What the examples show works, as it is written there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from storyboard.project.project import read_board

EXAMPLES = Path(__file__).parent.parent / "examples"


def test_a_story_is_drawn_from_python(tmp_path: Path) -> None:
    words = [sys.executable, str(EXAMPLES / "render_a_story.py"), str(tmp_path / "board")]
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=EXAMPLES.parent)
    pdf = Path(done.stdout.splitlines()[-1])
    assert pdf.read_bytes().startswith(b"%PDF")
    board = read_board(tmp_path / "board")
    assert len(board.panels) == 2 and all(panel.shown for panel in board.panels)
