"""`storyboard scheduler`: where the machines of a render room meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.commands.cluster import add_certificates, check_installed, security_of
from storyboard.errors import InputError

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "scheduler",
        help="run the place where workers and those who draw on them meet",
        description="Run the scheduler of a render room until Ctrl-C. Without certificates it "
        "serves only this machine.",
    )
    parser.add_argument(
        "--host", default="", help="the address to listen at; with certificates all by default"
    )
    parser.add_argument("--port", default="8786", help="default 8786; 0 takes one that is free")
    add_certificates(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Serve until Ctrl-C."""
    check_installed()
    from storyboard.rendering.cluster.node import run_scheduler

    if not args.port.isdecimal() or int(args.port) > 65535:
        raise InputError("--port {port}: write a number from 0 to 65535", port=repr(args.port[:20]))
    run_scheduler(
        args.host,
        int(args.port),
        security_of(args),
        lambda address: print(f"scheduler at {address}; Ctrl-C ends it", flush=True),
    )
    return 0
