"""Who may do what with what, as a table; and what is pressed to try it.

A row says what is done, with what, and for each role what comes of it:
    x  it is done or shown
    l  only where the team has agreed that its lead sees figures about a person
    f  only where the team has agreed to figures about a person at all
    o  answered or shown, with nothing in it of what the row is about
    -  refused with a kind sentence; nothing shown, nothing changed
    L  as l, and elsewhere as o
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .rights_stage import CAST

ROLES = tuple(CAST)
LEVELS = ("lead", "self", "nobody")

TABLE = """
what is done                              with what            str sub col rev re2 lea le2 man exe adm, as ROLES

# Reviews: whoever made one, whom it is about once it was told, and the lead where the team has agreed to it.
button  review.open                       review               -  x  -  x  -  l  -  -  -  -
button  review.whole                      review               -  x  -  x  -  l  -  -  -  -
in      review.whole.page                 review               -  x  -  x  -  l  -  -  -  -
in      review.whole.next                 review               -  x  -  x  -  l  -  -  -  -
button  review.open                       held                 -  -  -  x  -  l  -  -  -  -
button  review.open                       draft                -  -  -  x  -  -  -  -  -  -
button  review.open                       blind                -  -  -  x  -  -  -  -  -  -
button  review.open                       blind by Rex         -  -  -  x  -  -  -  -  -  -
in      review.said                       draft                -  -  -  x  -  -  -  -  -  -
in      review.except                     draft                -  -  -  x  -  -  -  -  -  -
in      review.written                    draft                -  -  -  x  -  -  -  -  -  -
in      review.mode                       draft                -  -  -  x  -  -  -  -  -  -
in      review.card                       draft                -  -  -  x  -  -  -  -  -  -
in      review.page                       draft                -  -  -  x  -  -  -  -  -  -
in      review.next                       draft                -  -  -  x  -  -  -  -  -  -
in      review.drop                       draft                -  -  -  x  -  -  -  -  -  -
form    review.form                       draft                -  -  -  x  -  -  -  -  -  -
form    review.choose.form                a ticket             -  -  -  x  x  x  -  x  -  -
button  review.ticket                     a ticket             -  -  -  x  x  x  -  x  -  -
menu    review.ticket                     csat of the team     -  -  -  x  x  x  -  x  -  -
menu    review.ticket                     csat of Teo          -  -  -  -  -  l  -  -  -  -
shortcut review.message                   words of a ticket    -  -  -  x  x  x  o  x  -  -
command /qa review                        words of a ticket    -  -  -  x  x  x  -  x  -  -
command /qa review                        Teo                  -  -  -  x  x  x  o  x  -  -
button  qa.help.review                    draft                -  -  -  x  o  o  o  o  -  -
command /qa help                          nothing              o  o  o  o  o  o  o  o  o  o

# Scores: a team's for its people; of one person for themselves and their lead, as agreed; single reviews as above.
button  qa.help.scores                    team                 -  x  x  x  x  x  o  x  -  -
command /qa scores                        team                 -  x  x  x  x  x  -  x  -  -
command /qa scores                        Teo                  -  f  -  -  -  l  -  -  -  -
button  qa.scores.period                  score of the team    -  x  x  x  x  x  -  x  -  -
button  qa.scores.period                  score of Teo         -  f  -  -  -  l  -  -  -  -
button  qa.scores.csv                     score of the team    -  x  -  x  -  l  -  -  -  -
button  qa.scores.csv                     score of Teo         -  f  -  -  -  l  -  -  -  -

