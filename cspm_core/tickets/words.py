"""What the words of help desks for statuses, and for whoever opened a ticket, are in ours."""

from __future__ import annotations

from collections.abc import Mapping

from .rules import STATUSES


def _words(**said: str) -> dict[str, str]:
    return {their.strip(): ours for ours, text in said.items() for their in text.split(",")}


STATUS: Mapping[str, str] = {
    **{name: name for name in STATUSES},
    **_words(
        new="untriaged, unassigned, to do, todo",
        open="in progress, active, opened, reopened, re-opened, assigned, in behandeling, 处理中, 處理中, "
        "진행 중, 진행중",
        pending="waiting on customer, waiting for customer, awaiting customer, awaiting reply, awaiting user info, "
        "awaiting response, waiting, snoozed, waiting on user",
        on_hold="hold, on hold, on-hold, onhold, waiting on third party, waiting for third party, awaiting vendor, "
        "awaiting problem, awaiting evidence, blocked",
        solved="resolved, done, completed, fixed, opgelost, 已解決, 已解决, 해결됨, 해결",
        closed="close, archived, cancelled, canceled, gesloten, 已關閉, 已关闭, 종료",
        spam="junk",
        deleted="trash, trashed, removed",
        merged="duplicate",
        test="testing",
    ),
}
OPENED_BY: Mapping[str, str] = _words(
    customer="customer, end-user, end user, enduser, requester, contact, user, client, visitor",
    agent="agent, admin, teammate, staff, employee, outbound",
    bot="bot, system, automation, api",
)
