"""Items at any point of their way, made through the verbs."""

import io
from datetime import timedelta
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from povertyaudit.core import audit, moment
from povertyaudit.core.models import Region, Role, UnitKind
from rectification import services
from rectification.models import PAPERED, Item, SourcePaper
from rectification.services import opening_periods, source_papers
from rectification.workflow.evidence import lacking
from tests import factories

STATES = (
    "draft",
    "issued",
    "accepted",
    "rectifying",
    "closure_applied",
    "sector_reviewed",
    "public_notice",
    "closed",
    "long_term",
    "split",
    "merged",
    "voided",
)


SEEN = {"documents_found": "兑付名单和银行回单一致"}  # how a verifier found out, in the fewest words


def photo(name="after.jpg", colour=(10, 120, 40), size=(40, 30)):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def people():
    """The cast, with the second township's head beside it, and the units most used."""
    cast = factories.cast()
    cast.town = cast.official.current_posts()[0].unit
    cast.bureau = cast.sector.current_posts()[0].unit
    cast.otherhead = factories.user(
        Role.UNIT_HEAD,
        unit=cast.otherofficial.current_posts()[0].unit,
        region=factories.OTHER_TOWN,
        username="otherhead",
    )
    return cast


def paper(cast, kind="audit", **values):
    """The paper of this kind, registered once by casemgr."""
    found = SourcePaper.objects.filter(kind=kind, registered_by=cast.casemgr).first()
    given = {"title": "专项审计反馈意见", "issuer": "市审计局", "received_on": moment.today()} | values
    return (
        found if found and not values else source_papers.register_paper(by=cast.casemgr, kind=kind, **given)
    )


def draft(cast, *, by=None, measures=2, days=60, **values):
    """A draft registered by inspector1: 柳溪镇 answers, 县农业农村局 leads. `measures`: how many, or what they say."""
    source = values.get("source", "audit")
    given = {
        "paper": paper(cast, source) if source in PAPERED else None,
        "source": "audit",
        "problem_class": "政策落实",  # of which 佐证材料清单 asks nothing more
        "aspect": "产业奖补",
        "problem": "产业奖补资金滞留三个月未兑付。",
        "goal": "全部兑付到户。",
        "main_unit": cast.town,
        "lead_unit": cast.bureau,
        "due_on": moment.today() + timedelta(days=days),
        "measures": measures
        if isinstance(measures, list)
        else [{"text": f"第{n}条措施"} for n in range(1, measures + 1)],
    }
    return services.create_item(by=by or cast.inspector1, **(given | values))


def shown(cast, item):
    """Every measure with a result and a photo, one report, and what the list asks of linked money."""
    for number, measure in enumerate(item.measures.all()):
        services.report(
            item, by=cast.official, text=f"第{measure.no}条已落实", measure=measure, measure_done=True,
            files=[photo(colour=(number, 9, 9))],
        )  # fmt: skip
    for lack in lacking(item):
        if lack.kind == "receipt":
            services.add_evidence(item, by=cast.official, files=[photo(colour=(7, 7, 77))], kind=lack.kind)
    return again(item)


def shown_by(account, item):
    """As `shown`, by the liaison of another unit."""
    for measure in item.measures.all():
        services.report(
            item, by=factories.fresh(account), text=f"第{measure.no}条已落实", measure=measure, measure_done=True,
            files=[photo(colour=(measure.no, 7, 7))],
        )  # fmt: skip


def history(item):
    """The entries of its record."""
    return list(audit.history(item))


def at(cast, state, **values):
    """An item waiting in `state`."""
    item = draft(cast, **values)
    by = cast.patroloffice if item.source == "finding" else cast.inspector1
    verifier = cast.patroloffice if item.source == "finding" else cast.inspector2
    if state == "draft":
        return again(item)
    if state == "voided":
        return services.void(item, by=by, note="表格选错了")
    services.issue(item, by=by)
    if state == "issued":
        return again(item)
    services.accept(item, by=cast.official)
    if state == "accepted":
        return again(item)
    if state == "long_term":
        services.mark_long_term(item, by=verifier, stage_goal="每季度宣讲一次")
        return again(item)
    if state in ("split", "merged"):
        return regrouped(cast, item, state)
    shown(cast, item)
    if state == "rectifying":
        services.add_result(item, by=cast.official, text="举一反三排查", figures="排查 20 个村")
        return again(item)
    services.apply(item, by=cast.unithead, note="已整改到位")
    if state == "closure_applied":
        return again(item)
    services.review(item, by=cast.sector, note="审核属实")
    if state == "sector_reviewed":
        return again(item)
    if state == "public_notice":
        services.set_publication(item, by=by, days=7, place="村务公开栏", note="群众关注")
    services.verify(item, by=verifier, note="实地复核通过", **SEEN)
    return again(item)


