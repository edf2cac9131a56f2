"""What is installed from a wheel plans, draws and writes pages, without the sources."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.licences import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def _sources(into: Path) -> Path:
    """Copy what git holds: building in the tree would leave files there."""
    archive = into / "sources.tar"
    subprocess.run(["git", "archive", "-o", str(archive), "HEAD"], cwd=ROOT, check=True)
    with tarfile.open(archive) as tar:
        tar.extractall(into / "sources", filter="data")
    return into / "sources"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel would put into site-packages."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    build += ["--disable-pip-version-check", "--wheel-dir", str(folder), str(_sources(folder))]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_an_installed_program_draws_the_example_story_from_another_folder(
    installed: Path, tmp_path: Path
) -> None:
    story = installed / "assets" / "stories" / "lighthouse.txt"
    words = ["render", str(story), "--panels", "1", "--no-identity-lock", "--out", "board"]
    # -P: nothing is found by the folder that it runs in. The packages are those of the tests, and
    # the checkout that is installed among them must not answer.
    start = (
        f"import sys; sys.path.insert(0, {str(installed)!r});"
        "import storyboard.__main__ as program;"
        f"assert program.__file__.startswith({str(installed)!r}), program.__file__;"
        "sys.exit(program.main())"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", start, *words, "--json"],
        cwd=tmp_path,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout.splitlines()[-1])
    assert len(list((tmp_path / "board").rglob("*.png"))) >= 1, answer
    assert list((tmp_path / "board").glob("*.pdf")), answer


def test_nothing_of_the_tests_is_installed(installed: Path) -> None:
    tops = {each.name for each in installed.iterdir() if not each.name.endswith(".dist-info")}
    assert tops == {
        "assets", "config.py", "gui", "local_image_generator.py", "storyboard", "test_speed.py",
    }  # fmt: skip
