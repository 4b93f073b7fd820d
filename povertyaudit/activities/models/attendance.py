"""Below an activity: who came, by category and perhaps by name, and which measures of items it carries out."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from povertyaudit.activities.models.activities import MOST, Activity
from povertyaudit.activities.querysets import ActivityPartQuerySet
from povertyaudit.core.models import Row, User
from rectification.models import Item, Measure


class Category(models.TextChoices):
    """Of those who attend; a person is counted in one."""

    COUNTY = "county", "县级领导"
    SECTION = "section", "乡科级干部"
    STAFF = "staff", "机关干部职工"
    VILLAGE_TEAM = "village_team", "驻村干部"
    VILLAGE = "village", "村（社区）干部"
    DISCIPLINE = "discipline", "纪检监察干部"
    MEMBERS = "members", "党员代表"
    PEOPLE = "people", "群众"
    OTHER = "other", "其他人员"


class Attended(Row):
    """参加情况 of one category: 人次 and 人."""

    dossier_path: ClassVar[str] = "activity"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attended", verbose_name="活动")
    category = models.CharField("参加人员", max_length=12, choices=Category.choices)
    times = models.PositiveIntegerField("人次")
    persons = models.PositiveIntegerField("人数")

    objects = ActivityPartQuerySet.as_manager()

    class Meta:
        verbose_name = "参加情况"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="attended_category_once",
                fields=("activity", "category"),
                violation_error_message="同一类人员只能填写一行。",
            ),
            models.CheckConstraint(
                name="attended_persons_within_times",
                condition=Q(persons__gte=1, persons__lte=F("times"), times__lte=MOST),
                violation_error_message="人数不能大于人次。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_category_display()} {self.times} 人次 {self.persons} 人"


class Presence(models.TextChoices):
    INVITED = "invited", "通知参加"
    PRESENT = "present", "已签到"
    ABSENT = "absent", "未到"


class Participant(Row):
    """参加名单: a person by account or by name, and whether he came."""

    dossier_path: ClassVar[str] = "activity"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"name", "reason"})
    state_tones: ClassVar[dict[str, str]] = {"present": "done", "absent": "warn"}

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="people", verbose_name="活动")
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="账号"
    )
    name = models.CharField("姓名", max_length=60)
    post_title = models.CharField("单位和职务", max_length=100, blank=True)
    state = models.CharField("签到", max_length=8, choices=Presence.choices, default=Presence.INVITED)
    reason = models.CharField("未到原因", max_length=200, blank=True)

    objects = ActivityPartQuerySet.as_manager()

    class Meta:
        verbose_name = "参加名单"
        ordering = ("id",)
        indexes = (models.Index(fields=("user", "activity"), name="participant_user"),)
        constraints = (
            models.UniqueConstraint(
                name="participant_once",
                fields=("activity", "name", "post_title"),
                violation_error_message="名单中有重复的人员，同名的请写明单位和职务。",
            ),
            models.UniqueConstraint(
                name="participant_account_once",
                fields=("activity", "user"),
                condition=Q(user__isnull=False),
                violation_error_message="名单中有重复的人员。",
            ),
            models.CheckConstraint(
                name="participant_absence_has_reason",
                condition=Q(state="absent") & ~Q(reason="") | ~Q(state="absent") & Q(reason=""),
                violation_error_message="未到的须写明原因，其他的不写。",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Fulfilment(Row):
    """落实的措施: an activity that a measure of an item promised. The words stay when the measure is changed."""

    dossier_path: ClassVar[str] = "activity"
    derived_columns: ClassVar[frozenset[str]] = frozenset(
        {"measure_id"}
    )  # gone with a measure that is deleted

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="fulfilments", verbose_name="活动")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="整改事项")
    measure = models.ForeignKey(
        Measure, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="措施"
    )
    no = models.PositiveSmallIntegerField("措施序号")
    text = models.TextField("措施内容")

    objects = ActivityPartQuerySet.as_manager()

    class Meta:
        verbose_name = "落实的措施"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="fulfilment_once",
                fields=("activity", "item", "no"),
                violation_error_message="已经关联这条措施。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item}（{self.no}）"
