"""督办阶梯: steps taken against a late item, letters with an hour to answer by, decisions of named people, pauses."""

import itertools
from datetime import date, datetime, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from povertyaudit.core import jobs, moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import AuditEntry, LadderStep, Notification
from povertyaudit.core.remind import scan
from povertyaudit.talks.services import notices as talk_notices
from rectification import services
from rectification.models import Escalation, Pursuit
from rectification.services import escalating
from rectification.services import escalation_letters as letters
from tests.rectification import makers
from tests.rectification.makers import again, api

RUNS = itertools.count()
BEGIN = date(2026, 11, 2)  # a Monday; the items of these stories are due on Thursday, 12 November


def at_day(day, hour=9):
    return moment.pretend(timezone.make_aware(datetime.combine(day, time(hour))))


def nov(day):
    return date(2026, 11, day)


def dec(day):
    return date(2026, 12, day)


def run(day):
    """The clock's job on the day; how many steps were taken."""
    with at_day(day, 7):
        job = jobs.enqueue("escalate", {"day": day.isoformat()}, f"escalate:{day}:{next(RUNS)}")
        assert jobs.run(job.pk) == "done"
    job.refresh_from_db()
    return job.result["taken"]


@pytest.fixture
def item(cast):
    with at_day(BEGIN):
        return makers.at(cast, "accepted", days=10)


def step(item):
    return item.escalations.order_by("pk").last()


def told(user, row):
    return Notification.objects.filter(user=user, number=row.number)


def press(client, url, data):
    """A form page as a browser sends it."""
    once = client.get(url).context["once"]
    return client.post(url, {"once": once, **data})


def test_a_letter_is_drafted_signed_received_and_answered(cast, item, client):
    assert run(nov(14)) == 0
    assert (run(nov(15)), run(nov(15))) == (1, 0)
    hint = step(item)
    assert (hint.step, hint.state, hint.holder, hint.days_late) == ("hint", "drafted", "main", 3)
    assert (hint.addressee, hint.why) == (cast.town, "2 条措施均未启动。")
    assert told(cast.inspector1, hint).count() == 1
    assert not told(cast.official, hint).exists()
    url = hint.get_absolute_url()
    with at_day(nov(16)):
        client.force_login(cast.official)
        assert client.get(url).status_code == 404  # nobody outside the body sees a draft
        assert client.get(f"{url}paper/").status_code == 404
        client.force_login(cast.inspector1)
        assert "待签发" in client.get("/").content.decode()
        legend = client.get("/items/").content.decode().split('class="legend"')[1]
        assert all(words in legend for words in ("期限灯", "3 天内到期</b> 黄", "超期</b> 红"))
        assert press(client, f"{url}reword/", {"demand": "", "contact": ""}).status_code == 400
        wanted = {"demand": "请书面说明原因。", "contact": "李某 0990-1234"}
        assert press(client, f"{url}reword/", wanted).status_code == 302
        preview = client.get(f"{url}send/").content.decode()
        assert all(
            words in preview
            for words in (
                "2 条措施均未启动",
                "请书面说明原因",
                "5 个工作日内（最后一日 18:00 前）",
                cast.town.name,
            )
        )
        with pytest.raises(NotAllowed):
            letters.send(hint, by=cast.official)
        sent = api(client, cast.inspector1).post(f"escalations/{hint.public_id}/send/").json()
        assert (sent["state"], sent["letter_no"]) == ("sent", "督函〔2026〕1号")
        hint.refresh_from_db()
        assert timezone.localtime(hint.reply_by) == datetime(
            2026, 11, 23, 18, tzinfo=timezone.get_current_timezone()
        )
        assert hint.file().title == "督函〔2026〕1号提示函"
        client.force_login(cast.official)
        home = client.get("/").content.decode()
        assert "收到的督办函，待回复" in home
        assert "2026-11-23 18:00" in home
        assert f'href="{url}reply/"' in client.get("/item-boards/week/").content.decode()
        assert "2026-11-23 18:00" in client.get(f"{url}reply/").content.decode()
        assert "督函〔2026〕1号" in client.get(f"{url}paper/").content.decode()
        Notification.objects.filter(user=cast.official).update(read_at=moment.now())
        assert client.post(f"/escalations/{hint.public_id}/decide/", {}).status_code == 403
        assert press(client, f"{url}receive/", {}).status_code == 302
        assert press(client, f"{url}reply/", {"text": " "}).status_code == 400
    with at_day(nov(24)):
        client.force_login(cast.official)
        wrong = {"text": "正在核对名单。", "papers": [SimpleUploadedFile("名单.exe", b"MZ")]}
        refused = press(client, f"{url}reply/", wrong)
        assert (refused.status_code, step(item).state) == (422, "received")
        assert "名单.exe" in refused.content.decode()
        said = {"text": "正在核对名单，月底前完成。", "papers": [makers.photo("名单.jpg")]}
        assert press(client, f"{url}reply/", said).status_code == 302
        file = api(client, cast.inspector1).get(f"escalations/{hint.public_id}/attachments/").json()[-1]
        assert file["kind"] == "reply"
        looked = f"{url}files/{file['id']}/"
        assert looked in client.get(url).content.decode()
        assert f'src="/attachments/{file["id"]}/"' in client.get(looked).content.decode()
        client.force_login(cast.otherofficial)
        assert [client.get(one).status_code for one in (looked, f"/attachments/{file['id']}/")] == [404, 404]
        answer = api(client, cast.inspector1).get(f"escalations/{hint.public_id}/").json()
    assert (answer["state"], answer["reply_late"], answer["received_by"]) == (
        "replied",
        True,
        cast.official.display_name,
    )
    readers = {one["name"]: one["read_at"] for one in answer["told"]}
    assert readers[cast.official.display_name]
    assert readers[cast.unithead.display_name] is None
    assert Notification.objects.filter(user=cast.inspector1, text__contains="已回复（逾期）").exists()
    assert [e.verb for e in AuditEntry.objects.of(hint).exclude(verb__contains="attach")] == [
        "escalation.take", "escalation.reword", "escalation.send", "escalation.receive", "escalation.reply",
    ]  # fmt: skip


