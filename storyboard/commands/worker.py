"""`storyboard worker`: this machine draws for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.commands.cluster import add_certificates, check_installed, security_of
from storyboard.commands.options import add_download, overrides

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "worker",
        help="draw panels on this machine for a scheduler",
        description="Draw panels on this machine, one at a time, for whoever asks the scheduler, "
        "until Ctrl-C. Device, memory and downloads are this machine's own settings.",
    )
    parser.add_argument(
        "--scheduler", required=True, metavar="tls://HOST:PORT", help="as it says itself"
    )
    parser.add_argument("--name", help="what this worker is called; the machine's name by default")
    add_certificates(parser)
    add_download(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Draw until Ctrl-C."""
    check_installed()
    from storyboard.rendering.cluster.node import check_address, run_worker, usual_name
    from storyboard.rendering.cluster.station import Station
    from storyboard.settings.layers import load_settings

    settings = load_settings(overrides(args)).settings
    security = security_of(args) if args.scheduler.startswith("tls:") else None
    check_address(args.scheduler, security)
    run_worker(
        args.scheduler,
        args.name or usual_name(),
        security,
        lambda: Station(program.make_generator, settings),
        lambda line: print(line, flush=True),
    )
    return 0
