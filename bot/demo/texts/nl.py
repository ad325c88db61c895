"""Nederlands: klanten van Bezorging."""

from __future__ import annotations

from dataclasses import replace

from . import Category, Phrases, Texts, en

OURS = (
    Category(
        "Te laat",
        "Onderweg",
        0.26,
        (
            "Bestelling {order} had {day} al binnen moeten zijn",
            "Waar blijft mijn {item}?",
            "Pakket {order} staat al drie dagen op ‘onderweg’",
            "Levering steeds weer uitgesteld",
            "Track & trace van {order} geeft niets aan",
            "Beloofd: morgen in huis. Nog niets ontvangen",
            "Wanneer wordt de {item} nu echt bezorgd?",
            "Vertraging bij bestelling {order}",
        ),
        mood=-0.1,
    ),
    Category(
        "Niet ontvangen",
        "Onderweg",
        0.17,
        (
            "Volgens u bezorgd, maar ik heb niets ontvangen",
            "Pakket {order} is kwijt",
            "Bij welke buren ligt mijn pakket?",
            "Handtekening op {order} is niet van mij",
            "Maar één van de twee dozen gekregen",
            "De {item} ontbreekt in de zending",
        ),
        effort=1.3,
        mood=-0.1,
    ),
    Category(
        "Bezorgmoment",
        "Planning",
        0.17,
        (
            "Kan {order} op {day} bezorgd worden?",
            "Ander tijdvak voor mijn levering",
            "Graag in de avond bezorgen",
            "Ik ben {day} niet thuis",
            "Tijdvak gekozen, maar niet bevestigd",
            "Bezorgen op de derde verdieping, kan dat?",
        ),
        mail=0.38,
        effort=0.6,
        mood=0.1,
    ),
    Category(
        "Adres wijzigen",
        "Planning",
        0.12,
        (
            "Adres wijzigen van bestelling {order}",
            "Verkeerd huisnummer ingevuld",
            "Wij zijn verhuisd, gaat {order} nog naar het oude adres?",
            "Postcode klopt niet op het label",
            "Graag bezorgen op mijn werk in {city}",
        ),
        mail=0.4,
        effort=0.6,
        mood=0.1,
    ),
    Category(
        "Beschadigd",
        "Schade",
        0.13,
        (
            "{item} beschadigd geleverd",
            "Doos open en {item} bekrast",
            "Transportschade bij {order}",
            "Foto’s van de schade aan de {item}",
            "Glas gebroken in bestelling {order}",
            "Deuk in de {item}",
        ),
        effort=1.4,
        mood=-0.1,
    ),
    Category(
        "Afhaalpunt",
        "Planning",
        0.08,
        (
            "Afhaalpunt in {city} was gesloten",
            "Pakket ligt bij een ander afhaalpunt",
            "Hoe lang blijft {order} liggen?",
            "Afhaalcode werkt niet",
        ),
        effort=0.7,
    ),
    Category(
        "Bezorger",
        "Schade",
        0.05,
        (
            "Bezorger belde niet aan",
            "Pakket over de schutting gegooid",
            "Compliment voor de bezorger in {city}",
            "Pakket in de regen laten staan",
        ),
        effort=0.8,
    ),
    Category(
        "Douane",
        "Onderweg",
        0.02,
        (
            "Invoerkosten voor {order}?",
            "Zending naar Zwitserland ligt bij de douane",
            "Welke papieren zijn nodig voor de douane?",
        ),
        effort=1.8,
    ),
)

ABROAD = {"Refund": 0.06, "Return label": 0.05, "Damaged item": 0.05, "Return status": 0.04, "Wrong item": 0.02}
"""Customers abroad send things back, too, and write in English: as many as in the share of each category."""
CATEGORIES = (
    *OURS,
    *(
        replace(one, queue="Retour (Engels)", share=ABROAD[one.name], language="en")
        for one in en.CATEGORIES
        if one.name in ABROAD
    ),
)

