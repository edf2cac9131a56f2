"""Final Draft files: good ones, broken ones, and those that are made to do harm."""

from __future__ import annotations

import io
import tracemalloc
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.errors import InputError
from storyboard.planning.planner import plan
from storyboard.story.scripts.final_draft import MAX_BYTES, fountain_from_fdx, is_fdx
from storyboard.story.scripts.fountain import read_fountain
from storyboard.story.source import read_source

if TYPE_CHECKING:
    from pathlib import Path

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n'


def paragraph(kind: str, text: str) -> str:
    return f'<Paragraph Type="{kind}"><Text>{escape(text)}</Text></Paragraph>\n'


def fdx(*paragraphs: tuple[str, str], title: str = "") -> bytes:
    content = "".join(paragraph(*each) for each in paragraphs)
    page = f"<TitlePage><Content>{paragraph('', title)}</Content></TitlePage>" if title else ""
    root = f'<FinalDraft DocumentType="Script" Version="5"><Content>\n{content}</Content>'
    return f"{HEAD}{root}{page}</FinalDraft>".encode()


SCRIPT = fdx(
    ("Action", "FADE IN:"),
    ("Scene Heading", "EXT. BEACH - NIGHT"),
    ("Action", "MIRA (30) walks."),
    ("Character", "MIRA (V.O.)"),
    ("Parenthetical", "(calm)"),
    ("Dialogue", "The sea & the *lamp*."),
    ("Transition", "CUT TO:"),
    ("Scene Heading", "The old kitchen"),
    ("Character", "Tom"),
    ("Dialogue", "No."),
    ("Action", "#1 is a boat."),
    title="The Lamp",
)
FOUNTAIN = """\
Title: The Lamp

FADE IN:

EXT. BEACH - NIGHT

MIRA (30) walks.

MIRA (V.O.)
(calm)
The sea & the \\*lamp\\*.

CUT TO:

.The old kitchen

@Tom
No.

!#1 is a boat.
"""


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as found:
        fountain_from_fdx(data, "a.fdx")
    message = str(found.value)
    assert message.startswith("a.fdx ")
    assert "\n" not in message
    return message


def test_a_script_becomes_fountain() -> None:
    assert fountain_from_fdx(SCRIPT, "a.fdx") == FOUNTAIN
    spoken = [(each.cue, each.text) for each in read_fountain(FOUNTAIN).elements if each.cue]
    assert spoken == [("MIRA (V.O.)", "The sea & the *lamp*."), ("Tom", "No.")]


def test_what_production_files_have() -> None:
    content = "".join(
        (
            '<Paragraph Type="Scene Heading" Number="12A"><Text>INT. HALL - DAY</Text></Paragraph>',
            '<Paragraph Type="Scene Heading" Number="13"><Text>OMITTED</Text></Paragraph>',
            '<Paragraph Type="Outline 2"><Text>Plan.</Text></Paragraph>',
            *(
                paragraph(kind, "Plan.")
                for kind in ("Outline Body", "Note", "Summary", "HiddenText")
            ),
            '<Paragraph Type="Action"><Text>Rain.</Text><Text Style="HiddenText"> No.</Text>'
            "</Paragraph>",
            f"<Paragraph><DualDialogue>{paragraph('Character', 'MIRA')}"
            f"{paragraph('Dialogue', 'Wait!')}{paragraph('Character', 'TOM')}"
            f"{paragraph('Dialogue', 'Stop!')}</DualDialogue></Paragraph>",
            '<Paragraph Type="Scene Heading" Number="14"><Text>1984</Text></Paragraph>',
            paragraph("Action", "Snow."),
        )
    )
    page = (
        f"<TitlePage><HeaderAndFooter><Header>{paragraph('', 'Draft 2')}</Header></HeaderAndFooter>"
        f"<Content>{paragraph('', '')}{paragraph('', 'The Lamp')}</Content></TitlePage>"
    )
    data = f"<FinalDraft><Content>{content}</Content>{page}</FinalDraft>".encode()
    assert fountain_from_fdx(data, "a.fdx") == (
        "Title: The Lamp\n\nINT. HALL - DAY #12A#\n\nOMITTED\n\nRain.\n\nMIRA\nWait!\n\n"
        "TOM ^\nStop!\n\n.1984 #14#\n\nSnow.\n"
    )


def test_both_forms_give_the_same_plan(tmp_path: Path) -> None:
    (tmp_path / "a.fdx").write_bytes(SCRIPT)
    (tmp_path / "a.fountain").write_text(FOUNTAIN, encoding="utf-8")
    first, second = (
        read_source(str(tmp_path / name), io.BytesIO()) for name in ("a.fdx", "a.fountain")
    )
    assert first.text == second.text
    planned = plan(first.text, panels=5, seed=1, script=True)
    assert planned == plan(second.text, panels=5, seed=1)
    assert [(s.scene, s.setting) for s in planned.shots][-1] == (2, "old kitchen")
    # Standard input has no name; its first element tells.
    assert read_source("-", io.BytesIO(SCRIPT)).text == FOUNTAIN


