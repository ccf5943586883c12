"""Lists of an organisation's people."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tests.factories.accounts import make_user
from trainer.store.accounts import Organisation, list_people


def test_lists_put_accents_and_small_letters_where_people_look_for_them(
    session: Session, organisation: Organisation
) -> None:
    for name in ("Zoé", "élodie", "Eva", "de Vries", "Adam", "Çelik"):
        make_user(session, organisation, ["learner"], name=name)
    gone = make_user(session, organisation, ["learner"], name="Aaron")
    gone.is_active = False
    session.commit()
    people, total = list_people(session, organisation.id)
    assert [one.name for one in people] == ["Adam", "Çelik", "de Vries", "élodie", "Eva", "Zoé", "Aaron"]
    assert total == 7
    pages = [list_people(session, organisation.id, limit=3, offset=start)[0] for start in (0, 3, 6, 9)]
    assert [one for page in pages for one in page] == people
    gone.name = "Émile"
    session.commit()
    assert list_people(session, organisation.id, search="mile")[0][0].name == "Émile"
    assert gone.sort_name == "emile"
