"""Mending what was not heard: the last point said again, in other words, and what was told spelled letter by letter."""

from __future__ import annotations

import re

from trainer.domain.dialogue.draft import Draft
from trainer.domain.dialogue.pieces import awaited
from trainer.domain.dialogue.turn import Heard
from trainer.domain.dialogue.wording import choose, pool_of, texts_of
from trainer.domain.scenario import FormField
from trainer.domain.spoken import FILTERS

MOST_AGAIN = 3
"""Parts of a line that are said again; the weightiest stay."""
PATIENT_FOR = 2
"""Times in a row that the same point is said again without grudge."""
TELLS = frozenset({
    "offer", "promise", "price_statement", "closing", "done_notice", "objection_answer", "bad_news", "hold_notice",
    "transfer_notice", "identity_check", "anything_else",
})  # fmt: skip
"""Acts of a turn that is about more than not having heard."""
LABEL = 4
"""Letters from which a word of a field's label names it."""
PATIENT_FOR_SPELLING = 4
"""Times in a call that spelling is no waste of the customer's time."""
NO_POINT = frozenset({
    "says_again", "says_slowly", "resumes", "comes_back", "cut_off", "confirms", "permission_yes", "repeat", "enough_talk",
    "fine_thanks", "pleasantry", "thanks", "puzzled", "other_language", "manager", "offended", "hello_there", "impatient",
})  # fmt: skip
"""Pools of which nothing has to be said again when there is something else."""
_NAMED = {
    "email": re.compile(r"mail|courriel", re.IGNORECASE),
    "reference": re.compile(r"\b(?:reference|r[ée]f[ée]rence|order|commande|dossier|code)\b", re.IGNORECASE),
    "name": re.compile(r"\b(?:sur)?name\b|\bnom\b", re.IGNORECASE),
}


def say_again(draft: Draft, heard: Heard) -> bool:
    """ "Sorry, what was that?": the last point in other words; then short and slowly; from the third time on it annoys."""
    more = heard.facts or heard.asked or heard.acts & TELLS
    if "repeat" not in heard.remarks or more or not draft.before.last_line:
        return False
    again = draft.before.repeats
    draft.mark("repeated")
    if again >= PATIENT_FOR:
        draft.change("patience", -1, "repeated")
    small = draft.case.small_talk
    pool = "says_slowly" if again else "says_again"
    draft.say(pool, getattr(small, pool), "say_again")
    if not _piece_again(draft, slowly=again > 0):
        for name in _points(draft)[: 1 if again else MOST_AGAIN]:
            _in_other_words(draft, name, slowly=again > 0)
    if draft.silent:
        draft.say("repeat", small.repeat, "repeat")
    return True


def _points(draft: Draft) -> list[str]:
    """The pools that the last line was made of, those that say something, in the order they were said."""
    pools = [pool_of(wording)[0] for wording in draft.before.last_line]
    known = [pool for pool in dict.fromkeys(pools) if texts_of(draft.case, pool)]
    return [pool for pool in known if pool not in NO_POINT] or known[-1:]


def _in_other_words(draft: Draft, pool: str, *, slowly: bool) -> None:
    texts = texts_of(draft.case, pool)
    if slowly:  # the shortest that is left
        spent = {index for name, index in map(pool_of, draft.before.used) if name == pool}
        left = [text for index, text in enumerate(texts) if index not in spent] or list(texts)
        index = texts.index(min(left, key=len))
        text = _filled(draft, pool, texts[index])
        draft.say_made(f"{pool}.{index}/slowly", _slowly(text), "say_again")
        return
    wording, text = choose(draft.case, draft.before, pool, texts, frozenset(part[0] for part in draft.parts))
    draft.say_made(wording, _filled(draft, pool, text.replace(" / ", ", ")), "say_again")


def _filled(draft: Draft, pool: str, text: str) -> str:
    """The text with the value that the last line gave in its place ("It's {value}.")."""
    if "{value}" not in text:
        return text
    for known in texts_of(draft.case, pool):
        pattern = re.escape(known).replace(r"\{value\}", "(.+?)").replace("{value}", "(.+?)")
        if found := re.search(pattern + r"(?:$|\s)", draft.before.last_customer_line):
            return text.replace("{value}", found.group(1))
    return text.replace("{value}", draft.before.last_customer_line.rstrip("."))


