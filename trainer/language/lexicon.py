"""Words that belong to no single act: fillers, shared groups of words for phrases, stop words, words of one meaning."""

from __future__ import annotations

FILLERS = (
    "euh", "heu", "hein", "ben", "bah", "bon", "um", "umm", "uh", "uhm", "er", "erm", "hmm", "mmm", "you know", "i mean",
    "like", "voila", "quoi", "genre", "enfin", "en fait", "du coup",
)  # fmt: skip

MACROS: dict[str, str] = {
    # English
    "im": "(i'm|i am|we're|we are)",
    "i": "(i|we)",
    "ill": "(i'll|i will|i shall|we'll|we will|we shall|i'm going to|i am going to|we're going to|i'm gonna|let me)",
    "can_i": "(can|could|may|might|shall|should) (i|we)",
    "can_you": "(can|could|would|will) you",
    "ican": "(i|we) (can|could)",
    "cant": "(can't|cannot|can not|couldn't|am not able to|are not able to|'m not able to|'re not able to|am unable to|are unable to|unable to)",
    "dont": "(don't|do not|doesn't|does not|didn't|did not)",
    "very": "(really|very|so|truly|terribly|deeply|extremely|sincerely|awfully)",
    "sir": "(sir|madam|ma'am|mr|mrs|ms)",
    # French
    "je": "(je|j'|moi je|nous|on)",
    "jevais": "(je vais|on va|nous allons|je m'en vais)",
    "vous": "(vous|tu)",
    "tres": "(vraiment|tres|tellement|sincerement|profondement|bien|tout a fait|parfaitement|vraiment tres)",
    "cest": "(c'est|ce n'est|ca|cela|s'est|c est)",
    "puis_je": "(puis je|est ce que je peux|je peux|pourrais je|est ce que je pourrais|pouvons nous|on peut|je pourrais)",
    "pouvez_vous": "(pouvez vous|pourriez vous|vous pouvez|vous pourriez|est ce que vous pouvez|est ce que vous pourriez|peux tu)",
    "voulez_vous": "(voulez vous|souhaitez vous|vous voulez|vous souhaitez|voudriez vous|vous voudriez|desirez vous|est ce que vous voulez|est ce que vous souhaitez|vous preferez|preferez vous)",
    "monsieur": "(monsieur|madame|mademoiselle|messieurs|mesdames)",
}  # fmt: skip

STOP_EN = frozenset(
    """a an the and or but if then so because as of at by for from in into on onto out over to up with without about
    i me my mine myself we us our ours you your yours yourself he him his she her hers it its they them their this that
    these those there here am is are was were be been being do does did done doing have has had having will would shall
    should can could may might must not no yes yeah yep ok okay oh ah well just very really quite too also even only
    right sure please thanks thank sir madam mr mrs ms hello hi good morning afternoon evening what which who whom whose
    how why when where all any some each every other another such own same than again more most much many little few
    let lets get got go going come say said tell told know think mean want like i'm i'll i've i'd you're you'll you've
    you'd we're we'll we've he's she's it's that's there's they're don't doesn't didn't isn't aren't wasn't can't
    couldn't won't wouldn't shouldn't dont im ill ive thats its cant er um uh erm now still yet ever never always make
    take give put see look way thing things bit lot sort kind one him'll back""".split()
)
STOP_FR = frozenset(
    """le la les l un une des du de d au aux a et ou ou mais si donc car ni que qu quoi qui dont comme en dans par pour
    sur sous avec sans chez vers entre je j me m moi nous on vous tu te t toi il elle ils elles se s soi lui leur leurs y
    mon ma mes ton ta tes son sa ses notre nos votre vos ce c cet cette ces ca cela ceci ici la suis es est sommes etes
    sont ete etait etais etaient sera serait soit ai as avons avez ont avait avais aurait aura eu fait faire fais faites
    peux peut pouvez pouvons pourrais pourriez pourrait vais va allez allons vont aller veux veut voulez voudrais
    voudriez dois doit devez ne n pas plus moins tres bien bon bonne oui non si ok accord ah oh eh euh heu ben bah hein
    alors la voila voici aussi meme encore deja jamais toujours tout toute tous toutes trop peu assez monsieur madame
    mademoiselle bonjour bonsoir merci s'il plait comment pourquoi quand combien quel quelle quels quelles chose choses
    dire dit dites parce qu'est-ce est-ce peut-etre juste vraiment enfin puis apres avant quelque quelques autre autres
    mettre prendre donner savoir sais voir faut""".split()
)
