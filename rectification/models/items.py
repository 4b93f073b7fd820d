"""The item itself (整改事项)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from povertyaudit.core import signing
from povertyaudit.core.models import Dossier, Person, SignatureBase, Unit, User
from rectification.models.item_rules import CLOSE_OUT, COUNTED, REGROUPING
from rectification.models.published_light import PublishedLight
from rectification.models.source_papers import SourcePaper
from rectification.querysets import ItemQuerySet
from rectification.states import PAPERED, UNCOUNTED, UNSENT, Completion, Source, State

SIGNED_STATES = (State.CLOSURE_APPLIED, State.SECTOR_REVIEWED, State.CLOSED)
BEFORE_ACCEPTED = (State.DRAFT, State.ISSUED)


class Item(Dossier):
    """整改事项: a problem, the measures against it, and the three persons who answer for crossing it off."""

    searched_texts = ("number", "problem_class", "aspect", "problem", "responsible_person")
    label_zh: ClassVar[str] = "整改事项"
    recused_with: ClassVar[tuple[str, ...]] = ("finding", "finding__object", "finding__round", "lead")
    SIGNED_VERSION: ClassVar[int] = 1
    later_columns: ClassVar[frozenset[str]] = frozenset({
        "publication", "publication_days", "publication_place", "archived_on", "recurrence_of_id", "paper_id", "names_paper",
        "at_work_since", "split_from_id", "merged_into_id", "regrouped_on",
    })  # fmt: skip
    may_follow_archive: ClassVar[frozenset[str]] = frozenset({"item.reopen"})
    personal_fields: ClassVar[frozenset[str]] = frozenset({"problem", "goal", "responsible_person", "stage_goal"})  # fmt: skip
    state_tones: ClassVar[dict[str, str]] = {
        State.DRAFT: "plain", State.ISSUED: "open", State.ACCEPTED: "open", State.RECTIFYING: "open",
        State.CLOSURE_APPLIED: "wait", State.SECTOR_REVIEWED: "wait", State.PUBLIC_NOTICE: "wait",
        State.CLOSED: "done", State.LONG_TERM: "open", State.SPLIT: "plain", State.MERGED: "plain",
        State.VOIDED: "stop",
    }  # fmt: skip

    state = models.CharField(
        "状态", max_length=16, choices=State.choices, default=State.DRAFT, editable=False
    )
    source = models.CharField("问题来源", max_length=12, choices=Source.choices)
    finding = models.ForeignKey(
        "inspections.Finding",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name="巡察问题",
    )
    lead = models.ForeignKey(
        "cases.Lead", models.PROTECT, null=True, blank=True, related_name="items", verbose_name="问题线索"
    )
    paper = models.ForeignKey(
        SourcePaper, models.PROTECT, null=True, blank=True, related_name="items", verbose_name="反馈文件"
    )
    # False for items registered before papers were kept: which paper brought them nobody may invent.
    names_paper = models.BooleanField("须有反馈文件", default=True, editable=False)
    problem_class = models.CharField("大类", max_length=100)
    aspect = models.CharField("方面", max_length=200)
    problem = models.TextField("具体问题")
    goal = models.TextField("整改目标", blank=True)
    leading_leader = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="牵头县领导"
    )
    lead_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="牵头单位")
    body_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="督办单位")
    responsible_person = models.CharField("责任人", max_length=100, blank=True)
    completion = models.CharField(
        "完成情况", max_length=12, choices=Completion.choices, default=Completion.NOT_STARTED
    )
    unfinished_reason = models.CharField("未完成原因", max_length=500, blank=True)
    opened_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name="登记人"
    )
    issued_on = models.DateField("下发日期", null=True, blank=True, editable=False)
    accepted_on = models.DateField("签收日期", null=True, blank=True, editable=False)
    # In the unit's hands since: signed for, sent back or opened again. Reports are not asked for earlier days. Empty for
    # items signed for before 1.1, whose recorded digest knows no such day: `ItemQuerySet.in_hand` tells it for all.
    at_work_since = models.DateField("整改起算日期", null=True, blank=True, editable=False)
    due_on = models.DateField("整改时限", null=True, blank=True, db_index=True)
    original_due_on = models.DateField("原定时限", null=True, blank=True, editable=False)
    stage_goal = models.TextField("阶段目标", blank=True)
    next_stage_on = models.DateField("下次阶段报告日期", null=True, blank=True)
    applicant = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name="申请人"
    )
    reviewer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name="审核人"
    )
    verifier = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name="复核人"
    )
    closed_on = models.DateField("销号日期", null=True, blank=True, editable=False)
    closed_late = models.BooleanField("逾期销号", default=False, editable=False)
    publication = models.BooleanField("销号前公示", default=False, editable=False)
    publication_days = models.PositiveSmallIntegerField("公示天数", null=True, blank=True, editable=False)
    publication_place = models.CharField("公示地点、方式", max_length=200, blank=True, editable=False)
    archived_on = models.DateField("归档日期", null=True, blank=True, editable=False)
    recurrence_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="recurrences", verbose_name="反弹自"
    )
    reopened_count = models.PositiveSmallIntegerField("重新打开次数", default=0, editable=False)
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", editable=False, verbose_name="拆分自",
    )  # fmt: skip
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", editable=False, verbose_name="并入",
    )  # fmt: skip
    regrouped_on = models.DateField("拆分、并入日期", null=True, blank=True, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "整改事项"
        ordering = ("-id",)
        indexes = (
            models.Index(fields=COUNTED, name="item_counted"),
            models.Index(fields=("lead_unit", "state"), name="item_lead_unit"),
            models.Index(fields=("-created_at", "-id"), name="item_created"),
            models.Index(
                fields=("due_on", "id"),
                condition=~Q(state__in=("closed", "long_term")),
                name="item_unfinished_due",
            ),
            models.Index(
                fields=("regrouped_on",), condition=Q(regrouped_on__isnull=False), name="item_regrouped"
            ),
        )
        constraints = (
            *CLOSE_OUT,
            *REGROUPING,
            models.CheckConstraint(
                name="item_reviewed_after_applied",
                condition=(~Q(state="sector_reviewed") | Q(applicant__isnull=False, reviewer__isnull=False))
                & (~Q(state="closure_applied") | Q(applicant__isnull=False, reviewer=None)),
                violation_error_message="已申请销号的须有申请人，已审核的须有申请人和审核人。",
            ),
            models.CheckConstraint(
                name="item_issued_is_dated",
                condition=Q(state__in=UNSENT, issued_on=None)
                | ~Q(state__in=UNSENT)
                & Q(issued_on__isnull=False, due_on__isnull=False, original_due_on__isnull=False),
                violation_error_message="已下发的事项须有下发日期和整改时限，没有下发和作废的没有下发日期。",
            ),
            models.CheckConstraint(
                name="item_accepted_is_dated",
                condition=Q(state__in=(*UNSENT, State.ISSUED), accepted_on=None)
                | ~Q(state__in=(*UNSENT, State.ISSUED)) & Q(accepted_on__isnull=False),
                violation_error_message="已签收的事项须有签收日期，未签收的不能有。",
            ),
            models.CheckConstraint(
                name="item_at_work_since_accepted",
                condition=Q(at_work_since=None)
                | Q(accepted_on__isnull=False, at_work_since__gte=F("accepted_on")),
                violation_error_message="整改起算日期不能早于签收日期，没有签收的没有。",
            ),
            models.CheckConstraint(
                name="item_due_after_issue",
                condition=Q(due_on=None) | Q(issued_on=None) | Q(due_on__gte=F("issued_on")),
                violation_error_message="整改时限不能早于下发日期。",
            ),
            models.CheckConstraint(
                name="item_closed_after_accepted",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("accepted_on")),
                violation_error_message="销号日期不能早于签收日期。",
            ),
            models.CheckConstraint(
                name="item_long_term_has_stage",
                condition=~Q(state="long_term") | ~Q(stage_goal="") & Q(next_stage_on__isnull=False),
                violation_error_message="长期坚持的事项须有阶段目标和下次阶段报告日期。",
            ),
            models.CheckConstraint(
                name="item_source_is_there",
                condition=(~Q(source="finding") | Q(finding__isnull=False))
                & (~Q(source="lead") | Q(lead__isnull=False)),
                violation_error_message="来源为巡察发现的须选巡察问题，来源为问题线索的须选线索。",
            ),
            models.CheckConstraint(
                name="item_paper_fits_source",
                condition=Q(source__in=PAPERED) & (Q(paper__isnull=False) | Q(names_paper=False))
                | ~Q(source__in=PAPERED) & Q(paper=None),
                violation_error_message="来源为审计反馈、考核评估、上级反馈的须选反馈文件，其他来源的不选。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("item", kwargs={"id": self.public_id})

    @property
    def title(self) -> str:
        """The problem in one line."""
        line = " ".join(self.problem.split())
        return line if len(line) <= 40 else f"{line[:40]}…"

    title_for_list = title

    @property
    def stopped_on(self) -> Any:
        """The light of a closed item says 按期 or 超期."""
        return self.closed_on

    @property
    def light(self) -> Any:
        """What the clock column shows: the date of the item, of its next stage report, or until when it is published."""
        if self.state == State.LONG_TERM:
            return self.next_stage_on
        if self.state == State.PUBLIC_NOTICE and (until := self._published_until()):
            return PublishedLight(until, any(one.state == "open" for one in self.objections.all()))
        return self if self.due_on and self.state not in UNCOUNTED else None

    def _published_until(self) -> Any:
        """As a list has read it, else out of the periods."""
        if "published_until" in self.__dict__:  # an annotation
            return self.__dict__["published_until"]
        return next((one.ends_on for one in self.publications.all() if one.ended_on is None), None)

    @property
    def main_unit(self) -> Unit | None:
        """主责单位, out of the prefetched units."""
        return next((row.unit for row in self.units.all() if row.is_main), None)

    @property
    def main_unit_id(self) -> int | None:
        return next((row.unit_id for row in self.units.all() if row.is_main), None)

    @property
    def was_late(self) -> bool:
        """逾期销号 at any of its closings, out of the prefetched ones."""
        return any(closing.late for closing in self.closings.all())

    @property
    def of_round(self) -> bool:
        """Born of an inspection: then 巡察办 verifies."""
        return self.source == Source.FINDING

    def scope_units(self) -> list[int]:
        """Responsible units and the lead unit: they see it because it is theirs."""
        new = self.__dict__.get("units_new")  # written in the same go: they do not lie there yet
        units = self.units.values_list("unit_id", flat=True) if new is None and self.pk else new
        return [] if units is None else [*units, self.lead_unit_id]

    def standing(self, step: str) -> SignatureBase | None:
        """The signature of the step that nobody has voided, out of the prefetched ones."""
        return next((s for s in self.signatures.all() if s.step == step and s.voided_at is None), None)

    def covered(self, step: str) -> bool:
        """Whether the step is signed and the signature still covers the content.

        Rows of a list go by the stamp; a locked row or a whole page computes the digest, so that a change made
        beside the system is found as well.
        """
        signature = self.standing(step)
        if signature is None:
            return False
        fetched = getattr(self, "_prefetched_objects_cache", {})
        if "signatures" in fetched and "measures" not in fetched:
            return True
        return signing.holds(signature, self)

    def signed_content(self) -> dict[str, Any]:
        """What the three sign: problem, measures, results with figures, stored evidence, money. No states, no dates."""
        numbers = {m.pk: m.no for m in self.measures.all()}
        return {
            "problem": [self.problem_class, self.aspect, self.problem, self.goal],
            "measures": sorted([m.no, m.text] for m in self.measures.all()),
            "results": sorted(
                [r.no, numbers.get(r.measure_id, 0), r.text, r.figures] for r in self.results.all()
            ),
            "evidence": self._signed_files(numbers),
            "misuses": sorted(link.signed_sums() for link in self._fetched("misuse_links", "misuse")),
        }

    def _signed_files(self, numbers: dict[int, int]) -> list[list[Any]]:
        """Stored files; one that is tied to a photo of before names its hash too, the others stay as they always were."""
        rows = list(self._fetched("evidence", "attachment"))
        stored = {e.pk: e.attachment.sha256 for e in rows}
        return sorted(
            [numbers.get(e.measure_id, 0), e.kind, stored[e.pk], e.note]
            + [stored[k] for k in (e.before_id,) if k]
            for e in rows
        )

    def _fetched(self, name: str, *related: str) -> Any:
        """Child rows as prefetched, else in one query with what hangs on them."""
        rows = getattr(self, name)
        return (
            rows.all()
            if name in getattr(self, "_prefetched_objects_cache", {})
            else rows.select_related(*related)
        )
