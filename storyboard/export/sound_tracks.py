"""The recordings of a board as tracks of its cut: the panels' own on one, the soundtrack below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storyboard.export.clip_words import METADATA, clip_words
from storyboard.values.cut import cut_of

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.export.options import ExportOptions
    from storyboard.values.board import Storyboard
    from storyboard.values.cut import Cut
    from storyboard.values.sound import Sound

__all__ = ["sound_tracks"]


def sound_tracks(board: Storyboard, options: ExportOptions) -> list[Any]:
    """What a film of the same panels plays, as tracks of OpenTimelineIO.

    A panel's sound begins with it and ends with it at the latest; how much louder it is made stands
    in the metadata, because no format shares a place for it. Without sounds there is no track.
    """
    import opentimelineio as otio

    if options.sound_of is None:
        return []
    cut = cut_of(board, options.rate, options.keys(board))
    tracks = []
    sounds = [each.panel.sound for each in cut.clips]
    if any(each is not None and _frames(cut, each) for each in sounds):
        track = otio.schema.Track("Sounds of panels", kind=otio.schema.TrackKind.Audio)
        silence = 0  # frames since the last sound
        for each in cut.clips:
            sound, heard = each.panel.sound, 0
            if sound is not None and (heard := min(each.frames, _frames(cut, sound))):
                if silence:
                    track.append(otio.schema.Gap(source_range=_span(cut, silence)))
                track.append(_heard(cut, sound, heard, options.sound_of(sound)))
                silence = 0
            silence += each.frames - heard
        tracks.append(track)
    if board.soundtrack is not None and _frames(cut, board.soundtrack):
        track = otio.schema.Track("Soundtrack", kind=otio.schema.TrackKind.Audio)
        path = options.sound_of(board.soundtrack)
        frames = min(cut.frames, _frames(cut, board.soundtrack))
        track.append(_heard(cut, board.soundtrack, frames, path))
        tracks.append(track)
    return tracks


def _frames(cut: Cut, sound: Sound) -> int:
    """How many whole frames of it there are."""
    return int(sound.seconds * cut.rate.exact)


def _heard(cut: Cut, sound: Sound, frames: int, path: Path) -> Any:
    """The beginning of a sound as a clip."""
    import opentimelineio as otio

    media = otio.schema.ExternalReference(
        path.absolute().as_uri(), available_range=_span(cut, _frames(cut, sound))
    )
    name = clip_words(sound.title) or path.name
    media.name = name
    clip = otio.schema.Clip(name, media, _span(cut, frames))
    if sound.gain:
        clip.metadata[METADATA] = {"gain_db": sound.gain}
    return clip


def _span(cut: Cut, frames: int) -> Any:
    import opentimelineio as otio

    rate = float(cut.rate.exact)
    return otio.opentime.TimeRange(
        otio.opentime.RationalTime(0, rate), otio.opentime.RationalTime(frames, rate)
    )