# Disputes: raised by whom the review is about, decided by whoever it was put to.
button  qa.help.mine                      review               o  x  o  o  o  o  o  o  o  o
command /qa mine                          review               o  x  o  o  o  o  o  o  o  o
button  dispute.confirm                   review               -  x  -  -  -  -  -  -  -  -
button  dispute.confirm                   held                 -  -  -  -  -  -  -  -  -  -
button  dispute.spoken                    held                 -  -  -  x  -  l  -  -  -  -
button  dispute.raise                     review               -  x  -  -  -  -  -  -  -  -
button  dispute.raise                     held                 -  -  -  -  -  -  -  -  -  -
in      dispute.raise.page                review               -  x  -  -  -  -  -  -  -  -
form    dispute.raise.form                review               -  x  -  -  -  -  -  -  -  -
form    dispute.raise.form                held                 -  -  -  -  -  -  -  -  -  -
button  dispute.review                    review               -  x  -  x  -  l  -  -  -  -
button  dispute.review                    held                 -  -  -  x  -  l  -  -  -  -
in      dispute.review.version            review               -  x  -  x  -  l  -  -  -  -
in      dispute.review.page               review               -  x  -  x  -  l  -  -  -  -
in      dispute.review.next               review               -  x  -  x  -  l  -  -  -  -
button  dispute.review                    disputed0            -  x  -  x  -  l  -  -  -  -
button  dispute.review                    disputed1            -  x  -  x  -  x  -  -  -  -
button  dispute.review                    disputed2            -  x  -  x  -  x  -  x  -  -
button  dispute.decide                    dispute0             -  -  -  x  -  l  -  -  -  -
button  dispute.decide                    dispute1             -  -  -  x  -  x  -  -  -  -
button  dispute.decide                    dispute2             -  -  -  x  -  x  -  x  -  -
menu    dispute.whose                     dispute0             -  -  -  x  -  l  -  -  -  -
menu    dispute.whose                     dispute2             -  -  -  x  -  x  -  x  -  -
form    dispute.decide.form               dispute0             -  -  -  x  -  l  -  -  -  -
form    dispute.decide.form               dispute1             -  -  -  x  -  x  -  -  -  -
form    dispute.decide.form               dispute2             -  -  -  x  -  x  -  x  -  -

# Calibrations: those who score, whoever began it, and the team's leads and managers. Never the agents.
button  qa.help.calibrate                 round                -  -  -  x  x  x  o  x  -  -
command /qa calibrate                     round                -  -  -  x  x  x  o  x  -  -
button  calibration.begin                 team                 -  -  -  x  x  x  -  x  -  -
form    calibration.begin.form            team                 -  -  -  x  x  x  -  x  -  -
button  calibration.open                  round                -  -  -  x  x  x  -  x  -  -
button  calibration.score                 round                -  -  -  x  x  -  -  -  -  -
button  calibration.end                   round                -  -  -  -  -  x  -  x  -  -
button  calibration.result                round over           -  -  -  x  x  x  -  x  -  -
button  calibration.result                round                -  -  -  -  -  -  -  -  -  -

# Samples: one's own queue; a team's progress for its leads and managers; its plan for them and the admins.
button  qa.help.queue                     pick                 -  -  -  x  o  o  o  o  -  -
command /qa queue                         pick                 -  -  -  x  o  o  o  o  -  -
button  sample.queue                      pick                 o  o  o  x  o  o  o  o  o  o
button  sample.more                       pick                 o  o  o  x  o  o  o  o  o  o
button  sample.progress                   team                 -  -  -  -  -  x  -  x  -  -
button  sample.take                       pick of nobody       -  -  -  x  x  x  -  x  -  -
button  sample.take                       pick                 -  -  -  x  -  -  -  -  -  -
button  sample.replace                    pick                 -  -  -  x  -  x  -  x  -  -
form    sample.replace.form               pick                 -  -  -  x  -  x  -  x  -  -
button  qa.help.settings                  team                 -  -  -  -  -  x  o  x  -  x
command /qa settings                      team                 -  -  -  -  -  x  -  x  -  x
button  sample.plan                       team                 -  -  -  -  -  x  -  x  -  x
in      sample.plan.amount                team                 -  -  -  -  -  x  -  x  -  x
in      sample.plan.unit                  team                 -  -  -  -  -  x  -  x  -  x
form    sample.plan.form                  team                 -  -  -  -  -  x  -  x  -  x

