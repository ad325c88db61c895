"""Which column of an export means what: our own names, and those of the help desks people come from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

# fmt: off
TICKETS = (
    "id", "team", "agent", "channel", "queue", "priority", "category", "language", "customer", "organisation", "tier",
    "opened_by", "status", "created_at", "handed_off_at", "first_responder", "first_response_at",
    "first_response_due_at", "first_solved_at", "solved_at", "reopened_at", "resolution_due_at", "reopens",
    "early_reopens", "public_replies", "repliers", "transfers", "group_transfers", "requester_wait_s", "agent_work_s",
    "csat", "csat_scale", "csat_sent_at", "csat_at", "csat_comment", "subject", "url", "tags",
)
PEOPLE = ("name", "email", "slack_user_id", "role", "team", "from", "to", "language", "also_known_as")
# fmt: on
REFUSED = ("line", "reason")
"""What a file of refused rows begins with; mended, it can be imported as it is."""
INSTANTS = tuple(name for name in TICKETS if name.endswith("_at"))
# fmt: off
COUNTS = (
    "reopens", "early_reopens", "public_replies", "repliers", "transfers", "group_transfers", "requester_wait_s",
    "agent_work_s",
)
# fmt: on

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
    "handed_off_at": "handoffat handedoff handovertime handedoverat escalatedtohumanat bothandoffat",
    "first_responder": "firstresponseby firstrepliedby firstreplyby firstrespondedby firstresponseagent",
    "first_response_at": "firstresponse firstrespondedat firstresponsedate firstreply firstreplyat firstreplydate "
    "firstrepliedat initialresponsetime firstagentreplyat",
    "first_response_due_at": "firstresponsedue firstresponsedueby firstresponseduedate frdueby firstreplydueat "
    "expectedslatofirstresponse",
    "first_solved_at": "firstsolved firstresolvedat firstclosedat firstcloseat",
    "solved_at": "solved solveddate solvedtime solvedon resolved resolvedat resolvedtime resolveddate resolvedon "
    "resolutiondate lastresolvedat lastsolvedat closedat closedtime closeddate closedon closed closetime closedate "
    "lastclosedat",
    "reopened_at": "lastreopenedat reopenedon reopeneddate reopentime lastreopened",
    "resolution_due_at": "resolutiondue resolutiondueby resolutionduedate dueat dueby duedate duebytime "
    "expectedslatoresolve",
    "reopens": "reopencount reopened reopenedcount numberofreopens timesreopened",
    "early_reopens": "reopenswithin7days reopenswithinaweek",
    "public_replies": "replies replycount agentreplies numberofreplies agentinteractions publicreplycount",
    "transfers": "transfercount reassignments reassignmentcount numberofreassignments",
    "repliers": "agentsreplied numberofrepliers replyingagents",
    "group_transfers": "groupreassignments groupchanges groupstations grouptransfercount",
    "requester_wait_s": "requesterwaitseconds requesterwaittimeseconds requesterwaittimeinseconds",
    "agent_work_s": "agentworkseconds agentworktimeseconds agentworktimeinseconds",
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

# The same in Dutch, Korean and Chinese.
SPOKEN: Mapping[str, str] = {
    "id": "ticketnummer zaaknummer nummer 번호 티켓번호 티켓id 문의번호 접수번호 編號 工單編號 工单编号 案件編號 票號",
    "team": "팀 팀명 團隊 团队 團隊名稱",
    "agent": "behandelaar medewerker toegewezenaan 담당자 상담원 상담사 담당상담원 客服 客服人員 客服人员 負責人 "
    "负责人 受理人 處理人員 处理人员 指派給",
    "channel": "kanaal 채널 접수채널 문의채널 管道 渠道 來源 来源",
    "queue": "groep afdeling wachtrij 그룹 부서 群組 部門 部门 佇列",
    "priority": "prioriteit 우선순위 優先級 优先级 優先順序 優先度",
    "category": "categorie 카테고리 분류 유형 문의유형 類別 类别 分類 分类 類型",
    "language": "taal 언어 語言 语言",
    "customer": "klant klantnaam aanvrager 고객 고객명 요청자 客戶 客户 客戶名稱 顧客",
    "organisation": "organisatie bedrijf 회사 회사명 조직 公司 公司名稱 組織",
    "tier": "klantniveau 등급 고객등급 等級 客戶等級",
    "status": "상태 처리상태 狀態 状态 工單狀態",
    "created_at": "aangemaakt aangemaaktop geopend geopendop datumaangemaakt 생성일 생성일시 생성시간 등록일 등록일시 "
    "접수일 접수일시 建立時間 建立日期 创建时间 創建時間 開單時間",
    "first_response_at": "eerstereactie eerstereactieop 최초응답일시 첫응답일시 최초답변일시 首次回覆於 首次回复于",
    "solved_at": "opgelost opgelostop geslotenop 해결일 해결일시 완료일 완료일시 종료일시 解決日期 结案日期 結案日期 "
    "結案時間",
    "reopens": "heropend 재오픈 재오픈수 重開次數 重新開啟次數",
    "csat": "tevredenheid klanttevredenheid beoordeling 만족도 고객만족도 평점 滿意度 满意度 評分 评分",
    "subject": "onderwerp titel 제목 主旨 標題 标题",
    "url": "링크 連結 链接",
    "tags": "labels 태그 標籤 标签",
    # people
    "name": "naam 이름 성명 姓名 名稱 名字",
    "email": "emailadres 이메일 이메일주소 電子郵件 电子邮件 信箱",
    "role": "rol 역할 角色",
    "from": "vanaf 시작일 開始日期 开始日期",
    "to": "tot 종료일 結束日期 结束日期",
    "also_known_as": "ookbekendals 별칭 別名 别名",
}


def squeeze(name: str) -> str:
    """A column name as it is compared: letters and digits alone."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def recognise(header: Sequence[str], wanted: Sequence[str], also: Mapping[str, str] | None = None) -> dict[str, int]:
    """Where each of our columns stands in a header, if it does. Of two columns of one name the first counts.

    `also`: other names for ours, squeezed; None: those of tickets and people.
    """
    places: dict[str, int] = {}
    first = len(REFUSED) if tuple(header[: len(REFUSED)]) == REFUSED else 0
    for n, name in enumerate(header[first:], start=first):
        places.setdefault(squeeze(name), n)
    found, used = {}, set[int]()
    for ours in wanted:
        if squeeze(ours) in places:
            found[ours] = places[squeeze(ours)]
            used.add(found[ours])
    for ours in wanted:
        known = f"{ALIASES.get(ours, '')} {SPOKEN.get(ours, '')}" if also is None else also.get(ours, "")
        candidates = (places[alias] for alias in known.split() if alias in places)
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
