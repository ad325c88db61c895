"""Who works at Fernhill: three teams in three zones and languages, their people and their channels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.local_slack import Channel, Person

COMPANY = "Fernhill Support"
DOMAIN = "fernhill.example"
WORKDAYS = "01234"
"""Monday is 0."""


@dataclass(frozen=True)
class Colleague:
    """A person. `pace` multiplies how long their replies take, `care` shifts how customers like them (in log odds)."""

    name: str
    title: str
    address: str
    called: str = ""
    """The display name in Slack; empty: the name."""
    locale: str = "en-US"
    cast: bool = False
    """Offered in the page's switch."""
    role: str = "member"
    weekdays: str = WORKDAYS
    joined_days_ago: int = 10_000
    share: float = 1.0
    """Of a full working day's tickets."""
    pace: float = 1.0
    care: float = 0.0


@dataclass(frozen=True)
class Centre:
    """A team and what its customers are like. `tickets` are those of 120 days."""

    name: str
    prefix: str
    channel: str
    timezone: str
    language: str
    hours: str
    holidays: str
    digest_at: str
    person_figures: str
    lead: Colleague
    agents: tuple[Colleague, ...]
    tickets: int
    week: tuple[float, ...]
    """How busy each weekday is, Monday first."""
    mail_median_s: float
    """Working seconds until half of the e-mails have a reply."""
    targets: Mapping[str, float] = field(default_factory=dict)
    first_reply_s: Mapping[str, int] = field(default_factory=dict)
    """Targets in working seconds by priority."""
    solve_s: Mapping[str, int] = field(default_factory=dict)
    calls: int = 0
    """Calls of 120 days; 0: it has no telephone."""
    line: str = ""
    """What its telephone queue is called."""
    recommends: float = 0.0
    """The share of its surveys that ask whether the customer would recommend us."""


def _hours(urgent: float, high: float, normal: float, low: float) -> dict[str, int]:
    return {"urgent": int(urgent * 3600), "high": int(high * 3600), "": int(normal * 3600), "low": int(low * 3600)}


def _targets(first: float, working: float, full: float, sla: float, csat: float) -> dict[str, float]:
    """What a team aims for: hours until the first reply by the clock and in working time, and until solved; shares."""
    return {
        "first_response": first * 3600,
        "first_response_business": working * 3600,
        "full_resolution": full * 3600,
        "sla_first_response": sla,
        "csat": csat,
        "reopen_rate": 0.09,
    }


RETURNS = Centre(
    name="Returns",
    prefix="RET",
    channel="returns",
    timezone="America/New_York",
    language="en",
    hours="mon-fri 08:30-17:30",
    holidays="US",
    digest_at="09:00",
    person_figures="lead",
    lead=Colleague("Mina Park", "Lead, Returns", "mina.park", "Mina", cast=True),
    agents=(
        Colleague("Jonah Reyes", "Support agent, Returns", "jonah.reyes", "Jonah", cast=True, pace=0.85, care=0.05),
        Colleague(
            "Theo Lindqvist", "Support agent, Returns", "theo.lindqvist", "Theo", cast=True, joined_days_ago=22,
            weekdays="13", share=0.6,
        ),
        Colleague("Hyejin Kwon", "Support agent, Returns", "hyejin.kwon", "혜진", "ko-KR", cast=True, care=0.05),
        Colleague(
            "Aaliyah Brooks", "Senior agent, Returns", "aaliyah.brooks", "Aaliyah", pace=0.8, care=2.4, share=1.5,
        ),
        Colleague("Marcus Webb", "Support agent, Returns", "marcus.webb", "Marcus", pace=1.15),
        Colleague("Sofia Moretti", "Support agent, Returns", "sofia.moretti", "Sofia", weekdays="0123", pace=0.95),
        Colleague(
            "Ethan Caldwell", "Support agent, Returns", "ethan.caldwell", "Ethan", pace=1.2, care=-1.5, share=1.4,
        ),
        Colleague("Grace Okafor", "Senior agent, Returns", "grace.okafor", "Grace", care=0.05),
        Colleague("Liam Donnelly", "Support agent, Returns", "liam.donnelly", "Liam", pace=1.05),
        Colleague("Natalie Cho", "Support agent, Returns", "natalie.cho", "Natalie", pace=0.9),
        Colleague("Diego Fuentes", "Support agent, Returns", "diego.fuentes", "Diego", weekdays="01234", pace=1.1),
        Colleague("Rachel Stein", "Support agent, Returns", "rachel.stein", "Rachel", joined_days_ago=75, share=0.9),
    ),
    tickets=17_000,
    week=(1.35, 1.16, 1.06, 1.02, 0.96, 0.52, 0.46),
    mail_median_s=80 * 60,
    targets=_targets(first=4, working=2, full=20, sla=0.85, csat=0.80),
    first_reply_s=_hours(1, 2, 4, 8),
    solve_s=_hours(4, 9, 18, 36),
    calls=560,
    line="Returns line",
)  # fmt: skip