# Scorecards are settings: everybody who may see the team reads them, its leads and the admins change them.
button  qa.help.scorecards                card                 -  x  x  x  x  x  o  x  o  o
command /qa scorecards                    card                 -  x  x  x  x  x  -  x  x  x
button  scorecard.export                  card                 -  x  x  x  x  x  -  x  x  x
button  scorecard.new                     team                 -  -  -  -  -  x  -  x  -  x
form    scorecard.new.form                team                 -  -  -  -  -  x  -  x  -  x
button  scorecard.edit                    card                 -  -  -  -  -  x  -  x  -  x
button  scorecard.archive                 card                 -  -  -  -  -  x  -  x  -  x
button  scorecard.back                    card                 -  -  -  -  -  x  -  x  -  x
in      scorecard.page                    card                 -  -  -  -  -  x  -  x  -  x
in      scorecard.criterion               card                 -  -  -  -  -  x  -  x  -  x
in      scorecard.criterion.new           card                 -  -  -  -  -  x  -  x  -  x
form    scorecard.criterion.form          card                 -  -  -  -  -  x  -  x  -  x
in      scorecard.section                 card                 -  -  -  -  -  x  -  x  -  x
in      scorecard.section.new             card                 -  -  -  -  -  x  -  x  -  x
form    scorecard.section.form            card                 -  -  -  -  -  x  -  x  -  x
in      scorecard.settings                card                 -  -  -  -  -  x  -  x  -  x
form    scorecard.settings.form           card                 -  -  -  -  -  x  -  x  -  x
in      scorecard.discard                 card                 -  -  -  -  -  x  -  x  -  x
form    scorecard.form                    card                 -  -  -  -  -  x  -  x  -  x

# Talks, notes and promises: the two of a talk. Whoever leads or manages the team may talk with its people themselves.
button  coach.mine                        talk                 o  x  o  o  o  x  o  o  o  o
command /coach                            talk                 o  x  o  o  o  x  o  o  o  o
command /coach help                       nothing              o  o  o  o  o  o  o  o  o  o
button  coach.open                        agent and talk       -  -  -  -  -  x  -  o  -  -
button  coach.open                        talk                 -  x  -  -  -  x  -  -  -  -
command /coach                            Teo and talk         -  -  -  -  -  x  -  o  -  -
command /coach plan                       Teo and talk         -  -  -  -  -  x  -  o  -  -
button  coach.figures                     agent                -  -  -  -  -  l  -  -  -  -
button  coach.reviews                     agent and review     -  -  -  -  -  L  -  o  -  -
button  coach.note                        talk                 -  x  -  -  -  x  -  -  -  -
button  coach.note                        agent                -  -  -  -  -  x  -  x  -  -
form    coach.note.form                   talk                 -  x  -  -  -  x  -  -  -  -
form    coach.note.form                   agent                -  -  -  -  -  x  -  x  -  -
button  coach.promise                     agent                -  -  -  -  -  x  -  x  -  -
in      coach.promise.metric              agent                -  -  -  -  -  x  -  x  -  -
form    coach.promise.form                agent                -  -  -  -  -  x  -  x  -  -
button  coach.close                       promise              -  x  -  -  -  x  -  -  -  -
button  coach.close.kept                  promise              -  x  -  -  -  x  -  -  -  -
button  coach.close.missed                promise              -  x  -  -  -  x  -  -  -  -
form    coach.close.form                  promise              -  x  -  -  -  x  -  -  -  -
button  coach.day                         promise              -  x  -  -  -  x  -  -  -  -
form    coach.day.form                    promise              -  x  -  -  -  x  -  -  -  -
button  coach.check                       promise kept         -  x  -  -  -  x  -  -  -  -
button  coach.reopen                      promise kept         -  x  -  -  -  x  -  -  -  -
button  coach.plan                        agent                -  -  -  -  -  x  -  x  -  -
form    coach.plan.form                   agent                -  -  -  -  -  x  -  x  -  -
button  coach.fits                        talk                 -  x  -  -  -  o  -  -  -  -
button  coach.move                        talk                 -  x  -  -  -  x  -  -  -  -
form    coach.move.form                   talk                 -  x  -  -  -  x  -  -  -  -
button  coach.hold                        talk                 -  -  -  -  -  x  -  -  -  -
button  coach.cancel                      talk                 -  x  -  -  -  x  -  -  -  -

