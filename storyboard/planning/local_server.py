"""Language models on this machine, behind any server that speaks OpenAI's chat completions.

LM Studio, Ollama, llama.cpp and `fm serve` of macOS 27 are such servers. They are slow, answer
nothing, or answer with an error of their own: whoever asks gets a `ServerError` of one line then.
The client is httpcore, which is installed for the model hub anyway; OpenAI's own package would
bring five more packages for the one request that is made. It is imported when somebody asks.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from storyboard.errors import InputError
from storyboard.values.loopback import is_loopback

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["Server", "ServerError", "StoppedError", "find_server", "is_here"]

_USUAL = {1234: "LM Studio", 11434: "Ollama", 8080: "llama.cpp", 1976: "fm serve", 8000: "vLLM"}
"""Ports at which servers listen unless they are told otherwise."""
_LOOKING = 1.5
"""Seconds in which a server has to say which models it has."""
_ANSWERING = 180.0
"""Seconds in which it has to answer for a scene."""
_WATCH = 0.1
_MOST_BYTES, _MOST_PIECES = 200_000, 5000
"""Of an answer; each piece that a server sends takes a tenth of a millisecond."""
_AROUND = 50_000
"""Bytes of headers and of what is around the pieces."""
_MOST_TOKENS = 1500
_NOT_HERE = frozenset({"pcc"})
"""Models that answer elsewhere, though the server is here: Apple's private cloud."""
_REFUSED = (400, 404, 415, 422)
"""What servers answer that know no JSON schema."""


class ServerError(Exception):
    """A server did not answer, or not with words; the message is one line."""


class StoppedError(Exception):
    """Whoever asked does not want the answer any more."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers.

    Attributes:
        url: Up to "/v1".
        model: The name of the model that is asked.
        called: What messages call it.
        seconds: In which it has to answer.
    """

    url: str
    model: str
    called: str
    seconds: float = _ANSWERING

    def ask(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: Mapping[str, object],
        stop: Callable[[], bool],
    ) -> str:
        """The words that the model answers with, which may be no JSON in spite of the schema.

        Raises:
            ServerError: No answer, too long an answer, or an error of the server's own.
            StoppedError: `stop` said so; within a tenth of a second.
        """
        form = {"name": "answer", "strict": True, "schema": schema}
        body: dict[str, object] = {
            "model": self.model,
            "messages": list(messages),
            "stream": False,
            "temperature": 0,
            "max_tokens": _MOST_TOKENS,
            "response_format": {"type": "json_schema", "json_schema": form},
        }
        url = f"{self.url}/chat/completions"
        status, text = asyncio.run(_exchange("POST", url, body, self.seconds, stop))
        if status in _REFUSED:
            del body["response_format"]
            status, text = asyncio.run(_exchange("POST", url, body, self.seconds, stop))
        if status != 200:
            raise ServerError(f"{self.called} answered with error {status}")
        return _content(text, self.called)


def find_server(typed: str, stop: Callable[[], bool]) -> Server:
    """The server at an address that somebody typed, or else the first at the usual ports.

    Args:
        typed: Such as "http://127.0.0.1:1234/v1", with "#NAME" behind it for one of its models;
            empty to look on this machine.
        stop: Whether nobody waits any more.

    Raises:
        InputError: No server there, or one without a model.
        StoppedError: As it says.
    """
    if typed:
        address, _, model = typed.partition("#")
        url = address.rstrip("/")
        url = url if url.endswith("/v1") else f"{url}/v1"
        called = _called(url)
        models = _models(url, stop)
        if not models:
            raise InputError(
                "no language model answers at {url}: start its server, or leave out the address "
                "to look for one on this machine",
                url=url[:200],
            )
        return Server(url, model or models[0], called)
    for port, name in _USUAL.items():
        url = f"http://127.0.0.1:{port}/v1"
        models = _models(url, stop)
        if models:
            return Server(url, models[0], f"{name} ({models[0]})")
    raise InputError(
        "no language model answers on this machine (looked at the ports {ports}): start LM Studio, "
        "Ollama or another server, or name its address with --planner local:URL",
        ports=", ".join(map(str, _USUAL)),
    )


