"""Who is in the story and how they look: from traits, from a character file, from config.py."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.errors import InputError, ProjectError
from storyboard.files.lora_yaml import loras_beside, loras_in
from storyboard.files.regular_file import read_regular
from storyboard.files.yaml_tree import YamlTree, parse_yaml
from storyboard.values import bounds
from storyboard.values.character import Character

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from storyboard.techniques.lora import LoraWish
    from storyboard.values.shot import Shot

__all__ = ["TRAITS", "CharacterFile", "cast", "character_from", "read_character", "without_looks"]

_KINDS = ("person", "role", "age")
"""Traits that say who somebody is, but not yet what they look like."""

TRAITS = (
    *_KINDS,
    "face_shape",
    "hair",
    "facial_hair",
    "skin_tone",
    "eyes",
    "glasses",
    "build",
    "clothing",
    "hat",
    "boots",
    "accessories",
)
"""Traits that a character file may name beside "name"; under "traits:" any other word will do."""

_KEYS = ("name", "traits", "references", "loras")


@dataclass(frozen=True, slots=True)
class CharacterFile:
    """What a character file says.

    Attributes:
        character: Name and traits; without references, because no project holds them yet.
        references: The reference pictures, absolute paths of files that exist.
    """

    character: Character
    references: tuple[Path, ...] = ()


def character_from(traits: Mapping[str, str]) -> Character:
    """A character of a mapping such as ``config.CHARACTER_TRAITS``: "name", and traits in order.

    Raises:
        InputError: There is no name.
    """
    name = " ".join(traits.get("name", "").split())
    if not name:
        raise InputError('a character needs a "name"')
    return Character(name, tuple((key, words) for key, words in traits.items() if key != "name"))


def cast(
    characters: Sequence[Character],
    *,
    given: Sequence[Character] = (),
    default: Mapping[str, str],
) -> tuple[Character, ...]:
    """Decide which looks the characters of a story get; their names stay the story's.

    A given character dresses the one of the same name; the first that matches nobody dresses the
    main character. Whoever then has looks keeps them. The default looks are those of the character
    that they name, and of nobody else; that one stays a girl or an old man where the story says
    so. Others without looks stay as they are (`without_looks` lists them).

    Args:
        characters: As the story has them, the main one first.
        given: What the user gave, for example with ``--character FILE``.
        default: Such as ``config.CHARACTER_TRAITS``.
    """
    if not characters:
        return ()
    dressed = {each.name.casefold(): each for each in characters}
    main = characters[0].name.casefold()
    strangers = [each for each in given if each.name.casefold() not in dressed]
    named = [each for each in given if each.name.casefold() in dressed]
    if not any(each.name.casefold() == main for each in named):
        named += [replace(each, name=characters[0].name) for each in strangers[:1]]
    for looks in named:
        key = looks.name.casefold()
        dressed[key] = replace(
            dressed[key],
            traits=looks.traits or dressed[key].traits,
            references=looks.references or dressed[key].references,
            loras=looks.loras or dressed[key].loras,
        )
    known = character_from(default).name.casefold()
    if known in dressed:
        dressed[known] = replace(dressed[known], traits=_looks(dressed[known], default))
    return tuple(dressed.values())


def without_looks(characters: Sequence[Character], shots: Sequence[Shot]) -> tuple[str, ...]:
    """Names of those in the shots of whom nothing says what they look like, in their order."""
    seen = {name.casefold() for shot in shots for name in shot.characters}
    return tuple(
        each.name
        for each in characters
        if each.name.casefold() in seen
        and not each.references
        and all(trait in _KINDS or not words.strip() for trait, words in each.traits)
    )


def _looks(character: Character, default: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The character's own traits if there is a look among them, else with the default looks."""
    kinds = {trait for trait, _ in character.traits}
    if not kinds <= set(_KINDS):
        return character.traits
    # "Old man, young woman" would be two people: the story's word for the person is the one.
    replaced = {*kinds, *(_KINDS if kinds else ())}
    added = (each for each in character_from(default).traits if each[0] not in replaced)
    return (*character.traits, *added)


