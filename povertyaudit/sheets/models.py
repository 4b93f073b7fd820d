"""One spreadsheet taken in as one act, what became of each of its rows, and what a unit calls its columns."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from povertyaudit.core.models import Dossier, Unit, User
from povertyaudit.sheets.querysets import SheetImportQuerySet, SheetRowQuerySet


class ImportState(models.TextChoices):
    STAGED = "staged", "待核对列"
    CHECKING = "checking", "核对中"
    CHECKED = "checked", "待导入"
    IMPORTING = "importing", "导入中"
    IMPORTED = "imported", "已导入"
    UNDOING = "undoing", "撤销中"
    UNDONE = "undone", "已撤销"
    DROPPED = "dropped", "已放弃"


class Outcome(models.TextChoices):
    NEW = "new", "新增"
    CHANGED = "changed", "修改"
    SAME = "same", "没有变化"
    REFUSED = "refused", "有错"


AT_WORK = (ImportState.CHECKING, ImportState.IMPORTING, ImportState.UNDOING)
COUNTED = ("rows_new", "rows_changed", "rows_same", "rows_refused")


class SheetImport(Dossier):
    """The file itself lies encrypted for its unit (`core.originals`); here stands what is not personal."""

    State = ImportState
    takes_comments: ClassVar[bool] = False
    personal_fields: ClassVar[frozenset[str]] = frozenset({"file_name"})
    derived_columns: ClassVar[frozenset[str]] = frozenset({"heads"})
    state_tones: ClassVar[dict[str, str]] = {
        "staged": "warn", "checking": "open", "checked": "wait", "importing": "open", "imported": "done",
        "undoing": "open", "undone": "stop", "dropped": "stop",
    }  # fmt: skip

    kind = models.CharField("内容", max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="上传单位")
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上传人")
    is_working = models.BooleanField(
        "工作表", default=False, editable=False
    )  # went out of here and came back
    file_name = models.CharField("文件", max_length=200, blank=True)
    sheet_name = models.CharField("工作表", max_length=100, blank=True, editable=False)
    head_row = models.PositiveIntegerField("表头所在行", default=1, editable=False)
    heads: Any = models.JSONField("列的对应", default=list, blank=True, editable=False)
    rows_given = models.PositiveIntegerField("行数", default=0, editable=False)
    rows_new = models.PositiveIntegerField("新增", default=0, editable=False)
    rows_changed = models.PositiveIntegerField("修改", default=0, editable=False)
    rows_same = models.PositiveIntegerField("没有变化", default=0, editable=False)
    rows_refused = models.PositiveIntegerField("有错", default=0, editable=False)
    state = models.CharField(
        "状态", max_length=10, choices=ImportState.choices, default=ImportState.STAGED, editable=False
    )

    objects = SheetImportQuerySet.as_manager()

    class Meta:
        verbose_name = "表格导入"
        ordering = ("-id",)
        indexes = (models.Index(fields=("taken_by", "-id"), name="sheet_import_of_person"),)
        constraints = (
            models.CheckConstraint(
                name="sheet_import_counts_add_up",
                condition=Q(
                    rows_given__gte=F("rows_new") + F("rows_changed") + F("rows_same") + F("rows_refused")
                ),
                violation_error_message="新增、修改、没有变化和有错的行数不能超过表格行数。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("sheet_import", args=(self.public_id,))

    def scope_units(self) -> list[int]:
        return [self.unit_id]

    @property
    def title(self) -> str:
        return self.file_name


class SheetRow(models.Model):
    """What became of one row of the file. Of its contents nothing is kept but what is wrong and where."""

    sheet = models.ForeignKey(SheetImport, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField("行")
    outcome = models.CharField("结果", max_length=8, choices=Outcome.choices)
    problems: Any = models.JSONField(
        "问题", default=list, blank=True
    )  # [column counted from 0 or None, sentence]
    conflicts: Any = models.JSONField(
        "冲突", default=dict, blank=True
    )  # column → [in the sheet, now, who, when]
    decided: Any = models.JSONField("冲突的处理", default=dict, blank=True)  # column → "sheet" or "now"
    done = models.BooleanField("已写入", default=False)
    target_label = models.CharField(max_length=60, blank=True)
    target_id = models.CharField(max_length=22, blank=True)
    target_number = models.CharField("编号", max_length=60, blank=True)
    version = models.PositiveIntegerField("写入后的版本", default=0)

    objects = SheetRowQuerySet.as_manager()
    dossier_path: ClassVar[str] = "sheet"

    class Meta:
        verbose_name = "导入的行"
        ordering = ("line",)
        indexes = (models.Index(fields=("sheet", "outcome", "line"), name="sheet_row_outcome"),)
        constraints = (
            models.UniqueConstraint(
                name="sheet_row_line_once",
                fields=("sheet", "line"),
                violation_error_message="一行只有一个结果。",
            ),
        )

    def __str__(self) -> str:
        return f"第 {self.line} 行"


class SheetMapping(models.Model):
    """Which column a heading stands for in the sheets of a unit, as somebody there decided: heading → name, "" for none."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", verbose_name="单位")
    kind = models.CharField("内容", max_length=20)
    names: Any = models.JSONField("列的对应", default=dict, blank=True)

    class Meta:
        verbose_name = "记住的列"
        constraints = (
            models.UniqueConstraint(
                name="sheet_mapping_once",
                fields=("unit", "kind"),
                violation_error_message="一个单位一类表格只记一份。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.kind}"
