"""名册: who gets what, as a department hands it over. The register is the recorded row; its people are plain rows, so
that a province of them (7.64 million) stays lean. Which rules their table keeps: `funds.register_triggers`."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from funds.register_querysets import BeneficiaryQuerySet, RefusalQuerySet, RegisterQuerySet
from funds.register_reference import PAYMENT, PERSON
from povertyaudit.core.cleaning import MAX_FEN
from povertyaudit.core.models import Dossier, Listed, Region, Term, TermQuerySet, Unit, User

ID_KEY_BYTES = 16


class RegisterKind(Term):
    """名册种类: what its people get, and whether one stands in it once or with every payment."""

    class Per(models.TextChoices):
        PERSON = PERSON, "一人一行"
        PAYMENT = PAYMENT, "一笔一行"

    per = models.CharField("怎样分行", max_length=8, choices=Per.choices, default=Per.PERSON)

    carried: ClassVar[tuple[str, ...]] = ("per",)
    lists: ClassVar[tuple[Listed, ...]] = (Listed("register_kinds", "名册种类"),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "名册种类"


class Register(Dossier):
    """One file of one kind, county and day. Until the last transaction of its loading nobody sees its rows."""

    class State(models.TextChoices):
        LOADING = "loading", "正在载入"
        LOADED = "loaded", "在用"
        REPLACED = "replaced", "已被替换"
        FAILED = "failed", "没有载入"
        VOID = "void", "已作废"

    state_tones: ClassVar[dict[str, str]] = {
        "loading": "wait", "loaded": "done", "replaced": "plain", "failed": "stop", "void": "stop",
    }  # fmt: skip

    kind = models.ForeignKey(RegisterKind, models.PROTECT, related_name="registers", verbose_name="名册种类")
    as_of = models.DateField("截止日期")
    part = models.CharField("分册", max_length=20, blank=True)
    source_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提供单位"
    )
    file_name = models.CharField("文件名", max_length=200)
    file_digest = models.CharField("文件校验值", max_length=64)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="载入单位")
    loaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="载入人")
    read_count = models.PositiveIntegerField("文件行数", default=0, editable=False)
    kept_count = models.PositiveIntegerField("载入行数", default=0, editable=False)
    refused_count = models.PositiveIntegerField("没有载入", default=0, editable=False)
    causes = models.JSONField("原因", default=dict, blank=True, editable=False)  # cause → rows
    marks_year = models.PositiveSmallIntegerField("标注年度", null=True, blank=True, editable=False)
    failure = models.CharField("没有载入的原因", max_length=200, blank=True, editable=False)
    spool_sha256 = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    state = models.CharField(
        "状态", max_length=8, choices=State.choices, default=State.LOADING, editable=False
    )

    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = "名册"
        indexes = (models.Index(fields=("region", "state"), name="register_region_state"),)
        constraints = (
            models.UniqueConstraint(
                name="register_stands_once",
                fields=("region", "kind", "as_of", "part"),
                condition=Q(state="loaded"),
                violation_error_message="同一种类、截止日期和分册的名册只能有一份在用。",
            ),
            models.UniqueConstraint(
                name="register_marks_once",
                fields=("region", "marks_year"),
                condition=Q(state="loaded", marks_year__isnull=False),
                violation_error_message="一个县一个年度只能以一份名册的标注为准。",
            ),
            models.CheckConstraint(
                name="register_counts_add_up",
                condition=Q(read_count=F("kept_count") + F("refused_count")),
                violation_error_message="载入和没有载入的行数合计应等于文件行数。",
            ),
            models.CheckConstraint(
                name="register_failed_says_why",
                condition=Q(state="failed", kept_count=0) & ~Q(failure="")
                | ~Q(state="failed") & Q(failure=""),
                violation_error_message="没有载入的名册应写明原因，且没有载入的行。",
            ),
        )

    @property
    def title(self) -> str:
        return f"{self.region.name}{self.kind.name}{self.part}（{self.as_of}）"

    def get_absolute_url(self) -> str:
        return reverse("register", args=(self.public_id,))


class Beneficiary(models.Model):
    """One line of a register. Of the ID number only `id_key` (to match) and its ciphertext (to reveal) are kept.

    Neither foreign key is checked row by row, which would cost more than the row itself: a trigger looks at what each
    statement adds, all at once.
    """

    id = models.BigAutoField(primary_key=True)
    register = models.ForeignKey(
        Register, models.PROTECT, related_name="people", verbose_name="名册", db_index=False, db_constraint=False
    )  # fmt: skip
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", verbose_name="村", db_index=False, db_constraint=False
    )
    line = models.PositiveIntegerField("行号")
    household_no = models.CharField("户编号", max_length=30, blank=True)
    name = models.CharField("姓名", max_length=60)
    relation = models.CharField("与户主关系", max_length=20, blank=True)
    id_key = models.BinaryField(max_length=ID_KEY_BYTES, editable=False)
    sealed = models.BinaryField(editable=False)
    key_id = models.CharField(max_length=16, editable=False)
    account_tail = models.CharField("账号末四位", max_length=4, blank=True)
    amount_fen = models.BigIntegerField("金额（分）", null=True, blank=True)
    note = models.CharField("备注", max_length=100, blank=True)

    objects = BeneficiaryQuerySet.as_manager()

    class Meta:
        verbose_name = "名册对象"
        indexes = (
            models.Index(fields=("id_key",), name="beneficiary_id_key"),
            models.Index(fields=("register", "region"), name="beneficiary_register_region"),
        )
        constraints = (
            models.CheckConstraint(
                name="beneficiary_amount_in_range",
                condition=Q(amount_fen=None) | Q(amount_fen__gte=0, amount_fen__lte=MAX_FEN),
                violation_error_message="金额不能为负数，且不超过 10 万亿元。",
            ),
        )

    def __str__(self) -> str:
        return f"第 {self.line} 行"

    def get_absolute_url(self) -> Any:
        return self.register.get_absolute_url()


class Cause(models.TextChoices):
    """Why a line is not taken. Sentences never repeat what stood there: it may be somebody's number."""

    REGION = "region", "村代码不是 12 位（或 2、4、6、9 位）数字，请改正。"
    ELSEWHERE = "elsewhere", "不是本县的村，请改由所在县载入。"
    UNKNOWN = "unknown", "系统中没有这个村，请核对区划代码，或者先载入区划。"
    LEVEL = "level", "应填写村（社区）的代码，不能是乡镇或者县，请改正。"
    ABOLISHED = "abolished", "这个村在名册截止日期以前已经撤销，请改填并入后的村。"
    NAME = "name", "没有姓名，或者姓名超过 60 个字、有看不见的字符，请改正。"
    TEXT = "text", "内容太长或者有看不见的字符，请改正。"
    ID_SHAPE = "id_shape", "身份证号应为 18 位（旧号 15 位），最后一位是数字或 X，请改正。"
    ID_DIGITS = "id_digits", "身份证号在表格里存成了数字，末几位已经丢失，请按文本重新填写。"
    ID_DATE = "id_date", "身份证号第 7 至 14 位不是有效的出生日期，请核对。"
    ID_CHECK = "id_check", "身份证号校验不符，可能有一位写错，请核对。"
    AMOUNT = "amount", "金额应以元为单位填写数字，最多两位小数，不能为负数，请改正。"
    MARK = "mark", "应填写“是”或“否”（脱贫状态填写“未脱贫”“脱贫”“返贫”“稳定脱贫”），请改正。"
    HOUSEHOLD = "household", "有标注的户应有户编号，请补填。"
    TWICE = "twice", "与前面一行是同一个人，请删去一行。"
    HEAD_TWICE = "head_twice", "同一户编号在前面已有一行户主标注，请核对。"
    OTHER_PART = "other_part", "这个人已在同一名册的另一分册中，请核对。"


