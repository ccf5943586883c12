"""What a judge is asked about each atomic check of a reply: the rubric's wording, as a question that yes or no answers.

The rubric words one check differently for each criterion it counts in; a judge is asked once, for what the rule looks
for. In English, whatever the reply's language: a model reads both. Nothing here adds to what is graded.
"""

from __future__ import annotations

from trainer.domain.grading.rubric import ReplyRubric

QUESTIONS = {
    "names_concern": "Does it name this customer's own concern, or what it leads to, in the operator's own words?",
    "human_word": "Does it say a human word: an apology, agreement or sympathy?",
    "stock_only": "Does it acknowledge by a stock phrase only, without saying what the concern is?",
    "cancels_it": "Does it take its acknowledgement back at once, as in 'yes, but'?",
    "parrots": "Does it repeat the customer's words instead of answering?",
    "follows_script": "Does it go on with a script, past what the customer said?",
    "asks_cause": "Does it ask a question about what lies behind the customer's words?",
    "asks_choice": "Does it ask which way the customer prefers?",
    "asks_admin": "Does it ask for a name, a number, a date or another formality?",
    "uses_facts": "Does it use a fact of the context that matters for the customer's concern?",
    "several_facts": "Does it use more than one fact of the context that matters for the concern?",
    "offers_step": "Does it say what will be done, or offer to do something about the concern?",
    "timed_step": "Does it say when what it offers will happen?",
    "honest_advice": "Does it tell a limit honestly, or advise against the operator's own sale?",
    "only_vague": "Are its answer and next step only vague?",
    "invents": "Does it state or promise something that the context does not give?",
    "refuses": "Does it refuse outright to help?",
    "checks_acceptance": "Does it check whether the customer agrees or whether that would suit?",
    "free_choice": "Does it leave the decision to the customer?",
    "clean_exit": "Does it end the call politely, or promise to trouble the customer no more?",
    "just_stops": "Does it just stop: no question, no next step, no choice and no goodbye?",
    "pushes": "Does it push: false urgency, guilt, a threat, or going on after a clear no?",
    "hurts": "Does it insult, mock or snub the customer?",
    "blames": "Does it put the blame on the customer?",
    "cold": "Is it noticeably cold or bureaucratic?",
    "forbidden_phrase": "Does it use a phrase that must not be used, such as 'calm down' or 'not my problem'?",
}


def questions_of(rubric: ReplyRubric) -> dict[str, str]:
    """Check id -> question, in the rubric's order. A check without a question of its own is not asked about."""
    checks = dict.fromkeys(check.id for criterion in rubric.criteria for check in criterion.checks)
    return {check: QUESTIONS[check] for check in checks if check in QUESTIONS}
