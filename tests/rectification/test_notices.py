"""整改情况公开: a round's problems with measures and results in parallel, what is kept back and by whose word, whom a
text may not name, and what becomes of the comments people send."""

import io
from datetime import timedelta

import pytest
from docx import Document

from cases.models import Lead
from inspections import services as inspections
from povertyaudit.core import moment, store
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Attachment, Notification, VaultEntry
from povertyaudit.core.verify import verify
from rectification import services as items
from rectification.models import NoticeComment, NoticeGround, NoticeProblem, PublicNotice
from rectification.services import commenting, notices
from tests.core.machines import API, assert_refusal, machine
from tests.rectification import makers

WAY = {"phone": "0990-5123450", "address": "青禾县人民路 1 号", "days": 15}
HEAD = {"title": "关于专项巡察整改进展情况的通报", **WAY}


@pytest.fixture
def round_(cast):
    """A round with a closed item and one at work: two problems, two measures each."""
    first = makers.finding(cast)
    second = inspections.record_finding(
        first.round, by=cast.patroloffice, problem_class="干部作风", text="走访不到位", unit=cast.town, found_on=first.found_on
    )  # fmt: skip
    found = {"source": "finding", "by": cast.patroloffice}
    makers.at(cast, "closed", finding=first, **found)
    makers.at(
        cast, "rectifying", finding=second, problem_class="干部作风", problem="走访群众不到位。", **found
    )
    return first.round


@pytest.fixture
def notice(cast, round_):
    return notices.draft(by=cast.patroloffice, round=round_, **HEAD)


def again(row):
    return type(row).objects.get(pk=row.pk)


def problem(row, ordinal):
    return NoticeProblem.objects.get(notice=row, ordinal=ordinal)


def approved(row, cast):
    notices.submit(again(row), by=cast.patroloffice)
    return notices.approve(again(row), by=cast.leader)


def published(row, cast):
    return notices.publish(approved(row, cast), by=cast.patroloffice)


def told(item, cast):
    """A published notice of the round the item was born of, whatever it says, and a comment on it."""
    row = notices.draft(by=cast.patroloffice, round=item.finding.round, **HEAD)
    for one in NoticeProblem.objects.filter(notice=row):
        line = [{"measure": "逐户核对。", "result": "已完成。"}]
        notices.reword(again(row), by=cast.patroloffice, problem=one, text="拨付不及时。", lines=line)
    row = published(row, cast)
    row = commenting.record_comment(row, by=cast.patroloffice, channel="call", text="请再核对。")
    return row, NoticeComment.objects.get(notice=row)


def post(client, who, page, **values):
    client.force_login(who)
    shown = client.get(page)
    assert shown.status_code == 200, shown.context and shown.context["refusal"]
    return client.post(page, {"expected_version": shown.context.get("version") or "", **values})


def words_of(kept):
    return "\n".join(p.text for p in Document(io.BytesIO(store.path_of(kept.sha256).read_bytes())).paragraphs)


