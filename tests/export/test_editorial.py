from __future__ import annotations

import io
import os
import time
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import opentimelineio as otio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.errors import InputError
from storyboard.export import ExportOptions, exporter
from storyboard.planning.returned_cut import read_cut, returned_clips
from storyboard.planning.returning import merge_of
from storyboard.values.board import Take
from storyboard.values.cut import cut_of
from storyboard.values.frame_rate import FrameRate, parse_rate
from storyboard.values.marker import Marker
from storyboard.values.sound import Sound
from tests import boards

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.values.board import Panel, Storyboard

FORMS = {
    "otio": "otio_json",
    "otioz": "otioz",
    "fcp7": "fcp_xml",
    "fcpxml": "fcpx_xml",
    "edl": "cmx_3600",
    "aaf": "AAF",
}
RATES = ("23.976", "24", "25", "29.97", "30", "50", "59.94", "60")


@pytest.fixture
def board(tmp_path: Path) -> Storyboard:
    """Five panels, all but one with a picture."""
    board = boards.a_board(5)
    panels = []
    for panel in board.panels:
        (tmp_path / f"{panel.key} ü.png").write_bytes(boards.a_picture())
        takes = (Take(f"{panel.key} ü.png", 1, "", 1.0, ""),) if panel.key != "p4" else ()
        shot = replace(panel.shot, duration=0.7 + panel.shot.number, note="Hold & wait <here>")
        panels.append(replace(panel, shot=shot, takes=takes))
    return replace(board, title="The light\n& <house>", panels=tuple(panels))


def clips_of(path: Path, form: str, rate: FrameRate) -> list[Any]:
    how = {"rate": float(rate.exact)} if form == "edl" else {}
    found = otio.adapters.read_from_file(str(path), FORMS[form], **how)
    if not isinstance(found, otio.schema.Timeline):  # FCPXML holds a library
        (found,) = found.find_children(descended_from_type=otio.schema.Timeline)
    clips = found.find_clips()
    # The reader of EDLs gives every still a track; where a clip lies is what counts.
    return sorted(
        clips,
        key=lambda clip: clip.transformed_time_range(clip.trimmed_range(), found.tracks).start_time,
    )


def spine_of(path: Path, rate: FrameRate) -> list[tuple[str, Fraction]]:
    """Names and frames of an FCPXML, whose times are seconds as fractions."""
    spine = ET.fromstring(path.read_bytes()).find(".//spine")
    assert spine is not None
    return [
        (clip.attrib["name"], Fraction(clip.attrib["duration"].removesuffix("s")) * rate.exact)
        for clip in spine
    ]


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("form", FORMS)
def test_ranges_names_and_stills_come_back_through_the_adapter(
    form: str, rate: str, board: Storyboard, tmp_path: Path
) -> None:
    options = ExportOptions(rate=parse_rate(rate))
    way = exporter(form)
    out = tmp_path / "out" / f"cut{way.suffix}"
    way.export(board, lambda take: tmp_path / take.file, out, options)
    cut = cut_of(board, options.rate)
    if form == "fcpxml" and options.rate.is_slowed:
        # The adapter reads every rate as a whole number; the file itself is exact.
        assert spine_of(out, options.rate) == [
            (each.name, Fraction(each.frames)) for each in cut.clips
        ]
        return
    clips = clips_of(out, form, options.rate)
    assert [clip.name for clip in clips] == [each.name for each in cut.clips]
    for clip, expected in zip(clips, cut.clips, strict=True):
        duration = clip.trimmed_range().duration
        assert duration.to_frames() == expected.frames
        assert duration.rate == pytest.approx(float(options.rate.exact), abs=0.005)
        take = expected.panel.shown
        reference = clip.media_reference
        assert not isinstance(reference, otio.schema.ImageSequenceReference)
        if take is not None and form != "otioz":
            assert reference.target_url == (tmp_path / take.file).as_uri()
    if form == "otioz":
        with zipfile.ZipFile(out) as archive:
            names = [each for each in archive.namelist() if each.startswith("media/")]
            assert len(names) == 4
            assert archive.read(names[0]) == boards.a_picture()
    if form not in ("aaf",) and not (form == "edl" and rate in ("29.97", "59.94")):
        words = " ".join(marker.name for clip in clips for marker in clip.markers).casefold()
        assert "anna: step 1!" in words and "hold & wait <here>" in words


@settings(max_examples=40)
@given(
    st.lists(st.floats(0.02, 90), min_size=1, max_size=6),
    st.sampled_from(RATES).map(parse_rate),
    st.sampled_from(["otio", "fcp7", "fcpxml", "edl"]),
)
def test_any_durations_come_back_as_the_same_frames(
    seconds: list[float], rate: FrameRate, form: str
) -> None:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    board = boards.a_board(len(seconds))
    panels = [
        replace(panel, shot=replace(panel.shot, duration=each))
        for panel, each in zip(board.panels, seconds, strict=True)
    ]
    board = replace(board, panels=tuple(panels))
    cut = cut_of(board, rate)
    with TemporaryDirectory() as folder:
        out = Path(folder) / f"cut{exporter(form).suffix}"
        exporter(form).export(board, lambda take: out, out, ExportOptions(rate=rate))
        if form == "fcpxml":
            frames = [each for _, each in spine_of(out, rate)]
        else:
            clips = clips_of(out, form, rate)
            frames = [clip.trimmed_range().duration.to_frames() for clip in clips]
    assert frames == [each.frames for each in cut.clips]


