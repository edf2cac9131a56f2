"""The choices: edit a number here and it is used.

In order of rising precedence: this file, ``storyboard.yaml`` in the platform's folder for
application support, ``storyboard.yaml`` in the working folder, ``STORYBOARD_*`` environment
variables, the command line or the window. ``storyboard config`` prints what holds, and why.
A mode that is picked in any of those places sets the three numbers of its row there; what this
file says about them holds as long as no mode is picked.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

__all__ = [
    "KEPT",
    "LORA_WEIGHTS",
    "OFFERED_MODELS",
    "SPEED_MODES",
    "Kept",
    "Settings",
    "SpeedMode",
]

NUM_INFERENCE_STEPS = 12
GUIDANCE_SCALE = 6.5
IP_ADAPTER_SCALE = 0.50

# Ways to compute the same pixels. True: where it is fastest on this machine, which is measured once
# for every model (`storyboard tune` does it again). False: never. The settings of the same names in
# storyboard.yaml and the environment are "auto", false, or true for always.
ENABLE_CHANNELS_LAST = True
ENABLE_ATTENTION_SLICING = True
ENABLE_FP16_AUTOCAST = True
USE_IDENTITY_LOCK = True

# What is left out of the compute: "off" draws the pixels of plain diffusers, "balanced" needs half
# as much on SDXL, "max" a third. What they cost in quality is in docs/performance.md.
ACCELERATION = "balanced"

# A character that stories can name, and its looks, unless the story or a character file says
# others; nobody of another name gets them. The order is the prompt's; "none" leaves a trait out.
# English, because the text encoders are. The starter model draws hair in red, black, blonde, brown,
# white or blue; a coat, shirt or dress in yellow, red, blue, green, black, white or purple; a hat,
# a cap or a beanie. SDXL draws whatever is written.
CHARACTER_TRAITS = {
    "name": "Mira",
    "age": "young woman",
    "face_shape": "none",
    "hair": "long red hair",
    "facial_hair": "none",
    "skin_tone": "light skin",
    "eyes": "round glasses",
    "clothing": "yellow coat",
    "hat": "blue cap",
}

# Most important first: what does not fit the text encoders' 77 tokens is left out from the end.
NEGATIVE_PROMPT = (
    "blurry, low quality, different person, different face, different hair, "
    "inconsistent clothing, bad anatomy, extra limbs, extra fingers, deformed face, duplicate, "
    "two heads, text, speech bubble, watermark, signature, photo"
)
STYLE = "storyboard panel, ink and wash, cinematic, clean lines"


# So often a panel is drawn at most until it shows as many people as the shot has, where they can be
# counted: in pictures of the starter model. With 2 a board takes 1.28 times as long; 3 would take
# 1.46 times for two more right panels of sixty, 4 1.58 times for none: what a few seeds do not draw
# right is mostly a prompt that no seed does (docs/starter-model.md).
PEOPLE_DRAWS = 2


@dataclass(frozen=True, slots=True)
class SpeedMode:
    """A compromise between speed and likeness.

    Attributes:
        steps: Denoising steps a panel.
        guidance_scale: Classifier-free guidance, without unit.
        ip_adapter_scale: Weight of the reference picture, 0..1.
    """

    steps: int
    guidance_scale: float
    ip_adapter_scale: float


SPEED_MODES: Mapping[str, SpeedMode] = {
    "ULTRA_FAST": SpeedMode(10, 6.0, 0.40),
    "FAST": SpeedMode(12, 6.5, 0.50),
    "BALANCED": SpeedMode(15, 7.0, 0.65),
    "QUALITY": SpeedMode(20, 7.5, 0.80),
}

# Models that the window offers to fetch from the hub, by the names that people know them by.
OFFERED_MODELS: Mapping[str, str] = {
    "SDXL 1.0": "stabilityai/stable-diffusion-xl-base-1.0",
    "FLUX.2 klein 4B": "black-forest-labs/FLUX.2-klein-4B",
    "Z-Image Turbo": "Tongyi-MAI/Z-Image-Turbo",
}

# How strongly a LoRA is added where no weight is given with it: by the size of the shot, and for
# several people the lower of that and of theirs. Portraits bear .7 to .9, full figures .6 to .8,
# groups .5 to .7; above that the LoRA draws over pose and background. A weight that is given holds
# in every framing.
LORA_WEIGHTS: Mapping[str, float] = {
    "extreme close-up": 0.9,
    "close-up": 0.85,
    "medium shot": 0.8,
    "full shot": 0.7,
    "wide shot": 0.6,
    "two people": 0.65,
    "group": 0.55,
}

_PAGES = {"a4": "A4", "a3": "A3", "letter": "Letter", "legal": "Legal"}
_MOST_TRAITS = 32
_ADDRESS = re.compile(r"https?://[^\s/]+", re.IGNORECASE)


def _mode(value: object) -> object:
    """Accept a mode in any spelling: "ultra-fast" is ULTRA_FAST."""
    name = str(value).strip().upper().replace("-", "_").replace(" ", "_")
    if name not in SPEED_MODES:
        near = difflib.get_close_matches(name[:40], SPEED_MODES, 1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise ValueError(f"{hint}the modes are {', '.join(SPEED_MODES)}")
    return name


def _planner(value: object) -> object:
    """Accept "rules", and "local" or "words" with an address or without."""
    text = str(value).strip()
    kind, colon, address = text.partition(":")
    known = kind.lower() in ("rules", "local", "words")
    if not known or (colon and (kind.lower() == "rules" or not _ADDRESS.match(address))):
        raise ValueError('it must be "rules", "local", "words", or "local:http://127.0.0.1:1234"')
    return f"{kind.lower()}{colon}{address}"


def _page(value: object) -> object:
    return _PAGES.get(str(value).strip().lower(), value)


def _words(value: object) -> object:
    """Accept a bare number as a trait: an age."""
    return str(value) if type(value) in (int, float) else value


def _lines(value: object) -> object:
    """Accept a list of texts as the lines of one."""
    if isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value):
        return "\n".join(value)
    return value


def _switch(value: object) -> object:
    """Accept what a truth value may be, and "auto"."""
    word = value.strip().lower() if isinstance(value, str) else value
    if word in ("auto", True, False):
        return word
    if word in _YES or word in _NO:
        return word in _YES
    raise ValueError("it must be true, false or auto")


def _where_fast(allowed: bool | Literal["auto"]) -> bool | Literal["auto"]:
    """The setting that a constant of this file means."""
    return "auto" if allowed is True else allowed


@dataclass(frozen=True, slots=True)
class Kept:
    """Marks a setting that decides pictures or page: a project keeps it for all later runs."""


KEPT = Kept()
_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
_Switch = Annotated[bool | Literal["auto"], BeforeValidator(_switch)]
_Scale = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
_Trait = Annotated[str, BeforeValidator(_words), Field(max_length=200)]


class Settings(BaseSettings):
    """Every setting, checked; without arguments, what this file says.

    Attributes:
        mode: Name of the speed mode, a key of `SPEED_MODES`.
        num_inference_steps: Denoising steps a panel, 1..150.
        guidance_scale: Classifier-free guidance, 0..30; at 1 or less a step costs half.
        ip_adapter_scale: Weight of the reference picture, 0..1; at 0 the adapter does no work.
        use_identity_lock: Whether reference pictures hold the characters' looks.
        enable_channels_last: Whether weights lie in memory with the channels last, or "auto".
        enable_attention_slicing: Whether attention is computed in slices that need less memory,
            or "auto".
        enable_fp16_autocast: Whether the GPU computes in half precision.
        acceleration: "off", "balanced", "max", or numbers such as "guided=0.5,every=2".
        character_traits: "name", and traits in the order of the prompt.
        negative_prompt: What the picture must not show, with commas between the phrases.
        style: How it is drawn, likewise.
        model: "starter", a hub id, a diffusers folder or a .safetensors checkpoint.
        edit_model: What changes pictures by an instruction, named likewise; empty for `model`.
        animate_model: What lets pictures move, named likewise; empty where nothing does.
        clip_frames: Frames of a clip, 1..257; rounded to what the model can make.
        clip_fps: Frames a second at which a clip plays, such as "12" or "24000/1001".
        clip_smooth: Frames that interpolation makes of one of a clip: 1 for none, 2 or 4.
        ip_adapter: Hub id or folder of the IP-Adapter.
        allow_download: Whether a model that is not on this machine may be fetched; False where only
            a project's own file names the model, because a project may come from a stranger.
        sampler: "Euler", "DPM++ 2M" and so on, as the model knows them; empty for the model's own.
        schedule: "karras" and so on, or noise levels such as "14.6 6.3 2.2 0.5"; likewise.
        few_step: Few-step adapter such as "lightning-4"; sets steps and guidance. Empty for none.
        storage: How weights lie in memory: "bf16", "gguf-q8_0" ...; empty for the device's own.
        loras: LoRAs of every panel, one a line: "FILE[:WEIGHT][ blocks=down:0.5][ words=WORDS]".
        hires: A pass that makes every picture larger: "1.5", "1.5,steps=8"; empty for none.
        faces: A pass over every face: "find", or boxes, "find,steps=18"; empty for none.
        workflow: A preset of steps, sampler, passes and phrases, a file of `workflows`; sets them.
        style_phrases: Phrases that a workflow adds behind the style.
        negative_phrases: Phrases that it adds to what pictures must not show.
        lora_weights: What it sets of `LORA_WEIGHTS`: "close-up=0.85, group=0.5".
        measure_agreement: Whether every panel is compared with its prompt and its references, for
            2.6 % more compute of SDXL in FAST, 12 % with a four-step adapter.
        people_draws: So often a panel of the starter model is drawn at most until it shows as many
            people as the shot has, 1..9; 1 draws once and counts nobody.
        smaller_if_needed: Whether a panel that the memory does not suffice for is drawn smaller.
        frame_width: Width in pixels of a landscape frame; 0 is what the model draws best.
        panels: Panels a story gets, 1..600.
        planner: "rules"; "local" for a language model on this machine; "words" for rules that ask
            one only for what they did not understand; with ":URL" behind it, at that address.
        aspect: Width over height, for example "16:9" or "2.39:1".
        seed: Seed of the plan and of the panels, 0..2**32-1.
        page: Paper of the PDF.
        preview_every: A preview picture with every n-th step; 0 shows none.
    """

    model_config = SettingsConfigDict(
        env_prefix="STORYBOARD_", frozen=True, extra="forbid", validate_default=True
    )

    mode: Annotated[str, BeforeValidator(_mode), KEPT] = "FAST"
    num_inference_steps: Annotated[int, KEPT] = Field(
        default_factory=lambda: NUM_INFERENCE_STEPS, ge=1, le=150
    )
    guidance_scale: Annotated[float, KEPT] = Field(
        default_factory=lambda: GUIDANCE_SCALE, ge=0, le=30, allow_inf_nan=False
    )
    ip_adapter_scale: Annotated[_Scale, KEPT] = Field(default_factory=lambda: IP_ADAPTER_SCALE)
    use_identity_lock: Annotated[bool, KEPT] = Field(default_factory=lambda: USE_IDENTITY_LOCK)
    enable_channels_last: _Switch = Field(default_factory=lambda: _where_fast(ENABLE_CHANNELS_LAST))
    enable_attention_slicing: _Switch = Field(
        default_factory=lambda: _where_fast(ENABLE_ATTENTION_SLICING)
    )
    enable_fp16_autocast: bool = Field(default_factory=lambda: ENABLE_FP16_AUTOCAST)
    acceleration: Annotated[str, KEPT] = Field(default_factory=lambda: ACCELERATION, max_length=200)
    character_traits: Mapping[str, _Trait] = Field(default_factory=lambda: CHARACTER_TRAITS)
    negative_prompt: Annotated[str, KEPT] = Field(
        default_factory=lambda: NEGATIVE_PROMPT, max_length=4000
    )
    style: Annotated[str, KEPT] = Field(default_factory=lambda: STYLE, max_length=4000)
    model: Annotated[str, KEPT] = Field(default="starter", min_length=1, max_length=4000)
    edit_model: Annotated[str, KEPT] = Field(default="", max_length=4000)
    animate_model: Annotated[str, KEPT] = Field(default="", max_length=4000)
    clip_frames: Annotated[int, KEPT] = Field(default=25, ge=1, le=257)
    clip_fps: Annotated[str, BeforeValidator(_words), KEPT] = Field(default="12", max_length=20)
    clip_smooth: Annotated[int, KEPT] = Field(default=1, ge=1, le=4)
    ip_adapter: Annotated[str, KEPT] = Field(
        default="h94/IP-Adapter", min_length=1, max_length=4000
    )
    sampler: Annotated[str, KEPT] = Field(default="", max_length=40)
    schedule: Annotated[str, KEPT] = Field(default="", max_length=2000)
    few_step: Annotated[str, KEPT] = Field(default="", max_length=4000)
    storage: Annotated[str, KEPT] = Field(default="", max_length=40)
    loras: Annotated[str, BeforeValidator(_lines), KEPT] = Field(default="", max_length=20_000)
    hires: Annotated[str, KEPT] = Field(default="", max_length=200)
    faces: Annotated[str, KEPT] = Field(default="", max_length=4000)
    workflow: Annotated[str, KEPT] = Field(default="", max_length=40)
    style_phrases: Annotated[str, KEPT] = Field(default="", max_length=4000)
    negative_phrases: Annotated[str, KEPT] = Field(default="", max_length=4000)
    lora_weights: Annotated[str, KEPT] = Field(default="", max_length=400)
    allow_download: bool = True
    measure_agreement: bool = True
    people_draws: Annotated[int, KEPT] = Field(default_factory=lambda: PEOPLE_DRAWS, ge=1, le=9)
    smaller_if_needed: bool = False
    frame_width: Annotated[int, KEPT] = Field(default=0, ge=0, le=4096)
    panels: int = Field(default=6, ge=1, le=600)
    planner: Annotated[str, BeforeValidator(_planner)] = Field(default="rules", max_length=400)
    aspect: str = Field(default="16:9", max_length=40)
    seed: int = Field(default=0, ge=0, le=2**32 - 1)
    page: Annotated[Literal["A4", "A3", "Letter", "Legal"], BeforeValidator(_page), KEPT] = "A4"
    preview_every: int = Field(default=0, ge=0, le=150)

    @field_validator("character_traits")
    @classmethod
    def _has_a_name(cls, traits: Mapping[str, str]) -> Mapping[str, str]:
        if not traits.get("name", "").strip():
            raise ValueError('the character needs a "name"')
        if len(traits) > _MOST_TRAITS:
            raise ValueError(f"a character has at most {_MOST_TRAITS} traits")
        return traits

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read nothing here: storyboard.settings puts the layers together."""
        return (init_settings,)
