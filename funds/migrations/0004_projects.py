"""Money given to the county, projects with their sources, and what each may be a double of."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from funds.project_reference import install_fund_rules, install_project_kinds
from povertyaudit.core import term_triggers, trigrams
from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.reference import install_number_schemes

TERMS = ("funds_projectkind", "funds_fundrule")
SEARCHED = {
    "funds_project": ("number", "title", "contractor", "approval_no"),
    "funds_allocation": ("number", "title", "paper_no"),
}


def load(apps, _schema_editor):
    install_project_kinds(apps.get_model("funds", "ProjectKind"))
    install_fund_rules(apps.get_model("funds", "FundRule"))
    install_number_schemes(apps.get_model("core", "NumberScheme"))


def guard(_apps, schema_editor):
    for table in TERMS:
        term_triggers.install(schema_editor.connection, table)
    for table, columns in SEARCHED.items():
        trigrams.install(schema_editor.connection, table, *columns)


def unguard(_apps, schema_editor):
    for table in TERMS:
        term_triggers.remove(schema_editor.connection, table)
    for table in SEARCHED:
        trigrams.remove(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_ladder_and_lights"),
        ("funds", "0003_release_1_1"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="Allocation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.CharField(
                            default=povertyaudit.core.models.base.new_public_id,
                            editable=False,
                            max_length=22,
                            unique=True,
                            verbose_name="编号标识",
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                    (
                        "created_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="登记时间"
                        ),
                    ),
                    (
                        "updated_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="更新时间"
                        ),
                    ),
                    (
                        "number",
                        models.CharField(
                            blank=True,
                            editable=False,
                            max_length=40,
                            null=True,
                            unique=True,
                            verbose_name="编号",
                        ),
                    ),
                    ("title", models.CharField(max_length=100, verbose_name="文件名称")),
                    ("paper_no", models.CharField(max_length=60, verbose_name="文号")),
                    (
                        "level",
                        models.CharField(
                            choices=[
                                ("central", "中央"),
                                ("province", "省级"),
                                ("city", "市级"),
                                ("county", "县级"),
                                ("other", "社会和协作"),
                            ],
                            max_length=10,
                            verbose_name="资金级别",
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField(verbose_name="预算年度")),
                    ("amount_fen", models.BigIntegerField(verbose_name="下达金额（分）")),
                    (
                        "assigned_fen",
                        models.BigIntegerField(default=0, editable=False, verbose_name="已安排到项目（分）"),
                    ),
                    ("issued_on", models.DateField(verbose_name="下达日期")),
                    ("received_on", models.DateField(verbose_name="收到日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[("open", "在用"), ("revoked", "已作废")],
                            default="open",
                            editable=False,
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "fund_kind",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="allocations",
                            to="funds.fundkind",
                            verbose_name="资金种类",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="所属地区",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "资金下达",
                },
            ),
            migrations.CreateModel(
                name="FundRule",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.CharField(
                            default=povertyaudit.core.models.base.new_public_id,
                            editable=False,
                            max_length=22,
                            unique=True,
                            verbose_name="编号标识",
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                    (
                        "created_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="登记时间"
                        ),
                    ),
                    (
                        "updated_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="更新时间"
                        ),
                    ),
                    ("code", models.CharField(max_length=30, verbose_name="代码")),
                    ("name", models.CharField(max_length=50, verbose_name="名称")),
                    ("anchor", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                    ("order", models.PositiveSmallIntegerField(default=0, verbose_name="排序")),
                    (
                        "act",
                        models.CharField(
                            choices=[("add", "新增"), ("rename", "更名"), ("end", "停用")],
                            default="add",
                            max_length=8,
                            verbose_name="事由",
                        ),
                    ),
                    ("valid_from", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[("draft", "待确认"), ("confirmed", "已确认"), ("refused", "未通过")],
                            default="confirmed",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
                    ("kind", models.CharField(max_length=20, verbose_name="规定事项")),
                    (
                        "amount",
                        models.CharField(
                            choices=[
                                ("0", "0"),
                                ("1", "1"),
                                ("2", "2"),
                                ("3", "3"),
                                ("4", "4"),
                                ("5", "5"),
                                ("6", "6"),
                                ("7", "7"),
                                ("8", "8"),
                                ("9", "9"),
                                ("10", "10"),
                                ("11", "11"),
                                ("12", "12"),
                                ("13", "13"),
                                ("14", "14"),
                                ("15", "15"),
                                ("16", "16"),
                                ("17", "17"),
                                ("18", "18"),
                                ("19", "19"),
                                ("20", "20"),
                                ("21", "21"),
                                ("22", "22"),
                                ("23", "23"),
                                ("24", "24"),
                                ("25", "25"),
                                ("26", "26"),
                                ("27", "27"),
                                ("28", "28"),
                                ("29", "29"),
                                ("30", "30"),
                                ("31", "31"),
                                ("32", "32"),
                                ("33", "33"),
                                ("34", "34"),
                                ("35", "35"),
                                ("36", "36"),
                                ("37", "37"),
                                ("38", "38"),
                                ("39", "39"),
                                ("40", "40"),
                                ("41", "41"),
                                ("42", "42"),
                                ("43", "43"),
                                ("44", "44"),
                                ("45", "45"),
                                ("46", "46"),
                                ("47", "47"),
                                ("48", "48"),
                                ("49", "49"),
                                ("50", "50"),
                                ("51", "51"),
                                ("52", "52"),
                                ("53", "53"),
                                ("54", "54"),
                                ("55", "55"),
                                ("56", "56"),
                                ("57", "57"),
                                ("58", "58"),
                                ("59", "59"),
                                ("60", "60"),
                                ("61", "61"),
                                ("62", "62"),
                                ("63", "63"),
                                ("64", "64"),
                                ("65", "65"),
                                ("66", "66"),
                                ("67", "67"),
                                ("68", "68"),
                                ("69", "69"),
                                ("70", "70"),
                                ("71", "71"),
                                ("72", "72"),
                                ("73", "73"),
                                ("74", "74"),
                                ("75", "75"),
                                ("76", "76"),
                                ("77", "77"),
                                ("78", "78"),
                                ("79", "79"),
                                ("80", "80"),
                                ("81", "81"),
                                ("82", "82"),
                                ("83", "83"),
                                ("84", "84"),
                                ("85", "85"),
                                ("86", "86"),
                                ("87", "87"),
                                ("88", "88"),
                                ("89", "89"),
                                ("90", "90"),
                                ("91", "91"),
                                ("92", "92"),
                                ("93", "93"),
                                ("94", "94"),
                                ("95", "95"),
                                ("96", "96"),
                                ("97", "97"),
                                ("98", "98"),
                                ("99", "99"),
                                ("100", "100"),
                                ("120", "120"),
                                ("150", "150"),
                                ("180", "180"),
                                ("365", "365"),
                            ],
                            max_length=3,
                            verbose_name="数量",
                        ),
                    ),
                    (
                        "changed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提出人",
                        ),
                    ),
                    (
                        "confirmed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="确认人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "资金管理规定",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Project",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.CharField(
                            default=povertyaudit.core.models.base.new_public_id,
                            editable=False,
                            max_length=22,
                            unique=True,
                            verbose_name="编号标识",
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                    (
                        "created_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="登记时间"
                        ),
                    ),
                    (
                        "updated_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="更新时间"
                        ),
                    ),
                    (
                        "number",
                        models.CharField(
                            blank=True,
                            editable=False,
                            max_length=40,
                            null=True,
                            unique=True,
                            verbose_name="编号",
                        ),
                    ),
                    ("title", models.CharField(max_length=100, verbose_name="项目名称")),
                    ("year", models.PositiveSmallIntegerField(verbose_name="计划年度")),
                    ("place", models.CharField(blank=True, max_length=100, verbose_name="具体地点")),
                    ("content", models.TextField(max_length=2000, verbose_name="建设内容和规模")),
                    ("targets", models.TextField(blank=True, max_length=2000, verbose_name="绩效目标")),
                    ("households", models.PositiveIntegerField(default=0, verbose_name="受益户数")),
                    ("persons", models.PositiveIntegerField(default=0, verbose_name="受益人数")),
                    ("poor_households", models.PositiveIntegerField(default=0, verbose_name="其中贫困户数")),
                    ("poor_persons", models.PositiveIntegerField(default=0, verbose_name="其中贫困人数")),
                    ("planned_fen", models.BigIntegerField(verbose_name="计划投资（分）")),
                    (
                        "approved_fen",
                        models.BigIntegerField(blank=True, null=True, verbose_name="批复金额（分）"),
                    ),
                    (
                        "tender_fen",
                        models.BigIntegerField(blank=True, null=True, verbose_name="中标金额（分）"),
                    ),
                    (
                        "contract_fen",
                        models.BigIntegerField(blank=True, null=True, verbose_name="合同金额（分）"),
                    ),
                    ("retention_fen", models.BigIntegerField(default=0, verbose_name="质保金（分）")),
                    (
                        "settled_fen",
                        models.BigIntegerField(blank=True, null=True, verbose_name="验收审定金额（分）"),
                    ),
                    (
                        "funded_fen",
                        models.BigIntegerField(default=0, editable=False, verbose_name="安排资金（分）"),
                    ),
                    (
                        "paid_fen",
                        models.BigIntegerField(default=0, editable=False, verbose_name="已拨付（分）"),
                    ),
                    ("plan_start", models.DateField(verbose_name="计划开工日期")),
                    ("plan_end", models.DateField(verbose_name="计划完工日期")),
                    ("stored_on", models.DateField(verbose_name="入库日期")),
                    ("surveyed_on", models.DateField(blank=True, null=True, verbose_name="实地勘察日期")),
                    ("survey", models.TextField(blank=True, max_length=2000, verbose_name="勘察论证意见")),
                    ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="会审日期")),
                    ("review_text", models.TextField(blank=True, max_length=2000, verbose_name="会审意见")),
                    ("approval_no", models.CharField(blank=True, max_length=60, verbose_name="批复文号")),
                    ("approved_on", models.DateField(blank=True, null=True, verbose_name="批复日期")),
                    (
                        "contractor",
                        models.CharField(blank=True, max_length=100, verbose_name="施工（供货）单位"),
                    ),
                    ("contract_no", models.CharField(blank=True, max_length=60, verbose_name="合同编号")),
                    ("contract_on", models.DateField(blank=True, null=True, verbose_name="合同日期")),
                    ("started_on", models.DateField(blank=True, null=True, verbose_name="开工日期")),
                    ("completed_on", models.DateField(blank=True, null=True, verbose_name="完工日期")),
                    ("accepted_on", models.DateField(blank=True, null=True, verbose_name="验收日期")),
                    ("accepted_text", models.TextField(blank=True, max_length=2000, verbose_name="验收情况")),
                    ("asset_no", models.CharField(blank=True, max_length=60, verbose_name="资产登记号")),
                    ("published_on", models.DateField(blank=True, null=True, verbose_name="竣工公示日期")),
                    (
                        "changed_from",
                        models.CharField(
                            blank=True, editable=False, max_length=10, verbose_name="变更前状态"
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("stored", "已入库"),
                                ("review", "会审中"),
                                ("approved", "已批复"),
                                ("stalled", "未能开工"),
                                ("started", "已开工"),
                                ("completed", "已完工"),
                                ("accepted", "已验收"),
                                ("published", "已竣工公示"),
                                ("cancelled", "已取消"),
                            ],
                            default="stored",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "entered_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="申报人",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="所属地区",
                        ),
                    ),
                    (
                        "responsible_unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="实施单位",
                        ),
                    ),
                    (
                        "sector_unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="主管部门",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "项目",
                },
            ),
            migrations.CreateModel(
                name="FundingLine",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.CharField(
                            default=povertyaudit.core.models.base.new_public_id,
                            editable=False,
                            max_length=22,
                            unique=True,
                            verbose_name="编号标识",
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                    (
                        "created_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="登记时间"
                        ),
                    ),
                    (
                        "updated_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="更新时间"
                        ),
                    ),
                    ("amount_fen", models.BigIntegerField(verbose_name="安排金额（分）")),
                    (
                        "paid_fen",
                        models.BigIntegerField(default=0, editable=False, verbose_name="已拨付（分）"),
                    ),
                    (
                        "allocation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lines",
                            to="funds.allocation",
                            verbose_name="下达文件",
                        ),
                    ),
                    (
                        "project",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lines",
                            to="funds.project",
                            verbose_name="项目",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "项目资金来源",
                    "ordering": ("id",),
                },
            ),
            migrations.CreateModel(
                name="ProjectDouble",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.CharField(
                            default=povertyaudit.core.models.base.new_public_id,
                            editable=False,
                            max_length=22,
                            unique=True,
                            verbose_name="编号标识",
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                    (
                        "created_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="登记时间"
                        ),
                    ),
                    (
                        "updated_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="更新时间"
                        ),
                    ),
                    ("reasons", models.CharField(max_length=40, verbose_name="相似之处")),
                    ("words", models.CharField(max_length=300, verbose_name="说明")),
                    (
                        "decision",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("different", "不是重复"),
                                ("changed", "已调整，不再重复"),
                                ("double", "确属重复，不予批复"),
                            ],
                            max_length=10,
                            verbose_name="答复",
                        ),
                    ),
                    ("answer", models.CharField(blank=True, max_length=500, verbose_name="答复理由")),
                    ("answered_on", models.DateField(blank=True, null=True, verbose_name="答复日期")),
                    (
                        "answered_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="答复人",
                        ),
                    ),
                    (
                        "other",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="funds.project",
                            verbose_name="相似的项目",
                        ),
                    ),
                    (
                        "project",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="doubles",
                            to="funds.project",
                            verbose_name="项目",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "疑似重复项目",
                    "ordering": ("id",),
                },
            ),
            migrations.CreateModel(
                name="ProjectKind",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.CharField(
                            default=povertyaudit.core.models.base.new_public_id,
                            editable=False,
                            max_length=22,
                            unique=True,
                            verbose_name="编号标识",
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                    (
                        "created_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="登记时间"
                        ),
                    ),
                    (
                        "updated_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="更新时间"
                        ),
                    ),
                    ("code", models.CharField(max_length=30, verbose_name="代码")),
                    ("name", models.CharField(max_length=50, verbose_name="名称")),
                    ("anchor", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                    ("order", models.PositiveSmallIntegerField(default=0, verbose_name="排序")),
                    (
                        "act",
                        models.CharField(
                            choices=[("add", "新增"), ("rename", "更名"), ("end", "停用")],
                            default="add",
                            max_length=8,
                            verbose_name="事由",
                        ),
                    ),
                    ("valid_from", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                    (
                        "state",
                        models.CharField(
                            choices=[("draft", "待确认"), ("confirmed", "已确认"), ("refused", "未通过")],
                            default="confirmed",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
                    (
                        "changed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提出人",
                        ),
                    ),
                    (
                        "confirmed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="确认人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "项目类别",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                },
            ),
        ),
        Together(
            migrations.AddField(
                model_name="project",
                name="kind",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="projects",
                    to="funds.projectkind",
                    verbose_name="项目类别",
                ),
            ),
            migrations.AddIndex(
                model_name="allocation",
                index=models.Index(fields=["region", "state"], name="allocation_region_state"),
            ),
            migrations.AddConstraint(
                model_name="allocation",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "open")),
                    fields=("region", "paper_no", "fund_kind"),
                    name="allocation_paper_once",
                    violation_error_message="这个文号的同一种资金已经登记，请核对文号。",
                ),
            ),
            migrations.AddConstraint(
                model_name="allocation",
                constraint=models.CheckConstraint(
                    condition=models.Q(("amount_fen__gte", 1), ("amount_fen__lte", 1000000000000000)),
                    name="allocation_amount_in_range",
                    violation_error_message="下达金额应大于 0，且不超过 10 万亿元。",
                ),
            ),
            migrations.AddConstraint(
                model_name="allocation",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("assigned_fen__gte", 0), ("assigned_fen__lte", models.F("amount_fen"))
                    ),
                    name="allocation_assigned_within_amount",
                    violation_error_message="安排到项目的资金合计不能超过下达金额。",
                ),
            ),
            migrations.AddConstraint(
                model_name="allocation",
                constraint=models.CheckConstraint(
                    condition=models.Q(("received_on__gte", models.F("issued_on"))),
                    name="allocation_received_after_issue",
                    violation_error_message="收到日期不能早于下达日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="allocation",
                constraint=models.CheckConstraint(
                    condition=models.Q(("state", "open"), ("assigned_fen", 0), _connector="OR"),
                    name="allocation_revoked_gives_nothing",
                    violation_error_message="已有项目使用的下达文件不能作废。",
                ),
            ),
            migrations.AddConstraint(
                model_name="fundrule",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "draft")),
                    fields=("code",),
                    name="fundrule_one_proposal",
                    violation_error_message="这一项已有一个变更等待确认，请先处理。",
                ),
            ),
            migrations.AddConstraint(
                model_name="fundrule",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("confirmed_by", None),
                        models.Q(
                            ("changed_by__isnull", False),
                            models.Q(("changed_by", models.F("confirmed_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="fundrule_two_pairs_of_eyes",
                    violation_error_message="分类项的提出人和确认人不能是同一个人。",
                ),
            ),
            migrations.AddConstraint(
                model_name="fundrule",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("changed_by", None), ("confirmed_by", None), ("state", "confirmed")),
                        models.Q(("changed_by__isnull", False), ("confirmed_by", None), ("state", "draft")),
                        models.Q(
                            ("changed_by__isnull", False),
                            ("confirmed_by__isnull", False),
                            models.Q(("state", "draft"), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="fundrule_changed_ends_confirmed",
                    violation_error_message="由人提出的分类项须经另一人确认。",
                ),
            ),
            migrations.AddConstraint(
                model_name="fundrule",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("valid_to", None),
                        ("valid_from", None),
                        ("valid_to__gte", models.F("valid_from")),
                        _connector="OR",
                    ),
                    name="fundrule_ends_after_start",
                    violation_error_message="停用日期不能早于启用日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="fundingline",
                constraint=models.UniqueConstraint(
                    fields=("project", "allocation"),
                    name="line_allocation_once",
                    violation_error_message="同一下达文件在一个项目里只列一行。",
                ),
            ),
            migrations.AddConstraint(
                model_name="fundingline",
                constraint=models.CheckConstraint(
                    condition=models.Q(("amount_fen__gte", 1), ("amount_fen__lte", 1000000000000000)),
                    name="line_amount_in_range",
                    violation_error_message="安排金额应大于 0，且不超过 10 万亿元。",
                ),
            ),
            migrations.AddConstraint(
                model_name="fundingline",
                constraint=models.CheckConstraint(
                    condition=models.Q(("paid_fen__gte", 0), ("paid_fen__lte", models.F("amount_fen"))),
                    name="line_paid_within_amount",
                    violation_error_message="从一个资金来源拨付的不能超过安排给项目的金额。",
                ),
            ),
            migrations.AddConstraint(
                model_name="projectdouble",
                constraint=models.UniqueConstraint(
                    fields=("project", "other"),
                    name="double_once",
                    violation_error_message="同一个相似项目只列一次。",
                ),
            ),
            migrations.AddConstraint(
                model_name="projectdouble",
                constraint=models.CheckConstraint(
                    condition=models.Q(("project", models.F("other")), _negated=True),
                    name="double_of_another",
                    violation_error_message="项目不能与自己重复。",
                ),
            ),
            migrations.AddConstraint(
                model_name="projectdouble",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("answer", ""), ("answered_by", None), ("answered_on", None), ("decision", "")
                        ),
                        models.Q(
                            models.Q(("decision", ""), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            ("answered_by__isnull", False),
                            ("answered_on__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="double_answered_whole",
                    violation_error_message="答复应写明结论、理由、答复人和日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="projectkind",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "draft")),
                    fields=("code",),
                    name="projectkind_one_proposal",
                    violation_error_message="这一项已有一个变更等待确认，请先处理。",
                ),
            ),
            migrations.AddConstraint(
                model_name="projectkind",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("confirmed_by", None),
                        models.Q(
                            ("changed_by__isnull", False),
                            models.Q(("changed_by", models.F("confirmed_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="projectkind_two_pairs_of_eyes",
                    violation_error_message="分类项的提出人和确认人不能是同一个人。",
                ),
            ),
            migrations.AddConstraint(
                model_name="projectkind",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("changed_by", None), ("confirmed_by", None), ("state", "confirmed")),
                        models.Q(("changed_by__isnull", False), ("confirmed_by", None), ("state", "draft")),
                        models.Q(
                            ("changed_by__isnull", False),
                            ("confirmed_by__isnull", False),
                            models.Q(("state", "draft"), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="projectkind_changed_ends_confirmed",
                    violation_error_message="由人提出的分类项须经另一人确认。",
                ),
            ),
            migrations.AddConstraint(
                model_name="projectkind",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("valid_to", None),
                        ("valid_from", None),
                        ("valid_to__gte", models.F("valid_from")),
                        _connector="OR",
                    ),
                    name="projectkind_ends_after_start",
                    violation_error_message="停用日期不能早于启用日期。",
                ),
            ),
            migrations.AddIndex(
                model_name="project",
                index=models.Index(fields=["region", "state"], name="project_region_state"),
            ),
            migrations.AddIndex(
                model_name="project",
                index=models.Index(fields=["responsible_unit", "state"], name="project_unit_state"),
            ),
            migrations.AddIndex(
                model_name="project",
                index=models.Index(fields=["sector_unit", "state"], name="project_sector_state"),
            ),
            migrations.AddIndex(
                model_name="project",
                index=models.Index(fields=["-stored_on", "-id"], name="project_stored"),
            ),
            migrations.AddConstraint(
                model_name="project",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("planned_fen__gte", 1),
                        ("planned_fen__lte", 1000000000000000),
                        models.Q(
                            ("approved_fen", None),
                            models.Q(("approved_fen__gte", 1), ("approved_fen__lte", 1000000000000000)),
                            _connector="OR",
                        ),
                        models.Q(
                            ("tender_fen", None),
                            models.Q(("tender_fen__gte", 1), ("tender_fen__lte", 1000000000000000)),
                            _connector="OR",
                        ),
                        models.Q(
                            ("contract_fen", None),
                            models.Q(("contract_fen__gte", 1), ("contract_fen__lte", 1000000000000000)),
                            _connector="OR",
                        ),
                        models.Q(
                            ("settled_fen", None),
                            models.Q(("settled_fen__gte", 1), ("settled_fen__lte", 1000000000000000)),
                            _connector="OR",
                        ),
                    ),
                    name="project_sums_in_range",
                    violation_error_message="金额应大于 0，且不超过 10 万亿元。",
                ),
            ),
            migrations.AddConstraint(
                model_name="project",
                constraint=models.CheckConstraint(
                    condition=models.Q(("plan_end__gte", models.F("plan_start"))),
                    name="project_plan_ends_after_start",
                    violation_error_message="计划完工日期不能早于计划开工日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="project",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("approved_on", None),
                            models.Q(
                                ("approved_on__gte", models.F("stored_on")), ("stored_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        models.Q(
                            ("started_on", None),
                            models.Q(
                                ("approved_on__isnull", False), ("started_on__gte", models.F("approved_on"))
                            ),
                            _connector="OR",
                        ),
                        models.Q(
                            ("completed_on", None),
                            models.Q(
                                ("completed_on__gte", models.F("started_on")), ("started_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        models.Q(
                            ("accepted_on", None),
                            models.Q(
                                ("accepted_on__gte", models.F("completed_on")),
                                ("completed_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        models.Q(
                            ("published_on", None),
                            models.Q(
                                ("accepted_on__isnull", False), ("published_on__gte", models.F("accepted_on"))
                            ),
                            _connector="OR",
                        ),
                    ),
                    name="project_dates_in_order",
                    violation_error_message="日期应按批复、开工、完工、验收、竣工公示的先后。",
                ),
            ),
            migrations.AddConstraint(
                model_name="project",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("state__in", ("stored", "review", "cancelled")),
                        models.Q(
                            ("approved_fen__isnull", False),
                            ("approved_on__isnull", False),
                            models.Q(("approval_no", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="project_approved_has_paper",
                    violation_error_message="已批复的项目应有批复文号、日期和金额。",
                ),
            ),
            migrations.AddConstraint(
                model_name="project",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("state__in", ("stored", "review", "cancelled", "approved", "stalled")),
                        models.Q(("started_on__isnull", False), ("state", "started")),
                        models.Q(("completed_on__isnull", False), ("state", "completed")),
                        models.Q(
                            ("accepted_on__isnull", False),
                            ("settled_fen__isnull", False),
                            ("state", "accepted"),
                        ),
                        models.Q(
                            ("published_on__isnull", False),
                            ("settled_fen__isnull", False),
                            ("state", "published"),
                        ),
                        _connector="OR",
                    ),
                    name="project_state_has_day",
                    violation_error_message="项目到哪一步，就应有那一步的日期；已验收的应有审定金额。",
                ),
            ),
            migrations.AddConstraint(
                model_name="project",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("retention_fen", 0),
                        models.Q(
                            ("contract_fen__isnull", False),
                            ("retention_fen__gte", 0),
                            (
                                "retention_fen__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("contract_fen"), "/", models.Value(10)
                                ),
                            ),
                        ),
                        _connector="OR",
                    ),
                    name="project_retention_within_tenth",
                    violation_error_message="质保金不能超过合同金额的 10 %。",
                ),
            ),
            migrations.AddConstraint(
                model_name="project",
                constraint=models.CheckConstraint(
                    condition=models.Q(("paid_fen__gte", 0), ("paid_fen__lte", models.F("funded_fen"))),
                    name="project_paid_within_funds",
                    violation_error_message="拨付合计不能超过安排给项目的资金。",
                ),
            ),
            migrations.AddConstraint(
                model_name="project",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("contract_fen", None), ("paid_fen__lte", models.F("contract_fen")), _connector="OR"
                    ),
                    name="project_paid_within_contract",
                    violation_error_message="拨付合计不能超过合同金额。",
                ),
            ),
            migrations.AddConstraint(
                model_name="project",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("settled_fen", None), ("paid_fen__lte", models.F("settled_fen")), _connector="OR"
                    ),
                    name="project_paid_within_settled",
                    violation_error_message="拨付合计不能超过验收审定金额。",
                ),
            ),
            migrations.AddConstraint(
                model_name="project",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "cancelled"), _negated=True),
                        models.Q(("funded_fen", 0), ("paid_fen", 0)),
                        _connector="OR",
                    ),
                    name="project_cancelled_has_no_money",
                    violation_error_message="取消的项目不能再有安排的资金。",
                ),
            ),
            migrations.AddConstraint(
                model_name="project",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("poor_households__lte", models.F("households")),
                        ("poor_persons__lte", models.F("persons")),
                    ),
                    name="project_poor_among_all",
                    violation_error_message="其中贫困户数、人数不能超过受益户数、人数。",
                ),
            ),
            migrations.AddConstraint(
                model_name="project",
                constraint=models.CheckConstraint(
                    condition=models.Q(("number__isnull", False)),
                    name="project_has_number",
                    violation_error_message="项目应有编号。",
                ),
            ),
        ),
        Run(load, migrations.RunPython.noop),
        Run(guard, unguard),
    ]