# What came of a promise, and what the data suggests, are figures about a person.
button  coach.effect                      promise              -  f  -  -  -  l  -  -  -  -
command /coach effects                    Teo and promise kept -  f  -  -  -  l  -  -  -  -
command /coach effects                    team                 -  -  -  -  -  x  -  x  -  -
button  coach.suggestions                 suggestion           o  o  o  o  o  L  o  o  o  o
command /coach suggestions                suggestion           o  o  o  o  o  L  o  o  o  o
button  coach.suggestion.take             suggestion           -  -  -  -  -  l  -  -  -  -
button  coach.suggestion.thank            suggestion           -  -  -  -  -  l  -  -  -  -
button  coach.suggestion.dismiss          suggestion           -  -  -  -  -  l  -  -  -  -
button  coach.suggestions                 praise               o  o  o  o  o  x  o  x  o  o
button  coach.suggestion.take             praise               -  -  -  -  -  x  -  x  -  -
button  coach.suggestion.thank            praise               -  -  -  -  -  x  -  x  -  -
button  coach.suggestion.dismiss          praise               -  -  -  -  -  x  -  x  -  -

# The performance talk: its lead, and its agent once it was shared.
button  coach.performance                 performance          -  x  -  -  -  x  -  -  -  -
button  coach.performance                 performance kept     -  -  -  -  -  x  -  -  -  -
button  coach.performance.words           performance          -  x  -  -  -  x  -  -  -  -
button  coach.performance.words           performance kept     -  -  -  -  -  x  -  -  -  -
form    coach.performance.words.form      performance          -  x  -  -  -  x  -  -  -  -
form    coach.performance.words.form      performance kept     -  -  -  -  -  x  -  -  -  -
button  coach.performance.share           performance kept     -  -  -  -  -  x  -  -  -  -
button  coach.performance.share           performance          -  -  -  -  -  x  -  -  -  -
button  coach.performance.pdf             performance          -  x  -  -  -  x  -  -  -  -
button  coach.performance.pdf             performance kept     -  -  -  -  -  x  -  -  -  -
button  coach.training                    performance          -  x  -  -  -  x  -  -  -  -
form    coach.training.form               performance          -  x  -  -  -  x  -  -  -  -
command /coach review                     Teo                  -  -  -  -  -  x  -  x  -  -

# Both ways: nobody answers for another, and what one confides or agrees is for those whom it names.
button  pulse.answer                      pulse                o  o  o  o  o  o  o  o  o  o
form    pulse.form                        pulse                -  x  -  -  -  -  -  -  -  -
form    pulse.form                        talk held            -  x  -  -  -  -  -  -  -  -
button  pulse.switch                      team                 -  -  -  -  -  x  -  x  -  x
command /coach pulse                      team                 -  -  -  -  -  x  -  x  -  x
button  note.new                          nothing              o  o  o  o  o  o  o  o  o  o
command /coach confide                    Mina                 o  o  o  o  o  o  o  o  o  o
form    note.form                         Mina                 x  x  x  x  x  -  x  x  x  x
button  note.show                         note                 -  x  -  -  -  x  -  -  -  -
button  note.seen                         note                 -  -  -  -  -  x  -  -  -  -
button  note.over                         note                 -  -  -  -  -  x  -  -  -  -
button  plan.new                          agent                -  -  -  -  -  x  -  x  -  -
command /coach improve                    Teo                  -  -  -  -  -  x  -  x  -  -
form    plan.form                         agent                -  -  -  -  -  x  -  x  -  -
button  plan.show                         plan                 -  x  -  -  -  x  -  x  -  -
button  plan.confirm                      plan                 -  x  -  -  -  -  -  -  -  -
form    plan.confirm.form                 plan                 -  x  -  -  -  -  -  -  -  -
button  plan.end                          plan                 -  -  -  -  -  x  -  -  -  -
form    plan.end.form                     plan                 -  -  -  -  -  x  -  -  -  -

