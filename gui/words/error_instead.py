"""What a window says instead of a sentence that speaks of the command line.

`tests/gui/words/test_error_words.py` holds each to a sentence that the program really has.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

__all__ = ["INSTEAD"]

_INSTEAD = {
    "{name} is no shot list: its first row must have the columns that "
    "`storyboard export --as csv` writes, panel and another one at least": (
        QT_TRANSLATE_NOOP(
            "error",
            "{name} is no shot list: its first row must have the columns that the export as a shot "
            "list in CSV writes, panel and another one at least",
        )
    ),
    "no language model answers on this machine (looked at the ports {ports}): start LM Studio, "
    "Ollama or another server, or name its address with --planner local:URL": (
        QT_TRANSLATE_NOOP(
            "error",
            "no language model answers on this machine (looked at the ports {ports}): start LM "
            "Studio, Ollama or another server, or choose the rules in the preferences",
        )
    ),
    "the planner's address {address} is not on this machine: name it with --planner on the command "
    "line if the story may go there": (
        QT_TRANSLATE_NOOP(
            "error",
            "the planner's address {address} is not on this machine, and only a setting names it: "
            "choose another planner in the preferences",
        )
    ),
    "this system has no voice to speak the dialogue with: install espeak-ng, or leave "
    "--speech out": (
        QT_TRANSLATE_NOOP(
            "error",
            "this system has no voice to speak the dialogue with: install espeak-ng, or let the "
            "dialogue be silent",
        )
    ),
    "{program} could not speak a line: leave --speech out": (
        QT_TRANSLATE_NOOP(
            "error",
            "{program} could not speak a line: let the dialogue be silent",
        )
    ),
    "model {name} is not on this machine, and only the project asks for it: to download it, name "
    "it yourself with --model, or add --allow-download": (
        QT_TRANSLATE_NOOP(
            "error",
            "the model {name} is not on this machine, and only this board asks for it: press "
            "Draw, and you are asked before it is downloaded",
        )
    ),
    "{record} is missing: rebuild it from the pictures with 'storyboard restore {folder}'": (
        QT_TRANSLATE_NOOP(
            "error",
            "{record} is missing: the board can be rebuilt from its pictures",
        )
    ),
    "{error}; mend it there, or rebuild the board with 'storyboard restore {folder}'": (
        QT_TRANSLATE_NOOP(
            "error",
            "{error}; mend it there, or rebuild the board from its pictures",
        )
    ),
    "{places} is not for a project to say: set it with --allow-download, in the environment or in "
    "your own settings": (
        QT_TRANSLATE_NOOP(
            "error",
            "{places} is not for a board to say: remove it there, and set it in the preferences",
        )
    ),
    "panel {panel} came out as no picture (NaN) on {device} {dtype}, {count} times, with the last "
    "seed too: check the model with 'storyboard doctor'": (
        QT_TRANSLATE_NOOP(
            "error",
            "panel {panel} came out as no picture (NaN) on {device} {dtype}, {count} times, with "
            "the last seed too: try another model",
        )
    ),
    "{path} is there already, and was not written by Storyboard or was changed since: name "
    "another file, or replace it with --force": (
        QT_TRANSLATE_NOOP(
            "error",
            "{path} is there already, and was not written by Storyboard or was changed since: "
            "choose another name, or remove it first",
        )
    ),
    "{argument} does not exist: check the path (a story is given as a sentence, a file, or - for "
    "standard input)": (
        QT_TRANSLATE_NOOP(
            "error",
            "{argument} does not exist: check the path of the story",
        )
    ),
    "the board does not know {pictures} in {panels} ({first}{others}), which stay there; if "
    "panels are missing, look for them with: storyboard restore {folder} --list": (
        QT_TRANSLATE_NOOP(
            "error",
            "{panels} holds pictures that the board does not know ({first}{others}); they stay "
            "there",
        )
    ),
    "{doing} ran out of memory: close other programs, keep ENABLE_ATTENTION_SLICING on, or draw a "
    "smaller frame; finished panels are kept": (
        QT_TRANSLATE_NOOP(
            "error",
            "{doing} ran out of memory: close other programs, or draw a smaller frame; finished "
            "panels are kept",
        )
    ),
    "draw it at {width}x{height} with --smaller-if-needed, or {cure}": (
        QT_TRANSLATE_NOOP(
            "error",
            "draw it at {width}x{height}, or {cure}",
        )
    ),
    "an MP4 needs the program ffmpeg: install it (on macOS: brew install ffmpeg), or choose --as "
    "mov, gif or webp, which need nothing": (
        QT_TRANSLATE_NOOP(
            "error",
            "an MP4 needs the program ffmpeg: install it (on macOS: brew install ffmpeg), or "
            "choose QuickTime, GIF or WebP, which need nothing",
        )
    ),
    "{program} has no encoder for MP4 that works here: install another build, or choose --as mov, "
    "gif or webp": (
        QT_TRANSLATE_NOOP(
            "error",
            "{program} has no encoder for MP4 that works here: install another build, or choose "
            "QuickTime, GIF or WebP",
        )
    ),
    "the film would have more than {most_pictures} pictures: choose --as mp4 or mov, --no-moves, "
    "or fewer --scenes": (
        QT_TRANSLATE_NOOP(
            "error",
            "the film would have more than {most_pictures} pictures: choose MP4 or QuickTime",
        )
    ),
    "the film would be longer than {longest} hours: choose --scenes": (
        QT_TRANSLATE_NOOP(
            "error",
            "the film would be longer than {longest} hours: shorten the board",
        )
    ),
    "{name} of panel {row} is too long for a spreadsheet's cell, which holds {longest_cell} "
    "letters: write the list with --as csv": (
        QT_TRANSLATE_NOOP(
            "error",
            "{name} of panel {row} is too long for a spreadsheet's cell, which holds "
            "{longest_cell} letters: choose the shot list as CSV",
        )
    ),
    "restore it with 'git checkout -- assets/models/starter' or install the program again": (
        QT_TRANSLATE_NOOP(
            "error",
            "install Storyboard again",
        )
    ),
    "no schedule of {steps} steps was measured for this model: measure it with"
    " storyboard explore PROMPT --measure-schedule {steps}, or choose another": (
        QT_TRANSLATE_NOOP(
            "error",
            "no schedule of {steps} steps was measured for this model: choose another schedule",
        )
    ),
    "no model is named that lets pictures move: name one, such as {known}, with --model or"
    " the setting animate_model": (
        QT_TRANSLATE_NOOP(
            "error",
            "no model is named that lets pictures move: name one in the preferences, such as "
            "{known}",
        )
    ),
}

INSTEAD = {sentence: str(said) for sentence, said in _INSTEAD.items()}
"""Sentences that speak of the command line, each with what a window says instead."""
