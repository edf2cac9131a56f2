"""`storyboard doctor`: whether this machine computes what it should, and what is switched off."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from typing import TYPE_CHECKING

from storyboard.commands.options import add_report

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program
    from storyboard.diffusion.device.findings import Check, Findings
    from storyboard.machine.machine import Machine

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "doctor",
        help="examine this machine: does its GPU compute what it should?",
        description="Compare what this machine's GPU computes with what its CPU computes in fp32: "
        "attention, convolutions, normalisation, the decoder and one whole panel of the starter "
        "model. What is wrong is switched off from then on. Takes less than a minute.",
    )
    parser.add_argument("--quick", action="store_true", help="leave the whole panel out")
    add_report(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Examine, remember, report."""
    from storyboard.diffusion.checks.examination import chosen_way, examine
    from storyboard.diffusion.device.findings import findings_file, keep
    from storyboard.machine.machine import this_machine
    from storyboard.settings.layers import load_settings

    # 1. What would be used here if nothing were wrong.
    started = time.perf_counter()
    settings = load_settings({}).settings
    policy, channels_last = chosen_way(
        channels_last=settings.enable_channels_last,
        chunked=settings.enable_attention_slicing,
        fp16_autocast=settings.enable_fp16_autocast,
    )
    if not args.json:
        print("\n".join(_machine(this_machine(), policy.device, policy.dtype, channels_last)))

    # 2. Every check, told as it is made.
    def tell(check: Check) -> None:
        if args.json:
            print(json.dumps({"event": "check", **asdict(check), "passed": check.passed}))
        else:
            print(_row(check), flush=True)

    findings = examine(policy, whole=not args.quick, channels_last=channels_last, progress=tell)
    keep(findings)

    # 3. What follows from them.
    seconds = time.perf_counter() - started
    if args.json:
        print(json.dumps(_verdict(findings, seconds)))
    else:
        print(f"switched off     {', '.join(findings.switched_off) or 'nothing'}")
        print(f"remembered in    {findings_file()}, after {seconds:.0f} s")
    return 0


def _machine(machine: Machine, device: str, dtype: str, channels_last: bool) -> list[str]:
    import psutil

    free = psutil.virtual_memory().available
    versions = ", ".join(f"{name} {number}" for name, number in machine.packages)
    gpu = f", {machine.gpu_cores} GPU cores" if machine.gpu_cores else ""
    layout = "channels last" if channels_last else "channels first"
    lines = [
        f"machine          {machine.chip or 'unknown'}, {machine.cpu_cores} CPU cores{gpu}, "
        f"{machine.system}",
        f"memory           {machine.memory / 1e9:.1f} GB, {free / 1e9:.1f} GB of it free",
        f"versions         python {machine.python}, {versions}",
        f"draws with       {device} {dtype}, {layout}, compared with cpu float32, channels first",
    ]
    if device == "cpu":
        lines.append("                 there is no GPU that torch can use: the CPU draws")
    return lines


def _row(check: Check) -> str:
    found = "no number" if check.difference is None else f"{check.difference:.2g}"
    verdict = "right" if check.passed else "WRONG"
    row = f"{verdict:<17}{check.what:<28}{check.dtype:<18}differs by {found:>9}"
    row += f", {check.limit:g} allowed"
    return f"{row}  ({check.note})" if check.note else row


def _verdict(findings: Findings, seconds: float) -> dict[str, object]:
    return {
        "event": "examined",
        "device": findings.device,
        "gpu": findings.device != "cpu",
        "machine": asdict(findings.machine),
        "program": findings.program,
        "created": findings.created,
        "switched_off": findings.switched_off,
        "seconds": round(seconds, 1),
    }
