"""The cut for editing programs, by OpenTimelineIO and its adapters.

Every panel is one clip whose media is its picture, a still named by its path: Resolve and Nuke fail
on a still that is written as a sequence of pictures with one member. Dialogue, notes and the
timeline's markers are markers. All ranges are whole frames of `storyboard.values.cut`.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyboard.errors import InputError
from storyboard.export.clip_words import METADATA, clip_words
from storyboard.export.sound_tracks import sound_tracks
from storyboard.files.output_file import SEAL, sealed
from storyboard.files.sealed_archive import UndatedArchive, sealed_archive
from storyboard.values.cut import cut_of
from storyboard.values.markers import markers_of_cut

if TYPE_CHECKING:
    from storyboard.export.options import ExportOptions, PictureOf
    from storyboard.values.board import Storyboard
    from storyboard.values.cut import Clip, Cut, Line
    from storyboard.values.markers import CutMarker

__all__ = [
    "aaf_of",
    "edl_of",
    "fcp7_of",
    "fcpxml_of",
    "otio_of",
    "otioz_of",
    "timeline",
]

_FIRST_HOUR = 3600  # where editors let a sequence begin, in seconds of time code


def otio_of(board: Storyboard, picture_of: PictureOf, options: ExportOptions) -> bytes:
    """The cut as OpenTimelineIO's own file."""
    import opentimelineio as otio

    written = timeline(board, picture_of, options, SEAL)
    written.tracks.extend(sound_tracks(board, options))
    text = otio.adapters.write_to_string(written, "otio_json")
    return sealed(text.encode("utf-8"))


