"""Wordings that reply grading looks for, by signal, in both languages (written in the form of `phrases`).

A signal says what a wording does, never how well the reply did: one polite phrase earns little, and one hard word
is weighed together with what stands around it. Vectors find the wordings that these lists do not hold.
"""

from __future__ import annotations

from functools import lru_cache

from trainer.language.phrases import Phrase, compile_phrase

PHRASES: dict[str, dict[str, tuple[str, ...]]] = {
    "stock_empathy": {
        "en": (
            "i [do|really|fully|totally|completely|perfectly] (understand|appreciate|hear you|get it)", "i see$",
            "(thank you|thanks) for your (understanding|patience|time|interest|confidence|question|feedback|comment)",
            "{very} sorry for (the|any) inconvenience", "apologi* for (the|any) inconvenience",
            "your (satisfaction|safety|comfort) is (our|important|very)", "(is our|our top) priority",
            "we (value|appreciate) your", "important (to|for) us", "is precious", "take [such|your] ... seriously",
            "we thank you for", "that is ... understandable", "i know how you feel", "is important for everyone",
        ),
        "fr": (
            "je [vous] (comprends|comprend|entends) [bien|tout a fait|parfaitement|vraiment]", "je vois$",
            "(merci|remercie*) (de|pour) (votre|vos) (comprehension|patience|temps|interet|confiance|question|remarque)",
            "pour la gene occasionnee", "pour ce desagrement", "(notre|nos) priorite*", "votre satisfaction",
            "mettons tout en oeuvre", "sommes sensibles", "nous (prenons|regrettons)", "aimable clientele",
            "nous vous remercions",
        ),
    },
    "apology": {
        "en": ("sorry", "apologi*", "forgive (me|us)", "(our|my) (mistake|fault|doing)", "we (failed|messed|got) ... wrong"),
        "fr": ("desole*", "navre*", "pardon*", "excus*", "notre (faute|erreur)", "de notre part", "c'est nous qui"),
    },
    "cancelled_empathy": {
        "en": (
            "^(yes|yeah|ok|okay|sure|well|right|alright) [sir|madam] but", "i [do] understand [sir|madam] but",
            "i hear you but", "^but", "i see but",
        ),
        "fr": (
            "^(oui|ok|okay|d'accord|bon|bien sur) [monsieur|madame] mais", "je [vous] comprends [bien] mais",
            "^mais", "j'entends mais", "vous dites ca mais",
        ),
    },
    "consent_check": {
        "en": (
            "(is|are|would|does|will) (that|it|this|you) ... (ok|okay|alright|all right|fine|work|suit|good|help|clear|clearer|happy)",
            "{can_i} ... (send|call|book|put|add|note|show|explain|stay|work)", "would you (like|prefer|rather|want|mind|try)",
            "do you want", "want me to", "(ok|okay|alright) (for|with) you", "what (do|would) you (prefer|think|like|rather)",
            "what is good for you", "(which|what) (one|day|time|hour|suits|would|do) ... (you|better|easier|suits|prefer)",
            "interested", "shall we", "you (prefer|like|want) [it]$", "does that answer", "sound* (ok|okay|good|fair|alright)",
        ),
        "fr": (
            "(ca|cela|c'est) [vous|te] ... (va|irait|convient|conviendrait|arrange|dit|dirait|aiderait|interesse*)",
            "(ca|cela) (va|irait|marche|ira)", "{voulez_vous}", "(qu'est ce qui|lequel|laquelle|quand|quel jour) vous ... (arrange|convient|prefer*|va)",
            "on (fait|dit|essaie|reste|continue|regarde|laisse|verifie) ... (ca|comme|un|on|une)", "c'est (bon|d'accord|ok) [comme ca] [pour vous]",
            "c'est plus clair", "d'accord$", "vous (preferez|prefere|voulez|souhaitez)", "est ce que ca", "qu'est ce qu'on fait",
            "interesse*", "je vous (l'envoie|transfere|explique|le laisse)", "vous patientez", "si vous (voulez|preferez|souhaitez)",
        ),
    },
    "free_choice": {
        "en": (
            "or (shall|should|would|do|leave|stay|keep|not|neither|remove|just|first|you|i|we|is|are|the|a|another|rather|go|stick|try|thursday|tuesday|monday|later)",
            "or (not|neither|something else)", "if (you|that's|that is|it's) ... (prefer|like|want|no good|rather|still no|not)",
            "up to you", "you decide", "your choice", "as you (like|wish|prefer)", "no (pressure|obligation|hurry|rush)",
            "(just|then) don't (pick|answer|move|take)", "stop me (when|whenever)", "or leave you", "leave you (in peace|be|alone)",
            "honestly it's too", "stay (where|with)", "keep (yours|what|you)", "don't (change|switch|move|take it)",
        ),
        "fr": (
            "ou (bien|alors|on|je|vous|plutot|pas|non|sinon|si|juste|seulement|le|la|les|un|une|d'abord|en|mardi|jeudi|samedi|plus)",
            "c'est vous qui (voyez|decidez|choisissez)", "comme vous (voulez|preferez|souhaitez)", "si (ca|cela) ne vous (dit|va|convient)",
            "si vous (preferez|voulez|aimez mieux)", "si c'est [toujours] non", "je n'insiste pas", "rien ne presse", "sans engagement",
            "ne decrochez pas", "sinon (je|on|c'est|gardez|restez)", "(gardez|restez)", "je vous laisse tranquille", "surtout ne prenez",
            "vous arretez quand", "on s'arrete quand", "en rester la", "ce n'est pas la bonne", "pas besoin de nous",
        ),
    },
    "commitment": {
        "en": (
            "{ill} ... (send|call|ring|note|put|take|remove|pass|transfer|book|text|mail|email|leave|drop|fetch|write|check|add|hold|keep|tell|sort|freeze|cancel|order|phone|give|update|activate|stay|speak|save)",
            "(i'm|i am|we're|we are) (sending|putting|booking|taking|calling|ringing|transferring|passing|refunding|crediting|doing|noting|posting)",
            "i (send|call|ring|note|put|take|book|text|mail|write|transfer|pass|make|remove|phone)",
            "{ican} ... (send|call|ring|note|put|take|remove|pass|transfer|book|text|mail|email|lend|hold|move|give|refund|add|freeze|get|write|require|activate|ask|check|offer)",
            "(he|she|they|someone|somebody|the manager|a manager|the duty manager|the director|a senior officer|patient relations|the engineer|the courier|the technician) (will|calls|rings|comes|can call|phones)",
            "you'll (get|have|receive|hear|find)", "you (get|have|receive) ... (days|hours|minutes|text|mail|sms|nights|months)",
        ),
        "fr": (
            "je [vous|le|la|les|l'|te|lui] [le|la|les|l'|en] (envoi*|rappelle|retire|note|passe|mets|met|reserve|transfere|prete|enleve|efface|garde|suspend*|annule|rembourse|verifie|poste|laisse|retente|appelle|bloque|surclasse|fais|prends|inscris|explique|regarde|resilie)",
            "je (peux|vais|voudrais) [vous|le|la|les|lui] [le|la|l'|en] (mettre|envoyer|proposer|passer|rappeler|retirer|noter|reserver|transferer|preter|suspendre|annuler|offrir|demander|expliquer|lui)",
            "on [vous] (envoie|rappelle|retire|note|reserve|passe|prete|rembourse|livre|bloque|monte|peut|vient|pose)",
            "vous (recevez|recevrez|aurez|avez) ... (sms|mail|jours|mois|courrier|lien|semaine|heures|cheque)",
            "(il|elle|responsable|technicien|directrice|referente|infirmiere|conseiller|quelqu'un|un responsable|la responsable) [vous] (rappelle*|appelle*|passe*|monte|vient|contacte*|recontacte*)",
        ),
    },
    "when_word": {
        "en": (
            "(today|tomorrow|tonight|now|right away|straight away|at once|immediately|this (morning|afternoon|evening|week))",
            "(monday|tuesday|wednesday|thursday|friday|saturday|sunday)", "next (week|month)", "within ...  (hours|hour|days|minutes|week|weeks)",
            "in ... (minutes|minute|hours|days)", "(after|before|at|till|until|around|by) ... (six|seven|eight|nine|ten|noon|o'clock|pm|am)", "while (we|you|i) (speak|talk|wait|are)",
        ),
        "fr": (
            "(aujourd'hui|demain|maintenant|tout de suite|immediatement|ce (matin|soir)|cet apres midi)",
            "(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)", "(semaine|mois) prochain*", "(sous|dans|d'ici) ... (heures|heure|jours|minutes|semaines)",
            "(a|vers|avant|apres|jusqu'a) ... (heures|heure|midi)", "dans l'heure", "en attendant", "tout a l'heure", "avant qu'on raccroche",
        ),
    },
    "vague_step": {
        "en": (
            "call [us] back [later]", "(call|ring|try|phone) [you] [back] (later|another (time|day)|again|some time)", "let us know", "we'll see",
            "if you change your mind", "you (know where|can always)", "you have our number", "(contact|ring|call) us", "see what i can do", "in case$", "just in case",
        ),
        "fr": (
            "rappelez nous", "n'hesitez pas", "je [vous] rappellerai [plus tard]$", "je (rappelle|vous rappelle) plus tard", "on verra", "si jamais", "voyez avec",
            "une autre fois", "voir ce que je peux", "(recontactez|contactez) nous", "reflechissez [bien]",
        ),
    },
    "goodbye": {
        "en": ("goodbye", "good bye", "bye", "(have a|have an) ... (day|evening|meeting|weekend|afternoon|one|trip)", "good (evening|day|night) [to you]$", "take care", "safe trip", "good luck"),
        "fr": ("au revoir", "(bonne|belle|tres bonne|excellente) (journee|soiree|continuation|fin|reunion|route)", "bon (courage|appetit|week end)", "adieu"),
    },
    "removal": {
        "en": ("(take|put|get|remove|delete) ... (off|out of|from) ... list", "(take|takes) ... (number|it|name) ... off", "(no more|not|nobody) ... (call*|ring*|phone*|hear|again)", "remove you", "stop (calling|bothering|ringing)", "never hear from", "(no more|last) calls"),
        "fr": ("(retire|enleve|efface|supprime|raye) ... (liste|numero|maintenant|fichier|appels)", "vous (retire|enleve|efface)", "n'entendez plus", "on [ne] [vous] (appelle|rappelle|embete|derange) ... plus", "plus (d'appel|personne)", "que personne ne vous rappelle", "retrait"),
    },
    "admin_question": {
        "en": ("your [full|first|last] (name|email|e-mail|address|postcode|number|date of birth|reference|account|mail)", "what (is|'s) (the|your) (email|address|name|number|date)", "which (number|address|email)", "name please", "name$", "address please"),
        "fr": ("votre (nom|adresse|numero|mail|date|code postal|reference|dossier)", "vos (coordonnees|nom)", "quelle [est] [votre|l'] adresse", "a quel (numero|nom)", "a quelle adresse", "l'adresse c'est quoi", "c'est quoi votre (nom|adresse|mail)"),
    },
    "script": {
        "en": ("(question one|first question|question number)", "on a scale", "(from|out of) (one|1) to (five|ten|seven|5|10|7)", "how (satisfied|would you rate|do you rate)", "can i take ... (card|bank|details|long number)", "(card|bank) (number|details) ... (please|start|now)$", "what size", "how would you like to pay", "which way ... pay"),
        "fr": ("(premiere question|question numero|question une)", "(sur une echelle|sur dix|sur cinq)", "(de un a|de 1 a) (cinq|dix|5|10)", "comment (notez|evaluez) vous", "(coordonnees|carte) bancaire*", "(votre|l') (iban|rib)", "je prends (vos|votre)", "je note$"),
    },
    "pressure": {
        "en": (
            "(offer|price|deal|discount|grant) (dies|ends|expires|closes|doubles|goes up) ... (minutes|hour|hours|today|tonight|tomorrow)", "now or never", "last (chance|day|one|car|place|places|seat)",
            "only (one|two|three|few) ... left", "(just|quickly|come on) say yes", "say yes (and|now|today|quickly)", "yes or no", "you'll (regret|cry|lose|thank me)", "you will (regret|lose)",
            "(your|the) (meeting|plumber|work|dinner|meal|children|kids|boss|friends|guests) can wait", "let them wait", "can wait (five|ten|a)", "people like you", "(anyone|anybody|people) who (loves|cares|says|waste)", "if you (loved|cared|love|care)",
            "nothing to hide", "(do|don't) you [really] (want|care) ... (children|grandchildren|family|kids|life|health|safety)", "don't be (a|such|so)", "what are you (afraid|scared)", "you don't need ... permission", "sign (now|today|here)",
            "before it (happens|'s too late|is too late)", "(your|it's your) duty", "least you can do", "must (finish|decide|sign|answer) ... (now|today|this)", "(i'll|i will) (put|sign) you (in|up|down) (for|anyway|now)", "book it again to be safe", "without ... permission",
            "(everybody|everyone) (takes|signs|says yes)", "i can't ... until we", "think carefully", "(let's|lets) not play games", "that's an order", "you have no choice", "(bailiffs|court|prison|lawyer*)",
        ),
        "fr": (
            "(offre|prix|aide|promo*) ... (termine*|expire*|double*|perdu*|minutes|ce soir|demain)", "maintenant ou jamais", "(derniere|dernier) (chance|jour|place|fois|appel)", "il n'en reste [plus] qu", "(dites|dis) [moi] [juste|simplement] oui", "dire oui",
            "oui ou non", "(allez|allons) ... (signe*|dites|oui|deux minutes|on)", "(regretter|regretterez|remercierez|pleurer*)", "(peut|peuvent) attendre", "(gens|personnes) comme vous", "(un bon|une bonne) (pere|mere|parent|mari|citoyen*)",
            "(rien|quelque chose) a cacher", "votre devoir", "un petit effort", "soyez (gentil|gentille|raisonnable)", "je [vous] (inscris|valide|enregistre)", "decidez (vous|pour)",
            "(a vous de voir|c'est votre faute|votre faute)$", "si vous ne (repondez|versez|prenez|signez|payez)", "qui (hesite*|attend*) ... (perd|pleure)", "(le jour|quand) (ou|vous|on|votre) ... (cambriol*|tombez|ecras*|traine*|brule*|souviendrez|plaindr*)", "ne venez pas", "vous (plaindrez|regretterez|souviendrez)",
            "(demander|la) permission (au|du|a)", "vous (contentez|preferez) ... (peu|rester en vie)", "(huissier*|tribunal|prison|cancer|mouriez|mort)", "(prendre|courir) ce risque", "(on vous|je vous) coupe", "dans la minute",
        ),
    },
    "rude": {
        "en": (
            "(idiot|stupid|moron|imbecile|dumb|fool|liar|cheapskate|sheep|sweetheart|lady|paranoid|ridiculous|pathetic|shut up|get a grip|suit yourself|oh please|poor thing|how sad)", "(learn|try) (to|and) read", "can't [even] read", "wasting my time", "waste my time", "(go|try) somewhere else", "then go (to|back)",
            "(better|other) things to do", "hang up then", "i hang up", "i'm hanging up", "(nobody|no one) cares", "not that important", "(brilliant|charming|nice try|lovely|bravo|congratulations) (yes|then|well)", "what a tragedy", "what do you expect", "(did|do) you expect ... (a butler|red carpet|miracle)", "what are you a", "are you ashamed", "how did you (ever|even)", "ever thought of", "screaming", "enjoy (losing|your pain)",
        ),
        "fr": (
            "(idiot*|imbecile*|stupide*|debile*|bete|abruti*|menteu*|parano*|incapable*|ridicule*|penible*)", "(apprenez|sachez) ... lire", "savent pas lire", "(allez|voyez) ... (ailleurs|en face)", "bon vent", "perdre mon temps", "autre chose a faire", "(n'interesse|s'en fiche|s'en fout)", "(redescendez|restez poli|pas la peine de (hurler|crier))", "(vous me prenez|me prenez)",
            "(fallait pas|il fallait pas) decrocher", "rien que ca", "on me la fait", "bien sur (on|en) ... (corbeille|dix fois)", "vous fait du sport", "meme un enfant", "un adulte", "il y a pire", "(vous etes|vous n'etes) ... (sourd*|malin*|fou|folle)", "(encore faut il|il faudrait peut etre)", "en reparle", "redescend*", "monsieur est", "a votre age", "plumer la vieille", "mechant*",
        ),
    },
    "blame": {
        "en": (
            "you (should|should've|shouldve)", "you shouldn't", "your [own] (fault|mistake|responsibility)", "(that's|it's) on you", "you (signed|ticked|pressed|clicked|forgot|didn't read|didn't follow|sent a bad|chose|dropped|left|entered|wanted)", "if you (had|hadn't|'d|clicked|read)", "nobody forced you", "that depends on you", "next time (follow|check|read|call)", "people don't (do|read|look)", "because you (pressed|ticked|didn't|sent|chose|left)", "should have (checked|read|thought|been|done|called|put|come)", "without reading",
        ),
        "fr": (
            "(vous auriez du|auriez du|vous devriez|vous deviez)", "(il fallait|fallait)", "(c'est|de) votre (faute|erreur)", "vous (n'avez pas|avez pas|avez mal|avez du|vous etes trompe*|avez pris le moins|avez coche|avez oublie)", "si vous aviez", "(encore faut il|faut faire attention|il faut etre vigilant|il ne faut pas s'etonner)", "(c'est aux parents|c'est au client|a vous) de verifier", "si vous vous etes fait", "avant de signer", "que vous ne (les|le|l') (nettoyez|verifiez|lisez)", "sans regarder",
        ),
    },
    "forbidden": {
        "en": ("calm down", "not my (problem|fault|job|department)", "as i [have] [already] (told|said|explained)", "i just work here", "lower your voice", "don't shout", "you said yesterday", "like i said", "i [just] told you", "you just have to wait", "rules are the rules"),
        "fr": ("calmez vous", "[c'est] pas (mon|ma|notre) (probleme|faute|service)", "comme je vous l'ai [deja] dit", "je vous l'ai [deja] dit", "moi je (suis|fais) ... (a l'accueil|que)", "restez poli", "ne criez pas", "baissez ... ton", "debrouillez vous", "ce n'est pas nous"),
    },
    "dry_rule": {
        "en": ("(it's|it is|that's|that is|those are) (the|our|a|for) (procedure|rule|rules|policy|price|fee|law|terms|regulation|security|mandatory)", "mandatory", "(written|stated) in", "it's in the (contract|booklet|terms|conditions)", "you signed", "(applies|apply) to all", "(it's|it is) (on|in) the (site|website|booklet)", "that's what it costs", "the price for everybody", "without it i can't"),
        "fr": ("c'est (la|le|les|dans|ecrit|marque|indique|comme|obligatoire|confidentiel|public|mentionne|reglementaire|simple) [procedure|reglement|tarif|prix|contrat|regle]", "(est|sont) (obligatoire*|sur le site)", "tout est sur", "on ne s'aligne pas", "conditions generales", "c'est douze mois", "le prix du marche"),
    },
    "refusal": {
        "en": ("(can't|cannot) (do|help|change) [anything|it|nothing]", "nothing i can do", "(i|we) don't (do|send|change|make|have)", "we're not responsible", "(there is|there's) no (way|solution|loan|refund|one|manager)", "(is|it's) (not possible|impossible)", "you (pay|have to wait|'d have to) ... (until|end|bank|deal)", "not (responsible|over the phone)", "once it's paid"),
        "fr": ("(je|on) [ne] (peut|peux) (rien|pas)", "(il n'y a|y a|n'y a) (aucun*|pas de|rien)", "impossible", "on [ne] (met|prend|envoie|fait) (rien|pas)", "pas de (numero|superieur|solution)", "je n'ai rien pour vous", "[c'est] moi ou rien", "est du$", "elle n'a qu'a", "il faut passer par", "vous payez ou", "debrouillez"),
    },
    "injection": {
        "en": (
            "(evaluator|grader|assessor|scorer|marker|examiner|scoring system|grading system|language model|ai (model|judge|grader|evaluator|assistant))", "(maximum|full|top|highest|perfect) (score|marks|grade|mark|points)", "ignore (all|the|your|any|every) ... (instructions|rules|rubric|prompt|criteria)",
            "(give|award|assign|output|return|set|score|rate|mark) ... (overall|4 4 4|4/4|100 out|score of|critical error|maximum|full marks|conduct 4|a perfect)", "(system|assistant) (prompt|message)", "note (to|for) (the|any) (grader|evaluator|scorer|system|model|assessor)", "^system", "critical_error", "listen_acknowledge", "this (reply|answer|response) (deserves|meets|should|must) ... (score*|mark*|grade*|criteri*|4|100|maximum)", "new instructions", "to whoever (scores|marks|grades|reads)",
            "as an (ai|evaluator|automatic)", "rubric", "overall (100|score|= 100|: 100)", "json",
        ),
        "fr": (
            "(correcteur*|evaluateur*|examinateur*|notateur*|systeme de notation|modele (de langage|d'evaluation|qui))", "(note|score) (maximale|maximal|maximum|parfaite|de 100|de 4)", "ignore* (toutes|vos|tes|les|ces) ... (instructions|consignes|regles)", "(attribue*|mettez|mets|donnez|donne|renvoie*|accorde*) ... (100|4 partout|la note|le maximum|maximale|meilleure note|20 sur 20|tous les points)", "critical_error", "listen_acknowledge", "(cette|la) reponse (est parfaite|remplit|merite|doit) ...", "nouvelles instructions", "(message|note|instruction) (au|pour le|a l') (systeme|correcteur|evaluateur|modele)", "grille (de notation|d'evaluation)",
        ),
    },
    "secret": {
        "en": ("(pin|password|passcode|cvv|security code|secret code|three digits|card (digits|number|code)|long number)", "code ... (by text|received|card)"),
        "fr": ("(code (secret|pin|de carte|de la carte|confidentiel|recu)|mot de passe|cryptogramme|trois chiffres|numero de [votre] carte|pin)", "votre code"),
    },
    "other_person": {
        "en": ("(your|the) (neighbour*|neighbor*|colleague*|ex wife|ex husband|sister|brother|last customer|other customer|previous customer)", "(those|that|it) (were|was|is) for (mr|mrs|ms)", "(mr|mrs|ms|miss)"),
        "fr": ("(votre|le|la) (voisin|voisine|collegue|ex mari|ex femme|soeur|frere|dernier client|autre client)", "(le petit|la petite)", "(l'autre|un autre|une autre) (client|cliente|patient|patiente|abonne)"),
    },
    "file_aloud": {
        "en": ("i [can] see (you|here|that|your)", "i see here", "i have (you|it) here", "i've your", "(ending|ends) in", "your (balance|account) (is|has|shows)", "on (the|your) account", "there it is", "let me (look|see) (there|oh|it)", "... (road|street|lane|avenue)"),
        "fr": ("je vois (ici|que|aussi)", "je l'ai (sous les yeux|ici|la)", "je vous vois", "votre (solde|compte) (est|affiche)", "vous avez ... (sur le compte|sur votre compte)", "(rue|avenue|boulevard|impasse|chemin|allee) (de|des|du)", "(doit|gagne|a un retard)", "vous etes suivi*"),
    },
    "no_secret": {
        "en": ("(won't|never|don't|not|no) ... (pin|password|card number|code|codes|three digits|card)",),
        "fr": ("(jamais|aucun|pas|ne) ... (code*|mot de passe|carte|pin)",),
    },
    "filler_human": {
        "en": ("(good|fair) (question|point|that you)", "you're right", "you are right", "of course", "no wonder", "(that's|it's) (fair|annoying|not acceptable|true|frustrating|hard|infuriating|awful|frightening|a pity)", "(i'd|i would) ... (too|as well|myself|neither)", "(congratulations|lovely|thank goodness|ouch|oh no)", "with pleasure", "happy to", "no problem", "no worries", "don't worry"),
        "fr": ("(bonne|tres bonne) question", "vous avez (raison|bien fait)", "bien sur", "(c'est|ce doit etre|ca doit etre) (normal|vrai|penible|dur|rageant|agacant|juste|dangereux|long|degoutant|embetant)", "(moi aussi|moi meme|moi non plus|a votre place)", "(tant mieux|bravo|mon dieu|volontiers|ah|oh)", "avec plaisir", "pas de (souci|probleme)", "je (serais|poserais|raccrocherais)", "c'est (moi|notre) (faute|qui ai)"),
    },
    "boast": {
        "en": ("best ... (in the|on the|of all)", "(champion*|surgeon*|doctors|ministry|government|scientist*|celebrit*|army)", "(medically|scientifically) prove*", "for (life|ever)", "forever", "lifetime", "(guarantee*|certain|can't lose|no risk|cannot lose|harmless|indestructible)", "(hundred|100) percent", "you have my word", "i promise", "nobody can ever", "better than", "we're better", "we are better", "(everybody|everyone) (wins|gets)", "years minimum", "never (breaks|fails)"),
        "fr": ("(le|la|les) (meilleur*) (du|de la|des|de tou*)", "(champion*|chirurgien*|etoile*|ministere|l'etat|prefecture|scientifique*|celebre*)", "(prouve*) (par|scientifiquement|cliniquement)", "a vie", "(pour toujours|definitivement)", "(je vous le garantis|promis|ma parole|aucun risque|sans risque|indestructible*|aucun danger)", "cent pour cent", "(meilleur|meilleure|meilleurs|mieux) que", "(on est|nous sommes) (meilleur*|mieux)", "tout le monde (gagne|le sait|recoit)", "toute votre vie", "rassurez vous", "soyez tranquille", "on [le] garantit"),
    },
    "concession": {
        "en": ("(just|only) for you", "for a customer like you", "i'll (make|drop|do) it", "(i've|i have) (put|cancelled|credited|sent|moved|added|transferred|removed|refunded|already|spoken|just)", "(all sorted|consider it done|it's done|^done)", "make an exception", "(thrown in|on the house|as a (gift|thank you)|on us)", "(everyone|everybody) who", "and (any|all) (other|the rest)", "we'll do (five|ten|it)"),
        "fr": ("pour vous je", "rien que pour vous", "je vous (la|le|les) (fais|laisse)", "exceptionnellement", "(j'ai|je viens) [deja] (annule|credite|verse|envoye|ajoute|rembourse|supprime|remis)", "(c'est fait|tout est regle|aucun souci)", "en (cadeau|prime)", "(chaque|tous les) participant*", "pour me faire pardonner", "on vous le fait", "je vous offre", "de mon cote je"),
    },
    "competitor_attack": {
        "en": ("(bankrupt*|closing down|going under|switching off|licence|license|scam*|rip off|ripped off|ripping|cheat*|crook*)", "(raise|raised|put) (it|prices|them) (after|up)", "they (did|do) it to", "stopped covering", "will be left without"),
        "fr": ("(faillite|va fermer|fermer|ferment|agrement|licence|arnaque*|escroc*|vole*|perdu leur)", "(leurs|tous leurs) clients", "ne vaut rien", "ne couvre rien", "vous n'etes plus"),
    },
    "law": {
        "en": ("(law|legal|illegal|government|ministry|compulsory|fine of|tax office|council tax|mandatory from|certificate from)",),
        "fr": ("(loi|legal|illegal|gouvernement|ministere|obligatoire|amende|prefecture|credit d'impot)",),
    },
}  # fmt: skip


@lru_cache(maxsize=1)
def compiled() -> dict[str, dict[str, tuple[Phrase, ...]]]:
    """The phrases ready to match: signal -> language -> phrases."""
    return {
        signal: {language: tuple(compile_phrase(p) for p in phrases) for language, phrases in by_language.items()}
        for signal, by_language in PHRASES.items()
    }
