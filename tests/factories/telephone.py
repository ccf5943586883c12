"""Cases whose telephone does more: a colleague to brief, a number that is not answered at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.factories.calls import make_case
from trainer.domain.scenario import Case, End
from trainer.domain.telephone import Dialling, Need, OtherPerson, Specialist


def handed_over_case(**changes: Any) -> Case:
    """The right end is the customs desk, whose colleague needs the name and what is stuck."""
    end = End("transferred", ("goal:redelivery", "consulted"), True, (), to="specialist")
    specialist = Specialist(
        department="specialist",
        name="Ines Moreau",
        sex="female",
        age=44,
        rate=1.0,
        greeting=("Customs, Ines speaking.", "Ines here, customs desk.", "Customs desk, hello."),
        needs=(
            Need("who", "Who is calling", ("Who is it?", "And the name?", "Who do you have there?"), (), ("Ana Diaz",)),
            Need(
                "what",
                "What is stuck",
                ("What's it about?", "And the problem?", "What do they need?"),
                ("the parcel is stuck in customs", "a parcel is held at customs", "it is about a parcel"),
            ),
        ),
        takes=("Fine, put them through.", "Good, I'll take it.", "Okay, send them over."),
        declines=("Call me back when you know.", "I need more than that, sorry.", "No, not like this."),
    )
    places = (("specialist", "The customs desk"), ("billing", "Billing"))
    return replace(make_case(), ends=(end,), specialists=(specialist,), transfer_to=places, **changes)


def dialled_case(*attempts: str, **changes: Any) -> Case:
    """An outbound call; a brother or a machine may pick up."""
    other = OtherPerson(
        name="Luis Diaz",
        sex="male",
        age=50,
        who="her brother",
        greeting=("Hello, Luis Diaz?", "Diaz, hello.", "Yes, hello?"),
        away=("Ana's out till six.", "She's at work, back at six.", "No, my sister's not in."),
        curious=("What's it about?", "Can I tell her something?", "Is it the parcel?"),
        goodbye=("Bye then.", "Okay, bye.", "I'll tell her you rang."),
    )
    machine = ("You've reached Ana. Leave a message.",)
    dialling = Dialling(attempts=attempts, voicemail=machine, other=other)
    return replace(make_case(), direction="outbound", dialling=dialling, **changes)
