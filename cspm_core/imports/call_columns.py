"""Which column of an export of calls means what: our own names, and those of the telephone systems people come from."""

from __future__ import annotations

from collections.abc import Mapping

# fmt: off
CALLS = (
    "id", "team", "agent", "queue", "direction", "customer", "ticket", "topic", "language", "queued_at", "answered_at",
    "ended_at", "abandoned", "talk_s", "hold_s", "wrap_s", "transfers", "resolved", "rating", "rating_scale",
    "recording_url",
)
OTHER_WAYS = (
    "queued_date", "queued_time", "answered", "speed_of_answer_s", "time_to_abandon_s", "wait_s", "duration_s",
)
# fmt: on
"""Other ways to say when a call was queued (date and time apart), whether and how soon it was answered (`wait_s`: how
long the caller waited, whatever came of it) and when it ended (`duration_s` from the queue on)."""
KNOWN = (*CALLS, *OTHER_WAYS)
INSTANTS = ("queued_at", "answered_at", "ended_at")
LENGTHS = ("talk_s", "hold_s", "wrap_s", "speed_of_answer_s", "time_to_abandon_s", "wait_s", "duration_s")
TRUTHS = ("answered", "abandoned", "resolved")
STANDS_FOR: Mapping[str, tuple[str, ...]] = {
    "queued_date": ("queued_at",),
    "queued_time": ("queued_at",),
    "answered": ("answered",),
    "speed_of_answer_s": ("answered_at",),
    "time_to_abandon_s": ("ended_at",),
    "wait_s": ("answered_at", "ended_at"),
    "duration_s": ("ended_at",),
}
"""What another way says in the end."""

# Of Zendesk Talk, Aircall, Five9 and Amazon Connect, as `squeeze` leaves them; the first that is there counts. Then
# the same in Dutch, Korean and Chinese.
ALIASES: Mapping[str, str] = {
    "id": "callid callidinternal calliduuid call contactid calluuid callsid callnumber interactionid sessionid "
    "gespreksnummer oproepid 통화id 통화번호 콜번호 通話編號 通话编号 來電編號",
    "team": "teamname 팀 팀명 團隊 团队",
    "agent": "agentname agentusername agentemail username user useremail answeredby handledby operator agentid "
    "medewerker agentnaam 상담원 상담사 담당자 客服 客服人員 客服人员 坐席",
    "queue": "queuename skill skillname skillgroup campaign campaignname line linename numbername group groupname "
    "callgroup ringgroup department wachtrij afdeling 대기열 큐 佇列 队列 技能組",
    "direction": "calldirection calltype initiationmethod type richting 방향 통화유형 方向 通話方向",
    "customer": "customername customerphone customerphonenumber customerendpointaddress callernumber caller "
    "callerid callername ani contactname requester requestername externalnumber customerid from fromnumber klant "
    "beller 고객 고객명 발신번호 客戶 客户 來電號碼",
    "ticket": "ticketid ticketnumber ticketno caseid casenumber conversationid ticketnummer 티켓 티켓번호 工單 "
    "工單編號",
    "topic": "category callreason reason contactreason subject disposition dispositionname tag tags onderwerp "
    "categorie 주제 유형 문의유형 主題 主题 類別 类别 分類",
    "language": "calllanguage locale taal 언어 語言 语言",
    "queued_at": "enqueuedat queueat queueenqueuetimestamp enqueuetimestamp queueentertime queuestart queuedtime "
    "startedat starttime callstart callstarttime callstartedat calldatetime datetime dateandtime datetimeutc "
    "createdat created timestamp calltimestamp initiationtimestamp 통화시작 통화시작시간 인입시간 접수시간 進線時間 "
    "开始时间 開始時間",
    "queued_date": "date calldate startdate datum 날짜 통화일 日期 通話日期",
    "queued_time": "time callhour startedattime timeofday tijd 시각 시간 時間 时间 通話時間",
    "answered_at": "answeredtime answertime agentconnectedtoagenttimestamp connectedtoagenttimestamp connectedat "
    "pickedupat pickuptime beantwoordop 응답시간 응답일시 接聽時間 接听时间",
    "answered": "answeredyn isanswered wasanswered callanswered beantwoord 응답여부 是否接聽 是否接听",
    "ended_at": "endtime endedtime callend callendtime callendedat disconnecttimestamp disconnectedat hangupat "
    "hanguptime completedat beeindigdop 통화종료 종료시간 結束時間 结束时间",
    "abandoned": "isabandoned abandonedyn callabandoned abandon completionstatus callstatus opgehangen 포기 "
    "포기여부 是否放棄 是否放弃",
    "talk_s": "talktime talktimes talktimeseconds talktimesec talkduration avgtalkduration durationincall "
    "incallduration conversationtime agentagentinteractionduration agentinteractionduration gesprekstijd "
    "gespreksduur 통화시간 통화시간초 通話時長 通话时长",
    "hold_s": "holdtime holdtimeseconds holdduration agentcustomerholdduration customerholdduration onholdtime "
    "wachtstand 보류시간 保留時間 保持時長",
    "wrap_s": "wrapup wrapuptime wrapuptimeseconds wrapupduration wraptime aftercallwork aftercallworktime "
    "aftercallworkduration agentaftercallworkduration acw acwtime nawerktijd 후처리시간 話後處理 话后处理",
    "speed_of_answer_s": "speedofanswer speedofanswerinseconds speedtoanswer timetoanswer answerdelay "
    "answertimeseconds ringtime aannametijd 응답대기시간",
    "time_to_abandon_s": "timetoabandon abandontime abandonedafter abandonmenttime 포기시간",
    "wait_s": "waittime waitingtime waittimeseconds queuewaittime queuetime queueduration timeinqueue wachttijd "
    "대기시간 等待時間 等待时间",
    "duration_s": "duration durationseconds durationtotal totalduration calldurationseconds callduration totaltime "
    "calltime calllength duur 총통화시간 總時長 总时长",
    "transfers": "transfercount numberoftransfers transferscount timestransferred transferred doorverbonden 전환수 "
    "호전환 轉接次數",
    "resolved": "isresolved resolvedyn callresolved firstcallresolution fcr solved opgelost 해결 해결여부 已解決 "
    "已解决 是否解決",
    "rating": "satisfactionrating satisfaction csat csatscore customersatisfaction score surveyresult beoordeling "
    "tevredenheid 만족도 평점 滿意度 满意度 評分",
    "rating_scale": "csatscale satisfactionscale scale",
    "recording_url": "recording recordinglocation recordinglink recordings callrecording opname 녹취 錄音 录音",
}
