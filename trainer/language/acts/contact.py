"""Opening, closing and the traffic of a call: greeting, naming oneself, hold, transfer, thanks, goodbye."""

from __future__ import annotations

from trainer.language.acts.rules import Rule

CONTACT: tuple[Rule, ...] = (
    Rule(
        "greeting", "word", 0.95,
        en=("hello", "hi [there]", "good (morning|afternoon|evening)", "hey there", "welcome to", "greetings", "^hey"),
        fr=("bonjour", "bonsoir", "salut", "rebonjour", "bienvenue (a|au|chez|dans)", "allo"),
        en_not=("say (hello|hi)", "hello to"),
        fr_not=("dire bonjour", "le bonjour"),
    ),
    Rule(
        "self_identification", "name", 0.95,
        en=(
            "my name (is|'s)", "my name's", "name's ... here", "you're (through to|speaking (to|with))",
            "you are (through to|speaking (to|with))", "you've (reached|come through to)", "you have reached",
            "this is ... (speaking|from|at|with|calling|here)", "(i'm|i am|it's|it is) ... (from|at|with) [the] ... (team|department|bank|support|services|service|desk|company)",
            "(i'm|i am) calling (from|on behalf of|for)", "(calling|ringing) (from|on behalf of)", "on behalf of",
            "from the ... (team|department|desk) [here]", "(i'm|i am) ... (and i'll be|i'll be) (helping|looking after)",
            "it's ... (speaking|here)",
        ),
        fr=(
            "je m'appelle", "mon nom est", "(je suis|c'est|ici) ... (de chez|du service|de la societe|de l'equipe|de la compagnie|conseiller*|chez|de l'agence|du cabinet)",
            "a l'appareil", "a votre (ecoute|service)", "pour vous servir", "vous etes (bien|en ligne|en relation|en communication) [bien] (chez|avec|au|a|sur)",
            "je (suis|vous appelle) ... (de la part|pour le compte)", "je vous (appelle|contacte|telephone) (de|pour|au nom)",
            "de la part de", "au nom de la (societe|compagnie|marque)", "vous avez (joint|bien joint)", "service clients ... bonjour",
        ),
        en_not=("(what's|what is|may i (have|take|get)|can i (have|take|get)) ... name", "who ... (speaking|calling)", "am i speaking"),
        fr_not=("qui est a l'appareil", "restons a votre", "reste a votre", "je suis ... a votre disposition", "est ce que je suis"),
    ),
    Rule(
        "self_identification", "speaking", 0.9,
        en=("speaking$", "speaking ... (how|what) (can|may) i", "speaking how"),
        en_not=("am i speaking", "who ... speaking", "are you", "(not|keep|stop) speaking"),
    ),
    Rule(
        "anything_else", "asked", 0.95,
        en=(
            "(anything|something|nothing) else", "any other (question|questions|query|queries|concern|concerns|issue|issues|way i|thing|things)",
            "any (more|further) (questions|queries|help)", "(is|was) there anything (more|further|i can)", "what else (can|could|may) i",
            "anything [at all] (i|we) (can|could) (do|help) ... (today|further|as well)", "all (i|we) can do for you today",
            "(have i|did i|did we|have we) (answered|cover*) (all|everything)", "is that everything", "is there anything more",
        ),
        fr=(
            "autre chose", "(d'|une |des )autre* (question|questions|demande|demandes|point|points|interrogation*)", "(d'autres|d'autre|une autre|autres) (question*|demande*|point*|interrogation*)",
            "quelque chose d'autre", "encore quelque chose", "(ce sera|ca sera|c'est) tout", "(est ce que|ai je|j'ai) ... repondu a toutes vos",
            "puis je encore vous", "une derniere question", "vous faut il autre",
        ),
        en_not=("(someone|somebody) else", "^it's nothing else", "there's nothing else (i|we) can", "nothing else (i|we) can do"),
        fr_not=("c'est tout ... (ce que|a fait|de suite)", "parlons d'autre chose", "pas autre chose a", "je peux (rien|pas) faire d'autre"),
        asks=None,
    ),
    Rule(
        "hold_notice", "wait", 0.93,
        en=(
            "(put|place|pop|putting|placing|popping) you on [a] [brief|short|quick] hold", "on hold", "(hold|stay) (the line|on the line|on a (moment|minute|second))",
            "hold on", "bear with me", "(one|a|just a|just one) (moment|minute|second|sec|tick) [please]", "(can|could|would|will) you (hold|wait|hang on)",
            "(won't|will not) be (a moment|long|a minute)", "back with you in", "(give|allow) me (a|one|two|a few|a couple of) [of] (moment*|minute*|second*|sec)",
            "hang on [a] (moment|minute|second|sec)", "please (hold|wait)", "stay with me", "while i (check|look|find|pull|bring) ... (this|that|it|up|into)",
            "if you('d| would|'ll| will| could) [just] (hold|wait|bear)",
        ),
        fr=(
            "(mets|mettre|met|place|placer) en attente", "(ne|merci de ne pas) quittez pas", "ne quittez pas", "restez en ligne", "rester en ligne", "merci de patienter", "(un|une) ([petit|petite] instant|[petite] minute|[petit] moment|[petite] seconde) [s'il vous plait|je vous prie]",
            "patientez", "patienter", "(deux|quelques) (secondes|minutes|instants)", "je reviens (vers vous|dans|tout de suite)", "je vous (demande|demanderai) de patienter",
            "je vous fais patienter", "le temps (que je|de verifier|de regarder|de consulter)", "veuillez (patienter|attendre)", "gardez la ligne",
        ),
        en_not=("been on hold", "(was|were|kept|left) ... on hold", "hold on to", "at the moment", "the order is on hold", "(deliver*|takes|take|arriv*|refund*|only takes|survey|it'll take|questions)", "for a moment of your time", "(do you have|have you got|got|spare) ... (moment|minute|second)", "thank* ... (hold*|wait*|patien*)", "sorry ... (keep*|hold*|wait*)", "have (a|one) (moment|minute)", "in (a|one) (moment|minute)", "on hold since", "account ... on hold"),
        fr_not=("avez vous", "vous avez (un|une|deux|quelques)", "merci d'avoir patiente", "merci (de|pour) votre patience", "merci pour", "desole ... (attente|patienter)", "(deux|quelques) minutes (de|pour repondre)", "a un moment", "pour un moment", "ca prend", "dure*", "accorder", "(deux|quelques) minutes a (me|nous)", "commande ... en attente", "en attente depuis", "au moment", "dans (un|une|deux|quelques)"),
    ),
    Rule(
        "transfer_notice", "through", 0.95,
        en=(
            "(put|putting) you through", "(transfer|transferring|transferred|pass|passing|connect|connecting|hand|handing|redirect|redirecting) you [straight|over|across|directly] (to|over|through|with|on to|across|now)",
            "(transfer|connect|redirect|forward) (you|your call)", "(transfer|transferring|pass|passing) [over|on] (you|your call|the call|this call)", "get you (over|through) to", "get you (to|with) (a|my|our|the|someone|somebody) ... (colleague|team|department|specialist|manager|supervisor|who)",
            "let me (get|fetch) (my|a|the) (manager|supervisor|colleague)", "(i'm|i am|i'll be|i will be) passing you", "bring (my|a) (colleague|supervisor|manager) (on|in)",
        ),
        fr=(
            "je vous (passe|transfere|mets en relation|redirige|oriente|bascule|connecte)", "(vous passer|vous transferer|vous mettre en (relation|contact|communication)|vous rediriger|vous orienter|vous basculer)",
            "(transferer|transfere|basculer|rediriger) (votre|l') appel", "transferer votre appel", "transfere votre appel", "on vous (passe|transfere|met en relation)", "je transfere", "vais chercher (un|mon|le|ma) (responsable|collegue|superviseur)",
        ),
        en_not=("connect you to the internet", "(can't|cannot|won't|not going to|unable to) ... (transfer|put you through|connect)", "money", "been (transferred|passed)"),
        fr_not=("(peux|peut|vais|pourrai) pas", "je vous passe (le|les) detail*", "on vous a", "je vous passe une commande", "argent", "virement"),
    ),
    Rule(
        "thanks", "thanks", 0.95,
        en=("thank you", "thanks", "thankyou", "many thanks", "much appreciated", "(i|we) [really|do] appreciate (it|that|your|you)", "cheers", "(i'm|we're) grateful", "grateful (to|for)"),
        fr=("merci", "je vous remercie", "nous vous remercions", "remercier", "remerciements", "c'est [tres] (gentil|aimable) [a vous|de votre part]", "je vous en remercie", "on vous remercie"),
        en_not=("no thanks to", "say thank", "thanks to (the|our|this|our new)", "you can thank"),
        fr_not=("merci de (patienter|ne pas|bien vouloir|me (donner|confirmer|communiquer|dire|preciser)|confirmer|rappeler|noter|preciser|rester)", "dire merci", "remerciez"),
    ),
    Rule(
        "closing", "bye", 0.95,
        en=(
            "good bye", "goodbye", "bye [bye]", "(have|enjoy) (a|the|your|an) [rest of] [the|your] [very|really] (good|nice|great|lovely|wonderful|pleasant|day|evening|afternoon|weekend|week|rest|fantastic|excellent)",
            "(take|you take) care", "(speak|talk) [to you] (soon|then|later)", "see you (soon|then|on)", "(have|enjoy) [a] ... (weekend|evening|day)$", "(good|nice) (speaking|talking) (to|with) you",
            "all the best", "until (then|next time)", "look forward to (hearing|speaking|seeing|welcoming)", "enjoy [the rest of] your (day|evening|afternoon|weekend)", "(have|wish you) a ... (day|evening|weekend|afternoon)",
        ),
        fr=(
            "au revoir", "(bonne|belle|excellente|agreable|tres bonne) (journee|soiree|fin de|apres midi|semaine|continuation|fetes|reception)", "(bon|excellent|tres bon) (week end|weekend|apres midi|courage)", "a (bientot|tres bientot|demain|plus tard|tout a l'heure|la prochaine)", "prenez [bien] soin de vous", "portez vous bien", "a tres vite", "bonne continuation", "bonne fin de",
            "vous souhaite [une|un] (bonne|excellente|agreable|tres|belle|bon)",
        ),
        en_not=("before (you go|we say)", "(don't|before you) hang up", "take care of (it|that|this|the|your|you|everything|everybody|any)", "good day for", "when i say goodbye"),
        fr_not=("(rappelle*|livre*|arrive*|passe*|recevr*|appell*|serait|sera) ... a (demain|plus tard)", "de demain", "a demain si", "bon courage"),
    ),
)  # fmt: skip
