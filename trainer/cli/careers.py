"""`flask careers`: decisions over categories from the command line, for scripts and for the first days of a site."""

from __future__ import annotations

import json
import sys
from typing import Any, NoReturn

import click
from flask.cli import with_appcontext

from trainer.domain.credential import iso
from trainer.domain.errors import TrainerError
from trainer.domain.roles import Actor
from trainer.services import careers as service
from trainer.services import category_decisions
from trainer.store.accounts import User
from trainer.store.careers import Decision, find_decision
from trainer.web import context

SENTENCES = {
    "error.not_found": "there is no such person; give the e-mail address of an account",
    "career.unknown_category": "there is no such category on the career ladder",
    "career.no_gates": "this category has no conditions yet, so it cannot be decided",
    "career.already_held": "this person already holds a valid certificate of this category",
}


def operator(organisation_id: int) -> Actor:
    """Whoever may type commands on this machine; the user number 0 stands for them."""
    return Actor(user_id=0, organisation_id=organisation_id, roles=frozenset({"admin"}), name="command line")


def fail(text: str, status: int = 2) -> NoReturn:
    """One clear line on stderr, and the end: 2 for wrong use, 1 for a check that failed."""
    click.echo(f"Error: {text}", err=True)
    sys.exit(status)


@click.group("careers")
def careers() -> None:
    """Categories on the career ladder."""


@careers.command("decide")
@click.argument("person")
@click.argument("category")
@click.option("--draft", is_flag=True, help="Say what the decision would be, and keep nothing.")
@with_appcontext
def decide(person: str, category: str, draft: bool) -> None:
    """Decide over CATEGORY (such as operator-3) for PERSON, an e-mail address or an id.

    Prints the decision with every condition as JSON. Exit code 0 when it is granted, 1 when it is not.
    """
    session = context.session()
    found = service.find_anyone(session, person)
    if found is None:
        fail(SENTENCES["error.not_found"])
    actor, now = operator(found.organisation_id), context.now()
    try:
        if draft:
            decision = category_decisions.decision_of(
                actor, category_decisions.draft_decision(session, actor, found.public_id, category, now), now
            )
        else:
            decision = category_decisions.decide_category(session, actor, found.public_id, category, now)
    except TrainerError as error:
        session.rollback()
        fail(SENTENCES.get(error.code, error.code))
    click.echo(json.dumps(_document(decision, found), ensure_ascii=False))
    sys.exit(0 if decision.granted else 1)


@careers.command("check")
@click.argument("decision")
@with_appcontext
def check(decision: str) -> None:
    """Make DECISION (an id) again from the records and rules that it was made from. Exit code 0 when it says the same."""
    found = find_decision(context.session(), decision, None)
    if found is None:
        fail("there is no decision with this id")
    same = category_decisions.made_again(context.session(), found)
    if same is None:
        fail("this decision was made before records were kept with decisions", 1)
    click.echo(json.dumps({"decision": found.public_id, "same": same, "inputs_sha256": found.inputs_sha256}))
    sys.exit(0 if same else 1)


def _document(decision: Decision, person: User) -> dict[str, Any]:
    missing = [
        {"gate": gate["id"], **remark} for gate in decision.gates if not gate["passed"] for remark in gate["remarks"]
    ]
    return {
        "decision": decision.public_id,
        "draft": decision.public_id is None,
        "person": person.email or person.public_id,
        "category": decision.category,
        "ladder": decision.ladder,
        "granted": decision.granted,
        "outcome": decision.outcome,
        "renewal": decision.is_renewal,
        "at": iso(decision.at),
        "gates": decision.gates,
        "missing": missing,
    }
