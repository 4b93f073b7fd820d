"""资金流向, 违规资金分析: every mark of a board opens a list of exactly its rows, for whoever looks."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from funds import brackets, services, spans
from funds.models import FundingLine, FundKind, FundRule, MisuseNature, Project, ProjectKind
from funds.pages.books import LABELS
from funds.querysets import totals
from funds.services import reviewing, rules
from povertyaudit.core.models import Region, Role, UnitKind
from tests import factories
from tests.funds import makers, project_makers
from tests.funds.project_makers import WAN
from tests.funds.test_doors import web

pytestmark = pytest.mark.django_db
FLOW, MISUSES = "/fund-boards/flow/", "/fund-boards/misuses/"
YUNPING_TOWN = "990102101000"


def rows_of(user, url):
    """The rows the list behind the address holds for this person, by its own filters; the page itself is opened once."""
    path, _, query = url.partition("?")
    view = resolve(path).func.view_class
    filters = view.filterset_class(QueryDict(query), queryset=view.queryset.visible_to(factories.fresh(user)))
    assert filters.is_valid(), (url, filters.errors)
    assert set(QueryDict(query)) <= {*filters.filters, "view"}, url
    return filters.qs.order_by()


def projects(people):
    """Four approved ones out of two levels and two kinds of central money, in two townships, a village and the county."""
    papers = [
        project_makers.allocation(people, paper_no=f"财农〔2026〕{number}号", level=level)
        for number, level in enumerate(("central", "province", "central"), 1)
    ]
    for paper in papers[1:]:
        paper.fund_kind = FundKind.objects.get(code="LOTTERY")
        paper.save()
    water = ProjectKind.objects.get(code="WATER")
    for number, (region, kind, lines) in enumerate((
        (factories.VILLAGE, None, [(papers[0], 30 * WAN), (papers[1], 50 * WAN), (papers[2], 20 * WAN)]),
        (factories.TOWN, water, [(papers[0], 6 * WAN), (papers[1], 4 * WAN)]),
        (factories.OTHER_TOWN, water, [(papers[1], 7 * WAN)]),
        (factories.QINGHE, None, [(papers[2], 3 * WAN)]),
    )):  # fmt: skip
        more = {"kind": kind} if kind else {}
        row = project_makers.project(
            people, "review", title=f"第{'甲乙丙丁'[number]}项目", region=Region.objects.get(code=region),
            planned_fen=sum(fen for _, fen in lines), place=f"{number}组", **more,
        )  # fmt: skip
        for double in row.doubles.open():
            row = reviewing.answer_double(
                row, by=people.finance, double=double, decision="different", answer="不同"
            )
        project_makers.approve(people, row, lines)
    project_makers.stored(people, place="九组", title="未批复")
    assert Project.objects.filter(state="approved").count() == 4


def city_reader():
    return factories.user(
        Role.FINANCE,
        unit=factories.unit("市财政局", UnitKind.DEPARTMENT, "990100000000"),
        region="990100000000",
    )


def walk_flow(user, address, seen=None):
    """Open every mark of the board (and of the boards below it, each list once): how many projects it said, and the sum."""
    page = web(user).get(address)
    flow = page.context["flow"]
    text = page.content.decode()
    told = re.findall(
        r'<a class="flow-ba[^"]*" href="([^"]+)"><title>[^<]*：(\d+) 个项目，([\d.,]+) 万元</title>', text
    )
    marks = [mark for column in flow.columns for mark in column.values()]
    bands = [band for side in flow.bands for band in side]
    assert len(told) == len(marks) + len(bands)
    assert [
        len(re.findall(f'<a href="{re.escape(mark.asked.rows().replace("&", "&amp;"))}">', text)) >= 1
        for mark in marks
    ]
    assert sum(mark.fen for mark in flow.columns[0].values()) == flow.whole.fen
    assert sum(mark.fen for mark in flow.columns[2].values()) == flow.whole.fen
    opened = set() if seen is None else seen
    for url, number, wan in told:
        if (url, number, wan) in opened:
            continue
        opened.add((url, number, wan))
        rows, asked = rows_of(user, unescape(url)), QueryDict(unescape(url).partition("?")[2])
        assert rows.count() == int(number), url
        lines = FundingLine.objects.filter(project__in=rows.values("pk"))
        for name, column in (("level", "allocation__level"), ("fund_kind", "allocation__fund_kind__code")):
            lines = lines.filter(**{column: asked[name]}) if name in asked else lines
        assert sum(lines.values_list("amount_fen", flat=True)) == float(wan.replace(",", "")) * WAN, url
    for below in filter(None, map(flow.down, marks)) if seen is not None else ():
        if below not in seen:
            seen.add(below)
            walk_flow(user, below, seen)


def test_each_mark_of_the_flow_opens_its_projects_at_every_depth(people, time_machine):
    time_machine.move_to("2026-07-15T09:00:00+08:00")
    projects(people)
    client, seen = web(people.finance), {FLOW}
    with CaptureQueriesContext(connection) as one:
        page = client.get(FLOW).content.decode()
    assert (
        "2026 年 4 个项目安排 120 万元；来源、类别、乡镇最多的是省级（50.83 %）、道路桥梁（85.83 %）、柳溪镇（91.67 %）"
        in page
    )
    assert "青禾县（本级）" in page
    walk_flow(people.finance, FLOW, seen)
    assert len(seen) > 40
    links = [unescape(url) for url in re.findall(r'class="flow-bar" href="([^"]+)"', page)]
    assert client.get(links[0]).context["count"].number == 3
    below = [
        address
        for address in seen
        if isinstance(address, str) and "level=central" in address and "area=990101101" in address
    ]
    assert any("彩票公益金" in client.get(address).content.decode() for address in below)
    walk_flow(people.official, FLOW)
    assert web(people.otherofficial).get(FLOW).context["flow"].whole.projects == 1
    Project.objects.filter(region=factories.OTHER_TOWN).update(region_id=YUNPING_TOWN)
    city = city_reader()
    walk_flow(city, FLOW)
    assert [mark.label for mark in web(city).get(FLOW).context["flow"].columns[2].values()] == [
        "青禾县",
        "云屏县",
    ]
    assert web(people.finance).get(FLOW).context["flow"].whole.projects == 3
    assert web(people.petition).get(FLOW).status_code == 403
    for junk in ("year=9999", "year=²", "area=99010", "area=%00", "level=x", "kind=%27", "area=999999999999"):
        assert client.get(f"{FLOW}?{junk}").status_code == 200
    assert client.get("/projects/?area=x").context["count"].number == 0
    with CaptureQueriesContext(connection) as two:
        client.get(FLOW)
    assert len(two) <= len(one)


def misuses(people):
    natures = {code: MisuseNature.objects.get(code=code) for code in ("CORRUPTION", "FORMALISM")}
    village = factories.unit("石桥坳村村民委员会", UnitKind.VILLAGE, factories.VILLAGE)
    bureau = factories.unit("县交通运输局", UnitKind.DEPARTMENT)
    wanted = (
        (10 * WAN, "NO_PLAN", None, village, date(2026, 1, 1)), (10 * WAN + 1, "DIVERT", "CORRUPTION", bureau, date(2026, 3, 31)),
        (50 * WAN, "DIVERT", "FORMALISM", None, date(2026, 4, 1)), (100 * WAN - 1, "NO_PLAN", None, None, date(2026, 7, 1)),
        (100 * WAN, "SLUSH", "CORRUPTION", bureau, date(2026, 7, 10)), (7, "SLUSH", None, village, date(2025, 7, 15)),
        (9 * WAN, "NO_PLAN", None, None, date(2025, 7, 16)),
    )  # fmt: skip
    rows = [
        makers.misuse(
            people, amount_fen=fen, kind=kind, found_on=on, title=f"第{n}笔", confirmed=True,
            **({"unit": unit} if unit else {}), **({"nature": natures[nature]} if nature else {}),
        )
        for n, (fen, kind, nature, unit, on) in enumerate(wanted)
    ]  # fmt: skip
    day = date(2026, 7, 11)
    makers.recovery(people, rows[0], 4 * WAN, received_on=day, confirmed=True)
    makers.recovery(people, rows[1], 3 * WAN, received_on=day, kind="returned", confirmed=True)
    makers.recovery(people, rows[4], 5 * WAN, received_on=day, kind="offset", confirmed=True)
    back = makers.recovery(people, rows[3], 6 * WAN, received_on=day, confirmed=True)
    services.void_recovery(back, by=people.finance, recovery=back.recoveries.get(), note="录错")
    return rows


def walk_misuses(user, address, opened=None):
    """Each figure of the board is the rows, or the sum of the entries, that its link shows (each list opened once)."""
    opened = set() if opened is None else opened
    page = web(user).get(address)
    names = ("now", "then", "fen", *LABELS)
    checked = 0
    for line in [*page.context["lines"], page.context["total"]]:
        for name, figure in zip(names, line.figures, strict=True):
            if not (figure.value and figure.url) or (name, figure) in opened:
                continue
            opened.add((name, figure))
            rows = rows_of(user, figure.url)
            if name in {"now", "then"}:
                assert rows.count() == figure.value, figure.url
            elif name == "fen":
                assert sum(rows.values_list("amount_fen", flat=True)) == figure.value, figure.url
            else:
                assert rows.aggregate(**totals())[name] == figure.value, figure.url
            checked += 1
    funnel = {line.label: line for line in page.context["funnel"]}
    for line, figure in zip(funnel.values(), page.context["total"].figures[3:], strict=True):
        assert (line.figures[0].value, line.figures[0].url) == (figure.value, figure.url)
    return page, checked


def test_each_figure_of_the_misuses_opens_its_rows(people, time_machine):
    time_machine.move_to("2026-07-15T09:00:00+08:00")
    misuses(people)
    client, opened, total = web(people.finance), set(), 0
    with CaptureQueriesContext(connection) as one:
        page = client.get(MISUSES).content.decode()
    assert (
        "2026 年发现违规使用资金 5 件、270 万元，比 2025 年同期多 4 件；应追缴 270 万元，已结 4.44 %；无批复计划动用最多，2 件。"
        in page
    )
    for by, labels in {
        "kind": {"小金库", "无批复计划动用", "挤占挪用"}, "nature": {"腐败问题", "作风问题：形式主义", "未区分"},
        "level": {"县级", "乡镇级", "村级"},
        "bracket": {"10 万元以下（含）", "10–50 万元", "50–100 万元", "100 万元以上（含）"},
    }.items():  # fmt: skip
        for period in (
            ("2026", "2026Q3", "all") if by != "kind" else ("2026", "2025", "2026Q1", "2026-07", "all")
        ):
            page, checked = walk_misuses(people.finance, f"{MISUSES}?by={by}&period={period}", opened)
            total += checked
        assert {line.label for line in page.context["lines"]} == labels
    assert total > 100
    owed = client.get(f"{MISUSES}?by=bracket").context["lines"][1].figures[3]
    listed = client.get(owed.url)
    assert f"{owed.value / 100:,.2f}" in listed.content.decode()
    assert "金额档：10–50 万元" in re.sub(r"\s+", "", listed.content.decode()).replace(
        "10–50万元", "10–50 万元"
    )
    walk_misuses(people.official, MISUSES)
    lines = {
        line.label: line.figures[0].value for line in client.get(f"{MISUSES}?by=bracket").context["lines"]
    }
    assert lines == {"10 万元以下（含）": 1, "10–50 万元": 2, "50–100 万元": 1, "100 万元以上（含）": 1}
    FundRule.objects.filter(code="bracket_1").update(amount="60")
    assert brackets.bounds() == sorted(rules.amounts(brackets.KINDS)) == [50, 60, 100]
    assert walk_misuses(people.finance, f"{MISUSES}?by=bracket")[1] > 3
    assert web(people.otherofficial).get(MISUSES).context["total"].figures[0].value == 0
    assert web(people.patroloffice).get(MISUSES).status_code == 403
    for junk in ("period=x", "period=0000", "period=9999Q4", "period=2026-13", "period=²", "by=x"):
        assert client.get(f"{MISUSES}?{junk}").status_code == 200
    for junk in ("bracket=9", "level=x", "without=kind"):
        assert client.get(f"/misuses/?{junk}").status_code == 200
    with CaptureQueriesContext(connection) as two:
        client.get(MISUSES)
    assert len(two) <= len(one)


@pytest.mark.parametrize(
    ("key", "today", "first", "last", "before"),
    [
        ("2026", "2026-07-15", "2026-01-01", "2026-12-31", ("2025-01-01", "2025-07-15")),
        ("2024", "2024-02-29", "2024-01-01", "2024-12-31", ("2023-01-01", "2023-02-28")),
        ("2025", "2026-07-15", "2025-01-01", "2025-12-31", ("2024-01-01", "2024-12-31")),
        ("2026Q1", "2026-07-15", "2026-01-01", "2026-03-31", ("2025-10-01", "2025-12-31")),
        ("2026Q3", "2026-07-15", "2026-07-01", "2026-09-30", ("2026-04-01", "2026-04-15")),
        ("2026-12", "2026-12-31", "2026-12-01", "2026-12-31", ("2026-11-01", "2026-11-30")),
        ("2026-03", "2026-03-30", "2026-03-01", "2026-03-31", ("2026-02-01", "2026-02-28")),
        ("2026-13", "2026-07-15", "2026-01-01", "2026-12-31", ("2025-01-01", "2025-07-15")),
    ],
)
def test_a_period_and_the_one_before(key, today, first, last, before):
    day = date.fromisoformat(today)
    one = spans.span(key, day)
    past = spans.before(one, day)
    assert (str(one.first), str(one.last), (str(past.first), str(past.last))) == (first, last, before)
