"""Why an escalation is late, as people read it, and what an operator does about it; marked for translation."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cspm_core.escalations.lateness import Why

from ..words import N_, Words

WHYS: Mapping[Why, str] = {
    Why.CLOCK: N_("it should have gone on {at} and has not"),
    Why.LOST: N_("it should have gone on {at} and was overlooked"),
    Why.STILL: N_("nobody has it, and nothing would have moved it any more"),
    Why.ENDLESS: N_("it is taken, and its owner would never have been asked again"),
    Why.UNSHOWN: N_("a message about it is not in Slack, since {at}"),
    Why.HELD: N_("a message about it was begun and not finished, since {at}"),
    Why.FAILED: N_("Slack has taken no message about it, since {at}: {code}"),
}

ADVICE: Mapping[Why, str] = {
    Why.CLOCK: N_("Start `cspm run` or `cspm worker`; if one runs, look into its log."),
    Why.LOST: N_("The watchdog sets them going again. If they stay, look into the log of `cspm run`."),
    Why.STILL: N_("The watchdog sets them going again. If they stay, look into the log of `cspm run`."),
    Why.ENDLESS: N_("The watchdog sets them going again. If they stay, look into the log of `cspm run`."),
    Why.UNSHOWN: N_("See whether the bot is in the teams' channels, and look into the log of `cspm run`."),
    Why.HELD: N_("Start `cspm run` or `cspm worker`; if one runs, look into its log."),
    Why.FAILED: N_("See whether the people of the policy still have accounts, and whether their channels stand."),
}

COUNTED: Mapping[Why, Callable[[int, Words], str]] = {
    Why.CLOCK: lambda n, t: t.n(
        "{n} escalation should have gone on and has not", "{n} escalations should have gone on and have not", n
    ),
    Why.LOST: lambda n, t: t.n("{n} escalation was overlooked", "{n} escalations were overlooked", n),
    Why.STILL: lambda n, t: t.n("{n} escalation would never move again", "{n} escalations would never move again", n),
    Why.ENDLESS: lambda n, t: t.n(
        "{n} escalation is taken without an end", "{n} escalations are taken without an end", n
    ),
    Why.UNSHOWN: lambda n, t: t.n("{n} escalation waits for Slack", "{n} escalations wait for Slack", n),
    Why.HELD: lambda n, t: t.n(
        "{n} escalation has a message that was begun and not finished",
        "{n} escalations have a message that was begun and not finished",
        n,
    ),
    Why.FAILED: lambda n, t: t.n(
        "{n} escalation reached nobody, since Slack refused it",
        "{n} escalations reached nobody, since Slack refused them",
        n,
    ),
}
