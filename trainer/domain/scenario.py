"""A scenario: the content of one simulated call, and the case a learner meets when a form of it is drawn.

A `Scenario` holds one `Case` template a language, whose texts may name variables ("{fee}"). `open_case` draws the
variables from a seed and fills them in, so that two learners get equal but different calls, and the same
(scenario version, seed) always gives the same case. Everything after that (the customer, the console, grading) works
on the filled `Case`, in one language. `trainer.content.scenarios` reads the YAML form; see docs/scenario-format.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FACT_KINDS = ("money", "percent", "duration", "date", "time", "number", "phone", "policy", "name", "text")
FIELD_TYPES = ("text", "name", "phone", "email", "date", "money", "number", "reference", "choice", "address", "note")
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


@dataclass(frozen=True, slots=True)
class Condition:
    """What a reply has to do. Every given part must hold; an empty part asks nothing.

    acts: any one of these acts; facts: all of these stated truly; any_facts: at least one of these; topics: asks or
    speaks about one of these; question: "open", "closed" or "any"; reflects: takes up what the customer said;
    goals: these goals are already met; screen: these screen actions or fields were done ("open:order", "field:phone").
    """

    acts: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    any_facts: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    question: str = ""
    reflects: bool = False
    goals: tuple[str, ...] = ()
    screen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """Something the customer can be asked about. `phrases` are ways an operator asks; `answers` five wordings or more.

    `only_if` withholds it: "" (tells it when asked), "open_question", "trust:6", "goal:<id>", "never".
    `volunteers` marks what the customer says without being asked, when the call gives room.
    """

    id: str
    phrases: tuple[str, ...]
    answers: tuple[str, ...]
    only_if: str = ""
    volunteers: bool = False
    effects: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Objection:
    """What the customer holds against it: what is said, what lies behind, and what changes their mind.

    `raised` is when: "opening", "goal:<id>" (once that goal is met), "act:offer", "resolved:<objection>".
    Meeting one of `softened_by` lowers resistance; one of `resolved_by` settles it; an act in `deepened_by` raises
    resistance. `firm_no` lines end the matter: pressing after one is an error. `strength` 1 to 5.
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


@dataclass(frozen=True, slots=True)
class Goal:
    """A thing the call has to reach, in order of `after`. `met` lines answer it, `reminder` lines ask for it again."""

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
    """A field the operator fills. `truth` is the right canonical value; `accept` other right ones; `weight` 1 to 3."""

    id: str
    label: str
    type: str
    truth: str
    accept: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    required: bool = True
    weight: int = 1
    help: str = ""


@dataclass(frozen=True, slots=True)
class Disposition:
    """How the call is coded afterwards; `right_for` names the outcomes that it truly describes."""

    id: str
    label: str
    right_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class End:
    """An end of the call: `outcome` of `events.OUTCOMES`, the goals or marks it needs, and whether it is a success."""

    outcome: str
    needs: tuple[str, ...]
    success: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Persona:
    """Who the customer is. `sex` and `rate` choose the voice; politeness and talkativeness 1 to 5."""

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


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """Lines for what happens in any call; five wordings or more each."""

    greeting: tuple[str, ...]
    repeat: tuple[str, ...]
    confused: tuple[str, ...]
    unknown_question: tuple[str, ...]
    identity: tuple[str, ...]
    permission_yes: tuple[str, ...]
    thanks: tuple[str, ...]
    nothing_else: tuple[str, ...]
    goodbye: tuple[str, ...]
    hello_there: tuple[str, ...]
    impatient: tuple[str, ...]
    angry_goodbye: tuple[str, ...]
    manager: tuple[str, ...]
    hold_ok: tuple[str, ...]
    offended: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelLine:
    """What a very good, ordinary operator would say at `at` ("opening", "goal:<id>", "objection:<id>", "closing")."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """One call in one language, ready to be played and graded (or, inside a Scenario, its template)."""

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

    @property
    def all_facts(self) -> tuple[Fact, ...]:
        """The company's facts and the file's own, the latter winning where an id is in both."""
        own = {f.id for f in self.facts}
        return self.facts + tuple(f for f in self.company.facts if f.id not in own)


@dataclass(frozen=True, slots=True)
class Variable:
    """A value drawn for each form. `choices` are rows: each row gives one text a language, or one for all ("*")."""

    id: str
    kind: str
    choices: tuple[Mapping[str, str], ...]


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
