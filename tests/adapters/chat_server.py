"""A chat-completions server on this machine: it answers what a test says and keeps what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answer:
    """What the server does with one request. `wait_for` is awaited before (at most 5 seconds)."""

    body: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    wait_for: threading.Event | None = None


def says(content: str) -> Answer:
    """A chat completion with that content."""
    return Answer(json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}))


def answers(*rows: tuple[str, str, str]) -> Answer:
    """A chat completion that answers checks: (check, answer, quote)."""
    return says(json.dumps({"answers": [dict(zip(("check", "answer", "quote"), row, strict=True)) for row in rows]}))


@dataclass
class ChatServer:
    """`script` is answered in order, its last one again and again. `asked` holds (path, headers, body)."""

    url: str = ""
    script: list[Answer] = field(default_factory=lambda: [answers()])
    asked: list[tuple[str, Mapping[str, str], dict[str, Any]]] = field(default_factory=list)

    def next(self) -> Answer:
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]

    def message(self, role: str) -> str:
        """What the last request said in that role."""
        (content,) = (m["content"] for m in self.asked[-1][2]["messages"] if m["role"] == role)
        return str(content)


@contextmanager
def chat_server() -> Iterator[ChatServer]:
    server = ChatServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.asked.append((self.path, dict(self.headers), json.loads(body)))
            answer = server.next()
            if answer.wait_for:
                answer.wait_for.wait(5)
            data = answer.body.encode()
            self.send_response(answer.status)
            for name, value in {**answer.headers, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(data)
            except OSError:
                self.close_connection = True  # who asked has given up

        def log_message(self, *_: object) -> None:
            pass

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    server.url = f"http://127.0.0.1:{listener.server_port}/v1"
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()
