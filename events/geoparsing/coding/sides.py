"""Which actors the codebook's rules treat alike. Slugs of the dictionary of actors."""

from __future__ import annotations

from events.geoparsing.document import ActorMention

GOVERNMENT_SIDE = frozenset(
    {
        "government-of-syria", "military-forces-of-syria", "air-force-of-syria",
        "government-forces-of-syria", "tiger-forces", "fourth-armoured-division",
        "republican-guard-syria", "fifth-corps", "national-defence-forces", "syrian-intelligence",
        "liwa-al-quds", "baath-brigades", "pro-government-militias", "government-of-russia",
        "military-forces-of-russia", "air-force-of-russia", "russian-military-police",
        "wagner-group", "russian-navy", "government-of-iran", "military-forces-of-iran", "irgc",
        "hezbollah", "iran-backed-militias", "liwa-fatemiyoun", "liwa-zainabiyoun",
        "harakat-al-nujaba", "kataib-hezbollah", "baqir-brigade", "syrian-transitional-government",
    }
)  # fmt: skip
"""Who fights for the state: ground they take is regained by the government."""

WITH_COURTS = frozenset(
    {
        "hayat-tahrir-al-sham", "jabhat-al-nusra", "jabhat-fatah-al-sham",
        "salvation-government", "hts-general-security",
        "syrian-democratic-forces", "asayish", "autonomous-administration",
    }
)  # fmt: skip
"""Non-state groups that run courts and prisons: they arrest, others abduct."""

WITH_AIRCRAFT = frozenset(
    {
        "government-of-russia", "military-forces-of-russia", "air-force-of-russia",
        "government-of-israel", "military-forces-of-israel", "air-force-of-israel",
        "air-force-of-syria", "air-force-of-turkey", "air-force-of-united-states", "warplanes",
        "global-coalition",
    }
)  # fmt: skip
"""Who raids from the air."""

SPEAKERS = frozenset(
    {
        "sana", "ria-novosti", "syrian-observatory", "syrian-network-for-human-rights",
        "response-coordination-group", "united-nations", "opcw", "unicef",
        "russian-reconciliation-centre", "arab-league", "european-union",
        "syrian-coalition", "high-negotiations-committee",
    }
)  # fmt: skip
"""Who speaks of events and takes no part in them."""

HELPERS = frozenset(
    {
        "white-helmets", "journalists", "medical-workers", "aid-workers", "red-crescent",
        "medecins-sans-frontieres",
    }
)  # fmt: skip
"""Who comes after a strike, to help or to report: no party to it unless they are hit."""

ARMED_KINDS = frozenset({1, 2, 3, 4, 8})
CIVILIAN = 7
PROTESTER = 6


def is_armed(mention: ActorMention) -> bool:
    """Whether the actor bears arms: no civilian, protester or monitor."""
    return mention.kind in ARMED_KINDS and mention.actor_id not in SPEAKERS