BEZORGING = Centre(
    name="Bezorging",
    prefix="BEZ",
    channel="bezorging",
    timezone="Europe/Amsterdam",
    language="nl",
    hours="mon-fri 08:00-18:00; sat 09:00-13:00",
    holidays="NL",
    digest_at="08:30",
    person_figures="self",
    lead=Colleague("Sanne de Vries", "Teamleider Bezorging", "sanne.devries", "Sanne", "en-GB", cast=True),
    agents=(
        Colleague("Daan Bakker", "Medewerker Bezorging", "daan.bakker", "Daan", "en-GB", cast=True, pace=0.9),
        Colleague("Lotte Visser", "Senior medewerker Bezorging", "lotte.visser", "Lotte", "en-GB", care=0.2, pace=0.85),
        Colleague("Joris van Dijk", "Medewerker Bezorging", "joris.vandijk", "Joris", "en-GB", weekdays="12345"),
        Colleague("Fatima El Amrani", "Medewerker Bezorging", "fatima.elamrani", "Fatima", "en-GB", care=0.15),
        Colleague("Bram Mulder", "Medewerker Bezorging", "bram.mulder", "Bram", "en-GB", pace=1.2, care=-0.1),
        Colleague("Eva Hendriks", "Medewerker Bezorging", "eva.hendriks", "Eva", "en-GB", weekdays="0145", pace=0.95),
        Colleague("Ruben Kuipers", "Medewerker Bezorging", "ruben.kuipers", "Ruben", "en-GB", pace=1.1),
        Colleague("Noor Jansen", "Medewerker Bezorging", "noor.jansen", "Noor", "en-GB", weekdays="02345", care=0.05),
        Colleague("Thijs de Groot", "Medewerker Bezorging", "thijs.degroot", "Thijs", "en-GB", pace=1.05),
        Colleague("Meike Postma", "Medewerker Bezorging", "meike.postma", "Meike", "en-GB", joined_days_ago=60),
    ),
    tickets=13_500,
    week=(1.30, 1.22, 1.08, 1.02, 1.06, 0.78, 0.40),
    mail_median_s=75 * 60,
    targets=_targets(first=4, working=1.5, full=16, sla=0.88, csat=0.78),
    first_reply_s=_hours(1, 2, 4, 8),
    solve_s=_hours(5, 10, 20, 40),
)

BILLING = Centre(
    name="帳務",
    prefix="BIL",
    channel="帳務",
    timezone="Asia/Taipei",
    language="zh_TW",
    hours="mon-fri 09:00-12:30,13:30-18:00",
    holidays="TW",
    digest_at="09:30",
    person_figures="nobody",
    lead=Colleague("林佳穎", "帳務組長", "chiaying.lin", locale="zh-TW", cast=True),
    agents=(
        Colleague("陳柏宇", "帳務專員", "poyu.chen", locale="zh-TW", cast=True, pace=0.9, care=0.1),
        Colleague("王怡君", "資深帳務專員", "yichun.wang", locale="zh-TW", pace=0.8, care=0.2),
        Colleague("張雅婷", "帳務專員", "yating.chang", locale="zh-TW", care=0.05),
        Colleague("李俊宏", "帳務專員", "chunhung.li", locale="zh-TW", pace=1.2, care=-0.1),
        Colleague("黃詩涵", "帳務專員", "shihhan.huang", locale="zh-TW", weekdays="0124"),
        Colleague("吳承翰", "帳務專員", "chenghan.wu", locale="zh-TW", pace=1.1),
        Colleague("劉欣怡", "帳務專員", "hsinyi.liu", locale="zh-TW", pace=0.95, care=0.1),
        Colleague("蔡明哲", "帳務專員", "mingche.tsai", locale="zh-TW", joined_days_ago=90, pace=1.05),
    ),
    tickets=9_500,
    week=(1.34, 1.14, 1.06, 1.04, 1.08, 0.46, 0.42),
    mail_median_s=90 * 60,
    targets=_targets(first=6, working=2, full=22, sla=0.83, csat=0.80),
    first_reply_s=_hours(1, 2, 4, 8),
    solve_s=_hours(4, 9, 18, 36),
    recommends=0.35,
)

