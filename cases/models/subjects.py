"""被反映人: who is complained of (domain §1.3), and the dated list of which body manages him."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.db.models.lookups import Exact

from cases.models.categories import Category
from povertyaudit.core.id_sql import Hex
from povertyaudit.core.models import Listed, Row, Term, TermQuerySet
from povertyaudit.core.scope import ScopedQuerySet


class SubjectKind(models.TextChoices):
    PARTY_MEMBER = "party_member", "党员"
    OFFICIAL = "official", "公职人员"
    PARTY_OFFICIAL = "party_official", "党员公职人员"
    VILLAGE_CADRE = "village_cadre", "村（社区）干部"
    VILLAGE_TEAM = "village_team", "驻村干部"
    OTHER = "other", "其他人员"
    UNKNOWN = "unknown", "不详"


class Gender(models.TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"


class Education(models.TextChoices):
    GRADUATE = "graduate", "研究生"
    BACHELOR = "bachelor", "大学本科"
    COLLEGE = "college", "大学专科"
    SECONDARY = "secondary", "高中、中专"
    JUNIOR = "junior", "初中"
    PRIMARY = "primary", "小学及以下"


class PoliticalStatus(models.TextChoices):
    MEMBER = "member", "中共党员"
    PROBATIONARY = "probationary", "中共预备党员"
    LEAGUE = "league", "共青团员"
    DEMOCRATIC = "democratic", "民主党派成员"
    NONE = "none", "群众"


class RankKind(models.TextChoices):
    """By whom publications count (domain §2.1: 省部、厅局、县处、乡科、一般干部、农村和企业人员)."""

    PROVINCE = "province", "省部级"
    BUREAU = "bureau", "厅局级"
    COUNTY = "county", "县处级"
    TOWNSHIP = "township", "乡科级"
    CLERK = "clerk", "一般干部"
    VILLAGE = "village", "农村、社区人员"
    ENTERPRISE = "enterprise", "企业人员"
    OTHER = "other", "其他人员"


class Seat(models.TextChoices):
    """At which level a deputy or member sits."""

    NATIONAL = "national", "全国"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"


PARTY = (PoliticalStatus.MEMBER, PoliticalStatus.PROBATIONARY)
PARTY_KINDS = (SubjectKind.PARTY_MEMBER, SubjectKind.PARTY_OFFICIAL)


class ManagedBy(Term):
    """干部管理权限: whose cadre a person is; old persons keep the words of their day."""

    lists: ClassVar[tuple[Listed, ...]] = (Listed("managed_by", "干部管理权限"),)

    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "干部管理权限"


class PartQuerySet(ScopedQuerySet):
    """Rows seen exactly when their lead is."""


class LeadSubject(Row):
    """被反映人: outcomes are counted per person, not per lead.

    Of the ID number only a keyed digest (to find the same person) and the last four characters are kept.
    """

    searched_texts: ClassVar[tuple[str, ...]] = ("name", "unit_text")
    dossier_path: ClassVar[str] = "lead"
    personal_fields: ClassVar[frozenset[str]] = frozenset(
        {"name", "unit_text", "post_text", "gender", "ethnicity", "birth_month", "education", "political_status",
         "party_entry_month", "rank_text", "id_digest", "id_last4"}
    )  # fmt: skip
    later_columns: ClassVar[frozenset[str]] = frozenset(
        {"gender", "ethnicity", "birth_month", "education", "political_status", "party_entry_month", "rank_text",
         "rank_kind", "managed_by_id", "congress_seat", "cppcc_seat", "number_one", "id_digest", "id_last4",
         "category_id", "style_id"}
    )  # fmt: skip
    derived_columns: ClassVar[frozenset[str]] = frozenset({"id_key"})

    lead = models.ForeignKey("cases.Lead", models.PROTECT, related_name="subjects")
    name = models.CharField("姓名", max_length=60)
    unit_text = models.CharField("工作单位", max_length=100, blank=True)
    post_text = models.CharField("职务", max_length=100, blank=True)
    kind = models.CharField("身份", max_length=16, choices=SubjectKind.choices, default=SubjectKind.UNKNOWN)
    principal = models.BooleanField("下一级党委（党组）主要负责人", default=False)
    gender = models.CharField("性别", max_length=6, choices=Gender.choices, blank=True)
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    birth_month = models.CharField("出生年月", max_length=7, blank=True)
    education = models.CharField("学历", max_length=10, choices=Education.choices, blank=True)
    political_status = models.CharField(
        "政治面貌", max_length=12, choices=PoliticalStatus.choices, blank=True
    )
    party_entry_month = models.CharField("入党年月", max_length=7, blank=True)
    rank_text = models.CharField("职级", max_length=40, blank=True)
    rank_kind = models.CharField("职级层次", max_length=10, choices=RankKind.choices, blank=True)
    managed_by = models.ForeignKey(
        ManagedBy, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="干部管理权限"
    )
    congress_seat = models.CharField("人大代表", max_length=8, choices=Seat.choices, blank=True)
    cppcc_seat = models.CharField("政协委员", max_length=8, choices=Seat.choices, blank=True)
    number_one = models.BooleanField("单位一把手", default=False)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="问题类别"
    )
    style = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="作风问题"
    )
    id_digest = models.CharField("身份证号摘要", max_length=64, blank=True, editable=False)
    id_last4 = models.CharField("身份证号末四位", max_length=4, blank=True, editable=False)
    id_key = models.BinaryField(
        max_length=16, null=True, editable=False
    )  # half the digest, as registers have it

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "被反映人"
        ordering = ("id",)
        indexes = (
            models.Index(fields=("id_key",), condition=Q(id_key__isnull=False), name="subject_id_key"),
        )
        constraints = (
            models.CheckConstraint(
                name="subject_entered_the_party_as_a_member",
                condition=Q(party_entry_month="") | Q(political_status__in=PARTY),
                violation_error_message="只有中共党员填写入党年月。",
            ),
            models.CheckConstraint(
                name="subject_born_before_party_entry",
                condition=Q(party_entry_month="") | Q(party_entry_month__gt=F("birth_month")),
                violation_error_message="入党年月应晚于出生年月，请核对。",
            ),
            models.CheckConstraint(
                name="subject_id_number_is_whole",
                condition=Q(id_digest="", id_last4="") | ~Q(id_digest="") & ~Q(id_last4=""),
                violation_error_message="身份证号的摘要和末四位须同时保存。",
            ),
            models.CheckConstraint(
                name="subject_id_key_is_half_the_digest",
                condition=Q(id_digest="", id_key=None)
                | ~Q(id_digest="")
                & Q(id_key__isnull=False)
                & Q(Exact(Hex(F("id_key")), Left(F("id_digest"), 32))),
                violation_error_message="身份证号的匹配键与摘要不一致。",
            ),
            models.CheckConstraint(
                name="subject_cppcc_has_no_township",
                condition=~Q(cppcc_seat=Seat.TOWNSHIP),
                violation_error_message="政协没有乡级委员，请核对。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def of_the_party(self) -> bool:
        """A member by what is known of him."""
        return self.political_status in PARTY or (not self.political_status and self.kind in PARTY_KINDS)
