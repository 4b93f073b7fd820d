"""批准、通知、签收、改期、取消. Talks of one collective are decided and given notice of together."""

from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from povertyaudit.core import clocks, files, moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User
from povertyaudit.talks.apart import conflict
from povertyaudit.talks.models import LEVELS, Talk, TalkRank, TalkRule, TalkState
from povertyaudit.talks.services.telling import head_of, subject_of, tell
from povertyaudit.talks.workflow import HOSTS, TALK

RECEIVE = "talk.receive"
RECEIPT = "receipt"
AHEAD = 3660  # days


def of_the_group(talk: Talk, state: str) -> list[Talk]:
    """The others of the same collective that wait in the same state."""
    if not talk.group:
        return []
    found = Talk._base_manager.filter(group=talk.group, state=state).exclude(pk=talk.pk)
    return list(found.select_related("account", "unit__region", "proposed_by").order_by("pk"))


@transaction.atomic
def approve(talk: Talk, *, by: User, note: str = "", expected_version: int | None = None) -> Talk:
    """批准 by a leader who neither proposed it nor is talked to; a collective talk as a whole."""
    done = _approved(talk, by, note, expected_version)
    for other in of_the_group(talk, TalkState.PROPOSED):
        _approved(other, by, note, None)
    tell(done, [done.proposed_by], "约谈已经批准，请发出通知。", by=by)
    return done


def _approved(talk: Talk, by: User, note: str, version: int | None) -> Talk:
    done: Talk = TALK.apply(
        talk, "approve", by=by, note=note, expected_version=version, decided_by=by, decided_on=moment.today()
    )
    return done


@transaction.atomic
def issue(
    talk: Talk, *, by: User, talk_at: datetime, place: str, matters: str, talker: User, recorder: User,
    attendees: str = "", note: str = "", expected_version: int | None = None,
) -> Talk:  # fmt: skip
    """发出通知 with the day and the hour, where, about what, who talks and who records; to all of a collective at once.

    Raises RuleBroken for an hour that has passed, a talker below the rank of the rule, or who stands in the way.
    """
    said = {
        "talk_at": talk_at, "place": place.strip(), "matters": matters.strip(), "talker": talker, "recorder": recorder,
        "attendees": attendees.strip(),
    }  # fmt: skip
    done = _issued(talk, by, note, expected_version, said)
    for other in of_the_group(talk, TalkState.APPROVED):
        _issued(other, by, note, None, said)
    return done


def _issued(talk: Talk, by: User, note: str, version: int | None, said: dict[str, object]) -> Talk:
    row = TALK.begin(talk, "issue", by=by, note=note, expected_version=version)
    for name, words in (("place", "约谈地点"), ("matters", "约谈事项")):
        if not said[name]:
            raise RuleBroken(f"issue.{name}", f"请填写{words}。", field=name)
    _check_hour(said["talk_at"])  # type: ignore[arg-type]
    check_people(row, said["talker"], said["recorder"])  # type: ignore[arg-type]
    done: Talk = TALK.finish(row, "issue", by=by, note=note, changes={**said, "notified_at": moment.now()})
    clocks.start(done, RECEIVE, on=moment.today(), owner_user=head_of(done))
    tell(done, subject_of(done), f"约谈通知：{done.talk_at_words}，请签收。", by=by)
    tell(done, [done.talker, done.recorder], f"约谈定于 {done.talk_at_words}，由您约谈或者记录。", by=by)
    return done


def _check_hour(at: datetime) -> None:
    if at <= moment.now():
        raise RuleBroken("talk.hour", "约谈时间已经过去，请重新填写。", field="talk_at")
    if (timezone.localtime(at).date() - moment.today()).days > AHEAD:
        raise RuleBroken("talk.hour", "约谈时间在十年以后，请核对年份。", field="talk_at")