# Goals: agreed by whom they bind; about one person only where the team has agreed to figures.
button  goal.new                          nothing               -  o  o  o  o  o  o  o  -  -
command /goal new                         nothing               -  o  o  o  o  o  o  o  -  -
menu    goal.team                         team                 -  x  x  x  x  x  x  x  -  -
form    goal.form                         Teo                  -  f  -  -  -  f  -  f  -  -
form    goal.form                         better than Teo was  -  f  -  -  -  l  -  -  -  -
form    goal.form                         team                 -  -  -  -  -  x  -  x  -  -
button  goal.agree                        goal                 -  x  -  -  -  -  -  -  -  -
button  goal.decline                      goal                 -  x  -  -  -  -  -  -  -  -
button  goal.withdraw                     goal                 -  x  -  -  -  x  -  x  -  -
button  goal.withdraw                     goal of the team     -  -  -  -  -  x  -  x  -  -
button  goal.show                         goal                 -  x  -  -  -  x  -  -  -  -
button  goal.show                         goal of the team     -  -  -  -  -  x  -  -  -  -
command /goal                             goal agreed          o  x  o  o  o  o  o  o  o  o
command /goal mine                        goal agreed          o  x  o  o  o  o  o  o  o  o
command /goal                             Teo                  -  f  -  -  -  l  -  -  -  -
command /goal team                        goal of the team     -  x  x  x  x  x  -  x  x  x
command /goal team                        goal of few          -  x  x  x  x  x  -  x  o  o
command /goal evidence                    goal of few          -  x  x  x  x  x  -  x  o  o
command /goal evidence                    team                 -  x  x  x  x  x  -  x  x  x
command /goal help                        nothing              o  o  o  o  o  o  o  o  o  o

# Recognition: among colleagues; settings with the leads and admins, rewards with who leads the team by name.
button  kudos.give                        nothing              -  o  o  o  o  o  o  o  -  -
command /kudos                            nothing              -  o  o  o  o  o  o  o  -  -
menu    kudos.team                        team                 -  x  x  x  x  x  x  x  -  -
form    kudos.form                        team                 -  x  x  x  x  x  -  x  x  x
command /kudos mine                       kudos                -  x  o  o  o  o  o  o  o  o
command /kudos board                      team                 -  -  -  -  -  -  -  -  -  -
command /kudos rewards                    team                 -  x  x  x  x  x  -  x  x  x
command /kudos settings                   team                 -  -  -  -  -  x  -  x  -  x
command /kudos help                       nothing              o  o  o  o  o  o  o  o  o  o
form    kudos.settings.form               team                 -  -  -  -  -  x  -  x  -  x
button  reward.list                       team                 -  -  -  -  -  x  -  x  -  x
form    reward.list.form                  team                 -  -  -  -  -  x  -  x  -  x
button  reward.grant                      reward               -  -  -  -  -  x  -  x  -  -
form    reward.grant.form                 reward               -  -  -  -  -  x  -  x  -  -

# What waits for whom, what is known of whom: always one's own.
button  today.show                        talk                 o  x  o  o  o  x  o  o  o  o
command /cspm today                       talk                 o  x  o  o  o  x  o  o  o  o
command /cspm privacy                     everything           o  o  o  o  o  o  o  o  o  o
command /cspm help                        nothing              o  o  o  o  o  o  o  o  o  o
command /cspm setup                       nothing              -  -  -  -  -  -  -  -  -  o
command /cspm names                       nothing              -  -  -  -  -  o  o  o  -  o
command /cspm settings                    nothing              -  -  -  -  -  o  o  o  -  o
command /cspm admin                       nothing              o  o  o  o  o  o  o  o  o  o
command /cspm tour                        nothing              -  x  x  x  x  x  x  x  x  x
command /cspm doctor                      nothing              -  -  -  -  -  o  o  o  -  o
button  doctor.show                       nothing              -  -  -  -  -  o  o  o  -  o
button  doctor.all                        nothing              -  -  -  -  -  o  o  o  -  o
button  privacy.show                      everything           o  o  o  o  o  o  o  o  o  o
button  privacy.record                    private note         o  x  o  o  o  x  o  o  o  o
button  privacy.record                    note                 o  x  o  o  o  o  o  o  o  o
home    home                              goal agreed          o  x  o  o  o  o  o  o  o  o
home    home                              draft                o  o  o  o  o  o  o  o  o  o

