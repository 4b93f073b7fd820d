"""The ledger of talks: what leaves this house. Never the minutes: what was said stays in the record."""

from povertyaudit.core.ledger import Column, common_columns
from povertyaudit.talks.models import NextStep, TalkKind, TalkOrigin, TalkRank, TalkState

COLUMNS = (
    *common_columns(TalkState.choices),
    Column("unit", "单位", "unit__name"),
    Column("kind", "对象类别", choices=TalkKind.choices),
    Column("name", "约谈对象"),
    Column("post_text", "职务"),
    Column("rank", "职级", choices=TalkRank.choices),
    Column("origin", "由来", choices=TalkOrigin.choices),
    Column("origin_words", "由来说明"),
    Column("reason", "约谈事由"),
    Column("decided_by", "批准（决定）人", "decided_by__person__name"),
    Column("decided_on", "批准（决定）日期"),
    Column("talk_at", "约谈时间"),
    Column("place", "约谈地点"),
    Column("talker", "约谈人", "talker__person__name"),
    Column("recorder", "记录人", "recorder__person__name"),
    Column("received_at", "签收时间"),
    Column("postponed", "改期次数"),
    Column("held_on", "约谈日期"),
    Column("promise", "承诺"),
    Column("promise_due_on", "承诺时限"),
    Column("followed_on", "跟踪日期"),
    Column("outcome", "跟踪结果", choices=(("kept", "已落实"), ("not_kept", "未落实"))),
    Column("next_step", "后续办理", choices=NextStep.choices),
)