def check_people(row: Talk, talker: User, recorder: User) -> None:
    """Three different persons, of the rank the rule asks for, with no part in the matter. Raises RuleBroken at the field."""
    for field, user, words in (("talker", talker, "约谈"), ("recorder", recorder, "记录")):
        if not user.roles & HOSTS:
            text = f"{user.display_name}不能{words}：由领导、巡察机构或者纪检监察机关的人员办理。"
            raise RuleBroken("talk.host", text, field=field)
        if why := conflict(row, user):
            raise RuleBroken("talk.conflict", f"{user.display_name}{why}，不能{words}。", field=field)
    if talker.person_id == recorder.person_id:
        raise RuleBroken("talk.same", "约谈人和记录人不能是同一个人。", field="recorder")
    rule = TalkRule.objects.on().filter(rank=row.rank).first()
    if rule is not None and not talker.roles & LEVELS[rule.level]:
        text = f"{TalkRank(row.rank).label}由{rule.get_level_display()}约谈，请另选约谈人。"
        raise RuleBroken("talk.level", text, field="talker")


@transaction.atomic
def postpone(
    talk: Talk, *, by: User, talk_at: datetime, place: str = "", talker: User | None = None,
    recorder: User | None = None, note: str = "", expected_version: int | None = None,
) -> Talk:  # fmt: skip
    """改期、换人 with the reason: the notice is to be received anew."""
    row = TALK.begin(talk, "postpone", by=by, note=note, expected_version=expected_version)
    _check_hour(talk_at)
    before = (row.talker, row.recorder)
    who = (talker or row.talker, recorder or row.recorder)
    if talk_at == row.talk_at and who == before:
        raise RuleBroken("postpone.same", "新的时间与原来相同，请修改。", field="talk_at")
    if who != before:
        check_people(row, *who)
    changes = {
        "talker": who[0], "recorder": who[1],
        "talk_at": talk_at, "place": place.strip() or row.place, "postponed": row.postponed + 1, "received_by": None,
        "received_at": None, "receipt_on_paper": False,
    }  # fmt: skip
    done: Talk = TALK.finish(row, "postpone", by=by, note=note, changes=changes)
    clocks.stop(done, RECEIVE, moment.today(), verb="talk.postpone")
    clocks.start(done, RECEIVE, on=moment.today(), event="改期", owner_user=head_of(done))
    tell(done, [user for user in before if user not in who], "约谈已改由其他人员办理。", by=by)
    people = [*subject_of(done), done.talker, done.recorder]
    tell(done, people, f"约谈改在 {done.talk_at_words}，请重新签收。", by=by)
    return done


@transaction.atomic
def receive(talk: Talk, *, by: User, note: str = "", expected_version: int | None = None) -> Talk:
    """签收通知 by the person himself, or the head or the liaison of the unit."""
    row = TALK.begin(talk, "receive", by=by, note=note, expected_version=expected_version)
    changes = {"received_by": by, "received_at": moment.now()}
    done: Talk = TALK.finish(row, "receive", by=by, note=note, changes=changes)
    clocks.stop(done, RECEIVE, moment.today(), verb="talk.receive")
    tell(done, [done.recorder], "约谈通知已签收。", by=by)
    return done


@transaction.atomic
def record_receipt(
    talk: Talk, *, by: User, file: UploadedFile, note: str = "", expected_version: int | None = None
) -> Talk:
    """登记纸质送达 with the signed slip, for whoever has no account or does not sign in."""
    row = TALK.begin(talk, "record_receipt", by=by, note=note, expected_version=expected_version)
    kept = files.prepare(row, file, by=by, kind=RECEIPT, title="送达回证")
    changes = {"received_by": by, "received_at": moment.now(), "receipt_on_paper": True}
    done: Talk = TALK.finish(
        row, "record_receipt", by=by, note=note, changes=changes, saved=[kept], facts={"files": [kept.sha256]}
    )
    clocks.stop(done, RECEIVE, moment.today(), verb="talk.record_receipt")
    return done


@transaction.atomic
def cancel(talk: Talk, *, by: User, note: str = "", expected_version: int | None = None) -> Talk:
    """取消 with the reason; whoever was told of it is told of this too."""
    row = TALK.begin(talk, "cancel", by=by, note=note, expected_version=expected_version)
    done: Talk = TALK.finish(row, "cancel", by=by, note=note)
    for path in settings.TALK_CANCELLED:
        import_string(path)(done, by=by, why=note)
    clocks.stop_all(done, moment.today(), verb="talk.cancel")
    told = [*subject_of(done), done.talker, done.recorder] if done.notified_at else []
    tell(done, [*told, done.proposed_by], "约谈已经取消。", by=by)
    return done
