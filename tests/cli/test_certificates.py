"""`flask careers` and `flask certificates`, as people and scripts type them."""

from __future__ import annotations

import json

import pytest

from tests.factories.accounts import NOW
from tests.factories.careers import (
    CATEGORY,
    NOTE,
    add_grade,
    granted_decision,
    issued_certificate,
    make_team,
    ready_learner,
)
from trainer.domain.events import Event
from trainer.services import category_decisions
from trainer.services.badge_pictures import baked_badge
from trainer.services.certificate_files import badge_bytes, document_bytes
from trainer.services.certificate_keys import issuer_document
from trainer.store import calls
from trainer.store import certificates as store

ADDRESS = "https://trainer.example"


@pytest.fixture
def runner(app):
    """Tells what goes to stdout from what goes to stderr."""
    return app.test_cli_runner(mix_stderr=False)


@pytest.fixture
def team(session, organisation):
    return make_team(session, organisation)


@pytest.fixture
def certificate(session, ports, team, monkeypatch):
    return issued_certificate(session, ports, team, monkeypatch)


def test_deciding_prints_every_condition_and_what_is_missing(runner, team):
    result = runner.invoke(args=["careers", "decide", "ZOE@example.org", CATEGORY])
    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert answer["granted"] is False
    assert [gate["id"] for gate in answer["gates"]] == ["course", "scenarios", "clean", "attestation"]
    assert {"gate": "scenarios", "code": "scenarios_missing", "params": {"count": 2}} in answer["missing"]


def test_decide_issue_verify_revoke_is_one_way(runner, session, team, monkeypatch, tmp_path):
    ready_learner(session, team, monkeypatch)
    category_decisions.attest(session, team.supervisor.actor, team.learner.public_id, CATEGORY, NOTE, NOW)
    decided = runner.invoke(args=["careers", "decide", team.learner.public_id, CATEGORY])
    assert decided.exit_code == 0
    pdf = str(tmp_path / "c.pdf")
    command = ["certificates", "issue", "--decision", json.loads(decided.stdout)["decision"], "--address", ADDRESS]
    issued = runner.invoke(args=[*command, "--pdf", pdf])
    assert issued.exit_code == 0
    line = json.loads(issued.stdout)
    assert line["verify_url"].startswith(f"{ADDRESS}/v/")
    assert json.loads(runner.invoke(args=command).stdout) == line
    for what in (pdf, line["verify_url"]):
        checked = runner.invoke(args=["certificates", "verify", what])
        assert (checked.exit_code, json.loads(checked.stdout)["status"]) == (0, "valid")
    revoked = runner.invoke(args=["certificates", "revoke", line["number"].lower(), "--reason", "Taken in error."])
    assert revoked.exit_code == 0
    for what in (pdf, line["verify_url"]):
        checked = runner.invoke(args=["certificates", "verify", what])
        answer = json.loads(checked.stdout)
        assert (checked.exit_code, answer["status"], answer["reason"]) == (1, "revoked", "Taken in error.")
    again = runner.invoke(args=["certificates", "revoke", line["number"], "--reason", "Taken in error."])
    assert (again.exit_code, again.stderr) == (1, "Error: this certificate is revoked already\n")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["careers", "decide", "nobody@example.org", CATEGORY], "no such person"),
        (["careers", "decide", "zoe@example.org", "emperor"], "no such category"),
        (["careers", "decide", "zoe@example.org", "manager"], "no conditions yet"),
        (["certificates", "issue", "--decision", "none"], "nothing with this id"),
        (["certificates", "issue", "--decision", "none", "--address", "trainer"], "no address of a site"),
        (["certificates", "verify", "no-such-file.pdf"], "No such file"),
        (["certificates", "revoke", "2026-AAAA-AAAA", "--reason", "Because."], "no certificate with this id"),
        (["certificates", "issue"], "Missing option"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(runner, team, command, said):
    result = runner.invoke(args=command)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_refused_decision_cannot_be_issued(runner, session, team):
    decision = category_decisions.decide_category(session, team.supervisor.actor, team.learner.public_id, CATEGORY, NOW)
    result = runner.invoke(args=["certificates", "issue", "--decision", decision.public_id])
    assert result.exit_code == 1
    assert "was not granted" in result.stderr


def test_a_tampered_file_exits_with_1_and_says_why(runner, certificate, tmp_path):
    document = json.loads(document_bytes(certificate))
    document["credential"]["name"] = "Manager"
    path = tmp_path / "c.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    result = runner.invoke(args=["certificates", "verify", str(path)])
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["status"], answer["problems"]) == (1, "not_genuine", ["credential"])
    path.write_bytes(b"\x00" * 200)
    assert json.loads(runner.invoke(args=["certificates", "verify", str(path)]).stdout)["status"] == "unreadable"


def test_another_sites_file_is_checked_with_its_saved_issuer_document(runner, session, ports, certificate, tmp_path):
    file, issuer = tmp_path / "c.json", tmp_path / "issuer.json"
    file.write_bytes(document_bytes(certificate))
    document = issuer_document(session, ports, json.loads(certificate.record)["issuer"], "Centre")
    issuer.write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "keys").rename(tmp_path / "old-keys")  # another installation from here on, with keys of its own
    ports.signer.make_keys()
    assert runner.invoke(args=["certificates", "verify", str(file)]).exit_code == 1
    assert runner.invoke(args=["certificates", "verify", str(file), "--issuer", str(issuer)]).exit_code == 0
    issuer.write_text(json.dumps({**document, "id": f"{ADDRESS}/issuer/other"}), encoding="utf-8")
    other = runner.invoke(args=["certificates", "verify", str(file), "--issuer", str(issuer)])
    assert (other.exit_code, json.loads(other.stdout)["problems"]) == (1, ["issuer"])
    issuer.write_text("{}", encoding="utf-8")
    assert runner.invoke(args=["certificates", "verify", str(file), "--issuer", str(issuer)]).exit_code == 2


