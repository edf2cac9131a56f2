"""The sentences that people meet most when something goes wrong.

`tests/gui/words/test_error_words.py` holds each to a sentence that the program really has.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

__all__ = ["SENTENCES"]

SENTENCES: tuple[str, ...] = tuple(
    str(each)
    for each in (
        # Disks.
        QT_TRANSLATE_NOOP("error", "cannot write {path}: {reason}"),
        QT_TRANSLATE_NOOP("error", "cannot read {path}: {reason}"),
        QT_TRANSLATE_NOOP("error", "cannot move {path}: {reason}"),
        QT_TRANSLATE_NOOP("error", "cannot open {folder}: {reason}"),
        QT_TRANSLATE_NOOP("error", "cannot make the folder {path}: {reason}"),
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
        QT_TRANSLATE_NOOP("error", "{folder} is already open in {holder}: close it there first"),
        QT_TRANSLATE_NOOP("error", "{folder} is no storyboard project: it holds no {record}"),
        QT_TRANSLATE_NOOP("error", "{folder} is a file, not a project folder: check the path"),
        QT_TRANSLATE_NOOP("error", "{folder} does not exist: check the path of the project"),
        QT_TRANSLATE_NOOP(
            "error", "{folder} holds neither a snapshot nor a panel to rebuild the board from"
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "{source} has format {version}, made by a newer version of Storyboard; this one reads "
            "up to {format}: update Storyboard",
        ),
        QT_TRANSLATE_NOOP("error", "{source}{where}: this is not YAML ({problem})"),
        QT_TRANSLATE_NOOP("error", "{source} is empty: restore it from a snapshot"),
        # Edits.
        QT_TRANSLATE_NOOP(
            "error", "this panel cannot be split: its action is a single word or empty"
        ),
        QT_TRANSLATE_NOOP("error", "a board has at most {max_panels} panels: begin another board"),
        QT_TRANSLATE_NOOP("error", "there is already a character called {name}"),
        QT_TRANSLATE_NOOP(
            "error",
            "aspect {aspect} is not a frame: write width:height between 1:4 and 4:1, for example "
            "16:9, 2.39:1, 1:1 or 9:16",
        ),
        # Stories of other programs.
        QT_TRANSLATE_NOOP(
            "error",
            "{name} is not in UTF-8: read as {encoding}; save it as UTF-8 if letters are wrong",
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "{path} is a document of {program}, which only it can read: export it there as "
            "Fountain (.fountain) or Final Draft (.fdx)",
        ),
        # What a merge changes.
        QT_TRANSLATE_NOOP("error", "new {field}: {text}"),
        QT_TRANSLATE_NOOP("error", "your own {field} stays; the story has: {text}"),
        QT_TRANSLATE_NOOP("error", "your own prompt stays"),
        QT_TRANSLATE_NOOP("error", "action"),
        QT_TRANSLATE_NOOP("error", "dialogue"),
        QT_TRANSLATE_NOOP("error", "setting"),
        QT_TRANSLATE_NOOP("error", "time"),
        QT_TRANSLATE_NOOP("error", "characters"),
        QT_TRANSLATE_NOOP("error", "note"),
        QT_TRANSLATE_NOOP("error", "seconds"),
        QT_TRANSLATE_NOOP("error", "size"),
        QT_TRANSLATE_NOOP("error", "angle"),
        QT_TRANSLATE_NOOP("error", "move"),
        QT_TRANSLATE_NOOP("error", "prompt"),
        QT_TRANSLATE_NOOP("error", "scene"),
        QT_TRANSLATE_NOOP("error", "seed"),
        QT_TRANSLATE_NOOP("error", "left out"),
        QT_TRANSLATE_NOOP("error", "empty"),
        QT_TRANSLATE_NOOP("error", "{field} {before} -> {after}"),
        QT_TRANSLATE_NOOP("error", "{before} s -> {after} s"),
        QT_TRANSLATE_NOOP("error", "note: {text}"),
        # Stories and pictures.
        QT_TRANSLATE_NOOP("error", "the story is empty: write at least one sentence"),
        QT_TRANSLATE_NOOP("error", "the story has no words: write at least one sentence"),
        QT_TRANSLATE_NOOP("error", "{name} is not text: save it as plain text in UTF-8"),
        QT_TRANSLATE_NOOP("error", "{source} is not a picture this program reads: use {known}"),
        QT_TRANSLATE_NOOP("error", "{source} does not exist: check the path of the picture"),
        QT_TRANSLATE_NOOP(
            "error", "{source} is damaged or cut off: open it in an image editor and save it again"
        ),
        QT_TRANSLATE_NOOP(
            "error", "{source} is animated or has several pages: save one frame as PNG"
        ),
        # Models and drawing.
        QT_TRANSLATE_NOOP("error", "model {path} does not exist: check the path"),
        QT_TRANSLATE_NOOP(
            "error",
            "model {name} is not on this machine and huggingface.co cannot be reached: connect "
            "once to download it, or use the model 'starter'",
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "{path} is refused: pickled weights can run any program; use a .safetensors file",
        ),
        QT_TRANSLATE_NOOP(
            "error", "The render process {death}. It is started again; finished panels are safe."
        ),
        QT_TRANSLATE_NOOP("error", "was ended by the system (signal {number})"),
        QT_TRANSLATE_NOOP("error", "was ended by the system ({signal})"),
        QT_TRANSLATE_NOOP("error", "ended unexpectedly (exit code {code})"),
        QT_TRANSLATE_NOOP("error", "panel {panel} cannot be drawn"),
        QT_TRANSLATE_NOOP("error", "the model cannot be loaded"),
        QT_TRANSLATE_NOOP(
            "error",
            "{failure}: the render process {death}, twice; close other programs or choose a "
            "faster mode or a smaller model",
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
        QT_TRANSLATE_NOOP("error", "cannot remove {path}: {reason}"),
        QT_TRANSLATE_NOOP("error", "cannot look at {path}: {reason}"),
        QT_TRANSLATE_NOOP("error", "{path} cannot be written: {strerror}"),
        # Boards: folders and locks.
        QT_TRANSLATE_NOOP("error", "another window or command"),
        QT_TRANSLATE_NOOP(
            "error", "{folder} already holds a storyboard: open it, or choose another folder"
        ),
        QT_TRANSLATE_NOOP(
            "error", "{folder} is not empty (it holds {foreign}): choose an empty or new folder"
        ),
        QT_TRANSLATE_NOOP("error", "{folder} is a file: choose a folder for the project"),
        QT_TRANSLATE_NOOP("error", "{folder} is no project folder: check the path"),
        QT_TRANSLATE_NOOP("error", "{path} is not a plain file ({strerror}): put a copy there"),
        QT_TRANSLATE_NOOP(
            "error", "{path} is not a plain file: put a real copy there, or remove it"
        ),
        QT_TRANSLATE_NOOP("error", "it is a link: links could lead out of the project"),
        QT_TRANSLATE_NOOP("error", "{folder} is a link: links could lead out of the project"),
        QT_TRANSLATE_NOOP("error", "{path} cannot be made: is {folder} still a folder?"),
        QT_TRANSLATE_NOOP("error", "{path} is no plain file of its own: remove it"),
        QT_TRANSLATE_NOOP(
            "error",
            "{folder} is being written by another machine all the time: close the project there",
        ),
        QT_TRANSLATE_NOOP("error", "it is a folder, not a file"),
        QT_TRANSLATE_NOOP("error", "it is no plain file"),
        # Boards: records.
        QT_TRANSLATE_NOOP(
            "error", "{source} was cut short, its last line is missing: copy the whole file again"
        ),
        QT_TRANSLATE_NOOP("error", "{source}, line {line}: this is not UTF-8 text"),
        QT_TRANSLATE_NOOP("error", "{source} is larger than {max_bytes} MB: is it the right file?"),
        QT_TRANSLATE_NOOP("error", "{source}: this is not YAML text ({problem})"),
        QT_TRANSLATE_NOOP("error", "{line}: nested or long beyond any storyboard"),
        QT_TRANSLATE_NOOP("error", "{line}: aliases (& and *) are not read; write it out"),
        QT_TRANSLATE_NOOP("error", "{line}: the tag {tag} is not read; remove it"),
        QT_TRANSLATE_NOOP("error", "{source}, line {line}: {key} {problem}"),
        QT_TRANSLATE_NOOP("error", "must be a list of 'key: value' lines"),
        QT_TRANSLATE_NOOP("error", "must be a list"),
        QT_TRANSLATE_NOOP("error", "must be true or false"),
        QT_TRANSLATE_NOOP("error", "must be a whole number from {low} to {high}"),
        QT_TRANSLATE_NOOP("error", "must be a number from {low} to {high}"),
        QT_TRANSLATE_NOOP("error", "must be one of: {keys}"),
        QT_TRANSLATE_NOOP("error", "is {number}; it must be from {low} to {high}"),
        QT_TRANSLATE_NOOP("error", "is longer than {limit} characters"),
        QT_TRANSLATE_NOOP("error", "has {count} members; at most {limit} are possible"),
        QT_TRANSLATE_NOOP("error", "is there twice; remove one"),
        QT_TRANSLATE_NOOP("error", "lacks the key {name}"),
        QT_TRANSLATE_NOOP("error", "is not a key of this file; did you mean {near}?"),
        QT_TRANSLATE_NOOP("error", "is not a key of this file; the keys are {keys}"),
        QT_TRANSLATE_NOOP("error", "is empty; a board needs at least one shot"),
        QT_TRANSLATE_NOOP("error", "is empty; say what happens in the shot"),
        QT_TRANSLATE_NOOP("error", "must be a colour such as '#d32f2f'"),
        QT_TRANSLATE_NOOP("error", "must be words, without characters that cannot be seen"),
        QT_TRANSLATE_NOOP(
            "error", "has a place that cannot be, {word}: write across,down from 0 to 1"
        ),
        QT_TRANSLATE_NOOP(
            "error", "{source} was made by a newer version of Storyboard: update Storyboard"
        ),
        QT_TRANSLATE_NOOP("error", "{path} is not UTF-8 text: mend it, or remove it"),
        QT_TRANSLATE_NOOP("error", "{record} was edited since it was saved{panels}"),
        QT_TRANSLATE_NOOP("error", ", and has {count} panels where it had {before}"),
        QT_TRANSLATE_NOOP(
            "error",
            "{record} {who} meanwhile, and {shown} changed here too: theirs is kept as snapshot "
            "{number}, everything else is on the board",
        ),
        QT_TRANSLATE_NOOP("error", "{record} {who} meanwhile: its changes are on the board"),
        QT_TRANSLATE_NOOP("error", "was edited by hand"),
        QT_TRANSLATE_NOOP("error", "was saved by another window or machine"),
        QT_TRANSLATE_NOOP("error", "the head of the board"),
        QT_TRANSLATE_NOOP(
            "error", "{record} was damaged by something else meanwhile: kept as {name}"
        ),
        QT_TRANSLATE_NOOP("error", "finished pictures cannot join the board: {error}"),
        QT_TRANSLATE_NOOP(
            "error",
            "the board is nearly as large as a board can be: its record has room for {room} more "
            "pictures, not for {takes}; take panels or takes off the board, or go on in a new "
            "project",
        ),
        QT_TRANSLATE_NOOP(
            "error", "panel {key} has {count} takes and can have {max_takes}: take some off it"
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "the name {name}... has {count} letters, and a name can have {max_name}: shorten it",
        ),
        QT_TRANSLATE_NOOP("error", "{source} is missing or damaged: draw the panel again"),
        QT_TRANSLATE_NOOP(
            "error", "the picture for panel {key} is not a whole PNG: render it again"
        ),
        # Edits.
        QT_TRANSLATE_NOOP("error", "select two or more panels to merge them"),
        QT_TRANSLATE_NOOP("error", "a character needs a name"),
        QT_TRANSLATE_NOOP("error", "the board has no character {name}: check the name"),
        # Stories.
        QT_TRANSLATE_NOOP("error", "{name} is empty: write at least one sentence"),
        QT_TRANSLATE_NOOP(
            "error", "{name} has more than {max_bytes} bytes: storyboard ten pages at a time"
        ),
        QT_TRANSLATE_NOOP(
            "error", "{path} is not a file: name a text file, or a shot list in YAML"
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "the story has {letters} letters and at most {most} can be planned at once: split it "
            "into chapters and make a storyboard of each",
        ),
        QT_TRANSLATE_NOOP("error", "the story holds binary data: save it as plain text in UTF-8"),
        QT_TRANSLATE_NOOP(
            "error",
            "the script has neither a scene nor a line, only notes or a title page: write at "
            "least a scene heading such as INT. KITCHEN - NIGHT",
        ),
        QT_TRANSLATE_NOOP("error", "{source} is empty: it needs at least 'shots:' with one shot"),
        QT_TRANSLATE_NOOP(
            "error", "{name} has more than {max_bytes} bytes: save ten pages at a time"
        ),
        QT_TRANSLATE_NOOP("error", "{name} is XML, but not Final Draft's: save the script as .fdx"),
        QT_TRANSLATE_NOOP(
            "error",
            "{name} is no whole Final Draft file (line {lineno}: {errorstring}): save it again in "
            "Final Draft as .fdx",
        ),
        QT_TRANSLATE_NOOP(
            "error", "{name} is in an unknown encoding: save it again in Final Draft as .fdx"
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "{name} has no paragraph of a script in it: was it saved as .fdx from Final Draft?",
        ),
        QT_TRANSLATE_NOOP("error", "{name} is nested deeper than any script: save it again"),
        # Pictures.
        QT_TRANSLATE_NOOP("error", "PNG, JPEG, WebP, BMP or TIFF"),
        QT_TRANSLATE_NOOP("error", "{too_large} (it is {width}x{height})"),
        QT_TRANSLATE_NOOP("error", "{source} has more than {most} megapixels: use a smaller copy"),
        QT_TRANSLATE_NOOP(
            "error", "{source} is larger than {picture_bytes} MB: use a smaller copy"
        ),
        QT_TRANSLATE_NOOP("error", "{source} has no pixels: use another picture"),
        QT_TRANSLATE_NOOP(
            "error", "{source} has more than {jpeg_scans} scans: save it again as PNG"
        ),
        QT_TRANSLATE_NOOP("error", "{source} is a folder: name a picture file ({known})"),
        QT_TRANSLATE_NOOP("error", "{source} is not a regular file: name a picture file ({known})"),
        QT_TRANSLATE_NOOP("error", "{source} is damaged: save it again as PNG or JPEG"),
        QT_TRANSLATE_NOOP(
            "error", "{name} fills the frame with only {size} pixels: use a larger picture"
        ),
        QT_TRANSLATE_NOOP("error", "{folder} has no panel {key}: was it removed meanwhile?"),
        QT_TRANSLATE_NOOP("error", "the reference picture {path} cannot be read: {reason}"),
        QT_TRANSLATE_NOOP("error", "the reference picture {path} has changed: add it again"),
        QT_TRANSLATE_NOOP(
            "error",
            "the reference picture {sha} of {character} has changed since: put the original file "
            "back into the project's references folder",
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "the reference picture {sha} of {character} is missing: put the project's references "
            "folder back beside its panels",
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "a reference picture of {character} has more than {most} million pixels: make it "
            "smaller",
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "a reference picture of {character} cannot be read ({error}): give a PNG or JPEG file",
        ),
        QT_TRANSLATE_NOOP("error", "{character} has no reference picture: add one, or use scale 0"),
        # Models.
        QT_TRANSLATE_NOOP(
            "error", "{path} is no model: give a .safetensors or .gguf file or a folder"
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "unknown model '{name}': use 'starter', a hub id such as {example}, a folder or a "
            ".safetensors or .gguf file",
        ),
        QT_TRANSLATE_NOOP("error", "{file} is not an SDXL checkpoint: it has no {part}"),
        QT_TRANSLATE_NOOP("error", "the starter model is missing from {starter}: {cure}"),
        QT_TRANSLATE_NOOP("error", "get the model again, whole"),
        QT_TRANSLATE_NOOP("error", "get the file again"),
        QT_TRANSLATE_NOOP(
            "error",
            "model folder {root} lacks {name}; the {pickled} beside it is pickled and refused: "
            "convert it to safetensors",
        ),
        QT_TRANSLATE_NOOP("error", "model folder {root} lacks {name}: {cure}"),
        QT_TRANSLATE_NOOP(
            "error",
            "model {name} in {root} cannot be loaded ({reason}): get the model again, whole",
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "model {name} is not complete, here or on huggingface.co ({lacks}): connect once to "
            "finish the download, or choose another model",
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "model {name} could not be downloaded ({reason}): check its name and the free disk "
            "space, and try again; what has arrived is kept",
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "model {name} was loaded without an IP-Adapter: name one, or switch the identity lock "
            "off",
        ),
        QT_TRANSLATE_NOOP("error", "{name} is no hub id: write it as owner/name"),
        QT_TRANSLATE_NOOP(
            "error", "{folder} is damaged: SHA-256 {found}, expected {sha256}: {cure}"
        ),
        QT_TRANSLATE_NOOP("error", "{file} is damaged or no safetensors file ({error}): {cure}"),
        QT_TRANSLATE_NOOP("error", "{root} cannot be used: {problem}: {cure}"),
        QT_TRANSLATE_NOOP(
            "error",
            "IP-Adapter {adapter} does not exist: give a folder or a hub id such as h94/IP-Adapter",
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "IP-Adapter {file} does not fit this model ({reason}): choose an adapter made for it, "
            "or switch the identity lock off",
        ),
        QT_TRANSLATE_NOOP("error", "few-step adapter {file} does not exist: check the path"),
        QT_TRANSLATE_NOOP(
            "error",
            "LoRA {file} does not fit this model ({reason}): choose one that was made for it",
        ),
        # Drawing.
        QT_TRANSLATE_NOOP("error", "the render failed ({reason}): try it again"),
        QT_TRANSLATE_NOOP(
            "error",
            "panel {panel} ran out of memory at {width}x{height}, whatever was done to need less: "
            "{cure}; finished panels are kept",
        ),
        QT_TRANSLATE_NOOP("error", "close other programs"),
        QT_TRANSLATE_NOOP("error", "the memory does not suffice: drawn smaller, {width}x{height}"),
        QT_TRANSLATE_NOOP("error", "no picture: drawn again, {number} of {draws}"),
        QT_TRANSLATE_NOOP(
            "error", "people: {seen} instead of {people}; drawn again, {number} of {draws}"
        ),
        QT_TRANSLATE_NOOP("error", "measuring once what is fastest on this machine"),
        QT_TRANSLATE_NOOP(
            "error", "first run with this GPU and these versions: comparing it with the CPU"
        ),
        # Whatever else cannot be read.
        QT_TRANSLATE_NOOP(
            "error", "the program's own file assets/{parts} is missing: install Storyboard again"
        ),
        QT_TRANSLATE_NOOP("error", "{source} cannot be read ({reason}): check the path"),
        QT_TRANSLATE_NOOP("error", "{path} cannot be read ({error}): check the file"),
        QT_TRANSLATE_NOOP("error", "{path} cannot be read: {strerror}"),
    )
)
"""Templates of `storyboard.message.Message`, and whole words that fill their places."""
