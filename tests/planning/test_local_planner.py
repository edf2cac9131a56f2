"""The planner by a language model: a scripted server, with the answers that real ones give."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from storyboard.cli import main
from storyboard.errors import InputError
from storyboard.planning.local_planner import planned_locally
from storyboard.planning.local_server import StoppedError, find_server, is_here
from storyboard.planning.planner import Plan, plan

Answer = Callable[[dict[str, Any]], tuple[int, bytes]]
STORY = 'Anna waits at the door. "Who is there?" asks Tom. Tom opens the door.'
PANEL: dict[str, object] = {
    "prompt": "waiting at a green door",
    "size": "wide shot",
    "angle": "low angle",
}
PANEL |= {"move": "static", "characters": ["Anna"], "lines": []}


_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def completion(content: object) -> tuple[int, bytes]:
    words = content if isinstance(content, str) else json.dumps(content)
    return 200, json.dumps({"choices": [{"message": {"content": words}}]}).encode()


def scene(**changed: object) -> dict[str, object]:
    """A right answer for `STORY` in three panels, with changes in the second."""
    second = {**PANEL, "id": 2, "characters": ["Tom"], "lines": [{"id": 1, "speaker": "Tom"}]}
    third = {**PANEL, "id": 3, "prompt": "opening a door", "characters": ["Tom"]}
    return {"panels": [{**PANEL, "id": 1}, {**second, **changed}, third]}


@contextmanager
def server(
    *answers: Answer | tuple[int, bytes], models: tuple[str, ...] = ("tiny",)
) -> Iterator[Any]:
    """A server on this machine that gives its answers one after the other, then the last again."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.say(200, json.dumps({"data": [{"id": each} for each in models]}).encode())

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = answers[min(len(asked), len(answers) - 1)]
            asked.append(body)
            self.say(*(answer(body) if callable(answer) else answer))

        def say(self, status: int, body: bytes) -> None:
            if not body.startswith(b"HTTP/"):  # else it is the whole of an answer
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                if body[:2] == b"\x1f\x8b":
                    self.send_header("Content-Encoding", "gzip, gzip")
                self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                pass  # whoever asked has gone

        def log_message(self, *words: object) -> None: ...

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_port}", asked
    finally:
        running.shutdown()
        running.server_close()
        thread.join()


def planned(*answers: Answer | tuple[int, bytes]) -> tuple[Plan, str, list[dict[str, Any]]]:
    rules = plan(STORY, panels=3)
    with server(*answers) as (url, asked):
        found, notes = planned_locally(rules, "local", url)
    assert [shot.action for shot in found.shots] == [shot.action for shot in rules.shots]
    return found, " ".join(notes), asked


def test_a_model_directs_what_the_rules_have_cut() -> None:
    found, notes, asked = planned(completion(scene()))
    assert [shot.prompt_action for shot in found.shots][::2] == [
        "waiting at a green door",
        "opening a door",
    ]
    assert found.shots[0].angle.value == "low angle"
    assert [(e.speaker, e.text) for e in found.shots[1].dialogue] == [("Tom", "Who is there?")]
    assert notes.startswith("planned with 127.0.0.1")
    assert asked[0]["stream"] is False
    assert asked[0]["response_format"]["json_schema"]["schema"]["properties"]["panels"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (completion(""), "an empty answer"),
        (completion("I am sorry, I cannot \ud800."), "without JSON"),
        (completion('{"panels": [{"id": 1}]}'), "Field required"),
        (completion(scene(characters=["Eve"])), "'Eve' is not in the scene"),
        (completion(scene(lines=[])), "not every line once"),
        (completion(scene(prompt="Tom waits")), "the name 'Tom'"),
        (completion(scene(prompt="дверь")), "not in English"),
        (completion({"panels": scene()["panels"][:2]}), "not every panel once"),  # type: ignore[index]
        ((500, b"guardrail"), "error 500"),
        ((200, b"<html>"), "no chat completion"),
        ((200, b"[" * 5000), "no chat completion"),
        ((200, b"x" * 300_000), "longer than"),
        ((200, gzip.compress(gzip.compress(b"[" * 10**8))), "no chat completion"),
        ((200, b"HTTP/1.1 100 Continue\r\n\r\n" * 12_000), "longer than"),
        ((200, _CHUNKED + b"1\r\nx\r\n" * 6000 + b"0\r\n\r\n"), "longer than"),
    ],
)
def test_what_cannot_be_is_mended_once_or_left_to_the_rules(
    wrong: tuple[int, bytes], words: str
) -> None:
    rules = plan(STORY, panels=3)
    found, notes, asked = planned(wrong)
    assert found.shots == rules.shots
    assert words in notes
    assert "\n" not in notes
    assert len(asked) <= 2
    if len(asked) == 2:  # it was told what was wrong, and may mend it
        assert words in asked[1]["messages"][-1]["content"]
        found, _, _ = planned(wrong, completion(f"Here:\n```json\n{json.dumps(scene())}\n```"))
        assert found.shots[2].prompt_action == "opening a door"


