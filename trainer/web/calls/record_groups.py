"""The headings under which the lines of a customer's record stand, in the order in which an operator reads them."""

from __future__ import annotations

from flask_babel import gettext as _


def record_groups() -> dict[str, str]:
    """Heading by the group's name in a scenario (`record: group`), in the page's language and in reading order.

    A group that is not named here is shown last, under its own name.
    """
    return {
        "customer": _("Customer"),
        "contact": _("Contact"),
        "consent": _("Consent"),
        "account": _("Account"),
        "card": _("Card"),
        "order": _("Order"),
        "booking": _("Booking"),
        "ride": _("Ride"),
        "contract": _("Contract"),
        "line": _("Line"),
        "machine": _("Machine"),
        "delivery": _("Delivery"),
        "payment": _("Payment"),
        "payments": _("Payments"),
        "scan": _("Scan"),
        "results": _("Results"),
        "change": _("Change"),
        "notice": _("Notice"),
        "offer": _("Offer"),
        "offers": _("Offers"),
        "stock": _("In stock"),
        "possible": _("What is possible"),
        "remedy": _("What you can offer"),
        "slots": _("Free appointments"),
        "calendar": _("Calendar"),
        "duty": _("On duty"),
        "desk": _("Departments"),
        "rules": _("Rules"),
        "request": _("Request from the website"),
        "questions": _("Questions"),
        "history": _("History"),
    }
