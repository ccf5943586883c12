"""Reading another site's JSON over HTTP, for commands that a person typed."""

from __future__ import annotations

from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

LARGEST = 4 * 1024 * 1024
SECONDS = 15


class _SameSite(HTTPRedirectHandler):
    """Follows redirects on the same site only: another site's answer would prove nothing about this one."""

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            raise OSError(f"{req.full_url} leads away to another site")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch_json(url: str) -> bytes:
    """The body at `url`, at most 4 MiB. A page that answers "not found" in JSON is read too. Raises OSError."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise OSError(f"{url} is no http address")
    request = Request(url, headers={"Accept": "application/json"})  # noqa: S310  (the scheme is checked above)
    try:
        with build_opener(_SameSite).open(request, timeout=SECONDS) as answer:
            body = bytes(answer.read(LARGEST + 1))
    except HTTPError as error:
        with error:
            if error.code != 404:
                raise OSError(f"{url} answered with {error.code}") from error
            body = error.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise OSError(f"{url} answered with too much")
    return body