def test_an_unanswered_letter_is_followed_and_people_decide_on_the_rest(cast, item, client):
    assert run(nov(15)) == 1
    with at_day(nov(16)):
        letters.send(step(item), by=cast.inspector1)
    assert (run(nov(23)), run(nov(24))) == (0, 1)  # the hour was that of the 23rd
    second = step(item)
    assert (second.step, second.state) == ("letter", "drafted")
    with at_day(nov(25)):
        client.force_login(cast.inspector1)
        assert step(item).number in client.get("/escalations/?tab=mine").content.decode()
        found = api(client, cast.inspector1).get("escalations/", unanswered="true").json()["results"]
        assert [one["step"] for one in found] == ["hint"]
        assert api(client, cast.inspector1).get("items/", pressed="letter").json()["results"]
        assert not api(client, cast.official).get("items/", pressed="letter").json()["results"]
        assert api(client, cast.official).get("items/", pressed="unanswered").json()["results"]
    assert run(dec(1)) == 0  # nobody signed: the body is asked again, the unit is not summoned
    assert told(cast.leader, second).get().text.endswith("（第 1 次催办）")
    with at_day(dec(1)):
        letters.send(second, by=cast.inspector1)
        assert told(cast.countyleader, second).count() == (1 if again(item).leading_leader else 0)
        letters.reply(second, by=cast.unithead, text="因汛情停工，12 月 10 日前完成。")
    assert (run(dec(14)), run(dec(15))) == (0, 1)  # answered in time: at the ladder's own pace
    talk = step(item)
    assert (talk.step, talk.state) == ("talk", "proposed")
    with at_day(dec(15)):
        assert told(cast.leader, talk).exists()
        assert api(client, cast.official).get(f"escalations/{talk.public_id}/").status_code == 404
        with pytest.raises(NotAllowed):
            letters.decide(talk, by=cast.inspector1)
        with pytest.raises(RuleBroken, match="理由"):
            letters.decline(talk, by=cast.leader)
        letters.decline(talk, by=cast.leader, note="先到现场督促")
    assert (run(dec(21)), run(dec(22))) == (0, 1)
    once_more = step(item)
    assert (once_more.title, once_more.state) == ("约谈（第 2 次）：超期 40 天", "proposed")
    assert run(dec(29)) == 0  # nobody decided: asked again, nothing happens
    with at_day(dec(29)):
        client.force_login(cast.secretary)
        assert "2 条措施均未启动" in client.get(f"{once_more.get_absolute_url()}decide/").content.decode()
        letters.decide(once_more, by=cast.secretary)
        assert told(cast.unithead, once_more).exists()
        row = once_more.talks.get()
        with pytest.raises(WrongState, match=row.number):
            letters.conclude(once_more, by=cast.inspector1, outcome="已约谈")
        talk_notices.cancel(row, by=cast.secretary, note="改为现场督办")
        with pytest.raises(RuleBroken, match="办理日期"):
            letters.conclude(once_more, by=cast.inspector1, outcome="已约谈", concluded_on=dec(28))
        done = letters.conclude(once_more, by=cast.inspector1, outcome="已约谈镇长，承诺十日内兑付。")
        assert (done.state, done.decided_by) == ("concluded", cast.secretary)
        assert "已约谈镇长" in client.get(done.get_absolute_url()).content.decode()
        assert "约谈" in client.get(item.get_absolute_url()).content.decode()


