"""A small voice menu for tests: two steps, two queues."""

from __future__ import annotations

from trainer.domain.telephone import Choice, Menu, MenuStep, Queue

WEEK = tuple("12345")
MENU = Menu(
    company="parcelo",
    steps=(
        MenuStep(
            "main",
            "For parcels, press 1. For bills, press 2.",
            (
                Choice("1", "Parcels", "parcels", ("parcel", "delivery", "late parcel")),
                Choice("2", "Bills", "bills", ("bill", "invoice")),
            ),
        ),
        MenuStep(
            "parcels",
            "If it is late, press 2.",
            (Choice("2", "Late", "late", ("late", "delayed")), Choice("9", "Other", "bills", ("other", "else"))),
        ),
    ),
    queues=(
        Queue("late", "Late parcels", "Please wait.", "We are closed.", WEEK, "08:00", "18:00"),
        Queue("bills", "Bills", "One moment.", "Closed, sorry.", WEEK, "09:00", "17:00"),
    ),
    unclear=("Sorry?", "Once more?", "Pardon?"),
)