# Figures of one person, and the reviews behind a team's, from any button under an answer.
command /kpi agent                        Teo                  -  f  -  -  -  l  -  -  -  -
button  kpi.period                        csat of Teo          -  f  -  -  -  l  -  -  -  -
button  kpi.team                          csat of Teo          -  f  -  -  -  l  -  -  -  -
button  kpi.all                           csat of Teo          -  f  -  -  -  l  -  -  -  -
button  kpi.tickets                       csat of Teo          -  f  -  -  -  l  -  -  -  -
button  kpi.tickets.metric                csat of Teo          -  f  -  -  -  l  -  -  -  -
button  kpi.tickets.show                  csat of Teo          -  f  -  -  -  l  -  -  -  -
button  kpi.tickets.sort                  csat of Teo          -  f  -  -  -  l  -  -  -  -
button  kpi.tickets.of                    csat of Teo          -  f  -  -  -  l  -  -  -  -
menu    kpi.tickets.of                    csat of Teo          -  f  -  -  -  l  -  -  -  -
button  kpi.tickets.all                   csat of Teo          -  f  -  -  -  l  -  -  -  -
button  kpi.sheet                         csat of Teo          -  f  -  -  -  l  -  -  -  -
button  kpi.explain                       csat of Teo          -  f  -  -  -  l  -  -  -  -
button  kpi.explain.metric                csat of Teo          -  f  -  -  -  l  -  -  -  -
button  kpi.keep                          csat of Teo          -  f  -  -  -  l  -  -  -  -
button  kpi.share                         csat of Teo          -  -  -  -  -  -  -  -  -  -
button  kpi.driver                        csat of Teo          -  f  -  -  -  l  -  -  -  -
button  kpi.driver.metric                 csat of Teo          -  f  -  -  -  l  -  -  -  -
button  kpi.tickets                       score of Teo         -  f  -  -  -  l  -  -  -  -
button  kpi.tickets                       score of the team    -  x  o  x  o  L  -  o  -  -
button  kpi.sheet                         score of the team    -  x  o  x  o  L  -  o  -  -
button  kpi.keep                          score of the team    -  x  x  x  x  x  -  x  -  -
button  kpi.period                        score of the team    -  x  x  x  x  x  -  x  -  -
button  kpi.share                         score of the team    -  -  -  -  -  -  -  -  -  -

# Values that name another team than the thing belongs to: whoever leads that team gets nowhere with them.
button  review.ticket                     a foreign ticket     -  -  -  -  -  -  -  -  -  -
form    plan.form                         a foreign agent      -  -  -  -  -  -  -  -  -  -
form    goal.form                         a foreign agent      -  -  -  -  -  -  -  -  -  -
button  reward.grant                      a foreign reward     -  -  -  -  -  -  -  -  -  -
form    reward.grant.form                 a foreign reward     -  -  -  -  -  -  -  -  -  -
form    calibration.begin.form            a foreign scorecard  -  -  -  -  -  -  -  -  -  -
in      review.card                       a foreign scorecard  -  -  -  -  -  -  -  -  -  -
form    scorecard.new.form                a foreign scorecard  -  -  -  -  -  -  -  -  -  x
form    coach.promise.form                another as its owner -  -  -  -  -  -  -  -  -  -
form    dispute.decide.form               another team’s agent -  -  -  -  -  -  -  -  -  -
"""

LOOKS = """
what is seen                              with what             written down  of whose look at it