def otioz_of(board: Storyboard, picture_of: PictureOf, options: ExportOptions) -> bytes:
    """The cut with its pictures in one archive."""
    import opentimelineio as otio

    bundles = otio.adapters.file_bundle_utils
    policy = bundles.MediaReferencePolicy.MissingIfNotFile
    out = io.BytesIO()
    # The adapter for the archive refuses pictures of years that a zip does not know; the one for
    # a folder writes the same members.
    with tempfile.TemporaryDirectory(prefix="storyboard-") as name:
        folder = Path(name) / "board.otiod"
        written = timeline(board, picture_of, options)
        written.tracks.extend(sound_tracks(board, options))
        otio.adapters.write_to_file(written, str(folder), media_policy=policy)
        with UndatedArchive(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(bundles.BUNDLE_VERSION_FILE, bundles.BUNDLE_VERSION)
            archive.write(folder / bundles.BUNDLE_PLAYLIST_PATH, bundles.BUNDLE_PLAYLIST_PATH)
            archive.compression = zipfile.ZIP_STORED
            for picture in sorted((folder / bundles.BUNDLE_DIR_NAME).iterdir()):
                archive.write(picture, f"{bundles.BUNDLE_DIR_NAME}/{picture.name}")
    return sealed_archive(out.getvalue())


def aaf_of(board: Storyboard, picture_of: PictureOf, options: ExportOptions) -> bytes:
    """The cut for Avid Media Composer."""
    _check_timecode(options, "AAF")
    return _through_a_file(
        timeline(board, picture_of, options), "board.aaf", use_empty_mob_ids=True
    )


def fcp7_of(board: Storyboard, picture_of: PictureOf, options: ExportOptions) -> bytes:
    """The cut as XML of Final Cut Pro 7, which Premiere and Resolve read."""
    import opentimelineio as otio

    _check_timecode(options, "XML of Final Cut Pro 7")
    written = timeline(board, picture_of, options)
    written.tracks.extend(sound_tracks(board, options))
    text = otio.adapters.write_to_string(written, "fcp_xml")
    return _sealed_xml(text)


def fcpxml_of(board: Storyboard, picture_of: PictureOf, options: ExportOptions) -> bytes:
    """The cut as XML of Final Cut Pro."""
    import opentimelineio as otio

    rate = options.rate.exact
    text = otio.adapters.write_to_string(timeline(board, picture_of, options), "fcpx_xml")
    # The adapter knows rates by two decimals only, and leaves a format without a frame duration.
    exact = f'frameDuration="{rate.denominator}/{rate.numerator}s"'
    return _sealed_xml(text.replace('frameDuration=""', exact))


def edl_of(board: Storyboard, picture_of: PictureOf, options: ExportOptions) -> bytes:
    """The cut as an edit decision list (CMX 3600), which every editing program reads."""
    import opentimelineio as otio

    _check_timecode(options, "an EDL")
    written = timeline(board, picture_of, options)
    rate = float(options.rate.exact)
    text = otio.adapters.write_to_string(written, "cmx_3600", rate=rate)
    return sealed(f"{text.rstrip()}\n* {SEAL}\n".encode())


def timeline(
    board: Storyboard, picture_of: PictureOf, options: ExportOptions, seal: str = ""
) -> Any:
    """The cut as a timeline of OpenTimelineIO with one track, of pictures.

    Args:
        board: The board.
        picture_of: Where the picture of a take lies.
        options: Which panels, at which rate.
        seal: What its metadata holds for a checksum; nothing if empty.
    """
    import opentimelineio as otio

    cut = cut_of(board, options.rate, options.keys(board))
    if not cut.clips:
        raise InputError("there is nothing to cut: the board has no panels")
    rate = float(cut.rate.exact)
    track = otio.schema.Track("Panels", kind=otio.schema.TrackKind.Video)
    lines, markers = list(cut.lines()), markers_of_cut(board, cut)
    track.extend(_clip(cut, clip, lines, markers, picture_of) for clip in cut.clips)
    metadata: dict[str, Any] = {"panels": len(board.panels)}
    if seal:
        metadata["seal"] = seal
    found = otio.schema.Timeline(clip_words(board.title) or "Storyboard")
    found.metadata[METADATA] = metadata
    found.global_start_time = otio.opentime.RationalTime(_FIRST_HOUR * cut.rate.nominal, rate)
    found.tracks.append(track)
    return found


def _clip(
    cut: Cut,
    clip: Clip,
    lines: list[Line],
    markers: tuple[CutMarker, ...],
    picture_of: PictureOf,
) -> Any:
    import opentimelineio as otio

    rate = float(cut.rate.exact)
    whole = otio.opentime.range_from_start_end_time(
        otio.opentime.RationalTime(0, rate), otio.opentime.RationalTime(clip.frames, rate)
    )
    take = clip.panel.shown
    if take is None:
        media = otio.schema.MissingReference(available_range=whole)
    else:
        file, shown = picture_of(take).absolute(), whole
        # An editor shows nothing behind the end of a clip: a shorter one is its picture there.
        if take.clip and take.clip.seconds >= clip.frames / rate:
            file = file.with_name(take.film)
            own = float(take.clip.rate.exact)
            shown = otio.opentime.range_from_start_end_time(
                otio.opentime.RationalTime(0, own),
                otio.opentime.RationalTime(take.clip.frames, own),
            )
        media = otio.schema.ExternalReference(file.as_uri(), available_range=shown)
        media.name = file.name
    found = otio.schema.Clip(clip.name, media, whole)
    found.metadata[METADATA] = {"key": clip.panel.key}
    shot = clip.panel.shot
    texts = [
        (line.start - clip.start, f"{line.spoken.speaker}: {line.spoken.text}", "GREEN")
        for line in lines
        if clip.start <= line.start < clip.end
    ]
    if shot.note.strip():
        texts.append((0, shot.note, "YELLOW"))
    # Those of the timeline stand on their clips: most adapters write no others.
    texts += [
        (each.frame - clip.start, each.name or "Marker", "RED")
        for each in markers
        if clip.start <= each.frame < clip.end
    ]
    for place, text, colour in texts:
        words = clip_words(text.removeprefix(": "))
        span = otio.opentime.TimeRange(
            otio.opentime.RationalTime(place, rate), otio.opentime.RationalTime(1, rate)
        )
        marker = otio.schema.Marker(words, span, colour)
        marker.comment = words
        found.markers.append(marker)
    return found


def _through_a_file(written: Any, name: str, **how: object) -> bytes:
    """What an adapter writes that writes only files."""
    import opentimelineio as otio

    with tempfile.TemporaryDirectory(prefix="storyboard-") as folder:
        path = Path(folder) / name
        otio.adapters.write_to_file(written, str(path), **how)
        return path.read_bytes()


def _sealed_xml(text: str) -> bytes:
    """The XML with a seal in a comment at its end."""
    return sealed(f"{text.rstrip()}\n<!-- {SEAL} -->\n".encode())


def _check_timecode(options: ExportOptions, what: str) -> None:
    import opentimelineio as otio

    rate = float(options.rate.exact)
    if not otio.opentime.RationalTime.is_smpte_timecode_rate(rate):
        raise InputError(
            "{what} has no time code for {rate} frames a second: choose another --rate, "
            "such as 24, 25 or 29.97",
            what=what,
            rate=options.rate,
        )