def test_a_server_without_schemas_is_asked_without() -> None:
    found, _, asked = planned((400, b"{}"), completion(scene()))
    assert found.shots[2].prompt_action == "opening a door"
    assert ["response_format" in each for each in asked] == [True, False]


def test_nobody_waits_for_a_slow_server_after_a_cancel() -> None:
    begun, gone = threading.Event(), threading.Event()

    def slow(_: dict[str, Any]) -> tuple[int, bytes]:
        begun.set()
        gone.wait(20)
        return completion(scene())

    with server(slow) as (url, _):
        try:
            with pytest.raises(StoppedError):
                planned_locally(plan(STORY, panels=3), "local", url, begun.is_set)
            assert begun.is_set()
        finally:
            gone.set()


def test_only_what_was_not_understood_is_translated() -> None:
    rules = plan("Анна ждёт. Анна абракадабрит.", panels=2)
    assert rules.shots[1].prompt_action == "standing"
    answer = {"panels": [{"id": 1, "prompt": "Casting a spell."}]}
    with server(completion(answer)) as (url, asked):
        found, _ = planned_locally(rules, "words", url)
    assert found.shots[0] == rules.shots[0]
    assert found.shots[1].prompt_action == "casting a spell"
    assert "абракадабрит" in asked[0]["messages"][1]["content"]
    assert len(asked) == 1


def test_the_command_line_names_the_planner(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with server(completion(scene()), models=("embedder", "pcc", "tiny")) as (url, asked):
        assert main(["plan", STORY, "--panels", "3", "--planner", f"local:{url}"]) == 0
    told = capsys.readouterr()
    assert "prompt: opening a door" in told.out
    assert "planned with" in told.err
    assert asked[0]["model"] == "tiny"
    assert main(["plan", STORY, "--planner", "local:http://127.0.0.1:9"]) == 2
    assert "no language model answers" in capsys.readouterr().err
    monkeypatch.setenv("STORYBOARD_PLANNER", "local:http://example.com/v1")
    assert main(["plan", STORY]) == 2
    assert "is not on this machine" in capsys.readouterr().err


def test_the_client_waits_until_a_model_is_asked() -> None:
    program = (
        "import sys\n"
        "from storyboard.cli import main\n"
        "assert main(['plan', 'Анна ждёт.', '--panels', '1']) == 0\n"
        "assert not {'httpcore', 'storyboard.planning.local_planner'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120, capture_output=True)


def test_which_addresses_are_here() -> None:
    here = ["", "http://localhost:1", "http://127.0.0.2:8080/v1", "http://[::1]:1"]
    away = ["http://example.com", "http://localhost.example.com", "http://10.0.0.1", "http://1@x.y"]
    assert [is_here(each) for each in (*here, *away)] == [True] * 4 + [False] * 4
    for wrong in ("http://[::1", "http://127.0.0.1:99999", "http://127.0.0.1:0", "127.0.0.1:1"):
        with pytest.raises(InputError, match="no address of a server"):
            find_server(wrong, lambda: False)