def test_from_the_draft_to_the_end_on_pages(client, cast, round_, time_machine_at):
    answer = post(client, cast.patroloffice, "/notices/new/", round=round_.public_id, **HEAD)
    assert answer.status_code == 302, answer.context["form"].errors
    row = PublicNotice.objects.get()
    at, first, second = row.get_absolute_url(), problem(row, 1), problem(row, 2)
    assert [(line.no, line.measure, line.result) for line in first.lines.all()] == [
        (1, "第1条措施", "第1条已落实"), (2, "第2条措施", "第2条已落实"),
    ]  # fmt: skip
    assert second.lines.get(no=3).measure == ""  # 举一反三, numbered behind the measures
    assert (first.standing, second.problem_class) == ("已销号", "干部作风")
    page = client.get(f"{at}reword/?problem={second.public_id}").content.decode()
    assert "第2条已落实" in page
    lines = {"lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0"}
    said = {"lines-0-measure": "逐户走访。", "lines-0-result": "走访 300 户。"}
    answer = post(client, cast.patroloffice, f"{at}reword/?problem={second.public_id}", problem=second.public_id,
                  text="走访群众不够。", **lines, **said)  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    kept = {"problem": first.public_id, "ground": "case_open", "ground_note": "正在初核。"}
    post(client, cast.patroloffice, f"{at}withhold/", **kept)
    post(client, cast.patroloffice, f"{at}submit/")
    client.force_login(cast.leader)
    assert "待我办理的整改情况公开" in client.get("/").content.decode()
    refused = post(client, cast.leader, f"{at}approve/")
    assert "尚未同意" in refused.content.decode()
    post(client, cast.leader, f"{at}allow_withholding/", problem=first.public_id)
    post(client, cast.leader, f"{at}approve/", note="同意公开。")
    post(client, cast.patroloffice, f"{at}publish/")
    row = again(row)
    assert (row.state, row.ends_on - row.published_on) == ("published", timedelta(days=15))
    text = words_of(Attachment.objects.get(target_id=row.pk, kind="notice"))
    assert "（1）逐户走访。" in text
    assert "（1）走访 300 户。" in text
    assert "资金滞留" not in text
    assert WAY["phone"] in text
    client.force_login(cast.petition)
    inside = client.get(at).content.decode()
    assert "走访群众不够" in inside
    assert "正在初核" not in inside  # the desk reads what the public reads
    client.force_login(cast.unithead)
    assert client.get(at).status_code == 404
    post(client, cast.patroloffice, f"{at}record_comment/", received_on=str(moment.today()), channel="call",
         text="还有三户没有走访到。")  # fmt: skip
    comment = NoticeComment.objects.get()
    assert Notification.objects.filter(user=cast.petition, kind="notice_comment").count() == 1
    client.force_login(cast.petition)
    assert "待登记的群众意见" in client.get("/").content.decode()
    answer = post(client, cast.petition, f"{comment.get_absolute_url()}register/", kind="suggestion",
                  text="还有三户没有走访到。", name="欧阳铁柱", phone="13900001111")  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    lead = Lead.objects.get()
    assert (lead.text, lead.channel, lead.kind, lead.received_on) == (
        comment.text, "call", "suggestion", comment.received_on,
    )  # fmt: skip
    assert VaultEntry.objects.get().target_id == lead.pk
    client.force_login(cast.patroloffice)
    shown = client.get(comment.get_absolute_url()).content.decode()
    assert "已登记信访件" in shown
    assert lead.number not in shown
    assert "欧阳铁柱" not in shown
    refused = post(client, cast.patroloffice, f"{at}close/")
    assert "期满后才能结束" in refused.content.decode()
    with time_machine_at(days=16):
        client.force_login(cast.patroloffice)
        assert "公开期满" in client.get("/notices/?tab=to_close").content.decode()
        post(client, cast.patroloffice, f"{at}close/")
    assert again(row).state == "closed"
    assert verify().broken == []


def test_the_same_way_over_rest(cast, round_):
    office, leader, desk = machine(cast.patroloffice), machine(cast.leader), machine(cast.petition)
    made = office.post(f"{API}notices/", {"round": round_.number, **HEAD}, format="json")
    at = made.headers["Location"]
    assert [len(one["lines"]) for one in made.json()["problems"]] == [2, 3]
    lines = [{"measure": "逐户走访。", "result": ""}, {"measure": "建立台账。", "result": ""}]
    body = {"problem": "2", "text": "走访不够。", "lines": lines}
    assert office.post(f"{at}reword/", body, format="json").status_code == 200
    refused = office.post(f"{at}submit/", {}, format="json")
    assert_refusal(refused, 422)
    assert str(refused.json()["errors"]).count("还没有成效") == 2  # all at once
    assert office.post(f"{at}retake/", {"problem": "2"}, format="json").status_code == 200
    kept = {"problem": "2", "ground": "sensitive", "ground_note": "正在处置。"}
    assert office.post(f"{at}withhold/", kept, format="json").json()["problems"][1]["ground"] == "sensitive"
    assert office.post(f"{at}restore/", {"problem": "2"}, format="json").status_code == 200
    assert office.post(f"{at}submit/", {}, format="json").json()["state"] == "submitted"
    back = leader.post(f"{at}send_back/", {"note": "请核对。"}, format="json")
    assert back.json()["state"] == "draft"
    office.post(f"{at}edit/", {**HEAD, "days": 20}, format="json")
    office.post(f"{at}submit/", {}, format="json")
    assert office.post(f"{at}approve/", {}, format="json").status_code == 403
    assert leader.post(f"{at}approve/", {}, format="json").status_code == 200
    assert office.post(f"{at}publish/", {}, format="json").json()["number"]
    said = {"channel": "letter", "text": "请公开名单。"}
    assert office.post(f"{at}record_comment/", said, format="json").json()["comment_count"] == 1
    [comment] = desk.get(f"{API}notice-comments/").json()["results"]
    done = desk.post(f"{API}notice-comments/{comment['id']}/register/", {}, format="json").json()
    assert (done["state"], done["lead"]) == ("registered", Lead.objects.get().public_id)
    assert office.get(f"{API}notice-comments/{comment['id']}/").json()["lead"] is None
    assert machine(cast.inspector1).get(f"{API}notice-comments/{comment['id']}/").status_code == 404


