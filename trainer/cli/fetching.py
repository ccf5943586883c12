"""Reading another site's JSON over HTTP, for commands that a person typed."""

from __future__ import annotations

from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

LARGEST = 4 * 1024 * 1024
SECONDS = 15


class Unreachable(OSError):
    """The site did not answer, or not with what can be read; the message says which and why."""


class _SameSite(HTTPRedirectHandler):
    """Follows redirects on the same site only: another site's answer would prove nothing about this one."""

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            raise Unreachable(f"{req.full_url} leads away to another site")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch_json(url: str) -> bytes:
    """The body at `url`, at most 4 MiB. A page that answers "not found" in JSON is read too. Raises Unreachable."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise Unreachable(f"{url} is no http address")
    request = Request(url, headers={"Accept": "application/json"})  # noqa: S310  (the scheme is checked above)
    try:
        with build_opener(_SameSite).open(request, timeout=SECONDS) as answer:
            body = bytes(answer.read(LARGEST + 1))
    except HTTPError as error:
        with error:
            if error.code != 404:
                raise Unreachable(f"{url} answered with {error.code}") from error
            body = error.read(LARGEST + 1)
    except Unreachable:
        raise
    except (OSError, HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        why = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        raise Unreachable(f"{url} cannot be reached: {why}") from error
    if len(body) > LARGEST:
        raise Unreachable(f"{url} answered with too much")
    return body