def test_it_never_goes_quiet_but_for_a_pause_of_a_leader(cast, item, client):
    LadderStep.objects.filter(step__in=("talk", "circular", "account", "letter")).update(unused=True)
    assert run(nov(15)) == 1
    with at_day(nov(16)):
        letters.send(step(item), by=cast.inspector1)
        letters.reply(step(item), by=cast.official, text="本月完成。")
    assert (run(nov(22)), run(nov(23))) == (0, 1)  # the last step, repeated
    assert step(item).turn == 2
    with at_day(nov(24)):
        with pytest.raises(NotAllowed):
            services.pause_pressing(item, by=cast.inspector1, until=dec(20), note="停工")
        for until, note in ((nov(24), "停工"), (date(2027, 8, 1), "停工"), (dec(20), "")):
            with pytest.raises(RuleBroken):
                services.pause_pressing(item, by=cast.secretary, until=until, note=note)
        client.force_login(cast.leader)
        page = f"{item.get_absolute_url()}pause_pressing/"
        assert press(client, page, {"until": "2026-12-20", "note": "汛情停工，县委同意。"}).status_code == 302
        with pytest.raises(WrongState):
            services.pause_pressing(item, by=cast.secretary, until=dec(20), note="再停")
        for place in (item.get_absolute_url(), "/items/", "/items/?pressed=paused"):
            assert "暂停督办至 2026-12-20" in client.get(place).content.decode(), place
        assert api(client, cast.leader).get(f"items/{item.public_id}/").json()["pressing_paused"]
    assert (run(nov(30)), run(dec(20))) == (0, 0)
    with at_day(dec(10)):
        assert scan(moment.today()).ran  # reminders of the date go on
    assert run(dec(21)) == 0  # it resumed by itself: the draft of before is asked for again
    assert Pursuit.objects.get(item=item).told_again == 1
    with at_day(dec(22)):
        body = {"until": "2027-01-10", "note": "二次停工"}
        assert (
            api(client, cast.secretary).post(f"items/{item.public_id}/pause_pressing/", body).status_code
            == 200
        )
        assert api(client, cast.secretary).post(f"items/{item.public_id}/resume_pressing/").status_code == 200
        with pytest.raises(WrongState):
            services.resume_pressing(item, by=cast.secretary)
        letters.withhold(step(item), by=cast.inspector1, note="当面督促")
    assert (run(dec(28)), run(dec(29))) == (0, 1)
    assert step(item).turn == 3


def test_nobody_hears_the_same_twice_in_a_morning(cast, item):
    """The body would be reminded on the eighth day; that morning it hears of the letter to sign instead."""
    LadderStep.objects.filter(step="hint").update(days_left=-8)
    assert run(nov(20)) == 1
    with at_day(nov(20)):
        scan(moment.today())
        assert Notification.objects.filter(user=cast.inspector1, created_at__date=nov(20)).count() == 1
        assert Notification.objects.filter(user=cast.official, created_at__date=nov(20)).count() == 1


def test_it_is_whole_when_it_was_killed_and_ends_when_nothing_is_late(cast, item, monkeypatch):
    with at_day(BEGIN):
        other = makers.at(cast, "accepted", days=10)
        measured = makers.at(cast, "accepted", days=60, measures=1)
        services.edit_measure(measured, by=cast.inspector1, measure=measured.measures.get(), due_on=nov(12))
    monkeypatch.setattr(escalating, "BATCH", 1)

    class Killed:
        def renew(self):
            raise jobs.LeaseLost

    with at_day(nov(15), 7), pytest.raises(jobs.LeaseLost):
        escalating.job({"day": "2026-11-15"}, Killed())
    assert Escalation.objects.count() == 1
    assert run(nov(15)) == 2
    late = step(measured)
    assert (late.measure_no, late.days_late) == (1, 3)
    assert late.why.splitlines()[0] == "第 1 条措施的完成时限为 2026-11-12，尚未落实。"
    assert len(set(Escalation.objects.values_list("number", flat=True))) == 3
    with at_day(nov(16)):
        services.request_extension(other, by=cast.official, until=dec(30), reason="汛情")
        services.decide_extension(other, by=cast.inspector2, granted=True)
        services.edit_measure(measured, by=cast.official, measure=measured.measures.get(), state="done")
    assert run(nov(17)) == 0
    assert [step(one).state for one in (item, other)] == ["drafted", "lapsed"]
    with at_day(nov(17)), pytest.raises(WrongState):
        letters.send(step(other), by=cast.inspector1)
    assert not Pursuit.objects.filter(item=other).exists()
    assert run(nov(22)) == 0  # asked again about the first; the measure is carried out
    assert not Pursuit.objects.filter(item=measured).exists()