def regrouped(cast, item, state):
    """The item split in two, or merged into another of its kind: casemgr asks, inspector2 decides."""
    if state == "split":
        parts = [{"problem": f"第{one.no}部分", "measures": [one.no]} for one in item.measures.all()]
        services.request_split(item, by=cast.casemgr, parts=parts, reason="责任不同")
    else:
        services.request_merge(item, by=cast.casemgr, into=at(cast, "accepted"), reason="同一问题")
    return services.decide_regrouping(item, by=cast.inspector2, granted=True)


def handed(cast, item, unit, **said):
    """The item in the hands of another main unit: inspector1 asks, inspector2 decides."""
    services.request_transfer(item, by=cast.inspector1, kind="main", new_unit=unit, reason="职责调整", **said)
    return services.decide_transfer(item, by=cast.inspector2, granted=True)


def owed(item):
    """The report this item owes when the next month is over, as the clock opens it; this one may be too short."""
    after = moment.today().replace(day=1) + timedelta(days=62)
    after = after.replace(day=1)
    opening_periods.open_batch([item.pk], after)
    return item.period_reports.get()


def again(item):
    """The item as the database holds it now."""
    return Item.objects.get(pk=item.pk)


def misuse(cast, fen=1_000_000, back=0):
    """Misused money of 柳溪镇, `back` 分 of it returned."""
    from funds import services as funds
    from funds.models import FundKind, MisuseKind

    made = funds.register_misuse(
        by=cast.finance, kind=MisuseKind.objects.on().first(), title="挪用奖补资金", amount_fen=fen,
        responsible_unit=cast.town, found_on=moment.today(), how_found="audit", description="列支围墙维修。",
        fund_kind=FundKind.objects.get(code="COUNTY"),
    )  # fmt: skip
    return repaid(cast, made, back) if back else made


def repaid(cast, row, fen):
    from funds import services as funds

    return funds.record_recovery(
        row, by=cast.finance, kind="treasury", amount_fen=fen, received_on=moment.today(), voucher_no=f"{row.number}-{fen}",
        destination="缴入县国库",
    )  # fmt: skip


def finding(cast):
    """A finding of a regular round, recorded by 巡察办."""
    from inspections import services as inspections

    today = moment.today()
    round_ = inspections.open_round(
        by=cast.patroloffice, name=f"第{today}轮", region=Region.objects.get(code=factories.QINGHE),
        starts_on=today - timedelta(days=30), ends_on=today + timedelta(days=30), approved_by=cast.secretary,
    )  # fmt: skip
    inspections.set_team(round_, by=cast.patroloffice, members=[{"user": cast.patrol1, "role": "leader"}])
    return inspections.record_finding(
        round_, by=cast.patroloffice, problem_class="资金使用", aspect="拨付", text="资金滞留", unit=cast.town,
        found_on=today - timedelta(days=5),
    )  # fmt: skip


def second_account(account, role, unit, region=factories.QINGHE, username=None):
    """Another account of the same natural person."""
    return factories.user(role, unit=unit, region=region, person=account.person, username=username)


def department(name):
    return factories.unit(name, UnitKind.DEPARTMENT)


def api(client, account):
    """The REST door for one person."""
    client.force_login(account)
    return SimpleNamespace(
        get=lambda path, **q: client.get(f"/api/v1/{path}", q),
        post=lambda path, body=None, **headers: client.post(
            f"/api/v1/{path}", body or {}, content_type="application/json", **headers
        ),
        upload=lambda path, body: client.post(f"/api/v1/{path}", body),
    )
