"""What the recipe of the app puts together, and what the app starts; building it is `make dist`."""

from __future__ import annotations

import plistlib
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from distribution import licence_texts
from distribution.document_types import DOCUMENT_TYPES, desktop_entry, info_plist, mime_package
from distribution.packages import program_packages
from storyboard import __version__
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def test_macos_is_told_of_every_document_once() -> None:
    told = plistlib.loads(plistlib.dumps(info_plist("1.2.3")))
    opened = [kind["LSItemContentTypes"][0] for kind in told["CFBundleDocumentTypes"]]
    declared = told["UTExportedTypeDeclarations"] + told["UTImportedTypeDeclarations"]
    assert sorted(opened) == sorted(kind["UTTypeIdentifier"] for kind in declared)
    endings = {
        kind["UTTypeTagSpecification"]["public.filename-extension"][0]: kind["UTTypeConformsTo"]
        for kind in declared
    }
    assert set(endings) == {"storyboard", "fountain", "fdx"}
    assert "com.apple.package" in endings["storyboard"]
    assert told["CFBundleShortVersionString"] == "1.2.3"


@pytest.mark.skipif(sys.platform == "darwin", reason="the installer of the Linux build")
def test_linux_finds_the_app_wherever_its_folder_lies(tmp_path: Path) -> None:
    folder = tmp_path / 'a "place" & $more|100% \\ yes'
    (folder / "_internal" / "desktop").mkdir(parents=True)
    (folder / "_internal/desktop/storyboard.desktop").write_text(desktop_entry(), "utf-8")
    (folder / "_internal/desktop/storyboard.xml").write_text(mime_package(), "utf-8")
    shutil.copy(ROOT / "distribution" / "install", folder)
    share = tmp_path / "share"
    environment = {"XDG_DATA_HOME": str(share), "PATH": "/usr/bin:/bin"}
    subprocess.run([folder / "install"], env=environment, check=True, capture_output=True)
    (entry,) = share.glob("applications/*.desktop")
    lines = dict(line.partition("=")[::2] for line in entry.read_text("utf-8").splitlines()[1:])
    # The file's own escapes, then the quotes; shlex leaves a dollar's alone.
    program, path = shlex.split(lines["Exec"].replace("\\\\", "\\").replace("\\$", "$"))
    assert (program.replace("%%", "%"), path) == (str(folder / "storyboard"), "%f")
    (kinds,) = share.glob("mime/packages/*.xml")
    names = {each.get("type") for each in ElementTree.parse(kinds).getroot()}
    assert names == set(lines["MimeType"].strip(";").split(";"))
    assert names == {kind.mime for kind in DOCUMENT_TYPES if kind.mime}
    subprocess.run(
        [folder / "install", "--remove"], env=environment, check=True, capture_output=True
    )
    assert not entry.exists() and not kinds.exists()


def test_the_app_has_what_the_program_asks_for_and_no_tools() -> None:
    packages = program_packages(ROOT / "pyproject.toml")
    assert {"fpdf2", "torch", "shiboken6", "distributed", "pysbd"} <= set(packages)
    assert not {"pytest", "mypy", "hypothesis", "pyinstaller", "pip"} & set(packages)


def test_everything_in_the_app_has_its_licence_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # PyInstaller is installed only where the app is built.
    monkeypatch.setattr(licence_texts, "_BOOTLOADER", "fpdf2")
    licence_texts.write_licence_texts(ROOT, tmp_path / "licences")
    folders = {path.name: path for path in (tmp_path / "licences").iterdir() if path.is_dir()}
    listed = (tmp_path / "licences" / "README.txt").read_text("utf-8")
    for name in (*program_packages(ROOT / "pyproject.toml"), "python"):
        key = name.lower().replace("_", "-").replace(".", "-")
        assert any(each.stat().st_size for each in folders[key].rglob("*")), name
        assert f"\n{key} " in listed
    own = folders["storyboard"]
    assert (own / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert {"starter", "reader", "fonts"} <= {each.name for each in own.iterdir()}


@pytest.mark.parametrize("words", [["--version"], ["-m", "storyboard", "--version"]])
def test_the_app_is_the_command_line_too(words: list[str]) -> None:
    start = [sys.executable, str(ROOT / "distribution" / "start.py"), *words]
    done = subprocess.run(
        start, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)}, check=False
    )
    assert (done.returncode, done.stdout) == (0, f"storyboard {__version__}\n"), done.stderr