def test_bulk_issues_once_and_goes_on_after_a_fault(runner, session, team, monkeypatch, tmp_path):
    decision = granted_decision(session, team, monkeypatch)
    path = tmp_path / "decisions"
    path.write_text(f'nothing\n\n{decision.public_id}\n{{"decision": "{decision.public_id}"}}\n', encoding="utf-8")
    result = runner.invoke(args=["certificates", "bulk", str(path), "--address", ADDRESS])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert rows[0] == {"line": 1, "decision": "nothing", "error": "there is nothing with this id"}
    assert rows[1]["number"] == rows[2]["number"]
    assert len(store.certificates_of(session, [team.learner.id])) == 1


@pytest.mark.parametrize("form", ["json", "jwt", "png", "svg"])
def test_every_badge_file_is_checked(runner, certificate, tmp_path, form):
    path = tmp_path / f"badge.{form}"
    data = badge_bytes(certificate) if form == "json" else certificate.jwt.encode()
    path.write_bytes(baked_badge(certificate, form) if form in {"png", "svg"} else data)
    result = runner.invoke(args=["certificates", "verify", str(path)])
    assert (result.exit_code, json.loads(result.stdout)["status"]) == (0, "valid")
    path.write_bytes(path.read_bytes()[:-40])
    assert runner.invoke(args=["certificates", "verify", str(path)]).exit_code == 1


def test_evidence_is_compared_with_the_store(runner, session, team, certificate, tmp_path):
    path = tmp_path / "badge.json"
    path.write_bytes(badge_bytes(certificate))
    command = ["certificates", "verify", str(path), "--with-evidence"]

    def rows() -> tuple[int, list[tuple[str, str]]]:
        result = runner.invoke(args=command)
        return result.exit_code, [(row["events"], row["grade"]) for row in json.loads(result.stdout)["evidence"]]

    assert rows() == (0, [("agrees", "agrees")] * 2)
    first, second = (
        calls.find_call(session, team.organisation.id, row["id"]) for row in json.loads(certificate.record)["calls"]
    )
    add_grade(session, first, passed=False, grade={"overall": 3, "errors": []})
    session.commit()
    assert rows() == (0, [("agrees", "agrees")] * 2), "graded again, and the grade that counted is still there"
    calls.append_events(session, first, [Event(3, 950, "customer_line", {"text": "Never said."})])
    session.commit()
    assert rows() == (1, [("differs", "agrees"), ("agrees", "agrees")])
    calls.erase_call(session, second)
    session.commit()
    assert rows()[1][1] == ("gone", "gone")


def test_evidence_of_others_is_not_here(runner, certificate, tmp_path):
    path = tmp_path / "c.json"
    path.write_text("{}", encoding="utf-8")
    result = runner.invoke(args=["certificates", "verify", str(path), "--with-evidence"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "issued here" in result.stderr


def test_keys_are_listed_and_changed(runner, certificate, ports):
    def listed(*command: str) -> list[tuple[str, str, str]]:
        result = runner.invoke(args=["certificates", "keys", *command])
        assert result.exit_code == 0, result.stderr
        return [(row["key"], row["kind"], row["state"]) for row in map(json.loads, result.stdout.splitlines())]

    before = listed("list")
    assert [(kind, state) for _, kind, state in before] == [("Ed25519", "in use"), ("RSA", "in use")]
    after = listed("rotate")
    assert after == listed("list")
    assert [state for _, _, state in after] == ["in use", "in use", "retired", "retired"]
    assert {name for name, _, state in after if state == "retired"} == {name for name, _, _ in before}
    (ports.signer.folder / "issuer.pem").unlink()
    for command in (["list"], ["rotate"]):
        result = runner.invoke(args=["certificates", "keys", *command])
        assert (result.exit_code, result.stdout) == (1, "")
        assert "is missing" in result.stderr
        assert result.stderr.count("\n") == 1
    assert [state for _, _, state in listed("rotate", "--lost")][:2] == ["in use", "in use"]


def test_a_check_without_a_key_or_a_database_makes_no_key(runner, certificate, ports, tmp_path):
    path = tmp_path / "badge.json"
    path.write_bytes(badge_bytes(certificate))
    (ports.signer.folder).rename(tmp_path / "away")
    assert runner.invoke(args=["certificates", "verify", str(path)]).exit_code == 1
    assert not ports.signer.folder.exists()


def test_preview_writes_every_sample_of_a_design(runner, tmp_path):
    out = tmp_path / "new" / "folder"
    result = runner.invoke(args=["certificates", "preview", "modern", "--out", str(out), "--language", "fr"])
    assert result.exit_code == 0
    files = sorted(out.iterdir())
    assert sorted(result.stdout.split()) == [str(path) for path in files]
    assert len(files) > 5
    assert all(path.read_bytes().startswith(b"%PDF-") and path.name.endswith("-fr.pdf") for path in files)


def test_preview_names_what_is_wrong_with_a_design(runner, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "design.yaml").write_text("slug: mine\n", encoding="utf-8")
    for design, status, words in (
        (str(folder), 1, "mine/design.yaml:1: 'version' is missing"),
        ("nothing", 2, "known:"),
    ):
        result = runner.invoke(args=["certificates", "preview", design, "--out", str(tmp_path / "out")])
        assert result.exit_code == status
        assert words in result.stderr
    assert not (tmp_path / "out").exists()
