from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import Settings
from storyboard.errors import InputError
from storyboard.planning.drafting import draft, empty_board
from storyboard.planning.planner import plan
from storyboard.story.source import MAX_BYTES, read_source

if TYPE_CHECKING:
    from pathlib import Path

NOTHING = io.BytesIO()


def test_a_file_is_read_and_words_are_words(tmp_path: Path) -> None:
    file = tmp_path / "story"
    file.write_text("Night falls.", encoding="utf-8")
    source = read_source(str(file), NOTHING)
    assert (source.text, source.path, source.is_shot_list) == ("Night falls.", file, False)
    source = read_source("Night falls.", NOTHING)
    assert (source.text, source.path) == ("Night falls.", None)


def test_a_dash_is_standard_input() -> None:
    assert read_source("-", io.BytesIO("Ночь.".encode())).text == "Ночь."


def test_a_yaml_file_is_a_shot_list(tmp_path: Path) -> None:
    file = tmp_path / "shots.YAML"
    file.write_text("shots: []", encoding="utf-8")
    assert read_source(str(file), NOTHING).is_shot_list


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_editors_write(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "story.txt"
    file.write_bytes("Түн.\r\nЖаңбыр.\r".encode(encoding))
    assert read_source(str(file), NOTHING).text == "Түн.\nЖаңбыр.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("ИНТ. КУХНЯ - НОЧЬ\n\nСаша ждёт — и поёт.\n", "cp1251"),
        ("INT. CAFÉ - DAY\n\nZoë’s “crème brûlée”.\n", "cp1252"),
        ("Zoë isn\x92t here, señor.\x81\n", "latin-1"),
    ],
)
def test_what_older_editors_write_is_read_and_said(
    tmp_path: Path, text: str, encoding: str
) -> None:
    file = tmp_path / "story.fountain"
    file.write_bytes(text.encode(encoding))
    source = read_source(str(file), NOTHING)
    assert source.text.endswith(text)
    assert f"read as {encoding}" in str(source.note)


@pytest.mark.parametrize("suffix", ["highland", "fadein"])
def test_what_only_another_program_reads_is_named(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"story.{suffix}"
    file.write_bytes(b"PK\x03\x04\x00")
    with pytest.raises(InputError, match=r"document of (Highland|Fade In).* export"):
        read_source(str(file), NOTHING)


@pytest.mark.parametrize(
    "lost", ["night.txt", "my story.txt", "stories/night", "~/night.md", "shots.yaml", r"c:\night"]
)
def test_a_path_with_a_slip_is_no_story(lost: str) -> None:
    with pytest.raises(InputError, match="does not exist"):
        read_source(lost, NOTHING)


@pytest.mark.parametrize(
    "story",
    [
        "lighthouse",
        "Mira runs...",
        "She has and/or had it.",
        "It is 3.14.",
        "One line.\nOf file.txt",
        "Ночь",
    ],
)
def test_a_story_is_no_path(story: str) -> None:
    assert read_source(story, NOTHING).text == story


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "is not text"),
        (b"PK\x03\x04\x00\x00", "is not text"),
        (b"\x98 \xd1\xe5\xe2\xe5\xf0", "is not text"),
        (b"\xff\xfeN", "is not text"),
        (b"word " * (1024 * 1024 // 5), "has more than"),
    ],
    ids=range(8),
)
def test_what_is_no_story_is_refused_from_everywhere(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    file = tmp_path / "story.txt"
    file.write_bytes(data)
    with pytest.raises(InputError, match=reason):
        read_source(str(file), NOTHING)
    with pytest.raises(InputError, match=reason):
        read_source("-", io.BytesIO(data))


def test_a_folder_is_no_story(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a file"):
        read_source(str(tmp_path), NOTHING)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_one_line(data: bytes) -> None:
    try:
        text = read_source("-", io.BytesIO(data)).text
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert text.strip()
        assert "\0" not in text


@given(st.text(max_size=300))
def test_any_argument_is_a_text_or_an_error(argument: str) -> None:
    try:
        assert read_source(argument, io.BytesIO(b"from standard input")).text.strip()
    except InputError as error:
        assert str(error)


def test_the_limit_is_in_bytes() -> None:
    assert len(read_source("-", io.BytesIO(b"a" * MAX_BYTES)).text) == MAX_BYTES
    with pytest.raises(InputError):
        read_source("-", io.BytesIO(b"a" * (MAX_BYTES + 1)))


@pytest.mark.parametrize("target", ["story", "nothing"])
def test_a_link_that_leads_nowhere_is_no_story(tmp_path: Path, target: str) -> None:
    (tmp_path / "story").symlink_to(target)
    with pytest.raises(InputError, match="a link that leads nowhere"):
        read_source(str(tmp_path / "story"), NOTHING)


@pytest.mark.parametrize(
    "text",
    [
        "MIRA\nWho is there?\n",
        "Title: The Sea\n\nMIRA\nWho is there?\n",
        "@mira\nNo.\n\n> CUT TO:\n",
    ],
)
def test_a_script_by_its_name_is_one_wherever_its_text_goes(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.fountain").write_text(text, encoding="utf-8")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    source = read_source(str(tmp_path / "a.fountain"), NOTHING)
    assert source.text.endswith(text)
    # A board keeps nothing but the text: what the window plans from it is the same.
    board = draft(empty_board("x"), source.text, Settings(panels=1)).board
    told = plan(text, panels=1, script=True)
    assert [each.shot for each in board.panels] == list(told.shots)
    assert board.panels[0].shot.dialogue[0].speaker.title() == "Mira"
    assert read_source(str(tmp_path / "a.txt"), NOTHING).text == text
