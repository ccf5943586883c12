"""Pages that take questions out and check files that are to come in; nothing is written into a course from there."""

from __future__ import annotations

import base64
import io
import re
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.cli.test_content_bank import DATA, NEW
from tests.conftest import SignIn
from tests.factories.courses import course_of_all_kinds
from trainer.content.bank_findings import Finding
from trainer.services.question_bank import MOST_BYTES
from trainer.store.audit import AuditEntry
from trainer.web.bank.messages import finding_sentence, texts

INFINITE = base64.b64encode(zlib.compress(b'[["a", Infinity]]\nx')).decode()
ENGLISH = NEW.format(id="new-one").encode()


@pytest.fixture
def course(app: Flask, tmp_path: Path) -> Iterator[Path]:
    with course_of_all_kinds(app, tmp_path) as folder:
        yield folder


@pytest.fixture(autouse=True)
def _author(course: Path, sign_in: SignIn) -> None:
    sign_in("author")


def send(client: FlaskClient, *files: tuple[str, bytes], **values: str) -> Any:
    names = ("file", "other")
    data: dict[str, Any] = {"course": "every-kind", "language": "en", **values}
    data |= {field: FileStorage(io.BytesIO(body), name) for field, (name, body) in zip(names, files, strict=False)}
    boundary, body = encode_multipart(data)  # in memory: a large one would leave a file of the system open
    return client.post("/bank/check", data=body, content_type=f"multipart/form-data; boundary={boundary}")


def carried(page: str) -> dict[str, str]:
    form = page[page.index('action="/bank/file"') : page.index("</form>", page.index('action="/bank/file"'))]
    return {name: unescape(value) for name, value in re.findall(r'name="(\w+)"[^>]*value="([^"]*)"', form)}


def text(page: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page.text)).split())


def test_each_course_can_be_taken_out(client: FlaskClient, session: Session) -> None:
    page = client.get("/bank/")
    assert page.text.count('href="/bank/every-kind/') == 3
    gift = client.get("/bank/every-kind/gift/fr")
    assert "Quarante pains" in gift.get_data(as_text=True)
    assert "every-kind.fr.gift" in gift.headers["Content-Disposition"]
    table = client.get("/bank/every-kind/csv")
    assert table.data.startswith(b"\xef\xbb\xbfid,kind,")
    assert client.get("/bank/every-kind/gift/de").status_code == 404
    assert client.get("/bank/none/csv").status_code == 404
    actions = [entry.details for entry in session.scalars(select(AuditEntry)) if entry.action == "bank.exported"]
    assert actions == [{"course": "every-kind", "format": "gift"}, {"course": "every-kind", "format": "csv"}]


def test_a_good_file_gives_the_yaml_and_leaves_the_course_alone(client: FlaskClient, course: Path) -> None:
    page = send(client, ("new.gift", ENGLISH), ("nouveau.gift", ENGLISH))
    assert page.status_code == 200
    assert "1 question can be taken" in text(page)
    assert "courses/every-kind/questions/new.yaml" in text(page)
    got = client.post("/bank/file", data=carried(page.text))
    assert (got.status_code, got.mimetype) == (200, "application/yaml")
    assert got.text.startswith("- id: new-one\n  kind: single\n")
    assert "new.yaml" in got.headers["Content-Disposition"]
    assert [path.name for path in (course / "questions").iterdir()] == ["01-all-of-it.yaml"]


def test_a_table_of_mistakes_is_shown_row_by_row(client: FlaskClient) -> None:
    page = send(client, ("m.csv", (DATA / "bank" / "mistakes.csv").read_bytes()))
    assert page.status_code == 422
    assert "14 mistakes" in text(page)
    assert "There is no duty “IN33”. Did you mean IN3?" in text(page)
    assert "option_2_feedback_fr" in page.text
    assert 'action="/bank/file"' not in page.text


def test_mistakes_are_told_in_french(client: FlaskClient, session: Session, sign_in: SignIn) -> None:
    person = sign_in("trainer")
    person.language = "fr"
    session.commit()
    page = send(client, ("m.csv", (DATA / "bank" / "mistakes.csv").read_bytes()))
    assert "Vouliez-vous dire IN3" in text(page)
    assert client.get("/bank/every-kind/csv").data.startswith(b"\xef\xbb\xbfid;kind;")


@pytest.mark.parametrize(
    ("files", "status", "words"),
    [
        ([], 422, "Choose a file."),
        ([("a.gift", b"")], 422, "This file is empty."),
        ([("a.gift", bytes(range(256)))], 422, "This file is no text."),
        ([("a.xlsx", b"PK")], 422, "Choose a file that ends in"),
        ([("a.gift", b"x" * (MOST_BYTES + 1))], 413, "at most 1 MB"),
        ([("a.gift", ENGLISH)], 422, "Français is missing"),
        ([("a.gift", ENGLISH), ("b.pdf", ENGLISH)], 422, "Choose a file that ends in"),
        ([("a.gift", b"<script>alert(1)</script> {=a")], 422, "A brace is open"),
    ],
)
def test_what_cannot_be_taken_says_what_to_do(
    client: FlaskClient, files: list[tuple[str, bytes]], status: int, words: str
) -> None:
    page = send(client, *files)
    assert page.status_code == status
    assert words in text(page)
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("values", [{"course": "none"}, {"course": ""}, {"language": "de"}])
def test_a_choice_that_is_none_is_refused(client: FlaskClient, values: dict[str, str]) -> None:
    assert send(client, ("a.gift", ENGLISH), ("b.gift", ENGLISH), **values).status_code == 422


@pytest.mark.parametrize("files", ["", "%%%", "aGVsbG8=", "eJwrSSwuAQAEXQHB", "x" * 5000, INFINITE])
def test_a_download_of_what_was_not_checked_is_refused(client: FlaskClient, files: str) -> None:
    sent = {"course": "every-kind", "language": "en", "files": files}
    assert client.post("/bank/file", data=sent).status_code == 422


def test_every_sentence_has_its_gaps_filled(app: Flask) -> None:
    with app.test_request_context():
        for code, sentence in texts().items():
            params = dict.fromkeys(re.findall(r"%\((\w+)\)s", sentence), "X")
            assert "%(" not in finding_sentence(Finding(1, code, params=params))
