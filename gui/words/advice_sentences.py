"""What the advisor proposes, as the window's translations find it; `error_words` says it.

Reasons stay English, as most of the program's sentences do.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

__all__ = ["PROPOSALS"]

PROPOSALS: tuple[str, ...] = tuple(
    str(each)
    for each in (
        QT_TRANSLATE_NOOP("error", "draw with the few-step adapter {name}"),
        QT_TRANSLATE_NOOP("error", "draw drafts in mode {mode}"),
        QT_TRANSLATE_NOOP("error", "draw in {steps} steps"),
        QT_TRANSLATE_NOOP("error", "draw with {model}"),
        QT_TRANSLATE_NOOP("error", "guide with {scale} again"),
        QT_TRANSLATE_NOOP("error", "set acceleration to {name}"),
        QT_TRANSLATE_NOOP("error", "decode with the tiny decoder"),
        QT_TRANSLATE_NOOP("error", "draw with {sampler}, {schedule}, {steps} steps"),
        QT_TRANSLATE_NOOP("error", "draw drafts {width} pixels wide"),
        QT_TRANSLATE_NOOP("error", "draw in the frame that the model draws best"),
        QT_TRANSLATE_NOOP("error", "draw with one LoRA instead of {count}"),
        QT_TRANSLATE_NOOP("error", "do not measure likeness and prompt of every panel"),
        QT_TRANSLATE_NOOP("error", "make no preview pictures"),
        QT_TRANSLATE_NOOP("error", "draw with the model's whole weights instead of {kind}"),
        QT_TRANSLATE_NOOP("error", "keep the weights as {kind}"),
        QT_TRANSLATE_NOOP("error", "keep the weights as {kind}, so that all parts stay in memory"),
        QT_TRANSLATE_NOOP("error", "draw with the model's {kind} file (.gguf)"),
        QT_TRANSLATE_NOOP("error", "keep the weights as Q8_0"),
        QT_TRANSLATE_NOOP("error", "let the tuning decide about attention in slices"),
        QT_TRANSLATE_NOOP("error", "let the tuning decide about channels last"),
        QT_TRANSLATE_NOOP("error", "compute in half precision"),
        QT_TRANSLATE_NOOP("error", "move panels with {instead}"),
        QT_TRANSLATE_NOOP("error", "wear the adapters HIGH and LOW for {steps} steps"),
        QT_TRANSLATE_NOOP("error", "skip at most 3 steps in a row, at a threshold of 0.06"),
        QT_TRANSLATE_NOOP("error", "move panels at 832x480"),
        QT_TRANSLATE_NOOP("error", "move panels for {frames} frames"),
        QT_TRANSLATE_NOOP("error", "draw {fps} frames a second: {frames} for the same length"),
        QT_TRANSLATE_NOOP("error", "interpolate no frames"),
        QT_TRANSLATE_NOOP("error", "encode films with the machine's own encoder"),
        QT_TRANSLATE_NOOP("error", "draw in mode {mode}"),
        QT_TRANSLATE_NOOP("error", "draw without the few-step adapter, in mode {mode}"),
        QT_TRANSLATE_NOOP("error", "decode with the model's own decoder"),
        QT_TRANSLATE_NOOP("error", "measure likeness and prompt of every panel"),
        QT_TRANSLATE_NOOP(
            "error",
            "advice ({rules}): {told} s a panel were predicted, {measured} s were measured ({off})",
        ),
    )
)
"""Templates of `Idea.do`, and of what came of earlier advice."""
