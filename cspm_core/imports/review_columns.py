"""Which column of an export of QA reviews means what: our own names, and those of the tools people come from."""

from __future__ import annotations

from collections.abc import Mapping

# fmt: off
REVIEWS = (
    "review_id", "at", "ticket", "agent", "reviewer", "scorecard", "criterion", "score", "min", "max", "weight",
    "critical", "na", "comment", "stratum",
)
# fmt: on
KNOWN = (*REVIEWS, "team")
NEEDED = ("review_id", "at", "agent", "scorecard", "criterion", "score", "max")

# Of Zendesk QA, MaestroQA, Scorebuddy and evaluation forms, as `squeeze` leaves them; the first that is there counts.
# Then the same in Dutch, Korean and Chinese.
ALIASES: Mapping[str, str] = {
    "review_id": "id reviewnumber evaluationid evaluation gradeid gradingid scoreid feedbackid beoordelingid "
    "beoordelingsnummer 평가id 평가번호 評核編號 評分編號 审核编号",
    "at": "reviewdate reviewedat revieweddate evaluatedat evaluationdate gradedat dategraded createdat created date "
    "timestamp submittedat beoordeeldop beoordelingsdatum datum 평가일 평가일시 評核日期 評分日期 评分日期",
    "ticket": "ticketid ticketnumber ticketkey conversationid externalid externalticketid caseid casenumber callid "
    "interactionid contactid ticketnummer 티켓 티켓번호 工單 工單編號 工单编号",
    "agent": "agentname agentemail reviewee revieweename revieweeemail evaluatee username user medewerker 상담원 "
    "상담사 客服 客服人員 客服人员",
    "reviewer": "reviewername revieweremail grader gradername evaluator evaluatorname evaluatedby gradedby qaanalyst "
    "beoordelaar 평가자 評核人 評分人 评分人",
    "scorecard": "scorecardname rubric rubricname form formname evaluationform template templatename scorekaart "
    "평가표 스코어카드 評核表 計分卡 评分表",
    "criterion": "criterionname criteria category categoryname ratingcategory question questiontext questionname item "
    "criterium 평가항목 항목 評核項目 項目 项目",
    "score": "rating answer answerscore points pointsearned earned value givenscore beoordeling punten 점수 得分 評分 "
    "评分",
    "min": "minimum minscore minrating minpoints lowest scalemin 최저점 最低分",
    "max": "maximum maxscore maxrating maxpoints pointspossible possible highest scalemax 만점 최고점 最高分 滿分 满分",
    "weight": "categoryweight questionweight weighting gewicht 가중치 權重 权重",
    "critical": "iscritical autofail isautofail fatal criticalerror kritiek 치명 중대 致命 關鍵",
    "na": "isna notapplicable isnotapplicable nvt 해당없음 不適用 不适用",
    "comment": "comments feedback note notes remark opmerking 코멘트 의견 評語 备注 備註",
    "stratum": "sample sampling samplingmethod selection selectionmethod pickedby source steekproef 표본 抽樣 抽样",
    "team": "teamname 팀 팀명 團隊 团队",
}
