"""The errors a person can cause, each with one HTTP status and one sentence (by id, so the web layer can translate)."""

from __future__ import annotations


class TrainerError(Exception):
    """Root of the product's own errors. `code` is the id of the sentence shown; `params` fill its gaps."""

    status = 400
    code = "error.bad_request"

    def __init__(self, code: str | None = None, **params: object) -> None:
        self.code = code or type(self).code
        self.params = params
        super().__init__(self.code + (f" {params}" if params else ""))


class NotFound(TrainerError):
    """It does not exist, or not for this person: both look the same from outside."""

    status = 404
    code = "error.not_found"


class NotAllowed(TrainerError):
    status = 403
    code = "error.not_allowed"


class Conflict(TrainerError):
    """Someone, or another tab, was first."""

    status = 409
    code = "error.conflict"


class Invalid(TrainerError):
    """The values given cannot be used; `params["field"]` names the field where there is one."""

    status = 422
    code = "error.invalid"


class TooLarge(TrainerError):
    status = 413
    code = "error.too_large"


class StoreFull(TrainerError):
    """No room to keep what was sent; the sender keeps it and may send it again."""

    status = 507
    code = "error.storage_full"
