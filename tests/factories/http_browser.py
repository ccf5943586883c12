"""A browser as far as HTTP goes, of the standard library: one kept connection, cookies, JSON. One thread at a time."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

Unreachable = (OSError, http.client.HTTPException)
"""What a request raises when the server is not there, or goes away before it has answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`first_s`: seconds from the request to the first byte of the body."""

    status: int
    body: bytes
    location: str
    first_s: float

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Browser:
    """`timeout` is in seconds; an answer that takes longer counts as none."""

    port: int
    timeout: float = 600.0
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def another(self) -> Browser:
        """A second window of the same person."""
        return Browser(self.port, self.timeout, dict(self.cookies))

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def post_form(self, path: str, form: Mapping[str, str]) -> Answer:
        return self.send("POST", path, urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded"})

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One try. Raises one of `Unreachable`.

        A kept connection that the server has closed meanwhile is opened anew, as browsers do.
        """
        if self.connection is not None:
            try:
                return self._send(method, path, body, headers)
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                pass
        return self._send(method, path, body, headers)

    def _send(self, method: str, path: str, sent_body: bytes | None, headers: Mapping[str, str] | None) -> Answer:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Accept": "application/json", "Cookie": cookie, **(headers or {})}
        begun = time.perf_counter()
        try:
            self.connection.request(method, path, sent_body, sent)
            answer = self.connection.getresponse()
            first = answer.read(1)
            first_s = time.perf_counter() - begun
            body = first + answer.read()
            if len(body) < int(answer.headers.get("Content-Length") or 0):
                raise http.client.IncompleteRead(body)
        except Unreachable:
            self.close()
            raise
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        if answer.will_close:
            self.close()
        return Answer(answer.status, body, answer.headers.get("Location", ""), first_s)

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None
