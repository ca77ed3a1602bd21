"""A model provider on this machine: speaks the OpenAI streaming protocol, and misbehaves when asked to.

The model's name chooses what happens: `tokens-2000-200` streams 2,000 tokens at 200 a second (a rate of 0 is as fast
as the reader takes them), `fail-401` refuses the key, `stall` goes silent in mid-answer; SCENARIOS lists them all, and
every other name answers normally. `GET /_requests` tells when each request came and when its first byte went out, in
seconds of the clock that `time.time` reads. Runs alone, too: `python -m tests.peers.openai_server --port 9000`.
"""

import argparse
import asyncio
import contextlib
import json
import re
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

WORDS = ["The", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "dog", "while", "nine", "owls", "watch", "it"]
MODELS = ("plain", "second")
_TOKENS = re.compile(r"tokens-(\d+)-(\d+)$")
_END = b"0\r\n\r\n"


@dataclass
class Recorded:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    arrived: float
    first_byte: float | None = None
    finished: float | None = None
    cut_by_client: bool = False


@dataclass
class Reply:
    """The way back to one client, in chunked transfer encoding."""

    writer: asyncio.StreamWriter
    recorded: Recorded
    opened: bool = False

    async def whole(
        self, status: int, body: bytes, kind: str = "application/json", headers: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Send an answer of known length."""
        lines = [f"HTTP/1.1 {status} Status", f"content-type: {kind}", f"content-length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers]
        self.recorded.first_byte = time.time()
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await self.writer.drain()

    async def open(self, kind: str = "text/event-stream") -> None:
        """Send the head of a stream."""
        self.opened = True
        self.writer.write(
            f"HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncache-control: no-cache\r\n"
            "transfer-encoding: chunked\r\n\r\n".encode()
        )
        await self.writer.drain()

    async def raw(self, data: bytes) -> None:
        """Send some bytes of the stream."""
        if not self.opened:
            await self.open()
        if self.recorded.first_byte is None:
            self.recorded.first_byte = time.time()
        self.writer.write(b"%x\r\n%s\r\n" % (len(data), data))
        await self.writer.drain()

    async def event(self, value: dict[str, Any]) -> None:
        """Send one event of the stream."""
        await self.raw(b"data: " + json.dumps(value).encode() + b"\n\n")

    async def delta(self, finish: str | None = None, **delta: Any) -> None:
        """Send a piece of the answer."""
        await self.event(_chunk(self.recorded, [{"index": 0, "delta": delta, "finish_reason": finish}]))

    async def finish(self, reason: str = "stop", prompt_tokens: int = 7, completion_tokens: int = 3) -> None:
        """End the answer as a provider should, with what it used."""
        await self.delta(finish=reason)
        if self.recorded.body.get("stream_options", {}).get("include_usage"):
            usage = {
                "prompt_tokens": prompt_tokens,
                "completion_tokens": completion_tokens,
                "total_tokens": prompt_tokens + completion_tokens,
            }
            await self.event({**_chunk(self.recorded, []), "usage": usage})
        await self.raw(b"data: [DONE]\n\n")
        await self.end()

    async def end(self) -> None:
        """End the stream's bytes, whatever was in it."""
        self.writer.write(_END)
        await self.writer.drain()

    async def error(self, status: int, message: str, headers: Sequence[tuple[str, str]] = (), **more: str) -> None:
        """Refuse, in the words of the protocol."""
        body = json.dumps({"error": {"message": message, "type": "error", **more}}).encode()
        await self.whole(status, body, headers=headers)


def _chunk(recorded: Recorded, choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1_700_000_000,
        "model": recorded.body.get("model", ""),
        "choices": choices,
    }


def _call(index: int, call_id: str | None, name: str | None, arguments: str) -> dict[str, Any]:
    function = {"arguments": arguments} | ({"name": name} if name else {})
    return {"index": index, "function": function} | ({"id": call_id, "type": "function"} if call_id else {})


async def _plain(reply: Reply) -> None:
    for piece in ("Hello", " from", " here."):
        await reply.delta(content=piece)
    await reply.finish()


async def _silence(_reply: Reply) -> None:
    await asyncio.sleep(3600)


async def _stall(reply: Reply) -> None:
    await reply.delta(content="I was about ")
    await asyncio.sleep(3600)


async def _cut(reply: Reply) -> None:
    await reply.delta(content="Half an ")
    reply.writer.close()


async def _cut_politely(reply: Reply) -> None:
    await reply.delta(content="Half an ")
    await reply.end()


async def _malformed(reply: Reply) -> None:
    await reply.delta(content="Good ")
    await reply.raw(b'data: {"id": "chatcmpl-1", "choices": [{"del\n\n')
    await reply.delta(content="bad")
    await reply.finish()


async def _error_event(reply: Reply) -> None:
    await reply.delta(content="Good ")
    await reply.event({"error": {"message": "the engine died", "type": "server_error", "code": 500}})
    await reply.end()


async def _empty(reply: Reply) -> None:
    await reply.open()
    await reply.end()


async def _only_done(reply: Reply) -> None:
    await reply.raw(b"data: [DONE]\n\n")
    await reply.end()


async def _no_content(reply: Reply) -> None:
    await reply.finish(completion_tokens=0)


async def _html(reply: Reply) -> None:
    await reply.whole(200, b"<html><body>Please sign in to the hotel's network</body></html>", "text/html")


async def _length(reply: Reply) -> None:
    await reply.delta(content="It goes on and")
    await reply.finish("length")


async def _moved(reply: Reply) -> None:
    """Lead to another address."""
    port = reply.writer.get_extra_info("sockname")[1]
    await reply.whole(307, b"", headers=[("location", f"http://127.0.0.1:{port}/elsewhere")])


async def _reasoning(reply: Reply) -> None:
    for piece in ("Let me", " think."):
        await reply.delta(reasoning_content=piece)
    await reply.delta(content="42.")
    await reply.finish()


async def _halves(reply: Reply) -> None:
    """Send an emoji in two halves, as servers do that cut by tokens, then half a one, and a null character."""
    for piece in ("Smile \ud83d", "\ude00", " and", " \ud83d", "on\0."):
        await reply.delta(reasoning_content=piece, content=piece)
    await reply.finish()


async def _tool_calls(reply: Reply) -> None:
    """Two calls that share an index, their arguments in pieces, as some servers send them."""
    await reply.delta(tool_calls=[_call(0, "call_a", "look_up", '{"word": ')])
    await reply.delta(tool_calls=[_call(0, None, None, '"boiler"}')])
    await reply.delta(tool_calls=[_call(0, "call_b", "look_up", '{"word": "roof"}')])
    await reply.finish("tool_calls")


async def _cut_tool_call(reply: Reply) -> None:
    await reply.delta(tool_calls=[_call(0, "call_a", "look_up", '{"word": "boi')])
    reply.writer.close()


async def _half_tool_call(reply: Reply) -> None:
    await reply.delta(tool_calls=[_call(0, "call_a", "look_up", '{"word": "boi')])
    await reply.finish("tool_calls")


async def _scripted(reply: Reply) -> None:
    """Do what the user's last message says: a JSON list of rounds, each a text or a list of calls.

    A call is `{"name": {...arguments}}`; a string in place of the arguments is sent as it is, even if it is no JSON.
    A round is chosen by how many rounds of calls have come back; after the last one the answer is "Done.".
    """
    messages = reply.recorded.body["messages"]
    last = max(index for index, message in enumerate(messages) if message["role"] == "user")
    rounds = json.loads(messages[last]["content"]) if messages[last]["content"].startswith("[") else []
    at = sum(1 for message in messages[last:] if message.get("tool_calls"))
    await _round(reply, rounds[at] if at < len(rounds) else "Done.")


async def _round(reply: Reply, wanted: "str | list[dict[str, Any]]") -> None:
    if isinstance(wanted, str):
        await reply.delta(role="assistant", content=wanted)
        await reply.finish()
        return
    for number, call in enumerate(wanted):
        (name, arguments), *_ = call.items()
        raw = arguments if isinstance(arguments, str) else json.dumps(arguments)
        await reply.delta(tool_calls=[_call(number, f"call_{number}", name, "")])
        await reply.delta(tool_calls=[_call(number, None, None, raw)])
    await reply.finish("tool_calls")


async def _endless_calls(reply: Reply) -> None:
    await _round(reply, [{"list_tasks": {}}])


def _failing(status: int, message: str, headers: Sequence[tuple[str, str]] = (), **more: str) -> "Scenario":
    async def fail(reply: Reply) -> None:
        await reply.error(status, message, headers, **more)

    return fail


Scenario = Callable[[Reply], Awaitable[None]]
SCENARIOS: dict[str, Scenario] = {
    "busy-429": _failing(429, "Rate limit reached", [("retry-after", "20")]),
    "cut": _cut,
    "cut-politely": _cut_politely,
    "cut-tool-call": _cut_tool_call,
    "empty": _empty,
    "endless-calls": _endless_calls,
    "error-event": _error_event,
    "fail-400": _failing(400, "temperature is out of range"),
    "fail-401": _failing(401, "Incorrect API key provided: sk-secret", code="invalid_api_key"),
    "fail-402": _failing(402, "Insufficient balance"),
    "fail-403": _failing(403, "This key may not use this model"),
    "fail-404": _failing(404, "The model does not exist", code="model_not_found"),
    "fail-500": _failing(500, "Internal server error"),
    "fail-503": _failing(503, "Overloaded"),
    "half-tool-call": _half_tool_call,
    "halves": _halves,
    "html": _html,
    "length": _length,
    "malformed": _malformed,
    "moved": _moved,
    "no-content": _no_content,
    "no-first-token": _silence,
    "only-done": _only_done,
    "reasoning": _reasoning,
    "scripted": _scripted,
    "stall": _stall,
    "too-long": _failing(
        400, "This model's maximum context length is 4096 tokens, not 9000", code="context_length_exceeded"
    ),
    "tool-calls": _tool_calls,
}


@dataclass
class OpenAIServer:
    """The provider: `requests` is what it was asked, and `key` the key that it wants, if any.

    `fail_first` says how many requests of each model named in it to refuse with a 503 before it behaves.
    """

    tokens: int = 0
    rate: float = 0.0
    first_byte_delay: float = 0.0
    key: str = ""
    text: str = ""
    models: tuple[str, ...] = MODELS
    lists_models: bool = True
    requests: list[Recorded] = field(default_factory=list[Recorded])
    fail_first: dict[str, int] = field(default_factory=dict[str, int])
    port: int = 0
    _clients: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])
    _server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """The base URL that an OpenAI-compatible client is given."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def chats(self) -> list[Recorded]:
        """The requests for answers only."""
        return [recorded for recorded in self.requests if recorded.path.endswith("/chat/completions")]

    async def start(self, port: int = 0) -> None:
        """Listen on the loopback address; port 0 takes a free one."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", port, limit=8 * 1024 * 1024)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening, and drop every client."""
        if self._server is not None:
            self._server.close()
        for task in self._clients:
            task.cancel()
        await asyncio.gather(*self._clients, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._clients.add(task)
        task.add_done_callback(self._clients.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while not writer.is_closing() and (recorded := await self._read(reader)):
                self.requests.append(recorded)
                try:
                    await self._answer(Reply(writer, recorded))
                except (ConnectionError, asyncio.CancelledError):
                    recorded.cut_by_client = True
                    raise
                recorded.finished = time.time()
        except ConnectionError:
            pass
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _read(self, reader: asyncio.StreamReader) -> Recorded | None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        first, *lines = head.strip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        return Recorded(first.split(" ")[1], headers, json.loads(body) if body else {}, time.time())

    async def _answer(self, reply: Reply) -> None:
        recorded, path = reply.recorded, reply.recorded.path
        if path == "/_requests":
            await reply.whole(200, json.dumps([asdict(one) for one in self.chats]).encode())
        elif self.key and recorded.headers.get("authorization") != f"Bearer {self.key}":
            await reply.error(401, "Incorrect API key provided")
        elif path == "/v1/models" and self.lists_models:
            models = [{"id": name, "object": "model"} for name in self.models]
            await reply.whole(200, json.dumps({"object": "list", "data": models}).encode())
        elif path == "/api/tags" and self.lists_models:
            await reply.whole(200, json.dumps({"models": [{"name": name} for name in self.models]}).encode())
        elif path == "/v1/chat/completions":
            await self._chat(reply)
        else:
            await reply.error(404, "No such path")

    async def _chat(self, reply: Reply) -> None:
        body = reply.recorded.body
        model = str(body.get("model", ""))
        if self.fail_first.get(model, 0) > 0:
            self.fail_first[model] -= 1
            await reply.error(503, "Overloaded")
        elif scenario := SCENARIOS.get(model):
            await scenario(reply)
        elif not body.get("stream"):
            message = {"role": "assistant", "content": "Hello from here."}
            choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
            await reply.whole(200, json.dumps({**_chunk(reply.recorded, choices), "usage": {}}).encode())
        elif match := _TOKENS.search(model):
            await self._tokens(reply, int(match[1]), float(match[2]))
        elif self.tokens:
            await self._tokens(reply, self.tokens, self.rate)
        else:
            await _plain(reply)

    async def _tokens(self, reply: Reply, count: int, rate: float) -> None:
        if self.first_byte_delay:
            await asyncio.sleep(self.first_byte_delay)
        start = time.perf_counter()
        for number, piece in enumerate(self._pieces(count)):
            # Each token has its own moment, so that a late one does not delay those after it.
            if rate and (wait := start + number / rate - time.perf_counter()) > 0:
                await asyncio.sleep(wait)
            await reply.delta(content=piece)
        await reply.finish(completion_tokens=count)

    def _pieces(self, count: int) -> list[str]:
        words = re.findall(r"\S+\s*|\s+", self.text) or [f"{word} " for word in WORDS]
        return [words[number % len(words)] for number in range(count)]


@contextlib.asynccontextmanager
async def openai_server(**options: Any) -> AsyncGenerator[OpenAIServer]:
    """Run the provider for as long as the context lasts."""
    server = OpenAIServer(**options)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


async def _run(arguments: argparse.Namespace) -> None:
    text = ""
    if arguments.text_file:
        with open(arguments.text_file, encoding="utf-8") as file:  # noqa: ASYNC230, PTH123 - read once before it serves
            text = file.read()
    server = OpenAIServer(
        tokens=arguments.tokens, rate=arguments.rate, first_byte_delay=arguments.first_byte_delay, text=text
    )
    await server.start(arguments.port)
    print(f"http://127.0.0.1:{server.port}/v1", flush=True)  # noqa: T201 - whoever started it reads the address
    await asyncio.Event().wait()


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="A model provider on this machine, for tests and benchmarks.")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0 takes a free one and prints it")
    parser.add_argument("--tokens", type=int, default=0, help="length of every answer whose model names none")
    parser.add_argument("--rate", type=float, default=0, help="tokens per second; 0 is as fast as they are taken")
    parser.add_argument("--first-byte-delay", type=float, default=0, help="seconds before the first token")
    parser.add_argument("--text-file", default="", help="answer with the words of this file")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run(parser.parse_args()))


if __name__ == "__main__":
    main()
