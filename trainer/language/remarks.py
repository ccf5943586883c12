"""What a turn says beside the matter of the call: asking to hear something again, "mm-hm", small talk, personal questions.

A remark is a clause that does nothing else. It moves no case forward, so it is no act: the customer answers it as people
do, and a grade does not look at it. Clauses in another language than the call's are remarks too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trainer.domain.understanding import Remark
from trainer.language.acts.rules import Part
from trainer.language.folding import Folded
from trainer.language.phrases import Phrase, compile_phrase
from trainer.language.tongue import is_foreign

_WEATHER_EN = "(weather|rain|raining|snow|snowing|sunshine|heat wave|heatwave)"
_PRIVATE_EN = "(job|occupation|profession|salary|income|religion|star sign|marital status|weight|hobbies|hobby)"
_PRIVATE_FR = "(metier|profession|travail|salaire|religion|signe|situation de famille|poids|revenus|loisirs)"

REMARKS: dict[str, dict[str, tuple[str, ...]]] = {
    "repeat": {
        "en": (
            "(repeat|say) (that|it|this|yourself) [again|once more|one more time] [please|for me|more slowly|slowly]$", "(can|could|would|will) you [please|just|possibly] (repeat|rephrase|say again|come again)$", "(can|could|would|will) you [please|just|possibly] (repeat|rephrase) [please|that|it|what you said|what you just said|the last (part|bit|thing)]", "(i|^sorry|^) (didn't|did not|don't|do not|couldn't|could not|can't|cannot) [quite|really] (catch|hear|get|understand|follow) (you|that|it|a word|all of that|all that|what you said|what you just said|the last part|the last bit|the end|everything) [sorry|there|please|properly|at all]$", "^[sorry|no] [i] (didn't|did not|don't|do not|couldn't) [quite|really] (catch|hear|understand|follow)$", "i missed (that|it|what you said|the last part|the end)", "(what|how) was that [again|sorry]$", "what did you [just] say", "^[sorry|pardon] [what|come] (again|now)$", "come again", "the line('s| is) [a bit|really|very|so|quite] (bad|poor|terrible|awful|breaking up|not (good|great))", "(speak|talk|say it|say that) [a bit|a little|please] (slower|slowly|more slowly|louder|up)", "(you're|you are|you were|you) (breaking|broke|cutting|cut) (up|out)", "^[sorry|pardon|and] (one more time|once more|once again|say again|again) [please]$", "i beg your pardon$", "^pardon [me]$", "[i'm] (not sure|sorry) i (understood|followed|caught) (that|you)",
        ),
        "fr": (
            "{pouvez_vous} [s'il vous plait|juste|me|m'] [le|la] (repeter|redire|reformuler) [s'il vous plait|ca|cela|la fin|ce que vous (disiez|avez dit|venez de dire)|plus (lentement|doucement|fort)]$", "{pouvez_vous} [s'il vous plait] parler (plus|moins) (fort|lentement|doucement|vite)", "(je n'ai|j'ai|je) (pas|rien|mal) [tres bien|tout a fait|bien|tout] (compris|entendu|saisi|suivi)$", "(je n'ai|j'ai) (pas|rien|mal) [tres bien|tout a fait|bien|tout] (compris|entendu|saisi|suivi) (ce que vous|la fin|le debut|pardon|desole*|vous pouvez)", "je (ne)? comprends pas$", "^[pardon|desole*] (repetez|redites) [moi] [ca|cela|s'il vous plait|le]", "parlez (plus|moins) (fort|lentement|vite|doucement)", "(vous|ca) (avez coupe|a coupe|coupe|coupez|hache|passe mal)", "^[pardon] encore une fois [s'il vous plait]$", "(qu'avez vous|qu'est ce que vous avez) dit", "^[pardon] vous (disiez|dites)$", "je vous (entends|ai) (mal|pas bien|pas (bien )?entendu)", "vous pouvez [me] (repeter|redire|reformuler)$",
        ),
    },
    "go_on": {
        "en": (
            "^(mm|mhm|mmhm|mm hm|uh huh|aha|yes|yeah|yep|okay|ok|right|sure|noted|perfect|lovely|great|good|thanks|thank you|alright|all right|understood|carry on|continue|keep going|got it|got that|i've got that|i have that|i've got it|i'm (listening|ready|writing|with you|noting (it|that) down)|go on|go ahead|please (go on|continue|carry on)|and|and then|then|next|and next|and after that|and the rest|the rest|what comes next|what's next|what's the rest|yes please|fire away) [yes|okay|ok|please|then|go on|go ahead|got it|got that|thanks|thank you|next]$",
            "(and|what's|what is|tell me) the rest", "(got|have|written) (that|it) [down] [so far]$",
        ),
        "fr": (
            "^(mm|mhm|hum|hum hum|oui|ouais|ok|okay|d'accord|tres bien|parfait|bien|entendu|note|c'est note|je note|j'ai note|merci|allez y|allez|continuez|poursuivez|je (vous )?ecoute|je vous suis|j'y suis|je suis pret*|pret*|ensuite|et ensuite|et apres|apres|et|la suite|et la suite|puis|et puis|c'est bon|voila|ca marche|oui oui) [oui|ok|d'accord|allez y|continuez|merci|note|je note|c'est note|ensuite|je vous ecoute]$",
            "(et|quelle est|donnez moi|dites moi) la (suite|fin)", "j'ai (bien )?note",
        ),
    },
    "spell": {
        "en": ("{can_you} [please|just|also] spell", "how (do|would) you spell", "how (is|'s) (it|that|this|your ...|the ...) (spelled|spelt)", "(spell|spelling) (it|that) [out|for me|please]", "letter by letter", "^[and|so] [please] spell ", "(what's|what is) the [exact|correct] spelling", "^[and] the spelling"),
        "fr": ("{pouvez_vous} [s'il vous plait] [me|nous] [le|la] (epeler|m'epeler|l'epeler)", "(vous|tu) [me|m'|nous] [l'|le|la] epel*", "(comment|ca|cela|cela se) ... s'ecrit", "s'ecrit (comment|avec)", "lettre par lettre", "^[et] (epelez|epele)", "l'orthographe (de|exacte|c'est)", "(pourriez|pouvez) vous ... epeler"),
    },
    "how_are_you": {
        "en": ("how are you [doing|keeping|feeling|getting on] [all|then] [today|tonight|this (morning|afternoon|evening)]$", "how's (it going|everything|life|your (day|morning|evening|week))", "how (is|has) your (day|morning|evening|week) (been|going)", "how are things", "(hope|trust) you('re| are)? (doing |keeping )?well", "are you (well|keeping well|having a (good|nice|lovely) (day|morning|evening))", "how do you do$"),
        "fr": ("comment (allez vous|ca va|vous allez|vas tu|vous portez vous) [bien] [aujourd'hui|ce (matin|soir)|cet apres midi] [(madame|monsieur) [*]]$", "(est ce que|vous) vous allez bien", "^[bonjour|bonsoir|alors|et] [madame|monsieur] [vous] (ca va|allez bien) [bien|aujourd'hui|vous]$", "vous allez bien", "la forme$", "vous passez une bonne (journee|soiree|matinee)", "comment se passe votre (journee|matinee|soiree)"),
    },
    "pleasantry": {
        "en": (f"(lovely|nice|beautiful|gorgeous|terrible|awful|horrible|dreadful|miserable|cold|hot|warm|strange) {_WEATHER_EN}", "(what|such) [a] (lovely|nice|beautiful|gorgeous|terrible|awful|horrible|miserable) (day|morning|evening|weather)", "(it's|it is|isn't it|is it) [really|very|so|quite|a bit] (cold|hot|warm|sunny|rainy|freezing|lovely|grey|windy) (outside|today|out|where you are|over there|here|there)", f"(this|the) {_WEATHER_EN} [is|today|these days|we're having]", "(nearly|almost|soon) the weekend", "happy (friday|new year|birthday|christmas|easter|holidays)", "did you (see|watch) the (game|match|football|news)", "^[it's|that's] [a] (lovely|nice|beautiful|gorgeous) (day|morning|evening) [today|isn't it|outside]$"),
        "fr": ("(il|qu'il) fait [un temps|tres|vraiment|bien|si|trop] (beau|chaud|froid|bon|gris|moche|lourd|superbe|magnifique|doux|mauvais|humide)", "(beau|mauvais|sale|drole de|quel|triste) temps [aujourd'hui|dehors|n'est ce pas|hein]", "(quelle|cette|avec la|avec cette) (pluie|chaleur|canicule|neige|grisaille|tempete)", "(bientot|presque|vivement) le week end", "(joyeux|bon|bonne) (noel|anniversaire|annee)", "vous avez (vu|regarde) le (match|film)", "(il pleut|il neige|quel soleil|beau soleil)"),
    },
    "age": {
        "en": ("how old are you", "(what's|what is|may i ask|can i ask|could i ask|tell me) your age", "^[and] your age [please]$", "(may|can|could) i ask how old you are"),
        "fr": ("quel age avez vous", "^[et] quel age$", "vous avez quel age", "quel est votre age", "^[et] votre age [s'il vous plait]$", "(demander|savoir|dire|donner) votre age"),
    },
    "private": {
        "en": (f"(what's|what is|tell me) your {_PRIVATE_EN}", "what do you do (for a living|for work|in life|as a job)", "what do you do$", "where do you work", "do you (have|got) [any|a|lots of] (children|kids|child|family|siblings|pets|boyfriend|girlfriend)", "(have|got) you got [any] (children|kids|pets)", "are you (married|single|alone|divorced|religious|rich|pregnant|in a relationship)", "where are you [calling|ringing|phoning] (from|right now|at the moment|now)$", "where are you [right] (now|calling from|ringing from|phoning from)", "do you live alone", "what (do|are) you (earn|earning|wearing|look like)", "(who|what) did you vote", "are you (free|doing anything) (tonight|later)", "what's your favourite"),
        "fr": (f"(quel|quelle) est votre {_PRIVATE_FR}", "(vous faites quoi|que faites vous|qu'est ce que vous faites) (dans la vie|comme (metier|travail)|ce soir)", "vous travaillez (ou|dans quoi|chez qui)", "ou travaillez vous", "(avez vous|vous avez) (des enfants|une famille|des freres|un animal|un chien|un chat|un copain|une copine)", "(etes vous|vous etes) (marie*|celibataire|divorce*|seul*|en couple|croyant*|riche|enceinte)", "(d'ou|de quel endroit|d'ou est ce que) (m'appelez|appelez|vous appelez|vous m'appelez)", "vous [m'] appelez d'ou", "(ou etes vous|vous etes ou)$", "vous (vivez|habitez) seul*", "combien (gagnez vous|vous gagnez)", "vous (gagnez combien|votez pour)"),
    },
    "human": {
        "en": ("(are|aren't) you [a|an|really|actually|just|not|some kind of|some] [a|an] [real] (robot|machine|bot|chatbot|ai|computer|computer program|recording|real|human|human being|real person|person)", "is (this|that) [a|an|just] (robot|recording|machine|bot|ai|real person|computer)", "(am i|i'm) (talking|speaking) to [a|an] [real] (robot|machine|bot|ai|computer|human|person|recording)", "you (sound|talk) like a (robot|machine|computer|recording)"),
        "fr": ("(etes vous|vous etes|t'es|tu es|seriez vous|est ce que vous etes) [bien|vraiment|en fait] (un|une) [vrai|vraie|veritable] (robot|machine|ia|ordinateur|bot|enregistrement|humain|etre humain|intelligence artificielle)", "(etes vous|vous etes|est ce que vous etes) [bien|vraiment] une (vraie|veritable) personne", "(c'est|est ce) [un|une] (robot|machine|enregistrement|repondeur)$", "je parle a (un robot|une machine|un ordinateur|une vraie personne|un humain|une ia)", "(on dirait|vous parlez comme) un robot"),
    },
}  # fmt: skip
ONLY_ASKED: dict[str, dict[str, tuple[str, ...]]] = {
    "repeat": {"en": ("^[and] (sorry|excuse me|what|again|eh|huh|come again|say again) [what|sorry]$",), "fr": ("^(pardon|comment|quoi|hein|plait il|excusez moi|vous dites) [comment|pardon|quoi]$",)},
}  # fmt: skip
"""Words that are a remark with a question mark alone: "Sorry?" asks to hear it again, "Sorry." apologises."""
NOT_A_REMARK: dict[str, dict[str, tuple[str, ...]]] = {
    "repeat": {
        "en": ("(i'll|i will|let me|i can|shall i|i'd like to|i) (repeat|rephrase|say)", "(number|name|address|postcode|reference|email|e-mail|date|code|surname|street|amount|order|time|hour|flight|price)", "(have|need) to (repeat|say)", "makes you say", "(why|how|when|where|who) ", "i (don't|can't|didn't) [quite] (understand|hear|get) (that|it) (you|we|they|from|was|is)"),
        "fr": ("je (vous )?(repete|redis|reformule|vais)", "(numero|nom|adresse|code|reference|mail|e-mail|date|prenom|rue|montant|commande)", "(pourquoi|quand|combien) ", "(si|cas|jamais|risque) ... (coupe|coupait|hache)"),
    },
    "how_are_you": {"en": ("how are you (finding|using|paying|getting to|planning|going|placed|fixed|set|with|for) ",), "fr": ("comment ca va (se|etre|marcher|fonctionner)", "(ca|cela) vous va")},
    "pleasantry": {"en": ("(have|enjoy|wish you|wishing you) ", "because of", "delayed", "due to"), "fr": ("(souhaite|passez|bonne journee)", "a cause (de|du)", "retard*", "(de|en|du|le|tout le) temps (que|de|en|reel)")},
    "spell": {"en": ("(i'll|let me|i will|i can|i'd|shall i|i) spell",), "fr": ("(je|j'|laissez moi|je vais) [vous] [l'] epel*",)},
    "human": {"en": ("person (who|that|i|in charge|responsible)", "a person to"), "fr": ()},
}  # fmt: skip


OF_A_TOPIC_TOO = frozenset({"go_on", "age", "private"})
"""Remarks whose clause may as well ask for something that the case knows: "Where are you now?" on an emergency call."""


def _table(rows: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[tuple[str, str], tuple[Phrase, ...]]:
    return {(k, lang): tuple(map(compile_phrase, p)) for k, by in rows.items() for lang, p in by.items()}


_SAID, _ASKED, _NOT = _table(REMARKS), _table(ONLY_ASKED), _table(NOT_A_REMARK)


@dataclass(frozen=True, slots=True)
class Remarks:
    """`found` in the order they were said; `beside` are numbers of clauses that are remarks, `busy` of those among them
    that speak of no topic of the case unless in its very words."""

    found: tuple[Remark, ...] = ()
    beside: frozenset[int] = frozenset()
    busy: frozenset[int] = frozenset()


def read_remarks(parts: Sequence[Part], folded: Folded, language: str) -> Remarks:
    """The remarks of a turn. A clause may be one of each kind."""
    found: list[Remark] = []
    beside: set[int] = set()
    busy: set[int] = set()
    for number, part in enumerate(parts):
        start, end = folded.back(part.start, part.end)
        for kind in _kinds(part, language):
            found.append(Remark(kind, folded.original[start:end], start, end))
            if kind != "go_on":
                beside.add(number)
            if kind not in OF_A_TOPIC_TOO:
                busy.add(number)
    return Remarks(tuple(found), frozenset(beside), frozenset(busy))


def _kinds(part: Part, language: str) -> Iterator[str]:
    if is_foreign(part.text, language):
        yield "other_language"
        return
    for kind in REMARKS:
        said = any(phrase.find(part.text) for phrase in _SAID[kind, language])
        if not said and part.question != "none":
            said = any(phrase.find(part.text) for phrase in _ASKED.get((kind, language), ()))
        if said and not any(phrase.find(part.text) for phrase in _NOT.get((kind, language), ())):
            yield kind
