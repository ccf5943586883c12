"""How the operator takes in the customer: acknowledging, apology, empathy, other words for it, reassurance."""

from __future__ import annotations

from trainer.language.acts.rules import Rule

CARING: tuple[Rule, ...] = (
    Rule(
        "acknowledge", "understood", 0.9,
        en=(
            "{i} [do|can|really|fully|totally|completely|perfectly|quite|absolutely|definitely] (understand|see|appreciate|hear you|get it|get that|hear that|follow)",
            "(i'm|i am) (hearing|with) you", "(you're|you are) [absolutely|quite|completely|totally] right", "fair (enough|point|question|comment)", "(that|it) (makes|does make) [perfect|total|complete] sense", "makes sense",
            "understood", "of course", "(got|gotcha) (it|you)", "(that's|that is|it's|it is) [perfectly|completely|totally|quite|very|absolutely|entirely] (fair|understandable|reasonable|normal|a fair|a good|natural|legitimate|a valid)", "good (point|question)", "point taken", "noted", "i (take|see) your point",
            "(don't|can't|do not|cannot) blame you", "you have (a|every) (point|right)", "you've (got|a) (a|every|point)", "no problem [at all]", "(absolutely|certainly)$", "thank you for (telling|letting|explaining|sharing|being|pointing|raising|bringing)", "thanks for (telling|letting|explaining|sharing|pointing|raising|flagging|bringing)", "i hear what",
        ),
        fr=(
            "je [vous] [le] (comprends|comprend|vois|entends|concois|note) [bien|tout a fait|parfaitement|tres bien|totalement|votre|que|vos]", "(nous|on) [vous] [le] (comprenons|comprend|entendons|entend)", "je peux [tout a fait] [vous] (comprendre|concevoir)",
            "vous avez [tout a fait|entierement|bien|parfaitement|completement] raison", "(c'est|cela est|ca me parait) [tout a fait|tres|bien|parfaitement|totalement] (normal|comprehensible|legitime|juste|vrai|entendu|logique|note|exact)", "bien (entendu|sur)", "(tres|c'est) bien note", "(c'est|est) note", "d'accord", "entendu", "effectivement", "en effet", "tout a fait", "absolument",
            "je ne vous (donne|jette) pas", "bonne (question|remarque)", "j'(entends|ai bien|ai compris|imagine bien)", "merci (de|pour) [m'] ... (avoir|signaler|precision*|franchise|remarque)", "je prends note", "pas de (souci|probleme)", "vous (faites|avez) bien", "c'est une (bonne|vraie) question",
        ),
        en_not=("(don't|do not|can't|cannot|didn't|fail to) [really] (understand|see|get)", "you (don't|do not) understand", "do you (understand|see|get)", "let me see", "i see you", "i can see [that] [you|your|the|it] (account|order|parcel|have|has|are|is|were|was|haven't|it's|in|on|from|our|an|a)", "i can see (it|the|your|that the|on|from|a|in|here)", "i see (the|your|on|in|from|here|a|it)", "i (see|understand) if", "(would|'d) appreciate (it|if|your)", "i['ll] get it", "make sure (i|we) understand", "see (what|if|whether|how)", "see you", "help me understand", "to understand", "i get it for", "understand (what|why|how)"),
        fr_not=("(comprends|vois|entends) (pas|rien|mal)", "vous (comprenez|voyez|comprendrez)", "je vois (le|la|votre|que votre|que vous|dans|sur|un|une|ici|que la|que le|l')", "pour (comprendre|bien comprendre)", "je ne comprends", "bien note (votre|l'adresse)", "je note (votre|le|la|l'|que)", "d'accord pour", "(etes|etiez|seriez|serez|vous) [etes|tombe] d'accord", "j'entends par", "dire d'accord"),
    ),
    Rule(
        "acknowledge", "feeling", 0.85,
        en=("i (can|could|would) [only|certainly|easily|well] imagine", "i [can|do] appreciate (that|how|why|your)", "i understand (why|how|what|your|that|you)", "i (can|do) see (why|how|that you|you're|what you)", "i know (how|it's|that's|this is|you)"),
        fr=("j'imagine", "je (comprends|concois|vois|sais) (que|votre|bien|ce que|pourquoi|combien|qu')", "je sais (bien|que|a quel|combien)"),
        en_not=("(don't|can't|do not) ... (understand|see|imagine|know)", "help me understand", "i know (the|your|it's not)", "i can see (that|you) ... (account|order|system|screen|file)", "to make sure"),
        fr_not=("je (sais|comprends|vois) pas", "je ne (sais|comprends|vois)", "je vois que ... (compte|commande|dossier|colis|facture)"),
        asks=False,
    ),
    Rule(
        "apology", "sorry", 0.95,
        en=(
            "[i'm|i am|we're|we are|so|very|really] sorry", "apolog*", "(my|our) [sincere|sincerest|deepest] apologies", "(forgive|pardon|excuse) (me|us|the|our)", "(i|we) [do|sincerely|deeply] regret", "(that|this|it) (shouldn't|should not|should never) have happened", "my mistake", "my bad", "(that's|this is) (on us|our fault|our mistake)", "(our|my) (fault|mistake|error)",
        ),
        fr=(
            "(desole*|navre*|confus*)", "(je|nous) (vous prie|vous prions|vous presente|vous presentons|presente|presentons) ... (excuse*|excuser)", "(mes|nos|toutes nos|toutes mes|mille) [plus] [sinceres] excuses", "(je|nous) [m'|nous] excus*", "je m'excuse", "nous nous excusons", "(veuillez|merci de) (m'|nous|bien vouloir m'|bien vouloir nous) excuser", "veuillez (m'excuser|nous excuser)", "excusez (moi|nous)", "pardon [pour|de]", "pardonnez (moi|nous)", "(je|nous) regrett*", "(c'est|c'etait) (notre|ma) (erreur|faute)", "ca n'aurait pas du (arriver|se produire)", "cela n'aurait pas du",
        ),
        en_not=("sorry to (say|hear) (but|you)", "not sorry", "you'll be sorry", "be sorry", "better safe", "(sorry|pardon|excuse me)$", "^sorry what", "i'm sorry you feel", "you (regret|should apologi*|owe)", "why should i (apologi*|be sorry)", "not (my|our) (fault|mistake)", "(sorry|apologi*) (for|if) (you|your) (feel|misunderst*)"),
        fr_not=("pas (desole|a m'excuser|notre faute|ma faute)", "sans regret", "vous (regrett*|allez regretter|excuser)", "c'est pas (notre|ma)", "desole (mais|pour vous|je (peux|ne peux|peut))", "ce n'est pas (notre|ma)"),
    ),
    Rule(
        "apology", "sorry_but", 0.6,
        en=("sorry but", "sorry to (hear|say)", "i'm sorry you feel"),
        fr=("desole* mais", "desole* je (peux|ne peux)"),
        en_not=("not sorry",),
    ),
    Rule(
        "empathy", "frustrating", 0.92,
        en=(
            "(must|that must|it must|can't|cannot|that can't) (be|have been|feel|felt) [really|so|very|quite|pretty|incredibly|extremely] (frustrat*|annoy*|stress*|difficult|hard|awful|upset*|worr*|disappoint*|horrible|exhaust*|tough|painful|confus*|terrible|scary|nice|easy|fun|pleasant|a shock|a worry|miserable|infuriat*|unpleasant|distress*)",
            "(how|so|really|very|incredibly|that's|that is|it's|it is|this is) (frustrating|annoying|stressful|upsetting|worrying|disappointing|distressing|infuriating|awful|horrible|a nuisance|exhausting|unpleasant|inconvenient)", "(i'd|i would|anyone would|i'd also) [also|probably|certainly] [be|feel] (be|feel|upset|annoyed|frustrated|worried|the same|angry|cross|furious|disappointed|fed up)",
            "in your (shoes|place|position|situation)", "(sorry to hear|sorry about|sorry that you|sorry you've|sorry you had|sorry you have|sorry for what|sad to hear|terrible to hear)", "i (know|understand|see|can see|can hear|can understand|realise|realize|appreciate) ... (frustrat*|annoy*|upset*|stress*|hard|difficult|worr*|disappoint*|angry|inconvenien*|how you feel|how important)", "no wonder (you're|you|that)",
            "(what a|such a|quite a) (nuisance|shame|pain|ordeal|disappointment|worry|mess|hassle|pity|day|week)", "(the last thing|not what) (you|anyone) (need*|want*|expect*)", "you (must|must've) (be|have been|feel) ... (exhaust*|tired|worr*|upset|stress*|frustrat*|disappoint*|annoyed|anxious|fed up)", "i feel for you", "(condolences|my sympathy|thoughts are with)", "that (sounds|must|seems|does sound) [really|very|so|like] (frustrating|difficult|hard|tough|awful|stressful|annoying|horrible|upsetting|worrying|exhausting|unpleasant|a nightmare|miserable)", "(that's|that is) not (easy|nice|acceptable|what you)", "you've been (patient|waiting long|through a lot)", "(i'd|i would) be too", "(glad|happy|pleased|delighted) to hear", "congratulations",
        ),
        fr=(
            "(c'est|ca|cela|ce) ... (doit|a du) etre [vraiment|tres|bien|assez|particulierement] (frustrant|difficile|penible|enervant|agacant|stressant|dur|inquietant|complique|desagreable|epuisant|angoissant|rageant|decevant)", "(doit|devait|a du|avez du|devez) [vraiment] (etre|vous) ... (frustrant|difficile|penible|enervant|agacant|stressant|dur|inquietant|desagreable|epuisant|angoissant|rageant|fatigue*|epuise*|inqui*|decu*|agace*)", "(c'est|cela est|que c'est|c'etait) [vraiment|tres|bien|assez|extremement|particulierement|plutot|franchement] (frustrant|penible|enervant|agacant|stressant|inquietant|desagreable|epuisant|rageant|decevant|angoissant|contrariant|embetant|ennuyeux|genant|pas agreable|regrettable|dur|rude|eprouvant)",
            "a votre place", "je (comprends|imagine|concois|mesure|sens|vois|entends|sais|realise) ... (frustration|deception|colere|agacement|mecontentement|inquietude|stress|difficile|penible|enerve*|frustre*|decu*|desagrement|embarras|genant|contrarie*|agacant|inquiet*|angoisse|stressant|frustrant)", "(ca|cela) ne (doit|devait) pas etre (facile|simple|evident|agreable|drole)", "(ca|cela) (doit|devait) pas etre (facile|simple|evident|agreable|drole)", "(desole|navre|desolee|navree) (d'apprendre|de ce qui|pour ce qui|que vous|de ce que|d'entendre|pour vous|pour votre)", "je compatis", "quelle (galere|malchance|deception|histoire|attente)", "moi aussi (je|j'|ca|a votre)", "(je serais|je reagirais|j'aurais ete|je serai) ... (aussi|pareil|enerve*|decu*|agace*|comme vous|furieu*|inqui*|meme)", "(toutes mes|mes sinceres) condoleances", "ca (tombe|arrive) [vraiment|au plus] mal", "(ravi*|content*|heureu*) (d'apprendre|de l'apprendre|pour vous|que)", "felicitations", "vous avez (deja|beaucoup|bien) (ete patient*|attendu|patiente)", "c'est pas (facile|evident|agreable|drole)", "ce n'est pas (facile|evident|agreable|drole|normal)",
        ),
        en_not=("it's not (that|so|very) (difficult|hard|annoying|stress*)", "you're (being|just being) (difficult|hard|annoying)", "stop being", "glad to hear (from|you're)", "annoying (customer*|people|questions)", "(is|are) you ... (stress*|worr*)", "how difficult", "difficult to", "hard to"),
        fr_not=("vous etes (penible|enervant*|agacant*|fatigant*|desagreable)", "c'est pas (complique|difficile)", "ce n'est pas (complique|difficile)", "arretez", "(client|gens) penible*"),
    ),
    Rule(
        "paraphrase", "summing", 0.93,
        en=(
            "(so|if|ok so|right so) [i understand|i've understood|i'm hearing|i heard|i hear|i have|i've got|i got] [that|this|you|it] (correctly|right|rightly|properly)", "if i (understand|understood|heard|got|have|hear) [you|this|that|it] [correctly|right|rightly|properly|well]", "(what|all) (i'm|i am) hearing is", "so what you're (saying|telling|after|looking|asking|worried)", "so (you|your|the|it) ... (is|are|have|has|had|were|was|need*|want*|would|haven't|didn't|can't|don't|been|got|keep*|went|paid|order*)", "in other words", "so basically", "let me (recap|summari*|make sure i|check i|see if i|repeat)", "to (sum up|recap|summari*|be sure i|make sure i understand)", "(so|then) it's (the|about|not|really|mostly|mainly) ... (that|which|you|price|cost|time|the)", "you're (saying|telling me|worried|concerned|looking|after|not happy|disappointed|afraid|wondering|hoping)", "you mean", "what matters (to you|most to you|for you) is", "(so|it) sounds (like|as if|as though) (you|the|your|it)", "am i right (in|that)",
        ),
        fr=(
            "si (j'ai|je|on) [vous] [bien|ai bien|vous ai bien] (compris|comprends|resume|suis|entends|entendu|vous suis)", "si je (comprends|vous comprends|resume|vous suis|recapitule) [bien]", "donc [si je comprends bien] [en fait] (vous|votre|le|la|les|ce qui|c'est|il|elle|on) ...  (est|avez|etes|voulez|souhaitez|cherchez|aimeriez|voudriez|n'avez|n'etes|ne|a|avait|aviez|preferez|attendez|payez|trouvez|craignez)", "autrement dit", "en (resume|somme|d'autres termes)", "(ce que|si) vous (me dites|dites|voulez dire|cherchez|craignez) c'est", "pour (resumer|recapituler|reformuler|etre sur d'avoir)", "je (recapitule|resume|reformule)", "vous (craignez|me dites|m'expliquez|redoutez|aviez peur|avez peur|hesitez|doutez|cherchez (donc|surtout|plutot))", "ce qui (compte|est important|vous importe|vous inquiete|vous gene|vous derange|vous bloque) [le plus] [pour vous] (c'est|est)", "(j'ai bien compris|j'ai compris|je comprends) [que|qu'] vous", "c'est (donc|surtout|plutot|bien) (le|la|les|l'|votre|ce|que|une|un) ... (qui vous|que vous)", "en fait vous", "vous voulez dire",
        ),
        en_not=("so (you|we) can (go|just|simply)", "so you (should|must|shouldn't|can|could|will|'ll|won't) ", "so you have to", "so you (don't|do not) (have|need) to", "so you've got to", "so the (total|price|cost|fee|delivery|order number|reference|bill)", "so your (total|order number|reference|parcel|order is|delivery|package)", "so (it|your|the) ... (will|'ll|arriv*|deliver*|cost*|come*)", "so you need to", "so you ... (read|signed|agreed|didn't (read|listen|check))", "so you (are|were|'re) (wrong|lying)"),
        fr_not=("donc vous (devez|pouvez|devrez|pourrez|recevrez|aurez|allez|n'avez (plus|qu'a|pas a|rien)|avez (jusqu|le droit|14|quatorze|droit))", "donc (le|la|votre|les) (prix|total|tarif|livraison|colis|commande|montant|abonnement) ... (est de|sera|coute|arrive|part)", "vous n'avez pas lu", "vous cherchez (la|les) (bagarre|ennuis)", "si j'ai bien compris (monsieur|madame)$", "bien compris ... (numero|adresse|orthographe)"),
    ),
    Rule(
        "reassure", "worry", 0.92,
        en=(
            "(don't|do not|please don't|no need to|needn't|not to|nothing to|never) worry", "rest assured", "(i|we) (assure|can assure|guarantee) you", "you're in (good|safe) hands", "(i'll|we'll|we will|i will|going to) (take care of|sort|look after|get) (this|it|that|you|everything) [out|sorted|for you]", "let me (sort|fix|take care|help you with|see what i can do)", "(i'm|we're|i am) here (to|for)", "(you can|feel free to) (count|rely) on", "(it's|that's|this is|everything's|everything is|all) [perfectly|completely|totally|quite|absolutely|all] (safe|secure|normal|under control|fine|taken care|confidential|sorted)", "no (problem|obligation|commitment|strings|rush|hurry|pressure)", "nothing to (lose|worry|fear)", "take your time", "(we|i) (won't|will not|'ll not) (let|share|pass|sell|leave) ", "your (details|data|information|money) (is|are|stay*|will) ... (safe|secure|confidential|protected|private|with us)", "(we'll|i'll) (get|find|work) ... (sorted|solution|through|out)", "be rest assured", "you're (covered|protected|safe)", "(in|are in) (good|the right) (place|hands)", "i'm (sure|confident|certain) (we|i)",
        ),
        fr=(
            "(ne vous (inquietez|en faites|tracassez|faites) pas|n'ayez (crainte|pas peur|aucune)|aucune inquietude|pas d'inquietude|soyez (tranquille|rassure*|sans crainte|certain*|assure*))", "vous inquietez pas", "pas de (souci|probleme|panique|stress)", "aucun (souci|probleme|risque|engagement)", "rassurez vous", "(je|nous) vous (assure|garantis|rassure|certifie|assurons|garantissons)", "vous pouvez compter sur", "je m'(en|) occupe [de tout|personnellement|tout de suite]", "je m'en (occupe|charge)", "(on|nous) (va|allons) (trouver|arranger|regler|s'en occuper|voir ca|regarder ca)", "(je vais|on va) ... (regler|arranger|resoudre|trouver une solution|m'en occuper|s'en occuper)", "(je suis|nous sommes) la pour", "je reste a (vos|votre)", "sans (engagement|obligation|pression)", "prenez (votre|tout votre) temps", "vos (donnees|informations|coordonnees) (sont|restent|ne) ... (protege*|confidentiel*|securise*|transmis*|communique*|chez nous)", "tout (va|est) (bien|rentrer|sous controle|en ordre)", "vous etes (couvert*|protege*|entre de bonnes mains|en securite|au bon endroit)", "vous ne risquez rien", "rien ne (vous oblige|presse)", "(je|nous) ne vous (laisse*|laisserai|laisserons) pas",
        ),
        en_not=("you should (worry|be worried)", "worry about (your|my|that) own", "i can't (assure|guarantee)", "(can't|cannot|won't be able to) (guarantee|sort|promise)", "not (safe|my problem)", "take your time ... (wasting|waste)"),
        fr_not=("(peux|pouvons) pas (vous)? (garantir|assurer)", "(peux|pouvons) pas vous (garantir|assurer)", "c'est pas mon probleme"),
    ),
)  # fmt: skip
