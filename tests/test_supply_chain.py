"""What is installed is what was locked, under licences that may be handed on."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.licences import ROOT, licence_of, locked, table

if TYPE_CHECKING:
    from pathlib import Path

LOCKS = sorted(ROOT.glob("requirements*.lock"))
_GPL = re.compile(r"\bA?GPL|GNU (?:Affero|General)")
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda each: each.name)
def test_every_locked_package_has_hashes(lock: Path) -> None:
    assert len(LOCKS) == 5
    text = re.sub(r"^#.*\n", "", lock.read_text("utf-8"), flags=re.MULTILINE)
    entries = re.findall(r"^\S.*(?:\n +--hash=.*)*", text, re.MULTILINE)
    assert entries and all("==" in each and "--hash=sha256:" in each for each in entries)


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = [
        *project["project"]["dependencies"],
        *project["build-system"]["requires"],
        *(each for extra in project["project"]["optional-dependencies"].values() for each in extra),
    ]
    have = {canonicalize_name(name): version for name, version in locked().items()}
    for requirement in map(Requirement, asked):
        version = have.get(canonicalize_name(requirement.name))
        assert version and requirement.specifier.contains(version), f"{requirement}: make lock"
    torch = have[canonicalize_name("torch")].partition("+")[0]
    assert f"torch=={torch}\n" in (ROOT / ".ci" / "audited-torch.txt").read_text("utf-8")
    assert project["tool"]["uv"]["dependency-metadata"][0]["version"] == torch


def test_every_lock_is_audited_alone_and_nothing_is_skipped() -> None:
    # Two files that name the same package are refused; without --strict an index that knows no
    # faults at all would pass.
    commands = re.findall(r"/pip-audit (.+)", (ROOT / "Makefile").read_text("utf-8"))
    audited = [re.findall(r"-r (\S+)", each) for each in commands]
    assert audited == [
        ["requirements-dev.lock"],
        ["requirements-supply.lock"],
        ["requirements-dist.lock"],
        [".ci/audited-torch.txt"],
    ]
    assert all("--strict" in each for each in commands)


def test_no_licence_of_the_gpl_comes_in() -> None:
    found = {}
    for name in locked():
        try:
            found[name] = licence_of(name)
        except metadata.PackageNotFoundError:
            continue
    assert len(found) > 60
    for name, licence in found.items():
        # A choice that includes another licence is one; the LGPL is not the GPL.
        choices = re.split(r"\bOR\b|,", licence)
        strict = [each for each in choices if _GPL.search(each)]
        assert len(strict) < len(choices), f"{name}: {licence}"
        assert licence != "not said", name


def test_the_table_of_licences_is_todays() -> None:
    assert (ROOT / "docs" / "licences.md").read_text("utf-8") == table(), "make licences"


def test_a_licence_lies_beside_the_models() -> None:
    own = (ROOT / "LICENSE").read_text("utf-8")
    for model in ("starter", "reader", "finder"):
        assert (ROOT / "assets" / "models" / model / "LICENSE").read_text("utf-8") == own


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda each: each.name)
def test_actions_are_named_by_commit(workflow: Path) -> None:
    used = re.findall(r"uses: (\S+)", workflow.read_text("utf-8"))
    assert used and all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", each) for each in used)
