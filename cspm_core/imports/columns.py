"""Which column of an export means what: our own names, and those of the help desks people come from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

# fmt: off
TICKETS = (
    "id", "team", "agent", "channel", "queue", "priority", "category", "language", "customer", "organisation", "tier",
    "opened_by", "status", "created_at", "first_response_at", "first_response_due_at", "first_solved_at", "solved_at",
    "resolution_due_at", "reopens", "public_replies", "transfers", "csat", "csat_scale", "csat_sent_at", "csat_at",
    "csat_comment", "subject", "url", "tags",
)
PEOPLE = ("name", "email", "slack_user_id", "role", "team", "from", "to", "language", "also_known_as")
# fmt: on
INSTANTS = tuple(name for name in TICKETS if name.endswith("_at"))
COUNTS = ("reopens", "public_replies", "transfers")

# Of Zendesk, Freshdesk, Intercom, Help Scout and ServiceNow, as `squeeze` leaves them; the first that is there counts.
ALIASES: Mapping[str, str] = {
    "id": "ticketid ticket ticketnumber ticketno number conversationid conversationnumber caseid casenumber incidentid "
    "requestid issuekey ticketkey",
    "team": "teamname",
    "agent": "agentname assignee assigneename assignedto assignedagent assigned owner ownername teammateassigned "
    "adminassignee user",
    "channel": "ticketchannel source via sourcetype viachannel contacttype",
    "queue": "group groupname agentgroup ticketgroup assignmentgroup mailbox inbox department teamassigned",
    "priority": "ticketpriority",
    "category": "topic ticketcategory type tickettype issuetype contactreason reason",
    "language": "ticketlanguage locale requesterlanguage",
    "customer": "customername requester requestername contact contactname customeremail requesteremail contactemail "
    "customerid contactid requesterid",
    "organisation": "organization organizationname organisationname company companyname account accountname",
    "tier": "customertier plan segment",
    "opened_by": "initiatedby startedby submittertype",
    "status": "ticketstatus state ticketstate conversationstate conversationstatus stage",
    "created_at": "created createdtime createddate createdon creationdate creationtime datecreated timecreated "
    "ticketcreated ticketcreatedat opened openedat openedon openeddate submittedat startedat conversationstartedat",
    "first_response_at": "firstresponse firstrespondedat firstresponsedate firstreply firstreplyat firstreplydate "
    "firstrepliedat initialresponsetime firstagentreplyat",
    "first_response_due_at": "firstresponsedue firstresponsedueby firstresponseduedate frdueby firstreplydueat "
    "expectedslatofirstresponse",
    "first_solved_at": "firstsolved firstresolvedat firstclosedat firstcloseat",
    "solved_at": "solved solveddate solvedtime solvedon resolved resolvedat resolvedtime resolveddate resolvedon "
    "resolutiondate lastresolvedat lastsolvedat closedat closedtime closeddate closedon closed closetime closedate "
    "lastclosedat",
    "resolution_due_at": "resolutiondue resolutiondueby resolutionduedate dueat dueby duedate duebytime "
    "expectedslatoresolve",
    "reopens": "reopencount reopened reopenedcount numberofreopens timesreopened",
    "public_replies": "replies replycount agentreplies numberofreplies agentinteractions publicreplycount",
    "transfers": "transfercount reassignments reassignmentcount numberofreassignments",
    "csat": "csatscore csatrating satisfaction satisfactionscore satisfactionrating rating surveyresult surveyresults "
    "conversationrating customersatisfaction",
    "csat_scale": "ratingscale satisfactionscale",
    "csat_sent_at": "surveysentat surveysent ratingrequestedat",
    "csat_at": "ratedat ratingat surveyansweredat surveyreceivedat conversationratedat satisfactionratedat",
    "csat_comment": "satisfactioncomment ratingcomment surveycomment conversationratingremark ratingremark",
    "subject": "title summary shortdescription ticketsubject",
    "url": "link ticketurl ticketlink conversationurl permalink",
    "tags": "tag labels",
    # people
    "name": "fullname displayname agentname membername",
    "email": "emailaddress mail useremail",
    "slack_user_id": "slackid slackuser slackmemberid memberid userid",
    "role": "roles",
    "from": "fromdate since startdate start",
    "to": "todate until enddate end",
    "also_known_as": "aka aliases alias othernames",
}


def squeeze(name: str) -> str:
    """A column name as it is compared: letters and digits alone."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def recognise(header: Sequence[str], wanted: Sequence[str]) -> dict[str, int]:
    """Where each of our columns stands in a header, if it does. Of two columns of one name the first counts."""
    places: dict[str, int] = {}
    for n, name in enumerate(header):
        places.setdefault(squeeze(name), n)
    found, used = {}, set[int]()
    for ours in wanted:
        if squeeze(ours) in places:
            found[ours] = places[squeeze(ours)]
            used.add(found[ours])
    for ours in wanted:
        candidates = (places[alias] for alias in ALIASES.get(ours, "").split() if alias in places)
        place = next((n for n in candidates if n not in used), None)
        if ours not in found and place is not None:
            found[ours] = place
            used.add(place)
    return found


DOUBTFUL: Mapping[str, str] = {"first_response_at": "firstresponsetime", "solved_at": "resolutiontime"}
"""Names that some exports give to an instant and others to a length of time."""
_INSTANT = re.compile(r"\s*\d{1,4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,4}")


def look_into(header: Sequence[str], places: Mapping[str, int], sample: Sequence[Sequence[str]]) -> dict[str, int]:
    """With the doubtful columns that hold instants in the sample; a close is no solve where there is a better."""
    found, names = dict(places), [squeeze(name) for name in header]
    for ours, name in DOUBTFUL.items():
        if name not in names or (ours in found and not names[found[ours]].startswith("close")):
            continue
        place = names.index(name)
        texts = [fields[place] for fields in sample if place < len(fields) and fields[place].strip()]
        if texts and place not in found.values() and all(map(_INSTANT.match, texts)):
            found[ours] = place
    return found
