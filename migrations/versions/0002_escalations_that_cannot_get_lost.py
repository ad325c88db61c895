"""Escalations, shifts, detectors, hooks, crises and handovers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from cspm_core.store import Utc

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", Utc(), nullable=False),
        sa.Column("ends_at", Utc(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "by_id"], ["member.workspace_id", "member.id"], name=op.f("fk_absence_workspace_id_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_absence_workspace_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_absence")),
        sa.UniqueConstraint(
            "workspace_id", "member_id", "starts_at", name=op.f("uq_absence_workspace_id_member_id_starts_at")
        ),
    )
    op.create_table(
        "crisis_plan",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("checklist", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("update_every_s", sa.Integer(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("approved_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_crisis_plan_workspace_id_team_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_crisis_plan")),
        sa.UniqueConstraint("workspace_id", "team_id", "kind", name=op.f("uq_crisis_plan_workspace_id_team_id_kind")),
    )
    op.create_table(
        "detector",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("settings", sa.String(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("since_at", Utc(), nullable=False),
        sa.Column("saved_at", Utc(), nullable=False),
        sa.Column("saved_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "saved_by"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_detector_workspace_id_saved_by"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"], ["team.workspace_id", "team.id"], name=op.f("fk_detector_workspace_id_team_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_detector")),
        sa.UniqueConstraint("workspace_id", "team_id", "kind", name=op.f("uq_detector_workspace_id_team_id_kind")),
    )
    op.create_table(
        "detector_watch",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("began_at", Utc(), nullable=True),
        sa.Column("as_of", Utc(), nullable=True),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("next_at", Utc(), nullable=True),
        sa.Column("data_age_minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_detector_watch_workspace_id_team_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_detector_watch")),
        sa.UniqueConstraint("workspace_id", "team_id", name=op.f("uq_detector_watch_workspace_id_team_id")),
    )
    op.create_table(
        "duty_override",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("instead_of_id", sa.BigInteger(), nullable=True),
        sa.Column("starts_at", Utc(), nullable=False),
        sa.Column("ends_at", Utc(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_duty_override_workspace_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "instead_of_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_duty_override_workspace_id_instead_of_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_duty_override_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_duty_override_workspace_id_team_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_duty_override")),
        sa.UniqueConstraint(
            "workspace_id",
            "team_id",
            "member_id",
            "instead_of_id",
            "starts_at",
            "ends_at",
            name=op.f("uq_duty_override_workspace_id_team_id_member_id_instead_of_id_starts_at_ends_at"),
        ),
    )
    with op.batch_alter_table("duty_override", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_duty_override_workspace_id_team_id_ends_at"),
            ["workspace_id", "team_id", "ends_at"],
            unique=False,
        )

    op.create_table(
        "escalation_bundle",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("hour_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_escalation_bundle_workspace_id_team_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_escalation_bundle")),
        sa.UniqueConstraint(
            "workspace_id",
            "team_id",
            "place",
            "hour_at",
            name=op.f("uq_escalation_bundle_workspace_id_team_id_place_hour_at"),
        ),
    )
    op.create_table(
        "escalation_policy",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_escalation_policy_workspace_id_team_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_escalation_policy")),
        sa.UniqueConstraint(
            "workspace_id", "team_id", "severity", name=op.f("uq_escalation_policy_workspace_id_team_id_severity")
        ),
    )
    op.create_table(
        "escalation_settings",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("needs_reason", sa.Boolean(), nullable=False),
        sa.Column("cap_per_hour", sa.Integer(), nullable=False),
        sa.Column("reopen_within_h", sa.Integer(), nullable=False),
        sa.Column("check_back_days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_escalation_settings_workspace_id_team_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_escalation_settings")),
        sa.UniqueConstraint("workspace_id", "team_id", name=op.f("uq_escalation_settings_workspace_id_team_id")),
    )
    op.create_table(
        "hook_key",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("last_used_at", Utc(), nullable=True),
        sa.Column("revoked_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"], ["team.workspace_id", "team.id"], name=op.f("fk_hook_key_workspace_id_team_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "workspace_id"],
            ["workspace.workspace_id", "workspace.id"],
            name=op.f("fk_hook_key_workspace_id_workspace_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_hook_key")),
        sa.UniqueConstraint("workspace_id", "name_key", name=op.f("uq_hook_key_workspace_id_name_key")),
    )
    op.create_table(
        "risk_card",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_risk_card_workspace_id_team_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_risk_card")),
        sa.UniqueConstraint("workspace_id", "team_id", "day", name=op.f("uq_risk_card_workspace_id_team_id_day")),
    )
    op.create_table(
        "rotation",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("member_ids", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("handover", sa.String(), nullable=False),
        sa.Column("clock", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"], ["team.workspace_id", "team.id"], name=op.f("fk_rotation_workspace_id_team_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_rotation")),
        sa.UniqueConstraint("workspace_id", "team_id", name=op.f("uq_rotation_workspace_id_team_id")),
    )
    op.create_table(
        "shift",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", Utc(), nullable=False),
        sa.Column("ends_at", Utc(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("activity_key", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_shift_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"], ["team.workspace_id", "team.id"], name=op.f("fk_shift_workspace_id_team_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_shift")),
        sa.UniqueConstraint(
            "workspace_id",
            "team_id",
            "member_id",
            "source",
            "activity_key",
            "starts_at",
            name=op.f("uq_shift_workspace_id_team_id_member_id_source_activity_key_starts_at"),
        ),
    )
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_shift_workspace_id_member_id_ends_at"),
            ["workspace_id", "member_id", "ends_at"],
            unique=False,
        )

    op.create_table(
        "ticket_event",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("scope", sa.BigInteger(), nullable=False),
        sa.Column("ticket_key", sa.String(), nullable=False),
        sa.Column("event_key", sa.String(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("actor_kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_ticket_event_workspace_id_team_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_ticket_event")),
        sa.UniqueConstraint(
            "workspace_id",
            "team_id",
            "ticket_key",
            "event_key",
            name=op.f("uq_ticket_event_workspace_id_team_id_ticket_key_event_key"),
        ),
    )
    op.create_table(
        "escalation",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("first_team_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_seen_at", Utc(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("rule_facts", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("raised_by", sa.BigInteger(), nullable=True),
        sa.Column("message_channel", sa.String(), nullable=False),
        sa.Column("message_ts", sa.String(), nullable=False),
        sa.Column("message_url", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("ticket_key", sa.String(), nullable=False),
        sa.Column("call_key", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("customer", sa.String(), nullable=False),
        sa.Column("customer_key", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("opened_at", Utc(), nullable=False),
        sa.Column("happened_at", Utc(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("first_acknowledged_at", Utc(), nullable=True),
        sa.Column("acknowledge_due_at", Utc(), nullable=True),
        sa.Column("acknowledged_at", Utc(), nullable=True),
        sa.Column("acknowledged_until", Utc(), nullable=True),
        sa.Column("acknowledge_for_s", sa.Integer(), nullable=False),
        sa.Column("asked_until", Utc(), nullable=True),
        sa.Column("snoozed_until", Utc(), nullable=True),
        sa.Column("handed_to", sa.String(), nullable=False),
        sa.Column("handed_due_at", Utc(), nullable=True),
        sa.Column("promise", sa.String(), nullable=False),
        sa.Column("promise_due_at", Utc(), nullable=True),
        sa.Column("promise_kept_at", Utc(), nullable=True),
        sa.Column("promise_warn_at", Utc(), nullable=True),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("next_step_at", Utc(), nullable=True),
        sa.Column("waits_for", sa.String(), nullable=False),
        sa.Column("next_at", Utc(), nullable=True),
        sa.Column("resolved_at", Utc(), nullable=True),
        sa.Column("resolved_by", sa.BigInteger(), nullable=True),
        sa.Column("cause_found", sa.String(), nullable=False),
        sa.Column("solution", sa.String(), nullable=False),
        sa.Column("like_id", sa.BigInteger(), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("check_back_at", Utc(), nullable=True),
        sa.Column("checked_at", Utc(), nullable=True),
        sa.Column("satisfied", sa.Boolean(), nullable=True),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("bundle_id", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_escalation_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "raised_by"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_escalation_workspace_id_raised_by"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_escalation_workspace_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "ticket_id"],
            ["ticket.workspace_id", "ticket.id"],
            name=op.f("fk_escalation_workspace_id_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_escalation")),
        sa.UniqueConstraint("workspace_id", "cause", "episode", name=op.f("uq_escalation_workspace_id_cause_episode")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_escalation_workspace_id_number")),
    )
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.create_index(
            "ix_escalation_crisis",
            ["workspace_id", "id"],
            unique=False,
            sqlite_where=sa.text("kind = 'crisis' AND status <> 'resolved' AND parent_id IS NULL"),
            postgresql_where=sa.text("kind = 'crisis' AND status <> 'resolved' AND parent_id IS NULL"),
        )
        batch_op.create_index(
            "ix_escalation_due",
            ["workspace_id", "next_at", "id"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.create_index("ix_escalation_message", ["workspace_id", "message_channel", "message_ts"], unique=False)
        batch_op.create_index(
            "ix_escalation_open",
            ["workspace_id", "team_id", "severity", "opened_at"],
            unique=False,
            sqlite_where=sa.text("status <> 'resolved'"),
            postgresql_where=sa.text("status <> 'resolved'"),
        )
        batch_op.create_index("ix_escalation_opened", ["workspace_id", "first_team_id", "opened_at"], unique=False)
        batch_op.create_index("ix_escalation_parent", ["workspace_id", "parent_id"], unique=False)
        batch_op.create_index("ix_escalation_resolved", ["workspace_id", "team_id", "resolved_at"], unique=False)
        batch_op.create_index("ix_escalation_ticket", ["workspace_id", "ticket_id"], unique=False)

    op.create_table(
        "hook_request",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key_id", sa.BigInteger(), nullable=False),
        sa.Column("hook", sa.String(), nullable=False),
        sa.Column("request_key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "key_id"],
            ["hook_key.workspace_id", "hook_key.id"],
            name=op.f("fk_hook_request_workspace_id_key_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_hook_request")),
        sa.UniqueConstraint(
            "workspace_id",
            "key_id",
            "hook",
            "request_key",
            name=op.f("uq_hook_request_workspace_id_key_id_hook_request_key"),
        ),
    )
    with op.batch_alter_table("hook_request", schema=None) as batch_op:
        batch_op.create_index("ix_hook_request_at", ["workspace_id", "at"], unique=False)

    op.create_table(
        "ticket_take",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_ticket_take_workspace_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_ticket_take_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_ticket_take_workspace_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "ticket_id"],
            ["ticket.workspace_id", "ticket.id"],
            name=op.f("fk_ticket_take_workspace_id_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_ticket_take")),
        sa.UniqueConstraint("workspace_id", "ticket_id", name=op.f("uq_ticket_take_workspace_id_ticket_id")),
    )
    with op.batch_alter_table("ticket_take", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ticket_take_workspace_id_team_id"), ["workspace_id", "team_id"], unique=False
        )

    op.create_table(
        "alarm",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("due_at", Utc(), nullable=True),
        sa.Column("happened_at", Utc(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("escalation_id", sa.BigInteger(), nullable=True),
        sa.Column("is_useful", sa.Boolean(), nullable=True),
        sa.Column("judged_by", sa.BigInteger(), nullable=True),
        sa.Column("judged_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "escalation_id"],
            ["escalation.workspace_id", "escalation.id"],
            name=op.f("fk_alarm_workspace_id_escalation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "judged_by"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_alarm_workspace_id_judged_by"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"], ["team.workspace_id", "team.id"], name=op.f("fk_alarm_workspace_id_team_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "ticket_id"],
            ["ticket.workspace_id", "ticket.id"],
            name=op.f("fk_alarm_workspace_id_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_alarm")),
        sa.UniqueConstraint("workspace_id", "team_id", "key", name=op.f("uq_alarm_workspace_id_team_id_key")),
    )
    with op.batch_alter_table("alarm", schema=None) as batch_op:
        batch_op.create_index("ix_alarm_at", ["workspace_id", "team_id", "kind", "at"], unique=False)
        batch_op.create_index("ix_alarm_escalation", ["workspace_id", "escalation_id"], unique=False)

    op.create_table(
        "burst_ticket",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("escalation_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "escalation_id"],
            ["escalation.workspace_id", "escalation.id"],
            name=op.f("fk_burst_ticket_workspace_id_escalation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "ticket_id"],
            ["ticket.workspace_id", "ticket.id"],
            name=op.f("fk_burst_ticket_workspace_id_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_burst_ticket")),
        sa.UniqueConstraint(
            "workspace_id",
            "escalation_id",
            "ticket_id",
            name=op.f("uq_burst_ticket_workspace_id_escalation_id_ticket_id"),
        ),
    )
    with op.batch_alter_table("burst_ticket", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_burst_ticket_workspace_id_ticket_id"), ["workspace_id", "ticket_id"], unique=False
        )

    op.create_table(
        "crisis",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("escalation_id", sa.BigInteger(), nullable=False),
        sa.Column("plan_kind", sa.String(), nullable=False),
        sa.Column("plan_name", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("approved_at", Utc(), nullable=True),
        sa.Column("update_every_s", sa.Integer(), nullable=False),
        sa.Column("begun_at", Utc(), nullable=False),
        sa.Column("gathered", sa.Integer(), nullable=False),
        sa.Column("updated_at", Utc(), nullable=True),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("update_words", sa.String(), nullable=False),
        sa.Column("update_due_at", Utc(), nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("ended_at", Utc(), nullable=True),
        sa.Column("ended_by", sa.BigInteger(), nullable=True),
        sa.Column("all_clear", sa.String(), nullable=False),
        sa.Column("review_at", Utc(), nullable=True),
        sa.Column("review_asked", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", Utc(), nullable=True),
        sa.Column("reviewed_by", sa.BigInteger(), nullable=True),
        sa.Column("happened", sa.String(), nullable=False),
        sa.Column("went_well", sa.String(), nullable=False),
        sa.Column("next_at", Utc(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "escalation_id"],
            ["escalation.workspace_id", "escalation.id"],
            name=op.f("fk_crisis_workspace_id_escalation_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_crisis")),
        sa.UniqueConstraint("workspace_id", "escalation_id", name=op.f("uq_crisis_workspace_id_escalation_id")),
    )
    with op.batch_alter_table("crisis", schema=None) as batch_op:
        batch_op.create_index(
            "ix_crisis_due",
            ["workspace_id", "next_at", "id"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_crisis_running",
            ["workspace_id", "id"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "escalation_event",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("escalation_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "escalation_id"],
            ["escalation.workspace_id", "escalation.id"],
            name=op.f("fk_escalation_event_workspace_id_escalation_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_escalation_event")),
        sa.UniqueConstraint(
            "workspace_id", "escalation_id", "key", name=op.f("uq_escalation_event_workspace_id_escalation_id_key")
        ),
    )
    op.create_table(
        "handover",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("from_id", sa.BigInteger(), nullable=False),
        sa.Column("to_id", sa.BigInteger(), nullable=True),
        sa.Column("happened", sa.String(), nullable=False),
        sa.Column("watch", sa.String(), nullable=False),
        sa.Column("snapshot", sa.String(), nullable=False),
        sa.Column("starts_at", Utc(), nullable=True),
        sa.Column("ends_at", Utc(), nullable=True),
        sa.Column("gives_own", sa.Boolean(), nullable=False),
        sa.Column("made_at", Utc(), nullable=False),
        sa.Column("taken_at", Utc(), nullable=True),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        sa.Column("given", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("next_at", Utc(), nullable=True),
        sa.Column("escalation_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "escalation_id"],
            ["escalation.workspace_id", "escalation.id"],
            name=op.f("fk_handover_workspace_id_escalation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "from_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_handover_workspace_id_from_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"], ["team.workspace_id", "team.id"], name=op.f("fk_handover_workspace_id_team_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "to_id"], ["member.workspace_id", "member.id"], name=op.f("fk_handover_workspace_id_to_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_handover")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_handover_workspace_id_key")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index(
            "ix_handover_due",
            ["workspace_id", "next_at", "id"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.create_index("ix_handover_made", ["workspace_id", "team_id", "made_at"], unique=False)

    op.create_table(
        "prevention",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("escalation_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("due_at", Utc(), nullable=False),
        sa.Column("done_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "escalation_id"],
            ["escalation.workspace_id", "escalation.id"],
            name=op.f("fk_prevention_workspace_id_escalation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_prevention_workspace_id_owner_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_prevention")),
    )
    with op.batch_alter_table("prevention", schema=None) as batch_op:
        batch_op.create_index("ix_prevention_owner", ["workspace_id", "owner_id", "due_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_prevention_workspace_id_escalation_id"), ["workspace_id", "escalation_id"], unique=False
        )

    op.create_table(
        "crisis_customer",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("crisis_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("customer", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("ticket_key", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("told_at", Utc(), nullable=True),
        sa.Column("told_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "crisis_id"],
            ["crisis.workspace_id", "crisis.id"],
            name=op.f("fk_crisis_customer_workspace_id_crisis_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_crisis_customer")),
        sa.UniqueConstraint(
            "workspace_id", "crisis_id", "key", name=op.f("uq_crisis_customer_workspace_id_crisis_id_key")
        ),
    )
    op.create_table(
        "crisis_task",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("crisis_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        sa.Column("done_at", Utc(), nullable=True),
        sa.Column("done_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "crisis_id"],
            ["crisis.workspace_id", "crisis.id"],
            name=op.f("fk_crisis_task_workspace_id_crisis_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_crisis_task")),
        sa.UniqueConstraint(
            "workspace_id", "crisis_id", "position", name=op.f("uq_crisis_task_workspace_id_crisis_id_position")
        ),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("thread_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("broadcast", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.drop_index(batch_op.f("ix_notice_subject"))
        batch_op.create_index("ix_notice_subject", ["workspace_id", "subject_id", "kind"], unique=False)
        batch_op.create_index(
            "ix_notice_said",
            ["workspace_id", "slack_channel", "slack_ts"],
            unique=False,
            sqlite_where=sa.text("slack_ts IS NOT NULL"),
            postgresql_where=sa.text("slack_ts IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_notice_wanted",
            ["workspace_id", "due_at", "id"],
            unique=False,
            sqlite_where=sa.text("version > shown AND failed IS NULL"),
            postgresql_where=sa.text("version > shown AND failed IS NULL"),
        )

    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index(
            "ix_ticket_customer",
            ["workspace_id", "team_id", "customer", "csat_at"],
            unique=False,
            sqlite_where=sa.text("customer <> ''"),
            postgresql_where=sa.text("customer <> ''"),
        )
        batch_op.create_index(
            "ix_ticket_organisation",
            ["workspace_id", "team_id", "organisation", "csat_at"],
            unique=False,
            sqlite_where=sa.text("organisation <> ''"),
            postgresql_where=sa.text("organisation <> ''"),
        )

    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.add_column(sa.Column("escalations", sa.Integer(), server_default="0", nullable=False))