def test_nobody_is_named(cast, notice):
    """Neither an officer of the county, nor who answers, nor a person complained of, nor an informant."""
    second = problem(notice, 2)

    def says(text):
        line = [{"measure": text, "result": "已完成。"}]
        notices.reword(again(notice), by=cast.patroloffice, problem=second, text="走访不够。", lines=line)

    with pytest.raises(RuleBroken) as told:
        says(f"由{cast.unithead.person.name}逐户走访。")
    assert (told.value.code, told.value.field) == ("notice.named", "lines")
    items.edit(second.item, by=cast.patroloffice, responsible_person="上官飞燕")
    with pytest.raises(RuleBroken):
        says("由 上官飞 燕 逐户走访。")
    items.edit(second.item, by=cast.patroloffice, responsible_person="镇长")
    says("由镇长逐户走访。")
    with pytest.raises(RuleBroken):
        notices.edit(
            again(notice), by=cast.patroloffice, **HEAD, preface=f"{cast.unithead.person.name}汇报如下"
        )
    items.edit(second.item, by=cast.patroloffice, responsible_person="逐户走访")
    with pytest.raises(RuleBroken, match="问题2"):  # said before the name was known
        notices.submit(again(notice), by=cast.patroloffice)


def test_what_is_told_still_holds_when_it_is_published(cast, notice):
    """An item that went on after the draft: the text is taken anew, or nothing is published."""
    approved(notice, cast)
    items.apply(problem(notice, 2).item, by=cast.unithead, note="已整改到位")
    later = moment.today() + timedelta(days=9)
    items.reopen(problem(notice, 1).item, by=cast.leader, note="反弹", due_on=later)
    with pytest.raises(RuleBroken) as told:
        notices.publish(again(notice), by=cast.patroloffice)
    assert told.value.code == "notice.moved_on"


def test_two_persons_and_grounds_in_force(cast, notice, time_machine_at):
    ground = NoticeGround.objects.get(code="hype")
    NoticeGround.objects.filter(pk=ground.pk).update(valid_to=moment.today())
    first, second = problem(notice, 1), problem(notice, 2)
    with time_machine_at(days=1), pytest.raises(RuleBroken) as told:
        notices.withhold(
            again(notice), by=cast.patroloffice, problem=first, ground=ground, ground_note="炒作"
        )
    assert told.value.field == "ground"
    for one in (first, second):
        notices.withhold(again(notice), by=cast.patroloffice, problem=one, ground=ground, ground_note="炒作")
    with pytest.raises(RuleBroken, match="没有可以公开"):
        notices.submit(again(notice), by=cast.patroloffice)
    notices.restore(again(notice), by=cast.patroloffice, problem=second)
    notices.submit(again(notice), by=cast.patroloffice)
    both = makers.second_account(cast.patroloffice, "deputy", cast.leader.current_posts()[0].unit)
    with pytest.raises(RuleBroken) as told:
        notices.allow_withholding(again(notice), by=both, problem=first)
    assert told.value.code == "allow.own"
    with pytest.raises(RuleBroken):
        notices.allow_withholding(again(notice), by=cast.leader, problem=second)
    with pytest.raises(NotAllowed):
        notices.approve(again(notice), by=both)


def test_comments_end_before_the_notice_does(cast, notice, time_machine_at):
    row = published(notice, cast)
    with pytest.raises(RuleBroken) as told:
        commenting.record_comment(
            row,
            by=cast.patroloffice,
            channel="web",
            text="晚了",
            received_on=moment.today() - timedelta(days=1),
        )
    assert told.value.field == "received_on"
    commenting.record_comment(again(row), by=cast.petition, channel="web", text="我叫欧阳铁柱，请再核对。")
    comment = NoticeComment.objects.get()
    with time_machine_at(days=16), pytest.raises(RuleBroken, match="还有 1 条"):
        notices.close(again(row), by=cast.patroloffice)
    sealed = {"name": "欧阳铁柱"}
    with pytest.raises(RuleBroken):
        commenting.register(comment, by=cast.petition, complainant=sealed)
    commenting.register(comment, by=cast.petition, complainant=sealed, text="请再核对。")
    assert again(comment).text == "请再核对。"
    assert verify().broken == []
