"""`flask users`: accounts from the command line, for the first administrator and for scripts."""

from __future__ import annotations

import os
import sys

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from trainer.domain.errors import TrainerError
from trainer.domain.roles import ROLES, Actor
from trainer.services import accounts
from trainer.store.accounts import Organisation, find_organisation
from trainer.web import context

SENTENCES = {
    "error.bad_email": "the e-mail address must look like name@example.org",
    "error.bad_name": "the name must have 1 to 120 characters",
    "error.bad_password_length": "the password must have 10 to 200 characters",
    "error.password_too_plain": "the password must have more than three different characters",
    "error.email_taken": "there is already an account with this e-mail address",
    "error.already_member": "this person already has an account in the organisation",
}


@click.group()
def users() -> None:
    """People who may sign in."""


@users.command()
@click.argument("email")
@click.option("--name", default="", help="The person's name; needed unless they are invited.")
@click.option("--role", "roles", multiple=True, type=click.Choice(ROLES), default=("learner",), show_default=True)
@click.option("--organisation", required=True, help="The organisation's name; made if there is none yet.")
@click.option("--language", type=click.Choice(accounts.LANGUAGES), default="en", show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@with_appcontext
def add(email: str, name: str, roles: tuple[str, ...], organisation: str, language: str, password_stdin: bool) -> None:
    """Add EMAIL with the password in USER_PASSWORD or on standard input; without one, print an invitation link."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else os.environ.get("USER_PASSWORD", "")
    if (password or password_stdin) and not name:
        raise click.UsageError("an account with a password needs --name")
    session, now = context.session(), context.now()
    try:
        place = find_organisation(session, organisation) or accounts.add_organisation(
            session, organisation, language, now
        )
        if password or password_stdin:
            user = accounts.add_user(
                session, place, name=name, email=email, roles=roles, language=language, password=password, now=now
            )
            click.echo(f"{user.email} may sign in as {', '.join(user.ordered_roles)} of {place.name}")
        else:
            click.echo(_invitation_link(session, place, email, name, roles, language))
    except TrainerError as error:
        session.rollback()
        click.echo(f"Error: {SENTENCES.get(error.code, error.code)}", err=True)
        sys.exit(1)


def _invitation_link(
    session: Session, place: Organisation, email: str, name: str, roles: tuple[str, ...], language: str
) -> str:
    """The path, or the whole address where PUBLIC_URL is set: a command does not know where the site is served."""
    operator = Actor(user_id=0, organisation_id=place.id, roles=frozenset({"admin"}), name="command line")
    _, token = accounts.invite(
        session, operator, email=email, name=name, roles=roles, language=language, now=context.now()
    )
    return f"{context.settings().public_url}/join/{token}"