COLUMNS = {
    "village": "村代码", "household": "户编号", "name": "姓名", "relation": "与户主关系", "id_number": "身份证号",
    "account": "账号", "amount": "金额", "note": "备注", "food": "吃", "clothing": "穿", "schooling": "义务教育",
    "health": "基本医疗", "housing": "住房安全", "water": "饮水安全", "exit": "脱贫状态",
}  # fmt: skip


class RegisterRefusal(models.Model):
    """A line that was not taken: which, where in it, and why."""

    dossier_path: ClassVar[str] = "register"

    id = models.BigAutoField(primary_key=True)
    register = models.ForeignKey(Register, models.PROTECT, related_name="refusals", verbose_name="名册")
    line = models.PositiveIntegerField("行号")
    column = models.CharField("列", max_length=10, choices=tuple(COLUMNS.items()))
    cause = models.CharField("原因", max_length=10, choices=Cause.choices)
    other_line = models.PositiveIntegerField("前一行", null=True, blank=True)

    objects = RefusalQuerySet.as_manager()

    class Meta:
        verbose_name = "没有载入的行"

    def __str__(self) -> str:
        return f"第 {self.line} 行"

    @property
    def sentence(self) -> str:
        """What is wrong and what to do."""
        text = str(self.get_cause_display())
        return text.replace("前面一行", f"第 {self.other_line} 行") if self.other_line else text
