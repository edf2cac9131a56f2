"""Ten made-up situations and more, with the advice of somebody who knows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from config import Settings
from storyboard.advisor.advice import Idea, NotHere
from storyboard.advisor.advising import answers
from storyboard.advisor.published import published_model
from storyboard.advisor.rules import RULES
from storyboard.advisor.situation import Situation, Sweep
from tests.advisor.situations import DEV, dev_card, mac, sdxl, wan

FLUX_DEV = Settings(
    model=DEV, mode="QUALITY", num_inference_steps=28, guidance_scale=3.5, acceleration="off"
)


def flux_dev(gigabytes: int, model: str = DEV) -> Situation:
    settings = FLUX_DEV.model_copy(update={"model": model})
    return Situation(
        settings, mac("M1 Max", gigabytes), dev_card(), published_model(model), (1024, 1024)
    )


@dataclass(frozen=True)
class Case:
    """A situation with what is to be said of it.

    Attributes:
        does: Rules that have an idea.
        changes: What their ideas change of the settings, together.
        not_here: Rules that say why their line does not hold.
        silent: Rules that say nothing.
    """

    name: str
    situation: Situation
    does: frozenset[str]
    changes: tuple[tuple[str, object], ...] = ()
    not_here: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()


LORAS = "\n".join(f"{name}.safetensors:0.7" for name in ("ink", "mira", "boat", "rain"))

CASES = (
    Case(
        "1: A14B on an M1 of 16 GB swaps: a smaller model, or film moves without any",
        wan(mac("M1", 16)),
        frozenset({"model that fits for moving panels", "adapters for few steps of a clip"}),
        silent=frozenset({"length of a clip", "size of a clip", "interpolation"}),
    ),
    Case(
        "2: SDXL in QUALITY at its own size, for drafts",
        sdxl(mac("M1", 16), "QUALITY"),
        frozenset(
            {
                "adapter for few steps",
                "adapter that keeps guidance",
                "mode for drafts",
                "smaller frame",
                "tiny decoder",
            }
        ),
        (("few_step", "lightning-4"), ("mode", "FAST"), ("frame_width", 1024)),
        frozenset({"cache with threshold and skip limit", "attention kernels"}),
        frozenset({"smaller weights", "whole weights instead of stored ones"}),
    ),
    Case(
        "3: GGUF on an M1 with memory to spare makes things slower",
        sdxl(mac("M1", 32), storage="gguf-q4_0"),
        frozenset({"whole weights instead of stored ones"}),
        (("storage", ""),),
        silent=frozenset({"smaller weights", "everything resident"}),
    ),
    Case(
        "4: FLUX.1 dev on 16 GB does not fit: fewer bits, and a model for four steps",
        flux_dev(16),
        frozenset({"smaller weights", "model for few steps", "smaller model for few steps"}),
        (
            ("storage", "gguf-q4_0"),
            ("model", "black-forest-labs/FLUX.1-schnell"),
            ("model", "black-forest-labs/FLUX.2-klein-4B"),
            ("num_inference_steps", 8),  # its own of the mode, not those of the model so far
        ),
        silent=frozenset({"whole weights instead of stored ones", "steps of a model for few"}),
    ),
    Case(
        "5: four LoRAs beside the weights",
        sdxl(mac("M2 Pro", 32), loras=LORAS),
        frozenset({"LoRAs beside the weights"}),
    ),
    Case(
        "6: a guidance below 1, believed to save",
        sdxl(mac("M1", 16), guidance_scale=0.9),
        frozenset({"guidance that was switched off", "adapter for few steps"}),
        (("guidance_scale", 6.5),),
    ),
    Case(
        "7: a lower guidance and a lower scale of references save nothing",
        sdxl(mac("M1", 16), guidance_scale=3.0, ip_adapter_scale=0.2),
        frozenset(),
        not_here=frozenset({"lower guidance", "lower scale of references"}),
        silent=frozenset({"guidance that was switched off"}),
    ),
    Case(
        "8: attention in slices on a Mac with plenty of memory",
        sdxl(mac("M2 Ultra", 128), enable_attention_slicing=True),
        frozenset({"attention in slices"}),
        (("enable_attention_slicing", "auto"),),
        frozenset({"parts moved to the host"}),
    ),
    Case(
        "9: no adapter where four steps would do, and one that is there already",
        sdxl(mac("M1", 16), few_step="lightning-4", acceleration="off"),
        frozenset(),
        silent=frozenset(
            {"adapter for few steps", "adapter that keeps guidance", "reuse of deep features"}
        ),
    ),
    Case(
        "10: interpolation on",
        wan(mac("M3 Max", 64), steps=4, few_step=True, interpolation=2),
        frozenset({"interpolation"}),
        not_here=frozenset({"cache for clips"}),
        silent=frozenset({"adapters for few steps of a clip", "model that fits for moving panels"}),
    ),
    Case(
        "11: films are encoded by software where the machine has an encoder",
        replace(sdxl(mac("M1", 16)), encoder="libx264", hardware_encoder=True),
        frozenset({"hardware encoder"}),
    ),
    Case(
        "12: a long clip of 720 lines at 24 frames a second",
        wan(mac("M3 Max", 64), frames=121, fps=24, width=1280, height=720),
        frozenset(
            {
                "length of a clip",
                "frames a second",
                "size of a clip",
                "adapters for few steps of a clip",
                "cache for clips",
            }
        ),
        silent=frozenset({"model that fits for moving panels", "interpolation"}),
    ),
    Case(
        "13: everything is left out that can be, and the encoder is the machine's own",
        replace(
            sdxl(mac("M1", 16), acceleration="max,decoder=tiny", measure_agreement=False),
            encoder="h264_videotoolbox",
            hardware_encoder=True,
        ),
        frozenset({"nothing left out", "full decoder"}),
        (("acceleration", "max"),),
        silent=frozenset({"hardware encoder", "reuse of deep features", "measuring agreement "}),
    ),
    Case(
        "14: a model made for four steps that is given eight",
        Situation(
            Settings(model="flux", mode="QUALITY", num_inference_steps=8, guidance_scale=0),
            mac("M1 Max", 64),
            dev_card(),
            published_model("flux"),
        ),
        frozenset({"steps of a model for few"}),
        (("num_inference_steps", 4),),
        frozenset({"cache with threshold and skip limit", "parts moved to the host"}),
        frozenset({"model for few steps", "smaller weights"}),
    ),
    Case(
        "15: the parts of a model do not fit at once",
        flux_dev(24, "/models/flux1-dev-q8_0.gguf"),
        frozenset({"everything resident"}),
        not_here=frozenset({"whole weights instead of stored ones"}),
        silent=frozenset({"smaller weights"}),
    ),
    Case(
        "16: floats of eight bits on a Mac",
        sdxl(mac("M1", 8), storage="fp8-e4m3"),
        frozenset({"floats of eight bits"}),
        (("storage", "gguf-q8_0"),),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_somebody_who_knows_would_say(case: Case) -> None:
    told = [answer for _, answer in answers(case.situation)]
    ideas = [each for each in told if isinstance(each, Idea)]
    refused = {each.rule for each in told if isinstance(each, NotHere)}
    assert case.does <= {each.rule for each in ideas}
    assert case.not_here <= refused
    assert not case.silent & {each.rule for each in told}
    for change in case.changes:
        assert change in [each for idea in ideas for each in idea.change.items()]


def test_every_line_of_the_checklist_is_said_of_some_situation() -> None:
    small = sdxl(mac("M1", 16), acceleration="off", frame_width=512, preview_every=1)
    more = (
        replace(small, frame=(512, 288), sweep=Sweep("Euler", "", 8, 0.03, "30 steps")),
        sdxl(mac("M1", 16), enable_fp16_autocast=False, enable_channels_last=True),
        sdxl(mac("M1", 16), measure_agreement=False),
    )
    situations = (*(case.situation for case in CASES), *more)
    told = {rule.line for situation in situations for rule, _ in answers(situation)}
    assert {rule.line for rule in RULES} - told == set()


def test_every_idea_says_what_it_changes_and_where_its_effect_was_found() -> None:
    for case in CASES:
        for _, answer in answers(case.situation):
            assert str(answer.why)  # every place of its sentence is filled
            if isinstance(answer, Idea):
                assert str(answer.do)
                assert answer.change or answer.setting
                if answer.effect is not None:
                    assert answer.effect.source.words or answer.effect.source.address
                    assert answer.effect.factor is None or answer.effect.factor > 0


def test_memory_decides_what_fits() -> None:
    assert [flux_dev(size).fits("") for size in (16, 32, 64)] == [False, False, True]
    assert [flux_dev(size).fits("gguf-q4_0") for size in (16, 32)] == [True, True]
    assert [flux_dev(size).all_fits("") for size in (32, 64)] == [False, True]
