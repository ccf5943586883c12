"""Which kind of question a clause is: open (asks to tell), closed (yes or no, a choice, one datum) or none.

Recognized speech has no question marks, so inversion, question words and "est-ce que" count as much as the mark does.
Tags ("isn't it?", "n'est-ce pas ?") make a closed question; a rhetorical one asks nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from trainer.language.phrases import Phrase, compile_phrase

OPEN = {
    "en": (
        "(what|what's|what'd|how|how's|why|which|who|who's|where|when|where's|when's|whose) ", "tell me [more|a bit|a little|all] (about|what|how|why|more|which|when|where|who)",
        "[can|could|would|will] [you] (describe|explain|walk me through|talk me through)", "(can|could|would|will) you [please|just] (tell|explain|show) [me|us|to me] [a bit|a little] [more|exactly|about] (about|what|how|why|more|which|when|where|who)", "in what way", "how (come|about)", "(i|we) (wanted|would like|'d like|want|just wanted) to (ask|know|hear|understand) (how|what|why|which|when|where|who)",
    ),
    "fr": (
        "(que|qu'est ce|quel|quelle|quels|quelles|comment|pourquoi|combien|quand|qui est ce|a quoi|de quoi|en quoi|lequel|laquelle|ou) ", "c'est quoi", "(quoi|comment|pourquoi|quand|combien|ou|laquelle|lequel)$", "(parlez|racontez|decrivez|expliquez|dites) (m'en|moi) [en] [un peu] [plus|ce|comment|pourquoi|de|quand|ou|depuis quand|ce qui|ce que]", "{pouvez_vous} [me|m'en|m'|nous] [en] (decrire|raconter|expliquer|parler|dire (plus|ce|comment|pourquoi|quand|davantage|un peu))", "qu'en", "pour (quoi|quand|quelle|quel|qui|quelles|quels)", "de quelle", "a quelle", "en quelle", "sur quelle",
    ),
}  # fmt: skip
DATUM = {
    "en": (
        "(what's|what is|what was|what are) (the|your|his|her) [full|first|last|current|home|mobile|best|exact|delivery|billing|e-mail|new|old] [order|account|reference|phone|telephone|contact|customer|policy|card|house|invoice|tracking|model|serial] [name|surname|postcode|number|reference|address|email|mail|date|code|age|birthday|id|size|colour|color|amount|telephone|mobile|iban|ref|expiry|zip]",
        "how (many|old|much (did|do|is|are|was))", "(what|which) [mobile|phone|telephone|e-mail|order|best] (number|address|postcode|name|email|size|colour|model|account|order|card)", "(what|at what|which) time", "how (do|is) (you|that|it) (spell|spelt|spelled)", "who am i (speaking|talking)", "(what|which) (day|date|slot) (would|suits|works|is|shall|do|can)", "which [one] (would|do|suits|is better|works)", "(can|could|may) (i|you) ... (give|have|take|confirm|get) ", "what's your name",
    ),
    "fr": (
        "(quel|quelle) (est|etait|sont) (votre|le|la|l'|vos) [nouveau|nouvelle] * [nom|prenom|adresse|code|numero|reference|mail|email|date|telephone|age|identifiant|taille|couleur|modele|courriel|dossier|ville|portable]", "combien (de|d'|etes|avez)", "(a|sur|de|vers|pour) (quel|quelle) [bon] (nom|numero|adresse|heure|date|compte|modele)", "(comment|ca) ... s'ecrit", "(quel|quelle) (jour|date|creneau|heure) (vous|serait|est|preferez)", "(lequel|laquelle) (preferez|vous|prefereriez)", "c'est a quel nom", "qui est a l'appareil", "a qui ai je",
    ),
}  # fmt: skip
CLOSED = {
    "en": (
        "^[so|and|or|well|then|now|okay|ok|right|but|also|just|first|sorry|please] (do|does|did|is|are|was|were|have|has|had|can|could|would|will|shall|should|may|might|am|isn't|aren't|don't|doesn't|didn't|won't|wouldn't|can't|couldn't|haven't|hasn't|shouldn't|wasn't|weren't) [also|not|perhaps|maybe] (i|you|we|they|he|she|it|that|this|there|the|your|our|my|any|anyone|someone|these|those|everything|thursday|tomorrow|friday|monday|tuesday|wednesday|saturday|sunday)",
        "(may|can|could|shall) (i|we) (ask|have|take|get|call|just|confirm|check|help|send|put|offer|book|speak|go)", "(can|could|would|will) you [please|just] (give|tell|confirm|spell|hold|check|repeat|let|bear|send|read|wait|like|prefer|mind|be)", "(do|would|have|are) you", "want me to", "(anything|something) else", "mind if i",
    ),
    "fr": (
        "est ce (que|qu'*)", "(voulez|pouvez|pourriez|souhaitez|preferez|avez|etes|aimeriez|voudriez|auriez|seriez|connaissez|acceptez|utilisez|disposez|habitez|permettez|desirez|pensez|savez|vouliez|etiez|aviez|recevez|trouvez|avez) vous", "(puis|dois|ai|suis|peux|pourrais) je", "(peut|va|a t|est|fait) on", "(est|sont|serait|a t|y a t|va t|etait|sera t|aura t) (il|elle|ils|elles|ce)", "(ca|cela) vous (va|convient|conviendrait|irait|arrange|dit|derange|aiderait|interesse)", "vous (convient|conviendrait|arrange|irait)", "n'est ce pas", "(etes|etiez) vous",
    ),
}  # fmt: skip
TAG = {
    "en": (
        "(isn't|aren't|wasn't|weren't|don't|doesn't|didn't|haven't|hasn't|won't|wouldn't|can't|couldn't|is|are|does|did|has|will|shall|am|should|shouldn't) (it|that|you|they|he|she|we|there|i)$", "(right|correct|yes|yeah|ok|okay|no)$",
    ),
    "fr": ("n'est ce pas$", "(non|hein|d'accord|pas vrai|c'est bien ca|c'est ca|exact|correct|ok)$"),
}  # fmt: skip
RHETORICAL = {
    "en": (
        "what do you (expect|want) me to", "how (should|would|am) i [supposed] [to] know", "^[and|so|well] (do i|does it) look like", "who cares", "what can i (do|say)$", "why (should|would) (i|we)", "how hard can", "do you think (i|i'm|we|that i)", "how many times", "what's (that|it) (to|got to do with) (me|us)", "(who|what) do you think", "are you (kidding|joking|serious|stupid|deaf|blind)", "so what$", "isn't that (great|wonderful|lovely|fantastic|good)", "you know what", "guess what", "can you (believe|imagine)", "don't you (think|see|understand)", "are you out of your",
    ),
    "fr": (
        "que voulez vous que (je|j'*|nous|on)", "qu'est ce que vous voulez que", "vous (croyez|pensez) (que|vraiment) (je|j'*|que)", "comment (voulez vous|vous voulez) que", "qu'est ce que (ca|j'y|je) (peut|peux|y) ", "est ce ma faute", "et alors$", "pourquoi (je|est ce que je) (devrais|ferais)", "vous plaisantez", "vous vous (moquez|fichez)", "combien de fois", "(qui|quoi) croyez vous", "vous etes (bete|sourd|serieux|stupide)", "qu'est ce que j'en", "n'est ce pas (formidable|merveilleux|genial)",
    ),
}  # fmt: skip
NOT_ASKING = {
    "en": (
        "^[and|so|but|yes|ok|okay|well|because] (what|how|that's what|that's why|that's how) (i|we|you|matters|it|the|he|she|they) [can|could|would|will|just] (want|need|do|say|see|is|was|said|feel|mean|pay|like|understand)", "(know|see|understand|sure|check|find out|tell you|explain|show you|exactly|that's|depends|appreciate|wonder|matter|remember|imagine|sorry|regardless|about) [on] (what|how|why|which|when|where|who|whether|if)", "^when (you|i|we|it|the|they|your)", "^(where|who|which) (you|i|we|is|was|includes|means|i'm)", "(day|time|moment|date) (when|where)", "what a ", "how (nice|lovely|kind|frustrating|annoying|awful|terrible|disappointing) ", "as well as", "^which (is|means|includes|was|has|we|you|i)", "^what (we|i) (can|could|will|'ll|do|did|'d|would)", "(no matter|whatever|however|whenever|whoever)", "that's when", "let me (know|see|check|find)", "(the) (person|customer|colleague|one|people) who",
    ),
    "fr": (
        "(savoir|vois|comprends|sais|verifier|expliquer|dire|regarder|voir|montrer|sache|important|moment|jour|depend) [de] (que|comment|pourquoi|quand|combien|qui|ou|ce que|quel|quelle)", "^(quand|ou|comme|que) (vous|je|on|nous|il|elle|le|la|votre)", "quelle (galere|chance|bonne|joie|histoire|surprise|horreur|deception|honte|malchance|salete|gene|deveine|pagaille|corvee|angoisse|frayeur|tuile|peur)", "quel (dommage|plaisir|bonheur|malheur|stress|choc|gachis|cauchemar|courage|bazar)", "ou bien", "ou (alors|le|la|un|une|les|si|par|en|sinon|plus|moins|demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|votre|au|a|des|du|encore|non|pas|vous|sur|dans|avec|sans|meme|ca|celui|celle|on|je|bien)", "n'importe (quand|ou|quel|quelle|comment|qui)", "que (vous|je|nous|le|la|votre|cela|c'est)", "peu importe",
    ),
}  # fmt: skip

Table = Mapping[str, tuple[Phrase, ...]]


def _compiled(table: Mapping[str, tuple[str, ...]]) -> Table:
    return {language: tuple(compile_phrase(p) for p in rows) for language, rows in table.items()}


_OPEN, _DATUM, _CLOSED = _compiled(OPEN), _compiled(DATUM), _compiled(CLOSED)
_TAG, _RHETORICAL, _NOT = _compiled(TAG), _compiled(RHETORICAL), _compiled(NOT_ASKING)


def _any(table: Table, language: str, text: str) -> bool:
    return any(phrase.find(text) for phrase in table[language])


_LEAD = {
    "en": "[and|so|but|or|well|then|now|okay|ok|right|also|just|first|sorry|please|yes|no|alright|great|perfect|thanks|um|sir|madam]",
    "fr": "[et|alors|donc|mais|ou|bon|ben|ok|d'accord|oui|non|tres bien|parfait|merci|sinon|ensuite|puis|pardon|madame|monsieur]",
}  # fmt: skip
_BEGINS = _compiled({
    "en": (
        f"^{_LEAD['en']} [and|so|then] [for you] [exactly|roughly] [to|at|in|on|for|from|since|under] (what|what's|how|how's|why|which|who|who's|where|where's|when|whose) (is|are|was|were|do|does|did|would|could|can|should|shall|will|may|might|have|has|had|else|kind|sort|type|exactly|made|makes|happened|happens|matters|brings|worries|bothers|stops|if|about|many|much|long|often|far|old|come|day|date|time|part|plan|one|option|model|provider|number|name|address|of|else|am|'s|happen) ",
        f"^{_LEAD['en']} (why|how come|how so|what for|what about|how about)$", f"^{_LEAD['en']} (what's|how's|who's|where's) ", f"^{_LEAD['en']} which * (do|does|did|would|is|are|was|can|could|will|should) ", f"^{_LEAD['en']} (which|what|whose) ... (do|does|did|would|can|could|should|shall|will) (i|we|you|they|he|she|it) ",
    ),
    "fr": (
        f"^{_LEAD['fr']} [pour vous] (qu'est ce|qu'est-ce|quel|quelle|quels|quelles|comment|pourquoi|combien|quand est ce|ou est ce|qui est ce|a quoi|de quoi|en quoi|sur quoi|avec quoi|lequel|laquelle|depuis quand|depuis combien|c'est quoi|qu'en|que (puis|pensez|voulez|souhaitez|preferez|faites|diriez|dites|cherchez|peut|se passe|s'est)) ",
        f"^{_LEAD['fr']} [a|de|en|pour|sur|dans|chez|vers|par|avec] (quel|quelle|quels|quelles) ", f"^{_LEAD['fr']} (ou|quand|d'ou) (est ce|avez|etes|voulez|souhaitez|puis|peut|doit|devait|est il|est elle|habitez|se trouve|devez|pouvez|preferez)",
        "(vous|tu|c'est|ca|il|elle|on|serait|faudrait|passe|faut|le|la|les) ... (pour quand|pour quoi|pourquoi|comment|combien|a quel nom|quand|chez qui|a quelle adresse|pour combien|quoi|quel modele|quelle taille|a quelle heure|pour quelle date|quel jour|quel numero|quel operateur)$", "(vous|il|ca) [en|le|la|l'*|vous] (avez|etes|faut|faudrait|fait|coute|prend) [besoin|commande] [a|de|en|pour] (quel|quelle|quels|quelles|combien|quoi) ",
    ),
})  # fmt: skip
_ASKS_TO_TELL = _compiled({"en": OPEN["en"][1:], "fr": (OPEN["fr"][3], OPEN["fr"][4])})


def question_kind(clause: str, asks: bool, language: str) -> str:
    """The kind of a folded clause; `asks` says that a question mark follows it."""
    if _any(_RHETORICAL, language, clause):
        return "none"
    closes = _any(_CLOSED, language, clause)
    opens = _any(_BEGINS, language, clause) or _any(_ASKS_TO_TELL, language, clause)
    if asks and not opens:
        opens = _any(_OPEN, language, clause) and not closes
    elif not asks and opens and not closes and _any(_NOT, language, clause) and not _wants_to_be_told(clause, language):
        return "none"
    tagged = asks and _any(_TAG, language, clause) and not _any(_BEGINS, language, clause)
    if opens and not tagged:
        return "closed" if _any(_DATUM, language, clause) else "open"
    return "closed" if asks or closes else "none"


def _wants_to_be_told(clause: str, language: str) -> bool:
    return _any(_BEGINS, language, clause) or _any(_ASKS_TO_TELL, language, clause)


def strongest(kinds: list[str]) -> str:
    """The kind of a turn: an open question outweighs a closed one."""
    return "open" if "open" in kinds else "closed" if "closed" in kinds else "none"
