"""Outside the families' packages no code, setting, help text or table knows what they are made of.

Comments and docstrings may: they tell where a number was measured.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from tests.test_architecture import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARTS = re.compile(
    r"sdxl|u-?net(?![a-z])|ip[-_ ]?adapter|stable.?diffusion|guided_?pair"
    # The text encoder, not a clip of film.
    r"|(?-i:\bCLIP(?![_S]))|clip_?(?:text|token|vision|image|skip)"
    r"|lightning|hyper-?sd|taesd|kohya|\bflux|kontext|schnell|\bz-?image|klein|qwen|\bT5|transformer2d"
    r"|text_encoder_|tokenizer_\d|pooled|time_ids|guidance_embed|(?:single|double)_(?:\w+_)?block"
    r"|dynamic_shift|true_cfg|umt5|\bwan\b",
    re.IGNORECASE,
)
# The product's own names, which config.py explains and users' files hold.
SETTINGS = re.compile(r"\b(ip_adapter_scale|ip_adapter)\b", re.IGNORECASE)
NO_PART = re.compile(r"setClip\w*", re.IGNORECASE)

INSIDE = (
    "storyboard/diffusion/families/sdxl/",
    "storyboard/diffusion/families/flux/",
    "storyboard/diffusion/families/kontext/",
    "storyboard/diffusion/families/zimage/",
    "storyboard/diffusion/families/flux2/",
    "storyboard/diffusion/families/wan/",
    "storyboard/diffusion/networks/",
    "storyboard/starter/",
)
"""The families; the networks that they share; and how the starter model was made."""

EXCEPTIONS = {
    "storyboard/diffusion/families/__init__.py": "the rows of the table",
    "storyboard/diffusion/parts/attention.py": "an argument that diffusers calls so",
    "storyboard/diffusion/weights/lora_names.py": "how trainers name the weights of every family",
    "storyboard/diffusion/weights/lora_file.py": "likewise, in the notes of a header",
    "storyboard/diffusion/weights/lora_origin.py": "for which of all models a LoRA was made",
    "storyboard/advisor/published.py": "what was published about single models and adapters",
    "storyboard/benchmark/result.py": "what older results in users' histories say",
    "gui/words/error_sentences.py": "a family's sentences, by which their translations are found",
    "config.py": "the constants that a user edits",
}


def knows(file: Path) -> set[str]:
    """The names and texts in a file that speak of SDXL's parts."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {word for word in _words(tree) if PARTS.search(NO_PART.sub("", SETTINGS.sub("", word)))}


def _words(tree: ast.Module) -> Iterator[str]:
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in told:
                yield text
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.alias(name=name):
                yield name
            case ast.ImportFrom(module=str(module)):
                yield module
            case ast.keyword(arg=str(name)):
                yield name


def test_only_the_family_knows_what_it_is_made_of() -> None:
    files = [*ROOT.glob("storyboard/**/*.py"), *ROOT.glob("gui/**/*.py"), *ROOT.glob("*.py")]
    found = {
        name: words
        for file in files
        if not (name := file.relative_to(ROOT).as_posix()).startswith(INSIDE)
        if (words := knows(file))
    }
    strangers = {name: words for name, words in found.items() if name not in EXCEPTIONS}
    assert not strangers
    assert set(EXCEPTIONS) <= set(found), "an exception that is none any more"
