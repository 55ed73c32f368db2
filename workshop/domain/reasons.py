"""Good reasons, in the words a maker will read. Starting points to take over and change; own words are better.

`EXAMPLES` are for setting an idea aside, `DECIDED` for each decision. All of them pass `plain_words.check`.
"""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "nl": (
        "Dit gaat over iets anders dan de vraag op de kaart. We bewaren het voor later.",
        "Hier kan deze werkplaats nu niets aan doen.",
        "Iemand is hierin te herkennen. Daarom laten we het niet zien.",
        "Dit idee hebben we al. We tellen het wel mee.",
        "We kunnen dit niet goed lezen. Wilt u het nog eens opschrijven?",
    ),
    "en": (
        "This is about something else than the question on the card. We keep it for later.",
        "This workshop cannot do anything about this now.",
        "Somebody can be recognised in this. That is why we do not show it.",
        "We already have this idea. Yours counts too.",
        "We cannot read this well. Would you write it down once more?",
    ),
}

DECIDED: dict[str, dict[str, tuple[str, ...]]] = {
    "nl": {
        "make": (
            "Veel mensen herkenden dit. We kunnen er meteen mee beginnen.",
            "De groep koos dit idee. De gemeente doet mee.",
            "Dit helpt mensen die niet ver kunnen lopen. Het kost weinig.",
        ),
        "try": (
            "We weten nog niet of het werkt. Daarom proberen we het eerst met een paar mensen.",
            "We proberen dit zes weken in één straat. Daarna kijken we samen hoe het ging.",
            "Iemand uit de groep wil dit thuis proberen.",
        ),
        "keep": (
            "Het idee is goed, maar eerst doen we iets anders. We vergeten het niet.",
            "Hier hebben we iemand anders bij nodig. Die zoeken we nu.",
            "Dit past bij een volgende bijeenkomst. Dan halen we het weer naar voren.",
        ),
        "not_now": (
            "Dit kost meer geld dan er is. Dat weten we van de gemeente.",
            "De regels staan dit nu niet toe. We hebben het nagevraagd.",
            "Dit is al eens gedaan en het werkte niet. We vertellen u graag wat er gebeurde.",
            "Andere mensen doen dit al. We geven u hun naam en nummer.",
            "Er was nog niemand die dit wil doen. Wilt u dat zelf? Bel ons dan.",
            "De groep koos deze keer andere ideeën. Uw idee blijft in de lijst staan.",
            "Hier gaat deze werkplaats niet over. We brengen uw idee naar wie dat wel doet.",
        ),
    },
    "en": {
        "make": (
            "Many people recognised this. We can start with it straight away.",
            "The group chose this idea. The council is joining in.",
            "This helps people who find walking hard. It costs little.",
        ),
        "try": (
            "We do not know yet whether it works. So we try it first with a few people.",
            "We try this for six weeks in one street. Then we look together how it went.",
            "Somebody in the group wants to try this at home.",
        ),
        "keep": (
            "The idea is good, but we do something else first. We will not forget it.",
            "We need somebody else for this. We are looking for them now.",
            "This belongs to a later meeting. Then we bring it up again.",
        ),
        "not_now": (
            "This costs more money than there is. The council told us so.",
            "The rules do not allow this now. We asked.",
            "This was done before and it did not work. We gladly tell you what happened.",
            "Other people do this already. We give you their name and number.",
            "There was nobody who wants to lead this. Would you like to? Then call us.",
            "The group chose other ideas this time. Your idea stays on the list.",
            "This workshop does not decide on this. We take your idea to those who do.",
        ),
    },
}
