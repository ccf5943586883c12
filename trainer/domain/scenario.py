"""A scenario: the content of one simulated call, and the case a learner meets when a form of it is drawn.

A `Scenario` holds one `Case` template a language, whose texts may name variables ("{fee}"). `open_case` draws the
variables from a seed and fills them in, so that two learners get equal but different calls, and the same
(scenario version, seed) always gives the same case. Everything after that (the customer, the console, grading) works
on the filled `Case`, in one language. `trainer.content.scenarios` reads the YAML form; see docs/scenario-format.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from trainer.domain.desk import Article, OtherCustomer, Sheet, Snippet
from trainer.domain.telephone import Dialling, Menu, SoundOfLine, Specialist

FACT_KINDS = ("money", "percent", "duration", "date", "time", "number", "phone", "policy", "name", "text")
FIELD_TYPES = ("text", "name", "phone", "email", "date", "money", "number", "reference", "choice", "address", "note")
VARIABLE_KINDS = ("text", "name", "phone", "email", "date", "money", "number", "time", "reference", "policy")
DUTIES = tuple(f"IN{n}" for n in range(1, 9)) + tuple(f"OUT{n}" for n in range(1, 7))
OBJECTION_TYPES = (
    "price", "no_need", "no_time", "no_trust", "competitor", "think_about_it", "send_by_email", "authority",
    "bad_experience", "angry_complaint", "privacy", "contract_terms", "quality_doubt", "delivery_delay",
    "wants_manager", "already_have", "too_complex", "survey_refusal",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """Something true of the company or of this customer's file.

    `value` is canonical (money "11.00", percent "15", duration ISO 8601, date ISO, time "14:30", policy "yes"/"no").
    `keywords` are words near which such a value asserts this fact; `accept` are other values that are also true;
    `disclose` is "anyone", "identified" (only after the identity check) or "never"; `promise` says whether an
    operator may promise it; `say` is how a good operator would say it.
    """

    id: str
    kind: str
    value: str
    keywords: tuple[str, ...]
    say: str
    accept: tuple[str, ...] = ()
    disclose: str = "anyone"
    promise: bool = False


@dataclass(frozen=True, slots=True)
class Company:
    """Facts, manners and limits of the company the operator answers for. `must_not` is told to the learner."""

    slug: str
    name: str
    sector: str
    about: str
    currency: str
    facts: tuple[Fact, ...]
    must_not: tuple[str, ...] = ()
    articles: tuple[Article, ...] = ()
    snippets: tuple[Snippet, ...] = ()
    customers: tuple[OtherCustomer, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """What a reply has to do. Every given part must hold; an empty part asks nothing.

    acts: any one of these acts; facts: all of these stated truly; any_facts: at least one of these; topics: asks or
    speaks about one of these; question: "open", "closed" or "any"; reflects: takes up what the customer said;
    goals: these goals are already met, or marks such as "resolved:price"; told: the customer has already told one of
    these topics; screen: these screen actions or fields were done ("open:order", "field:phone").

    Facts may have been stated in earlier turns too, but a condition that asks for facts holds only in a turn that
    states one of them, so that nothing is agreed to by a sentence about something else.
    """

    acts: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    any_facts: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    question: str = ""
    reflects: bool = False
    goals: tuple[str, ...] = ()
    screen: tuple[str, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def asked_facts(self) -> frozenset[str]:
        """Every fact it asks for, all of them or one."""
        return frozenset((*self.facts, *self.any_facts))


@dataclass(frozen=True, slots=True)
class Topic:
    """Something the customer can be asked about. `phrases` are ways an operator asks; `answers` five wordings or more.

    `only_if` withholds it: "" (tells it when asked), "open_question", "trust:6", "goal:<id>", "told:<topic>", "never".
    `volunteers` marks what the customer says without being asked, when the call gives room. `withheld` is said when
    it is asked too early; `identity` marks an answer that counts towards the identity check (two of them identify).
    `effects` are moved by telling it: (("trust", 1),). `in_pieces` marks answers that are dictated: each wording has
    " / " where the customer waits for the operator to follow. `mistaken` is what they answer at first, having taken
    the question for another one; asked again, they tell it.
    """

    id: str
    phrases: tuple[str, ...]
    answers: tuple[str, ...]
    only_if: str = ""
    volunteers: bool = False
    effects: tuple[tuple[str, int], ...] = ()
    withheld: tuple[str, ...] = ()
    identity: bool = False
    in_pieces: bool = False
    mistaken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Objection:
    """What the customer holds against it: what is said, what lies behind, and what changes their mind.

    `raised` is when: "opening", "goal:<id>" (once that goal is met), "act:offer", "resolved:<objection>".
    Meeting one of `softened_by` lowers resistance; one of `resolved_by` settles it; an act in `deepened_by` raises
    resistance. `firm_no` lines end the matter: pressing after one is an error. `strength` 1 to 5.
    `firm` "yes" means that this customer will not be won: where others are, they end with the firm no (a form draws
    it); `final_by` is what brings it out, where that is less than an answer. `firm_after` is how often they insist
    before they say no for want of an answer; 0 means that they never do.
    """

    id: str
    type: str
    strength: int
    raised: str
    lines: tuple[str, ...]
    insists: tuple[str, ...]
    softens: tuple[str, ...]
    resolved: tuple[str, ...]
    softened_by: tuple[Condition, ...]
    resolved_by: tuple[Condition, ...]
    deepened_by: tuple[str, ...] = ("pressure", "rude", "blame")
    cause: str = ""
    firm_no: tuple[str, ...] = ()
    firm: str = "no"
    firm_after: int = 4
    final_by: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """A thing the call has to reach, in order of `after`. `met` lines answer it, `reminder` lines ask for it again.

    A goal without `met` lines is met in silence, one without `reminder` is never asked for by the customer: the
    operator has to think of it. `after` names goals, or marks ("resolved:price", "told:need", "identified").
    """

    id: str
    duty: str
    title: str
    met_by: tuple[Condition, ...]
    met: tuple[str, ...]
    reminder: tuple[str, ...]
    after: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class RecordField:
    """A line of the customer's record on the operator's screen. `identity` marks what may be used to check identity."""

    id: str
    label: str
    value: str
    group: str = "customer"
    identity: bool = False
    protected: bool = False


@dataclass(frozen=True, slots=True)
class FormField:
    """A field the operator fills. `truth` is the right canonical value; `accept` other right ones; `weight` 1 to 3.

    `spoken` is how the customer says the value when it was read back to them wrongly. `sheet` is the sheet it is on.
    """

    id: str
    label: str
    type: str
    truth: str
    accept: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    required: bool = True
    weight: int = 1
    help: str = ""
    spoken: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Disposition:
    """How the call is coded afterwards; `right_for` names the outcomes that it truly describes."""

    id: str
    label: str
    right_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class End:
    """An end of the call: `outcome` of `events.OUTCOMES`, what it needs, and whether it is a success.

    `needs` names goals, marks ("firm_no:price"), or either with "not:" before it. The first end whose needs are all
    met is the one that happens when the operator closes the call. `to` is the department that a transfer has to go to.
    """

    outcome: str
    needs: tuple[str, ...]
    success: bool
    lines: tuple[str, ...]
    to: str = ""


@dataclass(frozen=True, slots=True)
class Persona:
    """Who the customer is. `sex`, `age`, `rate` and `accent` choose the voice, as far as the engines have one;
    politeness and talkativeness 1 to 5."""

    name: str
    sex: str
    age: int
    rate: float
    politeness: int
    talkativeness: int
    goal: str
    fear: str
    hidden: str
    patience: int
    trust: int
    resistance: int
    accent: str = ""


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """Lines for what happens in any call; five wordings or more each.

    greeting opens the call; opening says why they call (outbound: asks what it is about); corrects answers a value
    read back wrongly and holds "{value}"; doubts asks back when something untrue was said; parroted answers an operator who only echoes; bounced comes back from a
    department that would not take the call; go_on gives the operator the floor.

    Pools from `says_again` on came later: a scenario that was kept before them has none, and its customer answers
    with the older lines. says_again and says_slowly come before a point that is said once more; spells, age and
    corrects hold "{value}"; resumes goes on dictating after something else, comes_back and cut_off answer an operator
    who spoke over the customer; enough_talk ends small talk; private refuses a personal question, human says that they
    are no machine; puzzled answers words meant for a machine, other_language those in another tongue.
    """

    greeting: tuple[str, ...]
    opening: tuple[str, ...]
    repeat: tuple[str, ...]
    confused: tuple[str, ...]
    unknown_question: tuple[str, ...]
    identity: tuple[str, ...]
    permission_yes: tuple[str, ...]
    confirms: tuple[str, ...]
    corrects: tuple[str, ...]
    doubts: tuple[str, ...]
    go_on: tuple[str, ...]
    parroted: tuple[str, ...]
    thanks: tuple[str, ...]
    nothing_else: tuple[str, ...]
    goodbye: tuple[str, ...]
    hello_there: tuple[str, ...]
    impatient: tuple[str, ...]
    angry_goodbye: tuple[str, ...]
    manager: tuple[str, ...]
    hold_ok: tuple[str, ...]
    hold_thanks: tuple[str, ...]
    hold_long: tuple[str, ...]
    transfer_ok: tuple[str, ...]
    bounced: tuple[str, ...]
    offended: tuple[str, ...]
    says_again: tuple[str, ...] = ()
    says_slowly: tuple[str, ...] = ()
    spells: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    comes_back: tuple[str, ...] = ()
    cut_off: tuple[str, ...] = ()
    fine_thanks: tuple[str, ...] = ()
    pleasantry: tuple[str, ...] = ()
    enough_talk: tuple[str, ...] = ()
    age: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    human: tuple[str, ...] = ()
    puzzled: tuple[str, ...] = ()
    other_language: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelLine:
    """What a very good, ordinary operator would say at `at`: "opening", "goal:<id>", "objection:<id>", "firm_no",
    "closing", "transfer" (to the customer, before handing over) or "consult" (to the colleague). Several lines at one place are said one after the other."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """One call in one language, ready to be played and graded (or, inside a Scenario, its template).

    `today` is the ISO date on which the call happens (a form draws it); `silence_s` are the seconds of silence after
    which the customer asks "Hello?", gets annoyed, and hangs up; `transfer_to` are (id, label) of departments.
    `route` are the keys pressed in the company's menu, `waited_s` the seconds waited then. `caller_is_holder` "no"
    means that whoever speaks is not the customer of the record: their identity check must fail. `rubric` is the version
    of the call rubric that the scenario names ("" where its objections decide); `inside_words` are words of the house
    that no customer knows.
    """

    scenario: str
    version: str
    language: str
    seed: int
    title: str
    brief: str
    queue_note: str
    direction: str
    duties: tuple[str, ...]
    category: int
    difficulty: int
    minutes: int
    company: Company
    persona: Persona
    facts: tuple[Fact, ...]
    record: tuple[RecordField, ...]
    identity_needed: bool
    topics: tuple[Topic, ...]
    objections: tuple[Objection, ...]
    goals: tuple[Goal, ...]
    small_talk: SmallTalk
    form: tuple[FormField, ...]
    dispositions: tuple[Disposition, ...]
    ends: tuple[End, ...]
    model: tuple[ModelLine, ...]
    transfer_to: tuple[tuple[str, str], ...] = ()
    silence_s: tuple[float, float, float] = (4.0, 8.0, 15.0)
    variables: Mapping[str, str] = field(default_factory=dict)
    today: str = ""
    specialists: tuple[Specialist, ...] = ()
    dialling: Dialling = field(default_factory=Dialling)
    sound: SoundOfLine = field(default_factory=SoundOfLine)
    sheets: tuple[Sheet, ...] = ()
    lookup: str = "popup"
    caller_is_holder: str = "yes"
    menu: Menu | None = None
    route: tuple[str, ...] = ()
    waited_s: str = ""
    rubric: str = ""
    inside_words: tuple[str, ...] = ()

    @property
    def is_holder(self) -> bool:
        """The caller is the customer of the record."""
        return self.caller_is_holder == "yes"

    @property
    def all_facts(self) -> tuple[Fact, ...]:
        """The company's facts and the file's own, the latter winning where an id is in both."""
        own = {f.id for f in self.facts}
        return self.facts + tuple(f for f in self.company.facts if f.id not in own)


@dataclass(frozen=True, slots=True)
class Variable:
    """A value drawn for each form. `choices` are rows: each row gives one text a language, or one for all ("*").

    Variables with the same `group` are drawn together from the same row, so that a name keeps its own address;
    their ids begin with the group ("customer.name").
    """

    id: str
    kind: str
    choices: tuple[Mapping[str, str], ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A published scenario: templates by language, and variables that forms draw. `version` changes with any byte."""

    slug: str
    topic: str
    version: str
    variables: tuple[Variable, ...]
    templates: Mapping[str, Case]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted(self.templates))
