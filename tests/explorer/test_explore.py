"""Sweeps as a user runs them on the command line."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader

from config import ACCELERATION, NEGATIVE_PROMPT, Settings
from storyboard.errors import InputError
from storyboard.explorer import axes, findings
from storyboard.explorer.budget import tflop_of
from storyboard.explorer.drawn import Drawn, values_of
from storyboard.explorer.likeness import Grey, ssim
from storyboard.explorer.seed_file import kept_seeds
from storyboard.explorer.sheet import sheet_pages
from storyboard.explorer.source import prompt_base
from storyboard.explorer.sweep import sweep_of
from storyboard.explorer.verdict import verdict_of
from storyboard.project.project import Project, read_board
from storyboard.project.recipe_file import embed, read_recipe, recipe_in
from storyboard.values.card import ModelCard
from storyboard.values.sampling_menu import Sampler, SamplingMenu, Schedule
from storyboard.values.stages import StageTimes
from tests.boards import a_board, a_recipe
from tests.commands.test_lora import write_lora
from tests.requests import WORDS, panel_request

if TYPE_CHECKING:
    from storyboard.values.request import PanelRequest
    from tests.terminal import Terminal

STORY = "Mira walks along the beach at sunset. Mira opens the door."


def pixels(path: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(Image.open(path))


def pictures(out: str) -> list[Path]:
    return sorted(Path(out, "panels").glob("*.png"))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("8", "8"),
        ("6-20:4", "6 10 14 18"),
        ("3-5, 12,4", "3 4 5 12"),
        ("6-6", "6"),
    ],
)
def test_steps_are_written_as_spans_and_lists(text: str, values: str) -> None:
    assert axes.steps(text).values == tuple(values.split())


@pytest.mark.parametrize("text", ["0", "", "6-20:0", "20-6", "1-151", "x", "-4", "1-9999999"])
def test_steps_that_cannot_be_are_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputError, match=r"--steps .* from 1 to 150, for example 6-20:2") as told:
        axes.steps(text)
    assert len(str(told.value)) < 160


def test_guidance_goes_in_parts_of_one() -> None:
    found = axes.floats("5-6:0.25, 7", "guidance", "--guidance", 30)
    assert found.values == ("5", "5.25", "5.5", "5.75", "6", "7")
    with pytest.raises(InputError, match="from 0 to 1"):
        axes.floats("0.5,1.5", "adapter scale", "--adapter-scale", 1)


def test_every_question_mark_is_a_seed_that_is_drawn() -> None:
    drawn = iter((5, 6))
    assert axes.seeds("?, 10, ?", lambda: next(drawn)).values == ("5", "10", "6")
    assert axes.seeds("1-4").values == ("1", "2", "3", "4")


def test_what_is_unknown_or_too_much_is_one_line_with_the_nearest_name(terminal: Terminal) -> None:
    for words, told in (
        (("--samplers", "Eulr"), "did you mean Euler"),
        (("--schedules", "karas"), "did you mean karras"),
        (("--modes", "fats"), "did you mean FAST"),
        (("--acceleration", "balansed"), "did you mean balanced"),
        (("--steps", "0"), "whole numbers from 1 to 150"),
        (("--steps", "1-100", "--seeds", "1-100"), "10,000 cells, and at most 2,000"),
        (("--replace", "hat=cap"), "no prompt has these words"),
        (("--panel", "1"), "--panel chooses panels of a project"),
        (("--adapter-scale", "0.5"), "holds no character by a reference picture"),
        ((), "say --yes"),
    ):
        terminal("explore", "a red boat", *words, code=2)
        assert told in terminal.err.splitlines()[-1]
        assert not Path("explored").exists()


def test_a_cell_is_the_picture_that_a_panel_with_its_recipe_is(
    terminal: Terminal, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings, "charts", lambda verdict: (b"", b""))  # they take seconds
    chosen = (
        "--sampler",
        "dpm++ 2m",
        "--schedule",
        "karras",
        "--steps",
        "3",
        "--frame-width",
        "128",
    )
    terminal.render(STORY, "--panels", "2", "--out", "b", "--model", str(tiny_model), *chosen)
    panel = read_board(Path("b")).panels[1]
    drawn = Path("b", "panels", panel.takes[0].file)

    told = terminal(
        *("explore", "b", "--panel", "2", "--samplers", "DPM++ 2M, Euler", "--schedules", "karras"),
        *("--steps", "2-3", "--out", "s", "--yes", "--json"),
    )
    first = json.loads(told[0])
    assert first["axes"]["sampler"] == ["DPM++ 2M", "Euler"]
    assert (first["cells"], first["to_draw"], first["left_out"]) == (4, 4, [])
    assert first["tflop"] > 0
    recipes = {each: read_recipe(each) for each in pictures("s")}
    assert len(recipes) == 4
    same = [each for each, recipe in recipes.items() if recipe.asked == panel.takes[0].asked]
    assert len(same) == 1
    assert np.array_equal(pixels(same[0]), pixels(drawn))
    # Nothing is written into the project.
    assert len(read_board(Path("b")).panels[1].takes) == 1


def test_a_sweep_that_was_cut_off_goes_on_and_draws_nothing_twice(
    terminal: Terminal, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings, "charts", lambda verdict: (b"", b""))  # they take seconds
    wanted = ("--seeds", "?,7", "--steps", "1", "--replace", "red=blue")
    words = ("explore", "a red boat", "--models", str(tiny_model), *wanted, "--out", "s", "--yes")
    count = 0

    def kill(request: PanelRequest, step: int) -> None:
        nonlocal count
        count += step == 1
        if count == 3:
            raise RuntimeError("the computer lost its power")

    terminal.at_step = kill
    with pytest.raises(RuntimeError):
        terminal(*words)
    before = {each: each.stat().st_mtime_ns for each in pictures("s")}
    assert len(before) == 2
    half = next(iter(before)).with_name("half.png")
    half.write_bytes(next(iter(before)).read_bytes()[:500])

    terminal.at_step = lambda request, step: None
    terminal(*words)
    assert "4 cells, 2 of them there" in terminal.err
    half.unlink()
    assert len(terminal.generators[-1].finished) == 2
    recipes = [read_recipe(each) for each in pictures("s")]
    assert len({each.asked for each in recipes}) == len(recipes) == 4
    assert len({each.seed for each in recipes}) == 2
    assert {each.stat().st_mtime_ns for each in before} == set(before.values())
    assert {each.prompt.split(",")[0] for each in recipes} == {"a red boat", "a blue boat"}
    # A wider sweep draws only what is new.
    terminal(*words, "--seeds", "7", "--steps", "1-2")
    assert len(terminal.generators[-1].finished) == 2
    terminal(*words)
    assert "all 4 cells are in s" in terminal.err


def test_what_does_not_go_together_is_left_out_with_the_reason() -> None:
    """Of a family that the explorer knows nothing of but its card."""
    menu = SamplingMenu((Sampler("Flow"), Sampler("Twice", order=2)), (Schedule("even"),))
    card = ModelCard("any", "any", WORDS, 64 * 64, 8, sampling=menu)

    def base(model: str, panel: str) -> tuple[PanelRequest, ModelCard]:
        return panel_request(1, "a boat", "", 64, 64, 4, 1.0, 1), card

    def check(request: PanelRequest, card: ModelCard) -> None:
        if request.sampling.sampler == "Twice" and request.sampling.steps > 2:
            raise InputError("Twice: too often")

    wanted = [axes.steps("1-4"), axes.Axis("sampler", ("flow", "twice"))]
    sweep = sweep_of(wanted, base, check)
    assert [each.name for each in sweep.axes] == ["sampler", "steps"]
    assert len(sweep.cells) == 6
    assert [(each.reason, each.count) for each in sweep.left_out] == [("Twice: too often", 2)]


def test_a_prompt_asks_a_model_for_nothing_that_it_does_not_know() -> None:
    settings = Settings(model="any", negative_prompt=NEGATIVE_PROMPT)
    for reads, techniques in ((True, {"acceleration"}), (False, set())):
        card = ModelCard(
            "any", "any", WORDS, 64 * 64, 8, frozenset(techniques), reads_negative=reads
        )
        base = prompt_base("a boat", lambda _: settings, lambda _, card=card: card)  # type: ignore[misc]
        request, _ = base("", "")
        assert bool(request.negative_prompt) == reads
        assert request.acceleration.text == (ACCELERATION if reads else "off")


def test_a_cell_that_evaluates_twice_a_step_is_counted_so() -> None:
    plain = panel_request(1, "a boat", "", 448, 256, 8, 6.5, 1)
    twice = replace(plain, sampling=replace(plain.sampling, sampler="Heun"))
    assert tflop_of(twice) == pytest.approx(tflop_of(plain.sampled(steps=15)))


def test_like_pictures_are_like_as_the_authors_say() -> None:
    """Equal is 1, a change of light is near it, noise is far; of light alone it is the formula."""
    random = np.random.default_rng(1)
    one = Image.fromarray(random.integers(0, 256, (64, 96), dtype=np.uint8)).resize((192, 128))
    values = np.asarray(one, dtype=np.float32)
    plain = Grey.of(values)
    assert ssim(plain, plain) == pytest.approx(1)
    lighter = ssim(plain, Grey.of(values * 0.9 + 10))
    noisy = ssim(plain, Grey.of(values + random.normal(0, 40, values.shape).astype(np.float32)))
    assert 1 > lighter > 0.97 > 0.8 > noisy > 0
    dark, light = (Grey.of(np.full((32, 32), each, np.float32)) for each in (50, 100))
    assert ssim(dark, light) == pytest.approx((2 * 5000 + 6.5025) / (2500 + 10000 + 6.5025), 1e-4)


def picture_of(folder: Path, sampler: str, steps: int, apart: int, seconds: float) -> Drawn:
    """A picture that is drawn in fewer steps, and so stands some pixels aside."""
    path = folder / f"{sampler}-{steps}.png"
    image = Image.new("RGB", (96, 64), "white")
    ImageDraw.Draw(image).ellipse((20 + apart, 10, 60 + apart, 50), "navy")
    image.save(path)
    recipe = replace(
        a_recipe(), steps=steps, times=StageTimes((), seconds), sampler=sampler, schedule="karras"
    )
    return Drawn(path, recipe, values_of(recipe))


def test_no_name_on_a_sheet_is_longer_than_anybody_reads(tmp_path: Path) -> None:
    """A stranger's recipes may say 500 KB, which took 14 s to set."""
    prompts = [letter * 19_000 for letter in "ab"]
    recipes = [replace(a_recipe(), prompt=each) for each in prompts]
    drawn = [Drawn(tmp_path / each.prompt[0], each, values_of(each)) for each in recipes]
    for varied in ({"words": prompts}, {"seed": ["1"], "steps": ["2"]}):
        apart = [replace(each, values={**each.values, "seed": "1", "steps": "2"}) for each in drawn]
        for page in sheet_pages(apart, varied, {}):
            assert page.cells
            assert all(len(each) <= 300 for each in (page.title, *page.columns, *page.rows))