def _slowly(text: str) -> str:
    """With a pause at each comma: what voices make of dots."""
    return re.sub(r",\s+", "... ", text)


def _piece_again(draft: Draft, *, slowly: bool) -> bool:
    """The piece that is waited on, and no other; what had been told before stays told."""
    waiting = awaited(draft.case, draft.state.dictating)
    if waiting is None or draft.state.dictating is None:
        return False
    topic, pieces = waiting
    _, wording, said = draft.state.dictating
    piece = pieces[said - 1]
    draft.say_made(f"topic.{topic.id}.{wording}/{said}again", _slowly(piece) if slowly else piece, "say_again")
    draft.topic = topic.id
    draft.waits = True
    return True


def spell(draft: Draft, heard: Heard) -> bool:
    """Asked to, the customer spells what they told: the thing that was named, else what they said last."""
    asked = [topic for topic in draft.case.topics if topic.id in heard.asked]
    if "spell" not in heard.remarks or any(_is_spelled(answer) for topic in asked for answer in topic.answers):
        return False
    told = [field for field in _spellable(draft) if _was_told(draft, field)]
    labelled = [f for f in told if any(w in heard.text.lower() for w in f.label.lower().split() if len(w) >= LABEL)]
    named = labelled or [f for f in told if (pattern := _NAMED.get(f.type)) and pattern.search(heard.text)]
    last = [f for f in told if _plain_of(f, draft.case.language) & _plain_all(draft.before.last_customer_line)]
    if not (named or last or told):
        return False
    field = (named or last or told)[0]
    if draft.state.marks["said:spelling"] < PATIENT_FOR_SPELLING:
        draft.mark("said:spelling")
    return draft.say("spells", draft.case.small_talk.spells, "answer", value=spelled_out(field, draft.case.language))


def _is_spelled(answer: str) -> bool:
    """The scenario itself has the answer letter by letter."""
    return re.search(r"(?:\b\w, ){2,}\w\b", answer) is not None


def spelled_out(field: FormField, language: str) -> str:
    """The value letter by letter, as it is said; of a name the last part, which is the one to get wrong."""
    if field.type == "email":
        return FILTERS["email_spelled"](field.truth, language)
    if field.type == "name":
        return FILTERS["spelled"](FILTERS["surname"](field.truth, language), language)
    return FILTERS["spelled"](field.truth, language)


def _spellable(draft: Draft) -> list[FormField]:
    """The form's names, addresses of mail and references; the customer's own name is always one."""
    fields = [field for field in draft.case.form if field.type in _NAMED]
    name = draft.case.persona.name
    own = [] if any(f.type == "name" for f in fields) else [FormField("name", "", "name", name)]
    record = [
        FormField(f"record.{line.id}", "", "reference", line.value)
        for line in draft.case.record
        if line.identity and re.fullmatch(r"[A-Z0-9-]{4,14}", line.value) and re.search(r"\d", line.value)
    ]
    return [*fields, *own, *(r for r in record if all(r.truth != f.truth for f in fields))]


def _was_told(draft: Draft, field: FormField) -> bool:
    return any(value_in(field, line, draft.case.language) for line in draft.state.said)


def value_in(field: FormField, line: str, language: str) -> bool:
    """The field's value was said in this line of the customer's, in one of the ways people say it."""
    plain = _plain(line)
    return any(form in plain for form in _plain_of(field, language))


def _plain_of(field: FormField, language: str) -> set[str]:
    """The ways in which the value may stand in a line, without spaces and points."""
    forms = {field.truth, field.spoken, FILTERS["spelled"](field.truth, language)}
    if field.type == "email":
        forms |= {FILTERS["email"](field.truth, language), FILTERS["email_spelled"](field.truth, language)}
    if field.type == "phone":
        forms.add(FILTERS["phone"](field.truth, language))
    if field.type == "name":
        forms.add(FILTERS["surname"](field.truth, language))
    return {plain for form in forms if len(plain := _plain(form)) > 1}


def _plain_all(line: str) -> set[str]:
    """Every stretch of whole words of a line, without spaces: small lines only."""
    words = re.findall(r"[^\W_]+", line.lower())
    return {"".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, min(len(words), i + 40) + 1)}


def _plain(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", text.lower()))