PHRASES = Phrases(
    pleased=(
        "Snel en vriendelijk geholpen.",
        "Top, dank jullie wel!",
        "Meteen opgelost.",
        "Heel prettig contact.",
        "Duidelijk antwoord, daar had ik wat aan.",
        "Netjes afgehandeld.",
        "Fijn dat er echt werd meegedacht.",
        "Beter dan verwacht.",
        "Binnen een uur antwoord, heerlijk.",
        "Niets op aan te merken.",
        "Wat een aardige medewerker.",
        "Prima geregeld.",
    ),
    pleased_more=(
        "Het pakket kwam de volgende ochtend al.",
        "Ik werd zelfs nog even teruggebeld.",
        "Het nieuwe tijdvak klopte precies.",
        "Volgende keer bestel ik weer bij jullie.",
        "De bezorger heeft alles netjes boven gezet.",
        "Fijn dat ik het niet twee keer hoefde uit te leggen.",
        "Zo hoort klantenservice te zijn.",
    ),
    waited=(
        "Ik heb veel te lang op antwoord gewacht.",
        "Pas na twee dagen kreeg ik reactie.",
        "Antwoord was goed, maar kwam te laat.",
        "Drie keer moeten mailen voordat iemand reageerde.",
        "Tegen de tijd dat u antwoordde was het pakket er al.",
        "Waarom duurt dit zo lang?",
        "Een dag vrij genomen en niets gehoord.",
    ),
    waited_more=(
        "Een kort berichtje had al gescheeld.",
        "Aan de telefoon ging het een stuk sneller.",
        "Dat kan echt beter.",
        "Jammer, want de winkel is verder prima.",
        "Ik had gewoon willen weten waar ik aan toe was.",
    ),
    let_down=(
        "Mijn vraag is niet beantwoord.",
        "Standaardantwoord waar ik niets mee kan.",
        "Van het kastje naar de muur gestuurd.",
        "Nog steeds geen pakket.",
        "Vriendelijk, maar niet opgelost.",
        "Ik kreeg twee verschillende antwoorden.",
        "Jullie verwijzen naar de vervoerder en de vervoerder naar jullie.",
        "Hier ben ik niet blij mee.",
        "Alles moest ik opnieuw uitleggen.",
    ),
    let_down_more=(
        "De foto’s had ik al meegestuurd.",
        "De medewerker kan er niets aan doen, het systeem wel.",
        "Volgende keer haal ik het zelf wel op.",
        "Graag alsnog even bellen.",
        "Vorige keer ging dit veel beter.",
    ),
)

TEXTS = Texts(
    language="nl",
    categories=CATEGORIES,
    slots={
        "item": (
            "boekenkast", "eettafel", "vloerlamp", "spiegel", "fauteuil", "kledingkast", "bureaustoel", "salontafel",
            "commode", "hoekbank", "wandplank", "kapstok",
        ),
        "day": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"),
        "city": ("Utrecht", "Zwolle", "Haarlem", "Breda", "Groningen", "Leiden", "Arnhem", "Gent", "Antwerpen"),
    },
    phrases=PHRASES,
    given=(
        "Anouk", "Bas", "Carlijn", "Dirk", "Esther", "Floris", "Gijs", "Hanneke", "Ilse", "Jeroen", "Karin", "Lars",
        "Marieke", "Niels", "Olga", "Pieter", "Roos", "Stijn", "Tess", "Vincent", "Willemijn", "Youssef", "Femke",
    ),
    family=(
        "Aerts", "Boer", "Claassen", "Dekker", "Evers", "Franken", "Gerritsen", "Hoekstra", "Jacobs", "Koster",
        "Leeuwen", "Maas", "Nijland", "Oosterhuis", "Peeters", "Roos", "Smit", "Timmermans", "Vermeulen", "Willems",
        "Yilmaz", "Zwart", "Bos", "Kok",
    ),
    name="{given} {family}",
    organisations=(
        "Hotel De Linde", "Tandartsen aan de Gracht", "Basisschool Het Kompas", "Kantoorhuis Noord", "Café De Brug",
        "Makelaardij Vesting", "Fysio Centrum Oost", "Drukkerij Van Beek",
    ),
    spam=("Meer klanten via Google?", "Uw pakketzegels zijn verlopen", "Goedkope vrachtruimte", "RE: factuur"),
)  # fmt: skip
