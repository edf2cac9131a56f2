"""Downloads, against a hub of our own on this machine."""

from __future__ import annotations

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from huggingface_hub import constants

from storyboard.diffusion.families.sdxl.files import find_model
from storyboard.diffusion.weights.hub import check_files, fetch, is_cached
from storyboard.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMIT = "2" * 40


class Hub(ThreadingHTTPServer):
    """Serves one repository, "someone/tiny", and remembers what was fetched."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.files = files
        self.fetched: list[str] = []


class Answer(BaseHTTPRequestHandler):
    """The three questions that a download asks."""

    server: Any
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with what was asked for."""
        path = urlsplit(self.path).path
        if path.startswith(f"/api/models/someone/tiny/tree/{COMMIT}"):
            self._json(
                [
                    {"type": "file", "path": name, "size": len(data), "oid": _etag(data)}
                    for name, data in self.server.files.items()
                ]
            )
        elif path.startswith("/api/models/someone/tiny"):
            self._json({"id": "someone/tiny", "sha": COMMIT, "siblings": []})
        elif path.startswith(f"/someone/tiny/resolve/{COMMIT}/"):
            self._file(path.split(f"{COMMIT}/")[1])
        else:
            self.send_error(404)

    do_HEAD = do_GET

    def _file(self, name: str) -> None:
        data: bytes = self.server.files[name]
        self.send_response(200)
        self.send_header("ETag", f'"{_etag(data)}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command == "GET":
            self.server.fetched.append(name)
            self.wfile.write(data)

    def _json(self, value: object) -> None:
        data = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _etag(data: bytes) -> str:
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


@pytest.fixture
def hub(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    files = {
        file.relative_to(tiny).as_posix(): file.read_bytes()
        for file in tiny.rglob("*")
        if file.is_file()
    }
    files["unet/diffusion_pytorch_model.bin"] = b"a pickle"
    files["picture.png"] = b"a picture"
    server = Hub(files)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    address = f"http://127.0.0.1:{server.server_port}"
    template = "{endpoint}/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr(constants, "ENDPOINT", address)
    monkeypatch.setattr(
        constants, "HUGGINGFACE_CO_URL_TEMPLATE", template.replace("{endpoint}", address)
    )
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_model_is_downloaded_once_with_progress_and_without_waste(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    told: list[tuple[str, float]] = []
    files = find_model(
        "someone/tiny",
        half=False,
        adapter=None,
        progress=lambda what, share: told.append((what, share)),
    )
    assert {"downloading someone/tiny"} == {what for what, _ in told}
    shares = [share for _, share in told]
    assert shares[-1] == 1.0
    assert all(0 <= share <= 1 for share in shares)
    assert len(files.weights) == 4
    assert not {"unet/diffusion_pytorch_model.bin", "picture.png"} & set(hub.fetched)
    assert len(hub.fetched) == len(set(hub.fetched))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert find_model("someone/tiny", half=False, adapter=None) == files
    assert capfd.readouterr() == ("", "")


def test_what_must_be_said_is_said_before_anything_arrives(hub: Hub) -> None:
    told: list[tuple[str, float, int]] = []
    assert not is_cached("someone/tiny")
    fetch(
        "someone/tiny",
        [["model_index.json", "unet/*"]],
        lambda folder: check_files(folder, ["model_index.json"]),
        lambda what, share: told.append((what, share, len(hub.fetched))),
        "not for commercial use",
    )
    assert told[0] == ("downloading someone/tiny (not for commercial use)", 0.0, 0)
    assert is_cached("someone/tiny")


def test_a_repository_without_the_wanted_files_is_one_line(hub: Hub) -> None:
    del hub.files["unet/diffusion_pytorch_model.safetensors"]
    with pytest.raises(ModelError) as caught:
        find_model("someone/tiny", half=False, adapter=None)
    assert "not complete" in str(caught.value)
    assert "pickled and refused" in str(caught.value) or "lacks unet/" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_repository_that_does_not_exist_is_one_line(hub: Hub) -> None:
    assert hub.files
    with pytest.raises(ModelError) as caught:
        fetch("nobody/nothing", [["*.json"]], lambda folder: check_files(folder, ["a.json"]))
    assert "nobody/nothing" in str(caught.value)
    assert "\n" not in str(caught.value)
