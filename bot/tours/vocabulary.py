"""The words for each role's tour, in each of our languages."""

from __future__ import annotations

from collections.abc import Mapping

from cspm_core.people import Role, fold

ROLES: Mapping[Role, tuple[str, ...]] = {
    Role.ADMIN: ("admin", "admins", "beheerder", "管理員", "관리자"),
    Role.EXECUTIVE: ("executive", "executives", "directie", "高階主管", "임원"),
    Role.MANAGER: ("manager", "managers", "經理", "매니저"),
    Role.LEAD: ("lead", "leads", "team lead", "teamlead", "teamleider", "組長", "팀장", "리드"),
    Role.QA_REVIEWER: ("reviewer", "reviewers", "qa", "qa_reviewer", "beoordelaar", "審核員", "검토자", "리뷰어"),
    Role.AGENT: ("agent", "agents", "medewerker", "客服人員", "상담원"),
}


def role_in(words: str) -> Role | None:
    """The role that was typed, if it is one."""
    said = fold(words)
    return next((role for role, spellings in ROLES.items() if said in spellings), None)