review.open                               review                reviews      lead
review.open                               held                  reviews      lead
review.whole                              review                reviews      lead
dispute.review                            review                reviews      lead
dispute.review                            held                  reviews      lead
dispute.review                            disputed0             reviews      lead
dispute.review                            disputed1             reviews      lead
dispute.review                            disputed2             reviews      lead manager
dispute.decide                            dispute0              reviews      lead
dispute.decide                            dispute1              reviews      lead
dispute.decide                            dispute2              reviews      lead manager
/qa review                                Teo                   tickets      reviewer reviewer2 lead manager
/qa scores                                Teo                   qa_scores    lead
qa.scores.period                          score of Teo          qa_scores    lead
qa.scores.csv                             score of Teo          reviews      lead
qa.scores.csv                             score of the team     reviews      reviewer lead
kpi.tickets                               score of Teo          reviews      lead
kpi.tickets                               score of the team     reviews      reviewer lead
kpi.sheet                                 score of the team     reviews      reviewer lead
coach.open                                agent and talk        talk         lead manager
coach.open                                talk                  talk         lead
/coach                                    Teo and talk          talk         lead manager
/coach plan                               Teo and talk          talk         lead manager
coach.figures                             agent                 scorecard    lead
coach.reviews                             agent and review      reviews      lead
coach.promise.metric                      agent                 csat         lead
coach.check                               promise kept          promises     lead
coach.effect                              promise               csat         lead
/coach effects                            Teo and promise kept  promises     lead
coach.suggestions                         suggestion            scorecard    lead
/coach suggestions                        suggestion            scorecard    lead
coach.suggestions                         praise                scorecard    lead
coach.suggestion.take                     suggestion            talk         lead
coach.suggestion.take                     praise                talk         lead manager
coach.performance                         performance           performance  lead
coach.performance                         performance kept      performance  lead
coach.performance.pdf                     performance           performance  lead
coach.performance.pdf                     performance kept      performance  lead
/coach review                             Teo                   performance  lead manager
/goal                                     Teo                   goals        lead
/kpi agent                                Teo                   scorecard    lead
kpi.period                                csat of Teo           scorecard    lead
kpi.team                                  csat of Teo           scorecard    lead
kpi.all                                   csat of Teo           scorecard    lead
kpi.tickets                               csat of Teo           tickets      lead
kpi.tickets.metric                        csat of Teo           tickets      lead
kpi.tickets.show                          csat of Teo           tickets      lead
kpi.tickets.sort                          csat of Teo           tickets      lead
kpi.tickets.of                            csat of Teo           tickets      lead
kpi.tickets.all                           csat of Teo           tickets      lead
kpi.sheet                                 csat of Teo           tickets      lead
kpi.keep                                  csat of Teo           scorecard    lead
"""
"""What goes into the log that its subject reads; of whatever does not stand here, nothing does. Pages of what is open
already are the same look."""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    kind: str
    id: str
    about: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.kind} {self.id} {self.about}".replace(" ", "_")

    def looked(self, role: str, level: str) -> str:
        """What is written into the log when somebody does it; empty: nothing."""
        what, roles = _LOOKS.get((self.id, self.about), ("", ()))
        is_closed = self.allowed[ROLES.index(role)] in "lL" and level != "lead"
        return what if role in roles and self.kind != "menu" and not is_closed else ""

    def wanted(self, role: str, level: str) -> str:
        """x, o or -: what comes of it where the team has agreed to a level."""
        letter = self.allowed[ROLES.index(role)]
        if letter in "lL":
            return "x" if level == "lead" else "-" if letter == "l" else "o"
        return letter if letter != "f" else "-" if level == "nobody" else "x"


def _looks() -> Iterator[tuple[tuple[str, str], tuple[str, tuple[str, ...]]]]:
    for line in LOOKS.splitlines()[3:]:
        what, *roles = line[64:].split()
        yield (line[:42].strip(), line[42:64].strip()), (what, tuple(roles))


_LOOKS = dict(_looks())


def rows() -> Iterator[Row]:
    """Every line."""
    for line in TABLE.splitlines()[3:]:
        if line and not line.startswith("#"):
            words = line.split()
            n = len(words) - len(ROLES)
            kind, letters = words[0], "".join(words[n:])
            name = line[8:42].strip() if kind != "shortcut" else words[1]
            yield Row(kind, name, line[42:63].strip(), letters)
