"""The sentences that people meet most when something goes wrong.

Where several fit, the first one counts: what is special stands before what is general.

`tests/gui/words/test_error_words.py` holds each to a sentence that the program really has.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

__all__ = ["SENTENCES"]

SENTENCES: tuple[str, ...] = tuple(
    str(each)
    for each in (
        # Disks.
        QT_TRANSLATE_NOOP("error", "cannot write {0}: {1}"),
        QT_TRANSLATE_NOOP("error", "cannot read {0}: {1}"),
        QT_TRANSLATE_NOOP("error", "cannot move {0}: {1}"),
        QT_TRANSLATE_NOOP("error", "cannot open {0}: {1}"),
        QT_TRANSLATE_NOOP("error", "cannot make the folder {0}: {1}"),
        QT_TRANSLATE_NOOP("error", "the disk is full: free some space"),
        QT_TRANSLATE_NOOP("error", "the disk quota is used up: free some space"),
        QT_TRANSLATE_NOOP("error", "the disk is read-only: choose another folder"),
        QT_TRANSLATE_NOOP(
            "error", "no permission: choose another folder, or change its permissions"
        ),
        QT_TRANSLATE_NOOP(
            "error", "a part of the path is a file, not a folder: choose another folder"
        ),
        QT_TRANSLATE_NOOP("error", "the folder is gone: was it moved, or a disk unplugged?"),
        QT_TRANSLATE_NOOP("error", "the disk reports an error: copy the project to another disk"),
        # Boards.
        QT_TRANSLATE_NOOP("error", "{0} is already open in {1}: close it there first"),
        QT_TRANSLATE_NOOP("error", "{0} is no storyboard project: it holds no {1}"),
        QT_TRANSLATE_NOOP("error", "{0} is a file, not a project folder: check the path"),
        QT_TRANSLATE_NOOP("error", "{0} does not exist: check the path of the project"),
        QT_TRANSLATE_NOOP(
            "error", "{0} holds neither a snapshot nor a panel to rebuild the board from"
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "{0} has format {1}, made by a newer version of Storyboard; this one reads up to {2}: "
            "update Storyboard",
        ),
        QT_TRANSLATE_NOOP("error", "{0}{1}: this is not YAML ({2})"),
        QT_TRANSLATE_NOOP("error", "{0} is empty: restore it from a snapshot"),
        # Edits.
        QT_TRANSLATE_NOOP(
            "error", "this panel cannot be split: its action is a single word or empty"
        ),
        QT_TRANSLATE_NOOP("error", "a board has at most {0} panels: begin another board"),
        QT_TRANSLATE_NOOP("error", "there is already a character called {0}"),
        QT_TRANSLATE_NOOP(
            "error",
            "aspect {0} is not a frame: write width:height between 1:4 and 4:1, for example 16:9, "
            "2.39:1, 1:1 or 9:16",
        ),
        # Stories and pictures.
        QT_TRANSLATE_NOOP("error", "the story is empty: write at least one sentence"),
        QT_TRANSLATE_NOOP("error", "the story has no words: write at least one sentence"),
        QT_TRANSLATE_NOOP("error", "{0} is not text: save it as plain text in UTF-8"),
        QT_TRANSLATE_NOOP("error", "{0} is not a picture this program reads: use {1}"),
        QT_TRANSLATE_NOOP("error", "{0} does not exist: check the path of the picture"),
        QT_TRANSLATE_NOOP(
            "error",
            "{0} is damaged or cut off: open it in an image editor and save it again",
        ),
        QT_TRANSLATE_NOOP("error", "{0} is animated or has several pages: save one frame as PNG"),
        # Models and drawing.
        QT_TRANSLATE_NOOP("error", "model {0} does not exist: check the path"),
        QT_TRANSLATE_NOOP(
            "error",
            "model {0} is not on this machine and huggingface.co cannot be reached: connect once "
            "to download it, or use the model 'starter'",
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "{0} is refused: pickled weights can run any program; use a .safetensors file",
        ),
        QT_TRANSLATE_NOOP(
            "error", "The render process {0}. It is started again; finished panels are safe."
        ),
        QT_TRANSLATE_NOOP("error", "was ended by the system (signal {0})"),
        QT_TRANSLATE_NOOP("error", "was ended by the system ({0})"),
        QT_TRANSLATE_NOOP("error", "ended unexpectedly (exit code {0})"),
        QT_TRANSLATE_NOOP("error", "panel {0} cannot be drawn"),
        QT_TRANSLATE_NOOP("error", "the model cannot be loaded"),
        QT_TRANSLATE_NOOP(
            "error",
            "{0}: the render process {1}, twice; close other programs or choose a faster mode or a "
            "smaller model",
        ),
        # Disks.
        QT_TRANSLATE_NOOP("error", "the disk or share does not answer: connect it again"),
        QT_TRANSLATE_NOOP(
            "error", "the file system allows no file that large: choose another folder"
        ),
        QT_TRANSLATE_NOOP("error", "a file has that name: choose another name"),
        QT_TRANSLATE_NOOP("error", "a folder has that name: choose another name"),
        QT_TRANSLATE_NOOP("error", "the name is too long: choose a shorter one"),
        QT_TRANSLATE_NOOP("error", "this process has too many files open: close some boards"),
        QT_TRANSLATE_NOOP("error", "the machine has too many files open: close some programs"),
        QT_TRANSLATE_NOOP("error", "the machine has no memory left: close some programs"),
        QT_TRANSLATE_NOOP("error", "cannot remove {0}: {1}"),
        QT_TRANSLATE_NOOP("error", "cannot look at {0}: {1}"),
        QT_TRANSLATE_NOOP("error", "{0} cannot be written: {1}"),
        # Boards: folders and locks.
        QT_TRANSLATE_NOOP("error", "another window or command"),
        QT_TRANSLATE_NOOP(
            "error", "{0} already holds a storyboard: open it, or choose another folder"
        ),
        QT_TRANSLATE_NOOP(
            "error", "{0} is not empty (it holds {1}): choose an empty or new folder"
        ),
        QT_TRANSLATE_NOOP("error", "{0} is a file: choose a folder for the project"),
        QT_TRANSLATE_NOOP("error", "{0} is no project folder: check the path"),
        QT_TRANSLATE_NOOP("error", "{0} is not a plain file ({1}): put a copy there"),
        QT_TRANSLATE_NOOP("error", "{0} is not a plain file: put a real copy there, or remove it"),
        QT_TRANSLATE_NOOP("error", "it is a link: links could lead out of the project"),
        QT_TRANSLATE_NOOP("error", "{0} is a link: links could lead out of the project"),
        QT_TRANSLATE_NOOP("error", "{0} cannot be made: is {1} still a folder?"),
        QT_TRANSLATE_NOOP("error", "{0} is no plain file of its own: remove it"),
        QT_TRANSLATE_NOOP(
            "error", "{0} is being written by another machine all the time: close the project there"
        ),
        QT_TRANSLATE_NOOP("error", "it is a folder, not a file"),
        QT_TRANSLATE_NOOP("error", "it is no plain file"),
        # Boards: records.
        QT_TRANSLATE_NOOP(
            "error", "{0} was cut short, its last line is missing: copy the whole file again"
        ),
        QT_TRANSLATE_NOOP("error", "{0}, line {1}: this is not UTF-8 text"),
        QT_TRANSLATE_NOOP("error", "{0} is larger than {1} MB: is it the right file?"),
        QT_TRANSLATE_NOOP("error", "{0}: this is not YAML text ({1})"),
        QT_TRANSLATE_NOOP("error", "{0}: nested or long beyond any storyboard"),
        QT_TRANSLATE_NOOP("error", "{0}: aliases (& and *) are not read; write it out"),
        QT_TRANSLATE_NOOP("error", "{0}: the tag {1} is not read; remove it"),
        QT_TRANSLATE_NOOP("error", "{0}, line {1}: {2} {3}"),
        QT_TRANSLATE_NOOP("error", "must be a list of 'key: value' lines"),
        QT_TRANSLATE_NOOP("error", "must be a list"),
        QT_TRANSLATE_NOOP("error", "must be true or false"),
        QT_TRANSLATE_NOOP("error", "must be a whole number from {0} to {1}"),
        QT_TRANSLATE_NOOP("error", "must be a number from {0} to {1}"),
        QT_TRANSLATE_NOOP("error", "must be one of: {0}"),
        QT_TRANSLATE_NOOP("error", "is {0}; it must be from {1} to {2}"),
        QT_TRANSLATE_NOOP("error", "is longer than {0} characters"),
        QT_TRANSLATE_NOOP("error", "has {0} members; at most {1} are possible"),
        QT_TRANSLATE_NOOP("error", "is there twice; remove one"),
        QT_TRANSLATE_NOOP("error", "lacks the key {0}"),
        QT_TRANSLATE_NOOP("error", "is not a key of this file; did you mean {0}?"),
        QT_TRANSLATE_NOOP("error", "is not a key of this file; the keys are {0}"),
        QT_TRANSLATE_NOOP("error", "is empty; a board needs at least one shot"),
        QT_TRANSLATE_NOOP("error", "is empty; say what happens in the shot"),
        QT_TRANSLATE_NOOP("error", "must be a colour such as '#d32f2f'"),
        QT_TRANSLATE_NOOP("error", "must be words, without characters that cannot be seen"),
        QT_TRANSLATE_NOOP(
            "error", "has a place that cannot be, {0}: write across,down from 0 to 1"
        ),
        QT_TRANSLATE_NOOP(
            "error", "{0} was made by a newer version of Storyboard: update Storyboard"
        ),
        QT_TRANSLATE_NOOP("error", "{0} is not UTF-8 text: mend it, or remove it"),
        QT_TRANSLATE_NOOP("error", "{0} was edited since it was saved{1}"),
        QT_TRANSLATE_NOOP("error", ", and has {0} panels where it had {1}"),
        QT_TRANSLATE_NOOP(
            "error",
            "{0} {1} meanwhile, and {2} changed here too: theirs is kept as snapshot {3}, "
            "everything else is on the board",
        ),
        QT_TRANSLATE_NOOP("error", "{0} {1} meanwhile: its changes are on the board"),
        QT_TRANSLATE_NOOP("error", "was edited by hand"),
        QT_TRANSLATE_NOOP("error", "was saved by another window or machine"),
        QT_TRANSLATE_NOOP("error", "the head of the board"),
        QT_TRANSLATE_NOOP("error", "{0} was damaged by something else meanwhile: kept as {1}"),
        QT_TRANSLATE_NOOP("error", "finished pictures cannot join the board: {0}"),
        QT_TRANSLATE_NOOP(
            "error",
            "the board is nearly as large as a board can be: its record has room for {0} more "
            "pictures, not for {1}; take panels or takes off the board, or go on in a new project",
        ),
        QT_TRANSLATE_NOOP("error", "panel {0} has {1} takes and can have {2}: take some off it"),
        QT_TRANSLATE_NOOP(
            "error", "the name {0}... has {1} letters, and a name can have {2}: shorten it"
        ),
        QT_TRANSLATE_NOOP("error", "{0} is missing or damaged: draw the panel again"),
        QT_TRANSLATE_NOOP("error", "the picture for panel {0} is not a whole PNG: render it again"),
        # Edits.
        QT_TRANSLATE_NOOP("error", "select two or more panels to merge them"),
        QT_TRANSLATE_NOOP("error", "a character needs a name"),
        QT_TRANSLATE_NOOP("error", "the board has no character {0}: check the name"),
        # Stories.
        QT_TRANSLATE_NOOP("error", "{0} is empty: write at least one sentence"),
        QT_TRANSLATE_NOOP("error", "{0} has more than {1} bytes: storyboard ten pages at a time"),
        QT_TRANSLATE_NOOP("error", "{0} is not a file: name a text file, or a shot list in YAML"),
        QT_TRANSLATE_NOOP(
            "error",
            "the story has {0} bytes and at most {1} can be planned at once: split it into "
            "chapters and make a storyboard of each",
        ),
        QT_TRANSLATE_NOOP("error", "the story holds binary data: save it as plain text in UTF-8"),
        QT_TRANSLATE_NOOP(
            "error",
            "the script has neither a scene nor a line, only notes or a title page: write at least "
            "a scene heading such as INT. KITCHEN - NIGHT",
        ),
        QT_TRANSLATE_NOOP("error", "{0} is empty: it needs at least 'shots:' with one shot"),
        QT_TRANSLATE_NOOP("error", "{0} has more than {1} bytes: save ten pages at a time"),
        QT_TRANSLATE_NOOP("error", "{0} is XML, but not Final Draft's: save the script as .fdx"),
        QT_TRANSLATE_NOOP(
            "error",
            "{0} is no whole Final Draft file (line {1}: {2}): "
            "save it again in Final Draft as .fdx",
        ),
        QT_TRANSLATE_NOOP(
            "error", "{0} is in an unknown encoding: save it again in Final Draft as .fdx"
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "{0} has no paragraph of a script in it: was it saved as .fdx from Final Draft?",
        ),
        QT_TRANSLATE_NOOP("error", "{0} is nested deeper than any script: save it again"),
        # Pictures.
        QT_TRANSLATE_NOOP("error", "PNG, JPEG, WebP, BMP or TIFF"),
        QT_TRANSLATE_NOOP("error", "{0} (it is {1}x{2})"),
        QT_TRANSLATE_NOOP("error", "{0} has more than {1} megapixels: use a smaller copy"),
        QT_TRANSLATE_NOOP("error", "{0} is larger than {1} MB: use a smaller copy"),
        QT_TRANSLATE_NOOP("error", "{0} has no pixels: use another picture"),
        QT_TRANSLATE_NOOP("error", "{0} has more than {1} scans: save it again as PNG"),
        QT_TRANSLATE_NOOP("error", "{0} is a folder: name a picture file ({1})"),
        QT_TRANSLATE_NOOP("error", "{0} is not a regular file: name a picture file ({1})"),
        QT_TRANSLATE_NOOP("error", "{0} is damaged: save it again as PNG or JPEG"),
        QT_TRANSLATE_NOOP(
            "error", "{0} fills the frame with only {1} pixels: use a larger picture"
        ),
        QT_TRANSLATE_NOOP("error", "{0} has no panel {1}: was it removed meanwhile?"),
        QT_TRANSLATE_NOOP("error", "the reference picture {0} cannot be read: {1}"),
        QT_TRANSLATE_NOOP("error", "the reference picture {0} has changed: add it again"),
        QT_TRANSLATE_NOOP(
            "error",
            "the reference picture {0} of {1} has changed since: put the original file back into "
            "the project's references folder",
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "the reference picture {0} of {1} is missing: put the project's references folder back "
            "beside its panels",
        ),
        QT_TRANSLATE_NOOP(
            "error", "a reference picture of {0} has more than {1} million pixels: make it smaller"
        ),
        QT_TRANSLATE_NOOP(
            "error", "a reference picture of {0} cannot be read ({1}): give a PNG or JPEG file"
        ),
        QT_TRANSLATE_NOOP("error", "{0} has no reference picture: add one, or use scale 0"),
        # Models.
        QT_TRANSLATE_NOOP("error", "{0} is no model: give a .safetensors file or a folder"),
        QT_TRANSLATE_NOOP(
            "error",
            "unknown model '{0}': use 'starter', a hub id such as {1}, a folder or a .safetensors "
            "file",
        ),
        QT_TRANSLATE_NOOP("error", "{0} is not an SDXL checkpoint: it has no {1}"),
        QT_TRANSLATE_NOOP("error", "the starter model is missing from {0}: {1}"),
        QT_TRANSLATE_NOOP("error", "get the model again, whole"),
        QT_TRANSLATE_NOOP("error", "get the file again"),
        QT_TRANSLATE_NOOP(
            "error",
            "model folder {0} lacks {1}; the {2} beside it is pickled and refused: convert it to "
            "safetensors",
        ),
        QT_TRANSLATE_NOOP("error", "model folder {0} lacks {1}: {2}"),
        QT_TRANSLATE_NOOP(
            "error", "model {0} in {1} cannot be loaded ({2}): get the model again, whole"
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "model {0} is not complete, here or on huggingface.co ({1}): connect once to finish "
            "the download, or choose another model",
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "model {0} could not be downloaded ({1}): check its name and the free disk space, and "
            "try again; what has arrived is kept",
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "model {0} was loaded without an IP-Adapter: name one, or switch the identity lock off",
        ),
        QT_TRANSLATE_NOOP("error", "{0} is no hub id: write it as owner/name"),
        QT_TRANSLATE_NOOP("error", "{0} is damaged: SHA-256 {1}, expected {2}: {3}"),
        QT_TRANSLATE_NOOP("error", "{0} is damaged or no safetensors file ({1}): {2}"),
        QT_TRANSLATE_NOOP("error", "{0} cannot be used: {1}: {2}"),
        QT_TRANSLATE_NOOP(
            "error",
            "IP-Adapter {0} does not exist: give a folder or a hub id such as h94/IP-Adapter",
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "IP-Adapter {0} does not fit this model ({1}): choose an adapter made for it, or "
            "switch the identity lock off",
        ),
        QT_TRANSLATE_NOOP("error", "few-step adapter {0} does not exist: check the path"),
        QT_TRANSLATE_NOOP(
            "error", "LoRA {0} does not fit this model ({1}): choose one that was made for it"
        ),
        # Drawing.
        QT_TRANSLATE_NOOP("error", "the render failed ({0}): try it again"),
        QT_TRANSLATE_NOOP(
            "error",
            "panel {0} ran out of memory at {1}x{2}, whatever was done to need less: {3}; finished "
            "panels are kept",
        ),
        QT_TRANSLATE_NOOP("error", "close other programs"),
        QT_TRANSLATE_NOOP("error", "the memory does not suffice: drawn smaller, {0}x{1}"),
        QT_TRANSLATE_NOOP("error", "measuring once what is fastest on this machine"),
        QT_TRANSLATE_NOOP(
            "error", "first run with this GPU and these versions: comparing it with the CPU"
        ),
        # Whatever else cannot be read.
        QT_TRANSLATE_NOOP(
            "error", "the program's own file assets/{0} is missing: install Storyboard again"
        ),
        QT_TRANSLATE_NOOP("error", "{0} cannot be read ({1}): check the path"),
        QT_TRANSLATE_NOOP("error", "{0} cannot be read ({1}): check the file"),
        QT_TRANSLATE_NOOP("error", "{0} cannot be read: {1}"),
    )
)
"""Sentences that say the same in a window; ``{0}`` stands for any words."""
