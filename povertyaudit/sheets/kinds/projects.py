"""项目: stored as the unit that builds, its department or the fund desk stores one."""

from funds.forms.projects import ProjectForm
from funds.models import Project
from funds.project_filters import ProjectFilter
from funds.services import projects
from funds.services.storing_many import Storing
from funds.workflow.project_who import ENTERERS
from povertyaudit.sheets.columns import Column, numbered, of_form
from povertyaudit.sheets.kinds.base import Kind

NAMES = (
    "title", "kind", "year", "region", "place", "content", "targets", "responsible_unit", "sector_unit", "planned_fen",
    "sum_checked", "plan_start", "plan_end", "households", "persons", "poor_households", "poor_persons",
)  # fmt: skip
COUNTS = ("households", "persons", "poor_households", "poor_persons")
ALSO = {
    "title": ("名称", "工程名称"), "kind": ("类别", "项目类型", "项目性质"), "year": ("年度", "实施年度", "项目年度"),
    "region": ("地点", "建设地址", "实施地点", "项目所在地", "所在村"), "place": ("详细地点",),
    "content": ("建设内容", "主要建设内容", "建设规模及内容", "建设内容及规模"), "targets": ("绩效", "预期目标", "预期效益"),
    "responsible_unit": ("责任单位", "建设单位", "项目单位", "业主单位"), "sector_unit": ("行业主管部门", "主管单位"),
    "planned_fen": ("投资", "总投资", "计划总投资", "投资金额", "资金规模", "概算投资"),
    "plan_start": ("开工日期", "开工时间", "计划开工时间"), "plan_end": ("完工日期", "完工时间", "竣工时间", "计划完工时间"),
    "households": ("户数", "受益户"), "persons": ("人数", "受益人口"), "poor_households": ("贫困户数", "受益贫困户数"),
    "poor_persons": ("贫困人数", "受益贫困人口"),
}  # fmt: skip
EXAMPLES = {
    "title": "石桥坳村通组路硬化", "kind": "道路桥梁", "year": 2026, "region": "柳溪镇石桥坳村", "content": "硬化通组路 1.9 公里，宽 3.5 米。",
    "responsible_unit": "柳溪镇人民政府", "sector_unit": "县交通运输局", "planned_fen": "800000.00", "plan_start": "2026-03-02",
    "plan_end": "2026-09-30", "households": 60, "persons": 210,
}  # fmt: skip


def columns() -> list[Column]:
    form = ProjectForm()
    for name in COUNTS:
        form.fields[name].required = False
    return [numbered("项目编号"), *of_form(form, NAMES, also=ALSO, examples=EXAMPLES)]


PROJECTS = Kind(
    "projects", "项目", "/projects/", Project, columns, lambda user: bool(user.roles & ENTERERS),
    projects.store, projects.amend, projects.cancel, Storing, asides=frozenset({"sum_checked"}), fetched=lambda rows: rows.select_related("kind", "region", "responsible_unit", "sector_unit"),
    doubled=("title", "region", "year"), row_url="/projects/", filters=ProjectFilter,
)  # fmt: skip
