"""Extensions, born unbound. The factory binds them; nothing imports the factory to reach them."""

from __future__ import annotations

from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_talisman import Talisman
from flask_wtf import CSRFProtect
from sqlalchemy.orm import DeclarativeBase

from trainer.store.state_versions import CountingSession


class Base(DeclarativeBase):
    """Every table of the product. Constraint names are given, so that migrations can name them on any database."""


Base.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

db = SQLAlchemy(model_class=Base, session_options={"class_": CountingSession})
migrate = Migrate()
login = LoginManager()
babel = Babel()
babel.date_formats = {
    # The day before the month and 24 hours, in English as in French: 11/5/26 says two different days in Dublin and Boston.
    **babel.default_date_formats,
    "date.short": "d MMM y", "date.medium": "d MMM y", "date.long": "d MMMM y",
    "datetime.short": "d MMM y, HH:mm", "datetime.medium": "d MMM y, HH:mm", "datetime.long": "d MMMM y, HH:mm",
}  # fmt: skip
csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address)
talisman = Talisman()
bootstrap = Bootstrap5()
