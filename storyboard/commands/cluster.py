"""`storyboard cluster init`, and what all commands share that speak to other machines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    import argparse

    from distributed.security import Security

    from storyboard.commands.program import Commands, Program
    from storyboard.rendering.cluster.cluster_executor import ClusterExecutor
    from storyboard.rendering.progress import Report
    from storyboard.values.request import Weights

__all__ = [
    "add",
    "add_certificates",
    "add_cluster",
    "check_cluster",
    "check_installed",
    "executor_of",
    "run",
    "security_of",
]

_EPILOG = """\
examples:
  storyboard cluster init
  storyboard scheduler
  storyboard worker --scheduler tls://studio.local:8786
  storyboard render story.txt --cluster tls://studio.local:8786
"""


def add(commands: Commands) -> None:
    """Describe the command."""
    from argparse import RawDescriptionHelpFormatter

    parser = commands.add_parser(
        "cluster",
        help="make the certificates with which several machines draw together",
        description="Make an authority and the certificate that all machines of a render room "
        "share. Whoever has it may have panels drawn there, and draw them.",
        epilog=_EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", choices=["init"], help="init: make them")
    parser.add_argument(
        "folder", type=Path, nargs="?", metavar="DIR", help="where; beside the settings by default"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Make the certificates, and say what to copy."""
    check_installed()
    from storyboard.rendering.cluster.certificates import MEMBER_FILES, make_certificates

    folder = args.folder or _usual_folder()
    make_certificates(folder)
    print(folder)
    print(
        f"Copy {', '.join(MEMBER_FILES)} into the same folder of every other machine, or into "
        "another that --certificates names there. ca-key.pem stays here: it makes members."
    )
    return 0


def add_certificates(parser: argparse.ArgumentParser) -> None:
    """Add where the certificates are."""
    parser.add_argument(
        "--certificates",
        type=Path,
        metavar="DIR",
        help="the folder with the certificates of storyboard cluster init; beside the settings by "
        "default",
    )


def add_cluster(parser: argparse.ArgumentParser) -> None:
    """Add that other machines draw."""
    parser.add_argument(
        "--cluster",
        metavar="tls://HOST:PORT",
        help="draw on the workers of the scheduler there; see docs/cluster.md",
    )
    add_certificates(parser)


def check_installed() -> None:
    """Refuse in one line where the extra is not installed.

    Raises:
        InputError: How to install it.
    """
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in ("distributed", "cryptography")):
        raise InputError(
            "drawing on several machines needs more packages: pip install 'storyboard[cluster]'"
        )


def security_of(args: argparse.Namespace) -> Security | None:
    """The certificates that the command line names, or those beside the settings.

    Raises:
        InputError: They cannot be used.
    """
    from storyboard.rendering.cluster.certificates import MEMBER_FILES, security_from

    found = security_from(args.certificates or _usual_folder())
    if found is None and args.certificates is not None:
        raise InputError(
            "{folder} has no certificates: copy {names} into it",
            folder=args.certificates,
            names=", ".join(MEMBER_FILES),
        )
    return found


def check_cluster(args: argparse.Namespace) -> Security | None:
    """Find what is wrong with ``--cluster`` before anything is made.

    Returns:
        The certificates that its address needs.

    Raises:
        InputError: The address or the certificates cannot be used.
    """
    if args.cluster is None:
        return None
    check_installed()
    from storyboard.rendering.cluster.node import check_address

    security = security_of(args) if args.cluster.startswith("tls:") else None
    check_address(args.cluster, security)
    return security


def executor_of(
    args: argparse.Namespace, program: Program, report: Report
) -> ClusterExecutor | None:
    """What draws on other machines, where the command line wants that; else None.

    Raises:
        InputError: As `check_cluster`.
    """
    security = check_cluster(args)
    if args.cluster is None:
        return None
    from storyboard.generator import local_generator
    from storyboard.rendering.cluster.cluster_executor import ClusterExecutor

    is_real = program.make_generator is local_generator
    hash_of = _hash_here if is_real else lambda weights: ""
    return ClusterExecutor(args.cluster, security, hash_of, report.note)


def _hash_here(weights: Weights) -> str:
    """The hash of weights as they lie on this machine; empty where they do not."""
    from storyboard.diffusion.device.policy import detect_policy
    from storyboard.diffusion.families import family_of
    from storyboard.diffusion.weights.hub import downloads
    from storyboard.errors import DownloadNotAllowed

    choice, techniques = weights
    try:
        with downloads(False):
            return family_of(choice.name).files_of(choice, techniques, detect_policy()).hash
    except DownloadNotAllowed:
        return ""


def _usual_folder() -> Path:
    from storyboard.settings.user_settings import user_file

    return user_file().parent / "cluster"
