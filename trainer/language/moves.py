"""What a customer's turn does: objects, accepts, asks, or something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trainer.language.acts.rules import Part
from trainer.language.customer_head import load_customer_head, read_with_head, signs
from trainer.language.phrases import compile_phrase
from trainer.ports import EncodeTexts

OBJECTION = {
    "en": (
        "(too|so|very|rather|bit) (expensive|dear|much|pricey|long|complicated|late|slow)", "(can't|cannot|don't|won't|not|never) ... (afford|need|want|interested|trust|believe|time|sure|convinced|happy|good enough|working|work|acceptable|like)", "not interested", "no time", "(i'm|i am) (busy|driving|at work|in a meeting|in a hurry|fed up|tired|done)", "(already|i've already) (have|got|been|with|paid|told|called)", "(happy|fine|satisfied) with (my|what|the)", "(send|email) me (something|it|an|the|some|a)", "(think|sleep) (about|on|over) it", "(talk|speak|ask|check|discuss) ... (husband|wife|partner|boss|family)", "(cheaper|better) (elsewhere|somewhere|with|at|from|price|deal|offer)", "(scam|rip off|ripped|con|fraud)", "(how do i know|why should i|what's the point|what's the catch)", "(stop|don't) calling", "don't call", "(unacceptable|ridiculous|outrageous|disgraceful|joke|nightmare|waste of)", "(speak|talk) to (your|a|the) (manager|supervisor|boss)", "(complain*|cancel|refund|compensation)", "(still|again) ... (not|hasn't|haven't|waiting|nothing|broken)", "(waited|waiting|been waiting) ", "(last time|bad experience|had problems|let down|lied)", "(leave me alone|no thank you|no thanks)", "^no[^w]", "where did you get my (number|name|details)", "(contract|commitment|tied|locked) ", "(but|only) ... (said|promised|told|paid|expensive|not)", "nobody (tells|told|called|answer*)", "(never|nothing) (came|arrived|happened|works|worked)",
    ),
    "fr": (
        "(trop|bien|un peu|tres) (cher|chere|long|complique|tard|lent|loin)", "(c'est|ca fait) cher", "(pas|plus|jamais|aucun) ... (interesse*|besoin|le temps|confiance|les moyens|envie|sur|convaincu*|content*|satisfait*|d'accord|marche|fonctionne|possible|normal|acceptable|budget)", "(je suis|on est) (occupe*|presse*|au travail|en reunion|au volant|en route|decu*|furieu*)", "(j'ai|j'en ai|on a|nous avons|je suis) deja", "(j'en ai|on en a) (marre|assez|ras)", "(content*|satisfait*) de (mon|ma|mes|ce)", "envoyez (moi|le|ca)", "(je vais|laissez moi|il faut que j'|j'aimerais|je prefere) [y] (reflech*|en parler|voir|y penser)", "reflechir", "(demander|en parler|voir|consulter) ... (mari|femme|conjoint*|patron|famille|mon|ma)", "(moins cher|mieux) (ailleurs|chez|avec)", "(arnaque*|escroc*|voleur*|piege|demarchage)", "(qu'est ce qui me (prouve|dit)|pourquoi je|ou est le piege|a quoi (ca|bon))", "(arretez|cessez) de (m'appeler|me)", "(inadmissible|inacceptable|scandaleux|honteux|ridicule|n'importe quoi|catastrophe|lamentable)", "(parler|passez|passer) ... (responsable|superviseur|chef|directeur)", "(reclamation|plainte|annuler|resilier|rembourse*|dedommage*)", "(toujours (pas|rien|en panne)|encore (rien|en panne|pas))", "(j'attends|ca fait ... que|j'ai attendu)", "(la derniere fois|mauvaise experience|deja eu des problemes|on m'a menti|vous m'aviez)", "(laissez moi tranquille|non merci)", "^non", "(ou|comment) avez vous (eu|trouve) mon", "(engagement|contrat|bloque*|engage*) ", "(mais|sauf que) ... (dit|promis|paye|cher|pas)", "personne (me|ne|m'*)", "(jamais|rien) (recu|venu|arrive|eu)",
    ),
}  # fmt: skip
ACCEPT = {
    "en": (
        "^[well|oh|right|ah|and|so|hm] (ok|okay|yes|yeah|yep|sure|fine|alright|all right|great|perfect|good|agreed|deal|lovely|excellent|brilliant|go ahead|sounds|that's (fine|great|perfect|good|ok|okay|all right|very kind|kind)|i agree|why not|certainly|absolutely|of course|wonderful|fair enough)", "(sounds|that'd be|that would be|would be|that's|that is|that works|works) [very|really|all|just] (good|great|fine|perfect|lovely|helpful|ok|okay|for me|right|kind)", "(let's|i'll|we'll) (do|take|go|try|go for|sign|have) (that|it|with|ahead|for)", "(go ahead|please do|do that|book it|send it|sign me up|count me in|put me down|i accept|i'd like that|i'll take it)", "(thursday|friday|monday|tuesday|wednesday|saturday|tomorrow|that day) (is|works|suits|will be) (fine|good|ok|okay|great|me)", "that (suits|works)", "(thank you|thanks) [very much|so much|a lot] [for your help|that's|bye]",
    ),
    "fr": (
        "^[ah|eh|bon|ben|bah|alors|et|hm] (oui|ok|d'accord|ouais|entendu|parfait|tres bien|super|volontiers|allez|allons y|ca marche|ca me va|pourquoi pas|bien sur|ca roule|c'est (bon|parfait|d'accord|entendu|gentil|note|super|bien)|impeccable|genial|avec plaisir|tout a fait|absolument|merci)", "(ca|cela) (me|nous) (va|convient|irait|conviendrait|arrange|plait|parait|semble) [bien|tres bien|bon|correct|parfait|ok]", "(on|je) (fait|prends|prend|signe|accepte|valide|le prends|la prends|vous suis) (comme|ca|la|le)", "(faites|allez y|envoyez|reservez|on y va|je prends|je signe|j'accepte|je veux bien|inscrivez moi|comptez sur moi)", "(jeudi|vendredi|lundi|mardi|mercredi|samedi|demain) (c'est|ca|me) (bon|va|parfait|convient|bien)", "je veux bien",
    ),
}  # fmt: skip
_ASKS_AS_OBJECTION = {
    "en": ("why (should|would|is it|am i|do i|does it|are you|was)", "(what's|where's) the (point|catch)", "how (can|could|do) (i|you) (trust|know|be sure|expect|charge|explain)", "(when|where) is my", "are you (serious|kidding|joking)", "is this a (scam|joke)", "where did you get"),
    "fr": ("pourquoi (je|c'est|est ce|vous|on|ca)", "(a quoi|ou est) (bon|ca|le piege)", "comment (je|vous|voulez)", "(il|elle|c'est|ou) est [ou] mon", "vous (plaisantez|vous moquez|rigolez)", "c'est une arnaque", "(ou|comment) avez vous"),
}  # fmt: skip


def _hits(table: Mapping[str, tuple[str, ...]], language: str, text: str) -> int:
    return sum(compile_phrase(p).find(text) is not None for p in table[language])


def customer_move(
    text: str, parts: Sequence[Part], language: str, said: str = "", before: str = "", encode: EncodeTexts | None = None
) -> tuple[str, float]:
    """(move, confidence) of a customer's turn: `text` folded, `said` as it was said, `before` the operator's line.

    With `encode` the trained head decides, which knows what the rules found; without it the rules do.
    """
    move, sure = move_by_rules(text, parts, language)
    if encode is None or not said.strip():
        return move, sure
    found = read_with_head(load_customer_head(), signs(text, parts, move), said, before, encode)
    if found is None:
        return move, sure
    likeliest = max(found, key=lambda one: found[one])
    return likeliest, round(found[likeliest], 3)


def move_by_rules(text: str, parts: Sequence[Part], language: str) -> tuple[str, float]:
    """(move, confidence) by keywords and questions alone."""
    objects, accepts = _hits(OBJECTION, language, text), _hits(ACCEPT, language, text)
    asks = any(part.question != "none" for part in parts)
    if asks and not objects:
        return "question", 0.85
    if asks and not _hits(_ASKS_AS_OBJECTION, language, text) and objects <= 1:
        return "question", 0.6
    if objects and (not accepts or objects >= accepts):
        return "objection", min(0.95, 0.6 + 0.15 * objects)
    if accepts:
        return "accept", min(0.95, 0.65 + 0.15 * accepts)
    return "other", 0.5
