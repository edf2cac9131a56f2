"""What a stranger's file reaches first: each reader, and good inputs to damage."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from storyboard.diffusion.families.sdxl.adapter_files import find_adapter
from storyboard.diffusion.families.sdxl.description import describe
from storyboard.diffusion.families.sdxl.files import find_model
from storyboard.diffusion.weights.headers import header_keys
from storyboard.diffusion.weights.place import STARTER
from storyboard.export import ExportOptions, exporter
from storyboard.export.design_file import SHIPPED, design_from_yaml
from storyboard.files.assets import asset
from storyboard.files.pictures import read_picture
from storyboard.files.table_file import csv_rows, xlsx_rows
from storyboard.planning.characters import read_character
from storyboard.planning.planner import plan
from storyboard.planning.returned_cut import read_cut, returned_clips
from storyboard.planning.returned_table import returned_rows
from storyboard.planning.returning import merge_of
from storyboard.planning.shot_list import from_yaml, to_yaml
from storyboard.project.annotation_folder import AnnotationFolder
from storyboard.project.annotation_text import marks_to_yaml
from storyboard.project.own_picture import read_own_picture
from storyboard.project.project import Project, read_board
from storyboard.project.recipe_file import embed, recipe_in
from storyboard.project.record import board_to_yaml
from storyboard.settings.layers import load_settings
from storyboard.story.scripts.final_draft import fountain_from_fdx
from storyboard.story.scripts.script import read_script
from storyboard.story.source import MAX_BYTES, read_source
from storyboard.values.annotations import Arrow, Note, Stroke
from storyboard.values.board import Take
from storyboard.values.frame_rate import FILM
from tests import boards
from tests.soak.arriving import arriving
from tests.soak.good_texts import (
    SCRIPT_EN,
    SCRIPT_RU,
    SCRIPT_SIGNS,
    SCRIPT_XML,
    SENTENCES,
    STORY_EN,
    STORY_RU,
    XML_SIGNS,
)
from tests.soak.mutation import mend_checksums, mend_xml
from tests.soak.target import Target

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["Target", "targets"]


_MARKS = marks_to_yaml(
    (
        Arrow((0.1, 0.2), (0.3, 0.4), "#e53935", 0.01),
        Stroke(((0.5, 0.5), (0.6, 0.6)), "#111111", 0.02),
        Note((0.7, 0.1), "Closer,\nplease", "#fdd835", 0.05),
    )
)


def targets(home: Path) -> tuple[Target, ...]:
    """All readers; they work in `home`, an empty folder."""
    return (
        *_texts(home),
        *_returned(home),
        *arriving(home),
        *_pictures(home),
        *_weights(home),
    )


def _texts(home: Path) -> tuple[Target, ...]:
    with Project.create(home / "whole", boards.a_board(4)) as whole:
        record = (whole.folder / "board.yaml").read_bytes()
    # Without a last line that tells damage at once, so that the damage reaches the readers below.
    first_format = board_to_yaml(boards.a_board(4)).replace("format: 2", "format: 1").encode()
    planned = plan("Mira walks along the beach. 'Run!' says Tom.", panels=3, seed=1)
    project, settings = home / "project", home / "settings"
    project.mkdir()
    settings.mkdir()

    def board(data: bytes) -> object:
        (project / "board.yaml").write_bytes(data)
        return read_board(project)

    def choices(data: bytes) -> object:
        (settings / "storyboard.yaml").write_bytes(data)
        return load_settings(folder=settings, environ={})

    def annotations(data: bytes) -> object:
        (project / "annotations").mkdir(exist_ok=True)
        (project / "annotations" / "a.yaml").write_bytes(data)
        return AnnotationFolder(project).of(Take("a.png", 1, "", 0.0, ""))

    def layout(data: bytes) -> object:
        return design_from_yaml(data.decode("utf-8", "replace"), home / "layout.yaml")

    def shots(data: bytes) -> object:
        return from_yaml(_text(home, data))

    def story(data: bytes) -> object:
        return plan(_text(home, data[:6000]), panels=6, seed=1)

    def fountain(data: bytes) -> object:
        # The whole is read as a script, whatever it looks like; as much as of a story is planned.
        read_script(data.decode("utf-8", "replace"))
        return six(_text(home, data[:6000], "story.fountain"))

    def final_draft(data: bytes) -> object:
        text = fountain_from_fdx(data, "a.fdx")
        read_script(text)
        return six(text[:6000])

    def six(script: str) -> object:
        shots = plan(script, panels=6, seed=1, script=True).shots
        assert 1 <= len(shots) <= 6  # what says little fills fewer; none may lose its pictures
        return shots

    def character(data: bytes) -> object:
        (home / "character.yaml").write_bytes(data)
        return read_character(home / "character.yaml")

    known = (
        b"mode: FAST\n",
        b"seed: 7\n",
        b"panels: 6\n",
        b"aspect: 2.39:1\n",
        b"model: starter\n",
    )
    return (
        Target(
            "board.yaml",
            board,
            [record, first_format],
            24,
            (b"panels:\n", b"takes:\n", b"file: a.png\n"),
        ),
        Target(
            "storyboard.yaml",
            choices,
            [b"".join(known), b'character_traits: {name: Mira, hair: red}\nstyle: "ink"\n'],
            14,
            known,
        ),
        Target("annotations", annotations, [_MARKS.encode()], 10, (b"stroke: 0,0\n", b"e-400")),
        Target(
            "layout of pages",
            layout,
            [asset("layouts", f"{name}.yaml").read_bytes() for name in SHIPPED],
            6,
            (b"grid: 3x2\n", b"fields: [action]\n", b"logo: ../a.png\n", b"{page}"),
        ),
        Target("shot list", shots, [to_yaml(planned).encode()], 14, (b"shots:\n", b"action: x\n")),
        Target("story", story, [STORY_EN.encode(), STORY_RU.encode()], 6, SENTENCES),
        Target(
            "Fountain script",
            fountain,
            [SCRIPT_EN.encode(), SCRIPT_RU.encode()],
            6,
            (*SENTENCES, *SCRIPT_SIGNS),
        ),
        Target("Final Draft script", final_draft, [SCRIPT_XML.encode()], 6, XML_SIGNS, mend_xml),
        Target(
            "character file",
            character,
            [b"name: Aidar\ntraits:\n  age: old man\n  hair: grey\nreferences: []\nhat: cap\n"],
            16,
            (b"references: [/etc/passwd]\n", b"references: [../../x.png]\n", b"traits:\n"),
        ),
    )


def _returned(home: Path) -> tuple[Target, ...]:
    """Cuts and lists that come back to their board."""
    board = boards.a_board(3)

    def written(form: str) -> bytes:
        way = exporter(form)
        out = home / f"sent{way.suffix}"
        return way.export(board, lambda take: out, out, ExportOptions(force=True)).read_bytes()

    def cut(data: bytes) -> object:
        return merge_of(board, returned_clips(read_cut(data, "cut", FILM), board))

    def sheet(data: bytes) -> object:
        return merge_of(board, returned_rows(xlsx_rows(data, "a.xlsx"), board, "a.xlsx"))

    def table(data: bytes) -> object:
        return merge_of(board, returned_rows(csv_rows(data, "a.csv"), board, "a.csv"))

    times = (b"24/0s", b"999999999999999s", b"<!ENTITY a 'b'>", b"-1", b"1e999", b"NaN")
    return (
        Target("cut in OTIO", cut, [written("otio")], 4, (b'"value": 1e999', b'"rate": 0.0')),
        Target("cut in OTIOZ", cut, [written("otioz")], 2),
        Target("cut in FCP7 XML", cut, [written("fcp7")], 4, times, mend_xml),
        Target("cut in FCPXML", cut, [written("fcpxml")], 4, times, mend_xml),
        Target(
            "cut in an EDL", cut, [written("edl")], 4, (b"99:99:99:99", b"M2 AX 000.0 00:00:00:00")
        ),
        Target("list in CSV", table, [written("csv")], 4, (b'"', b"\0", b";", b"'=1")),
        Target("list in XLSX", sheet, [written("xlsx")], 3),
    )


def _pictures(home: Path) -> tuple[Target, ...]:
    board = boards.a_board()
    panel = embed(boards.a_picture(), boards.a_recipe(board, "p1"))
    recipe = json.dumps(json.loads(_recipe_text(panel))).encode()
    picture = boards.a_picture(48, 32)
    with Project.create(home / "adopting", board):
        pass
    adopted = home / "adopting" / "panels" / "panel-001-take-01-0a.png"

    def replaced_recipe(data: bytes) -> object:
        # A whole picture with a damaged recipe: it must not keep its project from opening.
        from storyboard.files.png import with_texts

        png = with_texts(picture, {"storyboard": data.decode("utf-8", "replace")})
        adopted.write_bytes(png)
        with Project.open(home / "adopting") as project:
            project.save(board)
        shutil.rmtree(home / "adopting" / "removed")
        return recipe_in(png, "panel.png")

    return (
        Target(
            "PNG metadata", lambda data: recipe_in(data, "a.png"), [panel], 14, (), mend_checksums
        ),
        Target("recipe", replaced_recipe, [recipe], 5, (b'"seed": -1', b'"key": "p1"', b"NaN")),
        Target(
            "reference picture",
            lambda data: read_picture(data, "a.png"),
            [picture, panel],
            8,
            (),
            mend_checksums,
        ),
        Target(
            "own picture",
            lambda data: read_own_picture(data, "2.39:1", "a.png"),
            [picture, panel],
            4,
            (),
            mend_checksums,
        ),
    )


def _weights(home: Path) -> tuple[Target, ...]:
    source = STARTER / "text_encoder" / "model.safetensors"
    header = _header(source)
    adapter, model = home / "adapter", home / "model"
    shutil.copytree(STARTER / "models", adapter / "models")
    (adapter / "sdxl_models").mkdir()
    for each in ("unet", "vae", "text_encoder", "text_encoder_2", "tokenizer", "tokenizer_2"):
        shutil.copytree(STARTER / each, model / each)
    shutil.copytree(STARTER / "scheduler", model / "scheduler")
    for name in ("model_index.json", "storyboard.json"):
        shutil.copy(STARTER / name, model / name)
    evil = (b'"_class_name": "Evil"', b'["evil", "Evil"]', b'"latents_mean":', b'"multiple": 16,')
    weights = home / "lora.safetensors"
    adapter_header = _header(next((STARTER / "sdxl_models").glob("*.safetensors")))

    def lora(data: bytes) -> object:
        weights.write_bytes(data)
        return header_keys(weights)

    def ip_adapter(data: bytes) -> object:
        (adapter / "sdxl_models" / "ip-adapter_x.safetensors").write_bytes(data)
        return find_adapter(home, str(adapter))

    def configured(name: str) -> Callable[[bytes], object]:
        """Reads the model with one of its files replaced; afterwards that file is good again."""
        file = model / name
        good = (STARTER / name).read_bytes()

        def read(data: bytes) -> object:
            file.write_bytes(data)
            try:
                find_model(str(model), half=False, adapter=None)
                return describe(str(model), adapter=None)
            finally:
                file.write_bytes(good)

        return read

    words = (
        b'"F16"',
        b'"shape":[',
        b'"data_offsets":[0,',
        b"18446744073709551615",
        b'"__metadata__":',
    )
    return (
        Target("LoRA header", lora, [header, adapter_header], 10, words),
        Target("IP-Adapter header", ip_adapter, [adapter_header], 6, words),
        *(
            Target(f"model's {name}", configured(name), [(STARTER / name).read_bytes()], 1, evil)
            for name in ("model_index.json", "storyboard.json", "vae/config.json")
        ),
    )


def _header(file: Path) -> bytes:
    """A safetensors file whose tensors keep their names and ranks, and are one number each."""
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        held = json.loads(stream.read(length))
    held.pop("__metadata__", None)
    small = {
        name: {
            "dtype": "F16",
            "shape": [1] * len(tensor["shape"]),
            "data_offsets": [2 * place, 2 * place + 2],
        }
        for place, (name, tensor) in enumerate(held.items())
    }
    text = json.dumps(small).encode()
    return len(text).to_bytes(8, "little") + text + b"\0\0" * len(small)


def _recipe_text(png: bytes) -> str:
    from storyboard.files.png import read_texts

    return read_texts(png)["storyboard"]


def _text(home: Path, data: bytes, name: str = "story.txt") -> str:
    path = home / name
    path.write_bytes(data[:MAX_BYTES])
    with path.open("rb") as nothing:
        return read_source(str(path), nothing).text