def test_the_fewest_steps_that_stay_near_are_named(tmp_path: Path) -> None:
    drawn = [
        picture_of(tmp_path, sampler, steps, apart, steps / 10)
        for sampler, places in (
            ("Euler", {4: 0, 6: 9, 8: 0, 10: 0}),  # 4 is an accident: 6 is far
            ("UniPC", {4: 12, 6: 0, 8: 0, 10: 0}),
            ("Euler a", {4: 30, 6: 22, 8: 22, 10: 22}),  # comes to another picture
        )
        for steps, apart in places.items()
    ]
    found = verdict_of(drawn, random={"Euler a"})
    assert found.reference.steps == 10
    fewest = {pair[0]: found.fewest(pair) for pair in found.pairs}
    assert {name: each and each.steps for name, each in fewest.items()} == {
        "Euler": 8,
        "UniPC": 6,
        "Euler a": 6,
    }
    assert found.best is not None
    assert (found.best.steps, found.best.seconds) == (6, 0.6)
    assert [each.steps for each in found.front] == [4]  # the accident beats all
    assert (
        verdict_of(drawn[1:4], within=0).fewest(("Euler", "karras"))
        == found.of(("Euler", "karras"))[2]
    )
    with pytest.raises(InputError, match="nothing to compare"):
        verdict_of(drawn[:1])
    drawn[0].path.write_bytes(drawn[0].path.read_bytes()[:200])
    with pytest.raises(InputError, match="is damaged"):
        verdict_of(drawn)