def read_character(path: Path) -> CharacterFile:
    """Read a character file.

    It is YAML with a name, traits, and optionally reference pictures and LoRAs, whose paths are
    relative to the file::

        name: Aidar
        traits:
          age: old man
          facial_hair: white beard
        references: [aidar.png]
        loras: [aidar.safetensors]

    The traits that `TRAITS` lists may also stand beside the name.

    Raises:
        InputError: The file is missing, too large or not of that form, or a reference is no file.
    """
    try:
        fields = _fields(path)
        character = Character(_name(fields, path), _traits(fields), loras=_loras(fields, path))
        return CharacterFile(character, _references(fields, path))
    except ProjectError as error:
        # The tree speaks of files in general; here it is one that the user gave.
        raise InputError(error.message) from None


def _fields(path: Path) -> dict[str, YamlTree]:
    text = _text(path)
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines()):
        raise InputError("{path} is empty: a character has a name and traits", path=path)
    fields = parse_yaml(text, str(path), bounds.CHARACTER_EVENTS).mapping()
    for name, tree in fields.items():
        if name not in (*_KEYS, *TRAITS):
            near = difflib.get_close_matches(name[:80], (*_KEYS, *TRAITS), 1)
            tree.fail(
                f"is not a key of a character; did you mean {near[0]!r}?"
                if near
                else "is not a key of a character; put a trait of your own under 'traits:'"
            )
    return fields


def _name(fields: Mapping[str, YamlTree], path: Path) -> str:
    name = " ".join(fields["name"].text(bounds.CHARACTER_NAME).split()) if "name" in fields else ""
    if not name:
        raise InputError("{path} lacks the character's name: add the line 'name: ...'", path=path)
    return name


def _traits(fields: Mapping[str, YamlTree]) -> tuple[tuple[str, str], ...]:
    """The traits in the order of the file, those beside the name first."""
    entries = {name: tree for name, tree in fields.items() if name in TRAITS}
    if "traits" in fields:
        for name, tree in fields["traits"].mapping().items():
            if name in entries or name == "name":
                tree.fail("is there twice; remove one")
            entries[name] = tree
    if len(entries) > bounds.CHARACTER_TRAITS:
        fields["traits"].fail(
            "are {count}; at most {character_traits} are possible",
            count=len(entries),
            character_traits=bounds.CHARACTER_TRAITS,
        )
    texts = {
        name: " ".join(tree.text(bounds.CHARACTER_TRAIT).split()) for name, tree in entries.items()
    }
    return tuple((name, text) for name, text in texts.items() if text)


def _references(fields: Mapping[str, YamlTree], path: Path) -> tuple[Path, ...]:
    if "references" not in fields:
        return ()
    found: list[Path] = []
    for tree in fields["references"].items(bounds.CHARACTER_PICTURES):
        name = tree.text(1000)
        try:
            picture = path.absolute().parent / Path(name).expanduser()
            exists = "\0" not in name and picture.is_file()
        except (OSError, RuntimeError):  # a name too long, or "~nobody"
            exists = False
        if not exists:
            tree.fail("names no file: {name}", name=repr(name[:200]))
        found.append(picture)
    return tuple(found)


def _loras(fields: Mapping[str, YamlTree], path: Path) -> tuple[LoraWish, ...]:
    """The LoRAs; a file beside the character's own has its whole path from now on."""
    wishes = loras_in(fields["loras"]) if "loras" in fields else ()
    return loras_beside(path.parent, wishes)


def _text(path: Path) -> str:
    try:
        content = read_regular(path, bounds.CHARACTER_BYTES)
    except FileNotFoundError:
        raise InputError(
            "{path} does not exist: check the path of the character file", path=path
        ) from None
    except OSError as error:
        raise InputError(
            "{path} cannot be read: {strerror}", path=path, strerror=error.strerror
        ) from None
    if len(content) > bounds.CHARACTER_BYTES:
        raise InputError(
            "{path} is larger than {character_bytes} KB: is it a character file?",
            path=path,
            character_bytes=bounds.CHARACTER_BYTES // 1024,
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(
            "{path} is not text in UTF-8; a character file is YAML", path=path
        ) from None