@pytest.mark.parametrize("form", ["otio", "fcp7", "fcpxml", "edl"])
def test_markers_of_the_timeline_stand_on_their_clips(
    board: Storyboard, form: str, tmp_path: Path
) -> None:
    second = board.panels[0].shot.duration + 0.5
    marked = replace(board, markers=(Marker(0.5, "DRUM"), Marker(second), Marker(99.0, "END")))
    plain = replace(marked, panels=tuple(with_note(each, "") for each in marked.panels))
    options = ExportOptions(rate=parse_rate("25"))
    out = exporter(form).export(plain, lambda t: tmp_path / t.file, tmp_path / "cut", options)
    found = [
        (number, marker.name)
        for number, clip in enumerate(clips_of(out, form, options.rate), 1)
        for marker in clip.markers
    ]
    assert [(n, each.upper()) for n, each in found] == [(1, "DRUM"), (2, "MARKER"), (5, "END")]


def with_note(panel: Panel, note: str) -> Panel:
    return replace(panel, shot=replace(panel.shot, note=note, dialogue=()))


@pytest.mark.parametrize("form", [each for each in FORMS if each != "aaf"])
def test_a_cut_that_somebody_has_changed_is_not_replaced(
    form: str, board: Storyboard, tmp_path: Path
) -> None:
    way = exporter(form)
    out = tmp_path / "out" / f"cut{way.suffix}"

    def write() -> bytes:
        way.export(board, lambda take: tmp_path / take.file, out, ExportOptions())
        return out.read_bytes()

    first = write()
    assert write() == first  # ours, and the same again
    if form == "otioz":
        changed = io.BytesIO(first)
        with zipfile.ZipFile(changed, "a") as archive:
            archive.writestr("mine.txt", "mine")
        out.write_bytes(changed.getvalue())
    else:
        out.write_bytes(first.replace(b"sc01", b"sc02", 1))
    with pytest.raises(InputError, match="--force"):
        write()


@pytest.mark.parametrize("clock", [5.0, 150 * 365 * 86400.0])
def test_archives_are_written_in_years_that_a_zip_does_not_know(
    clock: float, board: Storyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for picture in tmp_path.glob("*.png"):
        os.utime(picture, (clock, clock))
    monkeypatch.setattr(time, "time", lambda: clock)
    for form in ("otioz", "xlsx"):
        out = tmp_path / f"out.{form}"
        exporter(form).export(board, lambda take: tmp_path / take.file, out, ExportOptions())
        with zipfile.ZipFile(out) as archive:
            assert archive.testzip() is None


def test_signs_that_xml_cannot_hold_and_rates_without_time_code(
    board: Storyboard, tmp_path: Path
) -> None:
    first = replace(board.panels[0], shot=replace(board.panels[0].shot, note="a\x00b\x1bc\ufffe"))
    odd = replace(board, title="\x01", panels=(first, *board.panels[1:]))
    for form in ("fcp7", "fcpxml"):
        out = tmp_path / form
        exporter(form).export(odd, lambda take: tmp_path / take.file, out, ExportOptions())
        ET.fromstring(out.read_bytes())
    for form in ("fcp7", "edl", "aaf"):
        with pytest.raises(InputError, match="no time code for 12 frames"):
            exporter(form).export(
                board, lambda take: tmp_path, tmp_path / "x", ExportOptions(rate=parse_rate("12"))
            )


@pytest.mark.parametrize("form", ["otio", "otioz", "fcp7"])
def test_recordings_lie_on_tracks_of_their_own_and_come_back_without_harm(
    form: str, board: Storyboard, tmp_path: Path
) -> None:
    sounds = {}
    for name in ("rain", "step", "blip"):
        sounds[name] = tmp_path / f"{name}.wav"
        sounds[name].write_bytes(name.encode())
    rate = parse_rate("25")
    cut = cut_of(board, rate)
    step, long = Sound("step.wav", "step & stone", 0.5), Sound("rain.wav", "", 900.0, -12.0)
    panels = [
        replace(panel, sound=sound)
        for panel, sound in zip(
            board.panels, (None, step, Sound("blip.wav", "blip", 0.01), None, long), strict=True
        )
    ]
    board = replace(board, panels=tuple(panels), soundtrack=replace(long, gain=0.0))
    way = exporter(form)
    out = tmp_path / "out" / f"cut{way.suffix}"
    options = ExportOptions(rate=rate, sound_of=lambda sound: tmp_path / sound.file)
    way.export(board, lambda take: tmp_path / take.file, out, options)

    # 1. The tracks are of sound, and everything on them lies where the film plays it.
    found = otio.adapters.read_from_file(str(out), FORMS[form])
    assert [len(each) for each in found.video_tracks()] == [5]
    heard = []
    for track in found.audio_tracks():
        for clip in track.find_clips():
            span = clip.range_in_parent()
            start, frames = span.start_time.value, span.duration.value
            url = clip.media_reference.target_url
            heard.append((round(start), round(frames), clip.name, url.rpartition("/")[2]))
    second, last = cut.clips[1], cut.clips[4]
    assert heard == [
        (second.start, 12, "step & stone", "step.wav"),
        (last.start, last.frames, "rain.wav", "rain.wav"),
        (0, cut.frames, "rain.wav", "rain.wav"),
    ]
    if form == "otioz":
        with zipfile.ZipFile(out) as archive:
            assert archive.read("media/step.wav") == b"step"

    # 2. A cut that comes back with them is the same board.
    clips = read_cut(out.read_bytes(), "cut", rate)
    merge = merge_of(board, returned_clips(clips, board))
    assert merge.board == board and not merge.differences
