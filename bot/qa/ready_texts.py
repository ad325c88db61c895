"""The criteria that ready-made scorecards are put together from. Texts, marked for translation where they stand.

A key says the same in every language and on every scorecard, so that teams can be set beside each other.
"""

from __future__ import annotations

from collections.abc import Mapping

from cspm_core.qa import Criterion

from ..words import N_

NO_YES = (N_("No"), N_("Yes"))
PARTLY = (N_("Not at all"), N_("Partly"), N_("Fully"))
HOW_WELL = (N_("Poorly"), N_("Passably"), N_("Well"), N_("Very well"))

EVERY = (
    Criterion(
        "understood", N_("Understands what the customer needs"),
        (N_("Misses the point"), N_("Only what was written"), N_("Also what lies behind it")), 2, may_be_na=False,
        guidance=N_("Read everything the customer sent, not only the last message. What do they want to be able to do "
                    "when this is over? A question that shows it was understood counts as much as an answer."),
        causes=(N_("Earlier messages not read"), N_("Assumed instead of asked"), N_("Several questions, one seen"),
                N_("Unfamiliar with the product")),
    ),
    Criterion(
        "every_question", N_("Answers every question"), PARTLY, 1,
        guidance=N_("Count the questions, then the answers. “I will find out and write by noon” is an answer too."),
        causes=(N_("Several questions, one seen"), N_("Template without what was asked"), N_("Hurry")),
    ),
    Criterion(
        "right", N_("What is said is right"),
        (N_("Wrong, with consequences"), N_("Imprecise"), N_("Right")), 3, is_critical=True, may_be_na=False,
        guidance=N_("Check it against the help centre and the customer’s own case. It is wrong where the customer "
                    "would lose money, time or a right by believing it. Clumsily said is not wrong."),
        causes=(N_("Help article out of date"), N_("Help article not found"), N_("Policy not known"),
                N_("Customer’s case not looked up"), N_("Guessed"), N_("Told so by a colleague")),
    ),
    Criterion(
        "solved", N_("Solves it as far as it can be solved now"),
        (N_("The customer has to come back"), N_("Some of it stays open"), N_("Nothing stays open")), 2,
        guidance=N_("Would you have to write again if you were the customer? What only somebody else can do counts as "
                    "solved here when it was passed on with everything they need."),
        causes=(N_("Cause not found"), N_("Only the symptom treated"), N_("Lacked the rights to do it"),
                N_("Waiting for another team"), N_("Process stands in the way")),
    ),
    Criterion(
        "next_step", N_("Says what happens next, and when"),
        (N_("Leaves it open"), N_("What, but not when"), N_("What, who and when")), 1,
        guidance=N_("After this contact the customer knows who does what by when, or that nothing is left to do."),
        causes=(N_("Did not know it"), N_("Did not want to promise"), N_("Forgotten")),
    ),
    Criterion(
        "friendly", N_("Friendly and respectful"),
        (N_("Curt or rude"), N_("Polite, but cold"), N_("Friendly"), N_("Makes one feel welcome")), 1,
        may_be_na=False,
        guidance=N_("Hear it with the customer’s ears. Friendly looks different in every language and for every "
                    "person: what counts is whether they would like to turn to us again."),
        causes=(N_("Hurry"), N_("Answered in kind to an angry customer"), N_("Template too stiff"),
                N_("A hard day")),
    ),
    Criterion(
        "empathy", N_("Sees how it is for the customer"), PARTLY, 1,
        guidance=N_("One honest sentence about this person’s trouble is enough. Where nothing is wrong, choose "
                    "“not applicable”: sympathy for a change of address sounds false."),
        causes=(N_("Straight to the facts"), N_("Stock phrase"), N_("Trouble not noticed")),
    ),
    Criterion(
        "personal", N_("Speaks to this person"),
        (N_("Template, untouched"), N_("Template, adapted in part"), N_("Written for this person")), 1,
        guidance=N_("Templates are welcome. What matters is that name, case and tone fit the one who reads it."),
        causes=(N_("Template without what was asked"), N_("Wrong name or form of address"), N_("Hurry")),
    ),
    Criterion(
        "clear", N_("Easy to follow"), HOW_WELL, 1,
        guidance=N_("The most important thing comes first, steps stand one below the other, no word needs our trade "
                    "to be understood. On a phone it can be read without scrolling back."),
        causes=(N_("Too long"), N_("Too short"), N_("Jargon"), N_("No order in it")),
    ),
    Criterion(
        "language", N_("Correct language"),
        (N_("Hard to understand"), N_("Several mistakes"), N_("Hardly any mistakes")), 1,
        guidance=N_("Mistakes count where they disturb or mislead. An accent or a regional word is no mistake."),
        causes=(N_("Not read through once more"), N_("Not in the agent’s own language"), N_("Machine translation")),
    ),
    Criterion(
        "privacy", N_("Protects personal data"), NO_YES, 2, is_critical=True, may_be_na=False,
        guidance=N_("Nothing about a customer is told before it is clear who is asking, nothing about others is told "
                    "at all, and no more is asked for than is needed. Card numbers and passwords never stand in a "
                    "ticket. If data got out, report it today and do not wait for this review."),
        causes=(N_("Identity not checked"), N_("Wrong recipient"), N_("Asked for too much"),
                N_("Sensitive data left in the ticket")),
    ),
    Criterion(
        "recorded", N_("Leaves the ticket so that others can go on"), PARTLY, 1,
        guidance=N_("Category, status and notes are right. A colleague who has never seen it knows in a minute what "
                    "was tried, what was promised and what is missing."),
        causes=(N_("Wrong category"), N_("No note"), N_("Promise not written down"), N_("No time after the contact")),
    ),
    Criterion(
        "greeting", N_("Begins well"), NO_YES, 1,
        guidance=N_("Greets, gives a name, and shows at once that what was written or said before has been seen."),
        causes=(N_("Hurry"), N_("Asked again for what was known")),
    ),
    Criterion(
        "company", N_("Keeps the customer company"),
        (N_("Long silences"), N_("Some silences"), N_("Always present")), 1,
        guidance=N_("Whoever looks something up says so, and how long it will take. After two minutes without a word "
                    "a customer thinks that nobody is there."),
        causes=(N_("Too many chats at once"), N_("Tool slow"), N_("Search took long"), N_("Did not say so")),
    ),
    Criterion(
        "closing", N_("Ends well"), NO_YES, 1,
        guidance=N_("Makes sure that nothing is left open, sums up what was agreed, and says goodbye before closing."),
        causes=(N_("Hurry"), N_("Closed without asking"), N_("Customer was gone")),
    ),
    Criterion(
        "identity", N_("Makes sure who is calling"), NO_YES, 2, is_critical=True,
        guidance=N_("Before anything of an account is told or changed, the questions that the team has agreed on are "
                    "asked. Where nothing of an account came up, choose “not applicable”."),
        causes=(N_("Forgotten"), N_("Customer in a hurry"), N_("Customer known by voice")),
    ),
    Criterion(
        "listening", N_("Listens"),
        (N_("Interrupts"), N_("Lets speak, asks again"), N_("Listens and repeats in own words")), 2, may_be_na=False,
        guidance=N_("The customer may finish. Then one sentence repeats what was understood, before anything is done "
                    "about it."),
        causes=(N_("Long call queue"), N_("Customer spoke at length"), N_("Assumed instead of asked")),
    ),
    Criterion(
        "leading", N_("Leads the call calmly"), HOW_WELL, 1,
        guidance=N_("Questions come in an order that makes sense, waiting is announced and thanked for, a transfer is "
                    "explained and the colleague told what it is about."),
        causes=(N_("Held without a word"), N_("Transferred blindly"), N_("Lost the thread"), N_("Tool slow")),
    ),
    Criterion(
        "seriously", N_("Takes the complaint seriously"),
        (N_("Plays it down"), N_("Notes it"), N_("Names what went wrong for the customer")), 2, may_be_na=False,
        guidance=N_("Before any explanation the customer hears, in plain words, that we have understood what this "
                    "did to them. Reasons come later, and never first."),
        causes=(N_("Straight to the facts"), N_("Defended the company"), N_("Stock phrase"), N_("Thread not read")),
    ),
    Criterion(
        "apology", N_("Apologises where we were at fault"),
        (N_("Not at all"), N_("“We are sorry if …”"), N_("Plainly, for what it was")), 1,
        guidance=N_("An apology names what happened and does not blame the customer, a colleague or “the system”. "
                    "Where we were not at fault, choose “not applicable”."),
        causes=(N_("Afraid to admit it"), N_("Did not know that it was our fault"), N_("Blamed another team")),
    ),
    Criterion(
        "cause", N_("Finds out what really happened"), PARTLY, 1,
        guidance=N_("The history was looked at, and whoever knows was asked. The customer learns as much of it as "
                    "helps them, and our own notes hold the rest."),
        causes=(N_("History not looked at"), N_("Nobody to ask"), N_("Believed the first explanation")),
    ),
    Criterion(
        "fair", N_("What is offered is fair and within the rules"),
        (N_("Neither"), N_("Too little or too much"), N_("Fair, and within the rules")), 2,
        guidance=N_("It fits what was suffered, and two customers with the same trouble would be offered the same. "
                    "What goes beyond the agent’s limit was agreed with a lead first."),
        causes=(N_("Limit not known"), N_("Limit too narrow"), N_("Gave in to pressure"), N_("Policy not known")),
    ),
    Criterion(
        "escalated", N_("Hands on what has to be handed on"), NO_YES, 2, is_critical=True,
        guidance=N_("Threats to safety, legal claims, the press, data that got out, discrimination: these go to "
                    "whoever the team has named, at once. Where there was nothing of the kind, choose “not "
                    "applicable”."),
        causes=(N_("Not recognised"), N_("Did not know to whom"), N_("Wanted to solve it alone")),
    ),
    Criterion(
        "promise_kept", N_("Promises only what will be kept"),
        (N_("Promised and not kept"), N_("Nothing promised that was needed"), N_("Promised and kept")), 1,
        guidance=N_("A promise has a date, stands in the ticket, and was kept or renewed before it ran out."),
        causes=(N_("Promise not written down"), N_("Depends on another team"), N_("Workload")),
    ),
)  # fmt: skip

BY_KEY: Mapping[str, Criterion] = {one.key: one for one in EVERY}
