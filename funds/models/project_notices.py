"""公示公告 of a project at three levels and three times, and the objections (异议) people raised to them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from funds.models.projects import Project
from funds.notice_querysets import ObjectionQuerySet, ProjectNoticeQuerySet
from povertyaudit.core.models import Row, Unit, User


class NoticeStage(models.TextChoices):
    APPROVAL = "approval", "批复"
    START = "start", "开工"
    COMPLETION = "completion", "竣工"


class NoticeLevel(models.TextChoices):
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"
    VILLAGE = "village", "村级"


# stage → the day of the project from which the notice is owed
EVENTS = {
    NoticeStage.APPROVAL: "approved_on", NoticeStage.START: "started_on", NoticeStage.COMPLETION: "completed_on",
}  # fmt: skip


class ProjectNotice(Row):
    """One notice at one place: a board, a sign at the site, a portal. `full_on` is the first day on which it has been up as
    long as the rule of the day it went up asks (不少于 10 天); while `down_on` is empty it is still up. One entered wrongly is
    voided and stays to be seen. The rectification notices (`rectification.PublicNotice`) are another thing."""

    dossier_path: ClassVar[str] = "project"

    project = models.ForeignKey(Project, models.PROTECT, related_name="notices", verbose_name="项目")
    stage = models.CharField("公示时段", max_length=10, choices=NoticeStage.choices)
    level = models.CharField("公示层级", max_length=10, choices=NoticeLevel.choices)
    place = models.CharField("公示地点或者网址", max_length=200)
    up_on = models.DateField("公示日期")
    full_on = models.DateField("满公示天数的日期", editable=False)
    down_on = models.DateField("撤下日期", null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="公示单位")
    posted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="公示经办人")
    voided_on = models.DateField("作废日期", null=True, blank=True, editable=False)
    voided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="作废人"
    )

    objects = ProjectNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "项目公示公告"
        ordering = ("up_on", "id")
        constraints = (
            models.UniqueConstraint(
                name="project_notice_place_once",
                fields=("project", "stage", "level", "place", "up_on"),
                condition=Q(voided_on=None),
                violation_error_message="这一处同一天的公示已经登记过。",
            ),
            models.CheckConstraint(
                name="project_notice_days_in_order",
                condition=Q(full_on__gt=F("up_on")) & (Q(down_on=None) | Q(down_on__gte=F("up_on"))),
                violation_error_message="撤下日期不能早于公示日期。",
            ),
            models.CheckConstraint(
                name="project_notice_voided_by_someone",
                condition=Q(voided_on=None, voided_by=None)
                | Q(voided_on__isnull=False, voided_by__isnull=False),
                violation_error_message="作废的公示应有作废人和日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_stage_display()}{self.get_level_display()}公示 {self.place}"

    def get_absolute_url(self) -> str:
        return f"{self.project.get_absolute_url()}#notices"

    def scope_keys(self) -> dict[str, Any]:
        return self.project.scope_keys()

    @property
    def photo_kind(self) -> str:
        """The kind under which its photos lie among the files of the project."""
        return f"notice:{self.public_id}"

    def days(self, day: Any) -> int:
        """For how many days it has been up by then."""
        return int((min(self.down_on or day, day) - self.up_on).days)


class ObjectionFinding(models.TextChoices):
    UPHELD = "upheld", "属实"
    PARTLY = "partly", "部分属实"
    UNFOUNDED = "unfounded", "不属实"


class ToldWay(models.TextChoices):
    FACE = "face", "当面"
    PHONE = "phone", "电话"
    LETTER = "letter", "书面"


class ProjectObjection(Row):
    """异议 to a notice. Whoever gave a name is answered in person; what came of it is published. The name is shown masked
    everywhere but to whoever answers. `posted_by` is who put the notice up: not he who answers."""

    dossier_path: ClassVar[str] = "notice__project"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"objector", "text", "answer"})

    notice = models.ForeignKey(ProjectNotice, models.PROTECT, related_name="objections", verbose_name="公示")
    objector = models.CharField("异议人姓名", max_length=50, blank=True)
    text = models.TextField("异议内容", max_length=1000)
    received_on = models.DateField("收到日期")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    posted_by = models.ForeignKey(
        User, models.PROTECT, editable=False, related_name="+", verbose_name="公示经办人"
    )
    finding = models.CharField("核实结论", max_length=10, choices=ObjectionFinding.choices, blank=True)
    answer = models.TextField("答复", max_length=1000, blank=True)
    told = models.CharField("答复本人的方式", max_length=10, choices=ToldWay.choices, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    answered_on = models.DateField("答复日期", null=True, blank=True)
    result_on = models.DateField("结果公布日期", null=True, blank=True)
    result_place = models.CharField("结果公布地点", max_length=200, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = "公示异议"
        ordering = ("received_on", "id")
        constraints = (
            models.CheckConstraint(
                name="project_objection_answered_whole",
                condition=Q(finding="", answer="", answered_by=None, answered_on=None, told="")
                | ~Q(finding="")
                & ~Q(answer="")
                & Q(answered_by__isnull=False, answered_on__gte=F("received_on")),
                violation_error_message="答复应写明结论、内容、答复人和日期，不早于收到日期。",
            ),
            models.CheckConstraint(
                name="project_objection_named_is_told",
                condition=Q(objector="") | Q(answered_on=None) | ~Q(told=""),
                violation_error_message="署名的异议应答复本人，请填写方式。",
            ),
            models.CheckConstraint(
                name="project_objection_answered_by_another",
                condition=Q(answered_by=None) | ~Q(answered_by=F("posted_by")),
                violation_error_message="公示经办人不能自己答复异议，请由另一人答复。",
            ),
            models.CheckConstraint(
                name="project_objection_result_after_answer",
                condition=Q(result_on=None, result_place="")
                | Q(answered_on__isnull=False, result_on__gte=F("answered_on")) & ~Q(result_place=""),
                violation_error_message="答复以后才公布结果，并写明地点。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.received_on} 异议"

    def get_absolute_url(self) -> str:
        return f"{self.notice.project.get_absolute_url()}#objections"

    def scope_keys(self) -> dict[str, Any]:
        return self.notice.project.scope_keys()

    @property
    def standing(self) -> str:
        """待答复, 待公布结果, 已公布."""
        return "已公布" if self.result_on else "待公布结果" if self.answered_on else "待答复"
