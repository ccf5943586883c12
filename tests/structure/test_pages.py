"""Conventions of routes and templates, read from the application and the files themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from trainer.config import ROOT

TEMPLATES = sorted(path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.*"))
PAGES = [name for name in TEMPLATES if name.endswith(".html")]


def source(name: str) -> str:
    return (ROOT / "templates" / name).read_text(encoding="utf-8")


def test_every_route_declares_its_guard(app: Flask) -> None:
    ours = {name for name in app.view_functions if not name.endswith("static")}
    assert not {name for name in ours if not hasattr(app.view_functions[name], "guard")}
    kinds = {app.view_functions[name].guard[0] for name in ours}
    assert kinds <= {"public", "token", "signed_in", "roles"}


def test_links_are_the_only_guard_of_addresses_with_a_token(app: Flask) -> None:
    """A token in an address is checked by a service, so the view must say that it relies on that."""
    for rule in app.url_map.iter_rules():
        if "token" in rule.arguments:
            assert app.view_functions[rule.endpoint].guard[0] in {"token", "public"}, rule.rule


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles_and_finds_its_parts(app: Flask, name: str) -> None:
    app.jinja_env.get_template(name)
    for part in re.findall(r"{%-?\s*(?:extends|include|import|from)\s+\"([^\"]+)\"", source(name)):
        assert part in TEMPLATES, f"{name} asks for {part}"


@pytest.mark.parametrize("name", PAGES)
def test_template_leads_to_routes_that_exist(app: Flask, name: str) -> None:
    """Where the blueprint is on the application; a link to one that may be missing asks `known_endpoints` first."""
    for endpoint in re.findall(r"url_for\(\s*[\"']([\w.]+)[\"']", source(name)):
        if endpoint.split(".")[0] in app.blueprints:
            assert endpoint in app.view_functions, f"{name} leads to {endpoint}"


@pytest.mark.parametrize("name", PAGES)
def test_page_keeps_the_content_security_policy(name: str) -> None:
    text = re.sub(r"{#.*?#}", "", source(name), flags=re.DOTALL)
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script or 'type="application/json"' in script, f"inline script: {script}"
    assert not re.findall(r"<style\b", text), "inline style sheet"
    assert not re.findall(r"<[a-z][^>]*\sstyle=", text), "inline style"
    assert not re.findall(r"<[a-z][^>]*\son[a-z]+=", text), "inline handler"
    assert not re.findall(r"(?:src|action)=[\"']https?://", text), "something from the network"


@pytest.mark.parametrize("name", PAGES)
def test_form_that_posts_carries_a_token(name: str) -> None:
    for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", source(name), flags=re.DOTALL):
        assert "csrf_token" in form or "hidden_tag()" in form, form[:200]


@pytest.mark.parametrize("path", sorted((ROOT / "trainer" / "web" / "static").rglob("*.*")), ids=lambda path: path.name)
def test_static_file_needs_nothing_from_the_network(path: Path) -> None:
    if path.suffix in {".css", ".js", ".mjs"}:
        text = path.read_text(encoding="utf-8")
        assert not re.findall(r"(?:url\(|import\s|from\s|fetch\()\s*[\"'`]?(?:https?:)?//", text)