def is_here(typed: str) -> bool:
    """Whether an address that was typed is on this machine; an empty one is."""
    try:
        return is_loopback(urlsplit(typed).hostname or "") if typed else True
    except ValueError:  # brackets without their ends
        return False


def _called(url: str) -> str:
    """How messages call a server that was typed."""
    try:
        parts = urlsplit(url)
        if parts.hostname and (parts.port is None or parts.port > 0) and url.isascii():
            return parts.netloc
    except ValueError:  # brackets without their ends, or a port above 65,535
        pass
    raise InputError(
        "{url} is no address of a server: write it as http://127.0.0.1:1234/v1", url=url[:200]
    )


def _models(url: str, stop: Callable[[], bool]) -> list[str]:
    """Names of the models of a server that answer on its machine; empty where none answers."""
    try:
        status, text = asyncio.run(_exchange("GET", f"{url}/models", None, _LOOKING, stop))
        listed = json.loads(text)["data"] if status == 200 else []
        names = [str(each["id"])[:200] for each in listed[:100]]
    except (ServerError, ValueError, KeyError, TypeError, RecursionError):
        return []
    return [each for each in names if each not in _NOT_HERE and "embed" not in each.lower()]


def _content(text: str, called: str) -> str:
    try:
        content = json.loads(text)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise ServerError(f"{called} answered with what is no chat completion") from None
    # Half of a letter, which JSON may hold, is none that can be sent back.
    return content.encode("utf-8", "replace").decode() if isinstance(content, str) else ""


async def _exchange(
    method: str, url: str, body: object, seconds: float, stop: Callable[[], bool]
) -> tuple[int, str]:
    """Ask once; the status and the text of the answer. Whoever stops waits a tenth of a second."""
    import httpcore

    from storyboard.planning.bounded_network import BoundedNetwork, TooMuchError

    # No proxy and no redirect: what is sent to this machine stays on it.
    network = BoundedNetwork(_MOST_BYTES + _AROUND, _MOST_PIECES)
    async with httpcore.AsyncConnectionPool(network_backend=network) as client:
        asked = asyncio.ensure_future(_read(client, method, url, body))
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        try:
            while not asked.done():
                if stop():
                    raise StoppedError
                if loop.time() > end:
                    raise ServerError(f"no answer within {seconds:g} s")
                await asyncio.wait({asked}, timeout=_WATCH)
            return asked.result()
        except TooMuchError:
            raise ServerError(f"the answer is longer than {_MOST_BYTES:,} bytes") from None
        except _client_errors() as error:
            words = " ".join(str(error).split())[:120] or type(error).__name__
            raise ServerError(f"the server is not reached ({words})") from None
        finally:
            asked.cancel()
            await asyncio.gather(asked, return_exceptions=True)


def _client_errors() -> tuple[type[Exception], ...]:
    """What httpcore raises where a server cannot be asked, or answers what is no HTTP."""
    import httpcore

    return (
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.TimeoutException,
        httpcore.UnsupportedProtocol,
        httpcore.ConnectionNotAvailable,
    )


async def _read(client: Any, method: str, url: str, body: object) -> tuple[int, str]:
    found, pieces = bytearray(), 0
    # As it comes: a packed answer of a thousand bytes may be a gigabyte.
    headers = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "storyboard"}
    content = None
    if body is not None:
        content = json.dumps(body).encode()
        headers["Content-Type"] = "application/json"
    async with client.stream(method, url, headers=headers, content=content) as answer:
        async for piece in answer.aiter_stream():
            found += piece
            pieces += 1
            if len(found) > _MOST_BYTES or pieces > _MOST_PIECES:
                raise ServerError(f"the answer is longer than {_MOST_BYTES:,} bytes")
    return answer.status, found.decode("utf-8", "replace")