def test_two_who_speak_at_once_and_notes() -> None:
    inner = "".join(
        paragraph(*each)
        for each in [
            ("Character", "A"),
            ("Dialogue", "Yes."),
            ("Character", "B"),
            ("Dialogue", "No."),
        ]
    )
    note = "<ScriptNote><Paragraph><Text>A dragon?</Text></Paragraph></ScriptNote>"
    data = (
        f"<FinalDraft><Content><Paragraph><DualDialogue>{inner}</DualDialogue></Paragraph>"
        f'<Paragraph Type="Action"><Text Style="Bold">Rain</Text><Text> falls.</Text>{note}'
        f"</Paragraph></Content><Notes>{note}</Notes></FinalDraft>"
    )
    assert (
        fountain_from_fdx(data.encode(), "x")
        == "A\nYes.\n\nB ^\nNo.\n\nRain falls.\n[[A dragon?]]\n"
    )


def test_entities_are_refused_before_they_are_declared() -> None:
    bomb = '<!ENTITY a0 "lol">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    outside = '<!ENTITY x SYSTEM "file:///etc/hostname">'
    tracemalloc.start()
    for declared, used in ((bomb, "&a9;"), (outside, "&x;"), ("", "")):
        body = f'<Paragraph Type="Action"><Text>{used}</Text></Paragraph>'
        text = (
            f"<!DOCTYPE FinalDraft [{declared}]><FinalDraft><Content>{body}</Content></FinalDraft>"
        )
        assert "entities" in refusal(text.encode())
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    assert "undefined entity" in refusal(b"<FinalDraft><Content>&x;</Content></FinalDraft>")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (SCRIPT[:-40], "no whole Final Draft file"),
        (SCRIPT.replace(b"</Text>", b"", 1), "no whole Final Draft file"),
        (b"", "no whole Final Draft file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "no whole Final Draft file"),
        (b"INT. KITCHEN - NIGHT\n\nMira eats.", "no whole Final Draft file"),
        (b"<html><body/></html>", "not Final Draft's"),
        (fdx(), "no paragraph"),
        (fdx(("Character", "MIRA"), ("Action", "---")), "no paragraph"),
        (b"<?xml version='1.0' encoding='klingon'?><FinalDraft/>", "unknown encoding"),
        (b"<FinalDraft>" * 100, "nested deeper"),
        (b"<FinalDraft>" + b" " * MAX_BYTES, "more than 4,000,000 bytes"),
    ],
    ids=range(11),
)
def test_what_is_no_script_is_refused_in_a_line(data: bytes, reason: str) -> None:
    assert reason in refusal(data)


def test_a_large_file_takes_little_more_than_its_text() -> None:
    head = b"<FinalDraft><Content>"
    data = (
        head
        + b"<a>xxxxxxxxxxxxxxxxxxxxxxxxxxxxx</a>" * ((MAX_BYTES - 100) // 36)
        + b"</Content></FinalDraft>"
    )
    tracemalloc.start()
    assert "no paragraph" in refusal(data)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_other_texts_are_not_taken_for_final_draft() -> None:
    assert is_fdx(SCRIPT)
    assert is_fdx(b"anything", "A.FDX")
    assert not is_fdx(b"<p>A story about <FinalDraft>.</p>", "a.txt")
    assert not is_fdx(b"Mira opens Final Draft.")


_TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("AaИи *_\\[]/().:>@#!~=-\u201c"),
        st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")),
    ),
    max_size=24,
)


@settings(max_examples=80)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Scene Heading", "Character", "Dialogue", "Transition", "Action"]),
            _TEXT,
        ),
        max_size=8,
    )
)
def test_whatever_is_spoken_stays_speech_and_never_becomes_action(
    paragraphs: list[tuple[str, str]],
) -> None:
    marked = [
        (kind, f"{text} {'Xspoken' if kind == 'Dialogue' else 'Xseen'}")
        for kind, text in paragraphs
    ]
    try:
        text = fountain_from_fdx(fdx(*marked), "a.fdx")
    except InputError as error:
        assert "no paragraph" in str(error)
        assert not any(kind in ("Scene Heading", "Action", "Dialogue") for kind, _ in marked)
        return
    found = read_fountain(text).elements
    assert not any("Xspoken" in each.text for each in found if each.cue is None)
    spoken = " ".join(each.text for each in found if each.cue is not None)
    assert spoken.count("Xspoken") == sum(kind == "Dialogue" for kind, _ in marked)
    assert sum("Xseen" in each.text for each in found if each.cue is None) == sum(
        kind == "Action" for kind, _ in marked
    )


@settings(max_examples=60)
@given(st.binary(max_size=60), st.integers(0, len(SCRIPT)))
def test_any_bytes_are_a_script_or_one_line(data: bytes, place: int) -> None:
    try:
        assert fountain_from_fdx(SCRIPT[:place] + data + SCRIPT[place:], "a.fdx").strip()
    except InputError as error:
        assert "\n" not in str(error)
