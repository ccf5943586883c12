"""Acts: what the speaker does with a clause. Tables of phrases by theme, and the engine that matches them."""

from __future__ import annotations

from trainer.language.acts.asking import ASKING
from trainer.language.acts.caring import CARING
from trainer.language.acts.contact import CONTACT
from trainer.language.acts.harm import HARM
from trainer.language.acts.rules import Rule
from trainer.language.acts.telling import TELLING

RULES: tuple[Rule, ...] = (*CONTACT, *CARING, *ASKING, *TELLING, *HARM)