def test_what_a_sweep_says_lies_beside_its_pictures(
    terminal: Terminal, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = ("--models", str(tiny_model))
    wanted = (
        *model,
        "--samplers",
        "Euler,Euler a",
        "--steps",
        "1-2",
        "--seeds",
        "1,2",
        "--out",
        "s",
    )
    terminal("explore", "a red boat", *wanted, "--yes")
    files = [Path("s", each) for each in ("sheet.pdf", "sheet-1.png", "chart.png", "chart.pdf")]
    assert all(each.stat().st_size > 2000 for each in files)
    words = PdfReader(files[0]).pages[1].extract_text()
    assert all(each in words for each in ("seed 2", "Euler a", "steps 2", "difference 0.000"))
    # Again, beside a stranger's file; what is ours is written anew.
    Path("s", "panels", "holiday.png").write_bytes(b"no picture")
    # And beside two of a stranger: a name that is no formula, and a picture of another size.
    drawn = pictures("s")[0].read_bytes()
    odd = replace(recipe_in(drawn, "s"), sampler="$\\undefined{$\x1b", steps=1)
    small = io.BytesIO()
    Image.new("RGB", (900, 1)).save(small, "PNG")
    Path("s", "panels", "odd.png").write_bytes(embed(drawn, odd))
    Path("s", "panels", "small.png").write_bytes(embed(small.getvalue(), replace(odd, seed=2)))
    told = json.loads(terminal("explore", "--best", "s", "--within", "1", "--json")[-1])
    assert told["foreign"] == ["holiday.png"]
    assert told["reference"]["sampler"] == "Euler"
    assert (told["best"]["steps"], len(told["points"])) == (1, 5)
    # What somebody else has put there stays.
    files[2].write_bytes(b"mine")
    terminal("explore", "--best", "s", code=2)
    assert "chart.png is there already" in terminal.err
    assert files[2].read_bytes() == b"mine"
    for folder, reason in (("nowhere", "is no folder"), (".", "holds no pictures of a sweep")):
        terminal("explore", "--best", folder, code=2)
        assert reason in terminal.err


def test_a_folder_of_a_stranger_leads_nowhere(terminal: Terminal, tiny_model: Path) -> None:
    words = ("explore", "a red boat", "--models", str(tiny_model), "--steps", "1", "--yes", "--out")
    Path("theirs").mkdir()
    Path("s").mkdir()
    Path("s", "panels").symlink_to(Path("theirs").absolute())
    terminal(*words, "s", code=2)
    assert "it is a link" in terminal.err
    # A seed of thousands of digits, behind one that looks like ours.
    Path("t").mkdir()
    Path("t", "seeds.txt").write_text(f"{'0' * 12}{'7' * 5000}\n5\n", encoding="ascii")
    assert kept_seeds(Path("t"), "?").values == ("5",)
    # A project keeps pictures of its own.
    with Project.create(Path("b"), a_board(1)):
        pass
    terminal(*words, "b", code=2)
    assert "b is a project: name another folder with --out" in terminal.err
    assert not [*Path("theirs").iterdir()]


def test_a_lora_is_an_axis_with_its_weights(
    terminal: Terminal, tiny_model: Path, tmp_path: Path
) -> None:
    model = ("--models", str(tiny_model))
    write_lora(tmp_path / "mira.safetensors")
    worn = ("--lora", "off", "--lora", "mira.safetensors:0.5", "--lora", "mira.safetensors:1")
    told = terminal("explore", "a red boat", *model, *worn, "--steps", "1", "--yes", "--json")
    assert json.loads(told[0])["axes"]["LoRA"] == ["off", "mira:0.5", "mira:1"]
    weights = [[each.weight for each in read_recipe(file).loras] for file in pictures("explored")]
    assert sorted(weights) == [[], [0.5], [1.0]]
    assert len({pixels(file).tobytes() for file in pictures("explored")}) == 3
    terminal("explore", "a red boat", *model, "--lora", "nobody.safetensors", code=3)
    assert "nobody.safetensors" in terminal.err.splitlines()[-1]


def test_how_weights_are_stored_is_an_axis(terminal: Terminal, tiny_model: Path) -> None:
    words = ("explore", "a red boat", "--models", str(tiny_model), "--steps", "1", "--seeds", "1")
    terminal(*words, "--storages", "own,gguf-q8_0", "--yes")
    assert "nothing to compare" in terminal.out  # of one weight with another
    assert {read_recipe(each).storage for each in pictures("explored")} == {"", "gguf-q8_0"}
    terminal(*words, "--storages", "own,bf1", "--yes", code=2)
    assert "bf16" in terminal.err.splitlines()[-1]
