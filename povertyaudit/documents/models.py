"""A template of a kind from one day on, and each document that was made."""

from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from povertyaudit.core.models import Attachment, Region, Row, User
from povertyaudit.core.models.region_rules import RegionRule
from povertyaudit.documents.kinds import kinds
from povertyaudit.documents.querysets import DocumentQuerySet, TemplateQuerySet


class DocumentTemplate(RegionRule):
    """How a kind of document looks, for a place, from one day on. Without a file: the template of the product."""

    kind = models.CharField("文书", max_length=30)
    edition = models.PositiveSmallIntegerField("第几版", default=0)  # of this place; 0: of the product
    sha256 = models.CharField("模板校验值", max_length=64, blank=True, db_index=True)
    file_name = models.CharField("文件名", max_length=255, blank=True)
    size = models.PositiveIntegerField("字节数", default=0)

    content: ClassVar[tuple[str, ...]] = (
        "region", "valid_from", "source", "edition", "sha256", "file_name", "size",
    )  # fmt: skip
    carried: ClassVar[tuple[str, ...]] = ("kind",)
    objects = TemplateQuerySet.as_manager()

    class Meta(RegionRule.Meta):
        verbose_name = "文书模板"
        ordering = ("kind", "-valid_from", "-id")
        constraints = (
            *RegionRule.Meta.constraints,
            models.UniqueConstraint(
                name="template_of_product_once", fields=("kind",), condition=Q(changed_by=None),
                violation_error_message="这种文书已经有内置模板。",
            ),
            models.UniqueConstraint(
                name="template_edition_once", fields=("kind", "region", "edition"), condition=Q(changed_by__isnull=False),
                violation_error_message="这一版模板已经提出，请刷新后重新提交。",
            ),
            models.CheckConstraint(
                name="template_has_its_file",
                condition=Q(changed_by=None, edition=0, sha256="", region=None)
                | Q(changed_by__isnull=False, edition__gte=1, region__isnull=False) & ~Q(sha256=""),
                violation_error_message="上传的模板须有文件、版次和适用地区，内置模板没有文件。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.kind_label

    @property
    def kind_label(self) -> str:
        """The Chinese name of the kind; of one the program no longer knows its code."""
        known = kinds().get(self.kind)
        return known.label if known else self.kind

    @property
    def edition_words(self) -> str:
        return f"第{self.edition}版" if self.edition else "内置模板"

    @property
    def title(self) -> str:
        return f"{self.kind_label}：{self.edition_words}"

    def get_absolute_url(self) -> str:
        return f"/document-templates/{self.public_id}/"


class DocumentState(models.TextChoices):
    MADE = "made", "已生成"
    VOID = "void", "已作废"


class Document(Row):
    """One document that was made: from which template, with what typed, and the file kept with the row it is of."""

    label_zh: ClassVar[str] = "文书"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"title", "said", "void_reason"})
    searched_texts: ClassVar[tuple[str, ...]] = ("number", "title")
    # Documents made before they could be voided keep their digests.
    later_columns: ClassVar[frozenset[str]] = frozenset({"voided_at", "voided_by_id", "void_reason"})

    target_label = models.CharField(max_length=60, editable=False)
    target_id = models.BigIntegerField(editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="所属地区")
    kind = models.CharField("文书", max_length=30)
    title = models.CharField("标题", max_length=200)
    number = models.CharField("文号", max_length=40, blank=True)
    county = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="编号的县")
    said: Any = models.JSONField("填写的内容", default=dict, blank=True)
    template = models.ForeignKey(
        DocumentTemplate, models.PROTECT, related_name="documents", verbose_name="模板"
    )
    template_sha256 = models.CharField("所用模板校验值", max_length=64, editable=False, db_index=True)
    attachment = models.OneToOneField(
        Attachment, models.PROTECT, related_name="document", verbose_name="文件"
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="生成人")
    # 作废: the number stays taken and the file readable, both marked; never taken back.
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    voided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="作废人"
    )
    void_reason = models.CharField("作废理由", max_length=500, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "文书"
        ordering = ("-id",)
        indexes = (models.Index(fields=("target_label", "target_id"), name="document_target"),)
        constraints = (
            models.UniqueConstraint(
                name="document_number_once", fields=("county", "number"), condition=~Q(number=""),
                violation_error_message="这个文号已经用过。",
            ),
            models.CheckConstraint(
                name="document_names_its_template", condition=~Q(template_sha256="") & ~Q(title=""),
                violation_error_message="文书须有标题，并写明所用的模板。",
            ),
            models.CheckConstraint(
                name="document_void_says_why",
                condition=Q(voided_at=None, voided_by=None, void_reason="")
                | Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason=""),
                violation_error_message="作废的文书须有作废时间、作废人和理由，没有作废的都不填。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.number or self.title

    @cached_property
    def dossier(self) -> Any:
        """The row the document is of; of many at once, `with_targets` fetches them."""
        return apps.get_model(self.target_label)._default_manager.get(pk=self.target_id)

    @property
    def state(self) -> DocumentState:
        """A document that was made stays as it is, or is void."""
        return DocumentState.VOID if self.voided_at else DocumentState.MADE

    def get_state_display(self) -> str:
        return str(self.state.label)

    @property
    def kind_label(self) -> str:
        known = kinds().get(self.kind)
        return known.label if known else self.kind

    def get_absolute_url(self) -> str:
        return f"/documents/{self.public_id}/"
