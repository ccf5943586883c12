"""The sentences of errors that any page can meet."""

from __future__ import annotations

from flask_babel import gettext as _


def title_of(status: int) -> tuple[str, str]:
    """Title and sentence for an HTTP status."""
    known = {400: _unclear, 401: _stranger, 403: _role, 404: _nothing, 405: _method, 409: _first, 413: _large}
    known |= {415: _kind, 422: _values, 429: _slower, 503: _away, 507: _full}
    return known.get(status, _unclear if 400 <= status < 500 else _ours)()


def _unclear() -> tuple[str, str]:
    text = _("The request could not be understood. Go back, reload the page and try again.")
    return _("That did not arrive as it should"), text


def _stranger() -> tuple[str, str]:
    return _("Please sign in"), _("You need to sign in to see this.")


def _role() -> tuple[str, str]:
    text = _("Your account does not include this page. If you need it, ask your organisation's administrator.")
    return _("Not for your role"), text


def _nothing() -> tuple[str, str]:
    text = _("There is no such page, or it is not yours to see. Check the address, or begin at the first page.")
    return _("Nothing here"), text


def _method() -> tuple[str, str]:
    return _("Not this way"), _("This address cannot be used like that. Go back and try again from the page before.")


def _first() -> tuple[str, str]:
    return _("Someone was first"), _("This was changed in the meantime. Reload the page to see how it stands now.")


def _large() -> tuple[str, str]:
    return _("Too large"), _("What you sent is too large. Send at most 16 megabytes at a time.")


def _kind() -> tuple[str, str]:
    return _("Not this kind of file"), _("What you sent is of a kind that cannot be used here.")


def _values() -> tuple[str, str]:
    return _("Please check what you entered"), _("Some of the values cannot be used. Go back and correct them.")


def _slower() -> tuple[str, str]:
    return _("A little slower, please"), _("That was tried too often. Wait a minute, then try again.")


def _away() -> tuple[str, str]:
    return _("Not available just now"), _("A part that this needs is not working. Try again in a few minutes.")


def _full() -> tuple[str, str]:
    text = _("There is no room to store this. Nothing was lost: keep the page open and try again later.")
    return _("No room left"), text


def _ours() -> tuple[str, str]:
    text = _("The error is on our side and was noted. Nothing you saved is lost; please try again.")
    return _("Something went wrong here"), text


def texts() -> dict[str, str]:
    """{code: sentence} of the codes in `trainer.domain.errors`, of sessions and of accounts."""
    return {
        "error.bad_request": _unclear()[1],
        "error.not_found": _nothing()[1],
        "error.not_allowed": _role()[1],
        "error.conflict": _first()[1],
        "error.invalid": _values()[1],
        "error.too_large": _large()[1],
        "error.storage_full": _full()[1],
        "error.unavailable": _away()[1],
        "error.unforeseen": _ours()[1],
        "error.audio_rejected": _("This sound file cannot be used. Record it again and send it once more."),
        "error.signed_out": _("You were signed out. Sign in again; what you had begun is kept on this page."),
        "error.csrf": _("This page was open for too long. Reload it and try again."),
        **_account_texts(),
        **_link_texts(),
    }


def _account_texts() -> dict[str, str]:
    return {
        "error.sign_in_failed": _("The e-mail address and the password do not fit together. Please try again."),
        "error.bad_email": _("Enter an e-mail address such as name@example.org."),
        "error.bad_roles": _("Choose at least one role."),
        "error.bad_name": _("Enter a name of at most 120 characters."),
        "error.bad_language": _("Choose one of the languages in the list."),
        "error.bad_password_length": _("Use between %(shortest)s and %(longest)s characters."),
        "error.password_too_plain": _("Use more than three different characters."),
        "error.wrong_old_password": _("This is not your present password."),
        "error.email_taken": _("There is already an account with this address. Sign in with it instead."),
        "error.already_member": _("This person already has an account in your organisation."),
        "error.organisation_exists": _("There is already an organisation with this name."),
        "error.last_admin": _("This is the only administrator. Make someone else an administrator first."),
        "error.deactivate_self": _("You cannot close your own account. Ask another administrator."),
    }


def _link_texts() -> dict[str, str]:
    return {
        "error.invitation_unknown": _(
            "This invitation link does not work. Copy the whole link, or ask for a new invitation."
        ),
        "error.invitation_used": _("This invitation was already used. Sign in with the password you chose."),
        "error.invitation_expired": _("This invitation has expired. Ask the person who invited you for a new one."),
        "error.reset_unknown": _("This link to choose a new password does not work any more. Ask for a new one."),
    }