CENTRES = (RETURNS, BEZORGING, BILLING)

REVIEWER = Colleague("Priya Nair", "Quality reviewer", "priya.nair", "Priya", cast=True)
EXECUTIVE = Colleague("서하나", "고객경험 총괄", "hana.seo", locale="ko-KR", cast=True, role="executive")
ADMIN = Colleague("Omar Haddad", "Support operations", "omar.haddad", "Omar", "en-GB", cast=True, role="admin")
MANAGER = Colleague("Walter Osei", "Head of support", "walter.osei", "Walter", cast=True)
"""Of every team: whom an escalation reaches that no lead takes."""
ELSEWHERE = {
    REVIEWER: "America/New_York",
    EXECUTIVE: "Asia/Seoul",
    ADMIN: "Europe/London",
    MANAGER: "America/New_York",
}


def agent(centre: Centre, called: str) -> Colleague:
    """Somebody of a team by the name they are called."""
    return next(one for one in centre.agents if called in (one.called, one.name))


def colleagues() -> dict[Colleague, str]:
    """Everybody with the zone they live in; those of the page's switch first, the leads before all."""
    everyone = {centre.lead: centre.timezone for centre in CENTRES} | ELSEWHERE
    everyone |= {agent: centre.timezone for centre in CENTRES for agent in centre.agents}
    return dict(sorted(everyone.items(), key=lambda one: not one[0].cast))


def slack_id(one: Colleague) -> str:
    """Their Slack user, the same at every start."""
    return f"U0FERN{list(colleagues()).index(one) + 1:03d}"


def channel_id(centre: Centre) -> str:
    """Their team's channel, the same at every start."""
    return f"C0FERN{CENTRES.index(centre) + 1:03d}"


def email(one: Colleague) -> str:
    return f"{one.address}@{DOMAIN}"


def slack_people() -> list[Person]:
    """Everybody as users of the local Slack."""
    return [
        Person(
            name=one.called or one.name,
            real_name=one.name,
            title=one.title,
            locale=one.locale,
            tz=zone,
            email=email(one),
            id=slack_id(one),
            cast=one.cast,
        )
        for one, zone in colleagues().items()
    ]


def slack_channels() -> list[Channel]:
    """#general, the leads' channel, and one for each team, which the bot is in."""
    everyone = [slack_id(one) for one in colleagues()]
    around = [slack_id(one) for one in ELSEWHERE]
    leads = [slack_id(centre.lead) for centre in CENTRES]
    channels = [
        Channel(
            centre.channel,
            [slack_id(centre.lead), *(slack_id(one) for one in centre.agents), *around],
            topic=TOPICS[centre.name],
            with_app=True,
            id=channel_id(centre),
        )
        for centre in CENTRES
    ]
    return [
        *channels,
        Channel("general", everyone, topic="Everybody at Fernhill", id="C0FERN101"),
        Channel("support-leads", [*leads, *around], topic="Leads, quality, operations", with_app=True, id="C0FERN102"),
    ]


TOPICS = {
    "Returns": "Refunds, exchanges, labels. Mon–Fri 08:30–17:30 New York",
    "Bezorging": "Pakketten onderweg, te laat of kwijt. Ma–vr 08:00–18:00, za 09:00–13:00",
    "帳務": "發票、扣款與帳單。週一至週五 09:00–18:00",
}
