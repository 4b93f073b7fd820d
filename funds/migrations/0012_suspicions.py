"""比对清单和疑点; their terms are guarded as others are, numbers and the period of a visit are laid down."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from funds.match_reference import install_excuses, install_match_terms
from povertyaudit.core import term_triggers
from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.reference import install_number_schemes
from povertyaudit.core.reference_clocks import install as install_clocks

TERMS = ("funds_matchterm", "funds_excuse")


def guard(_apps, schema_editor):
    for table in TERMS:
        term_triggers.install(schema_editor.connection, table)


def unguard(_apps, schema_editor):
    for table in TERMS:
        term_triggers.remove(schema_editor.connection, table)


def load(apps, _schema_editor):
    install_match_terms(apps.get_model("funds", "MatchTerm"))
    install_excuses(apps.get_model("funds", "Excuse"))
    install_number_schemes(apps.get_model("core", "NumberScheme"))
    install_clocks(apps.get_model("core", "ClockRule"), apps.get_model("core", "LadderStep"))


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_sanction_reports"),
        ("core", "0008_ladder_and_lights"),
        ("funds", "0011_project_notices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="Excuse",
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
                        "visit",
                        models.CharField(
                            choices=[("yes", "须入户核查后才能排除"), ("no", "案头核查清楚即可排除")],
                            default="yes",
                            max_length=3,
                            verbose_name="入户要求",
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
                    "verbose_name": "排除理由",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="MatchList",
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
                    ("platform", models.CharField(max_length=60, verbose_name="来源平台")),
                    ("as_of", models.DateField(verbose_name="数据截止日期")),
                    ("file_sha256", models.CharField(blank=True, max_length=64, verbose_name="文件校验值")),
                    ("rows_given", models.PositiveIntegerField(default=0, verbose_name="清单行数")),
                    ("rows_doubled", models.PositiveIntegerField(default=0, verbose_name="重复行数")),
                    ("rows_made", models.PositiveIntegerField(default=0, verbose_name="导入疑点数")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("staged", "待导入"),
                                ("importing", "导入中"),
                                ("imported", "已导入"),
                                ("dropped", "已放弃"),
                                ("voided", "已作废"),
                            ],
                            default="staged",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "reported_rows",
                        models.PositiveIntegerField(blank=True, null=True, verbose_name="上报疑点数"),
                    ),
                    (
                        "reported_filed",
                        models.PositiveIntegerField(blank=True, null=True, verbose_name="上报立案数"),
                    ),
                    (
                        "reported_handled",
                        models.PositiveIntegerField(blank=True, null=True, verbose_name="上报组织处理数"),
                    ),
                    (
                        "reported_fen",
                        models.BigIntegerField(blank=True, null=True, verbose_name="上报追缴金额（分）"),
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
                        "taken_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="导入人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "比对清单",
                },
            ),
            migrations.CreateModel(
                name="MatchLine",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("place", models.PositiveIntegerField(verbose_name="行")),
                    ("person_name", models.CharField(max_length=60, verbose_name="姓名")),
                    ("id_key", models.BinaryField(max_length=16)),
                    ("id_sealed", models.BinaryField(max_length=64)),
                    ("id_key_id", models.CharField(max_length=16)),
                    ("benefit", models.CharField(blank=True, max_length=60)),
                    ("amount_fen", models.BigIntegerField(null=True)),
                    ("says", models.CharField(max_length=300)),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.region"
                        ),
                    ),
                    (
                        "match_list",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="lines",
                            to="funds.matchlist",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "清单行",
                    "ordering": ("place",),
                },
            ),
            migrations.CreateModel(
                name="MatchTerm",
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
                        "kind",
                        models.CharField(
                            choices=[
                                ("rule", "比对规则"),
                                ("source", "源数据（享受名册）"),
                                ("compared", "比对数据"),
                            ],
                            max_length=8,
                            verbose_name="目录",
                        ),
                    ),
                    ("department", models.CharField(blank=True, max_length=40, verbose_name="数据来源部门")),
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
                    "verbose_name": "比对目录",
                    "ordering": ("order", "code", "valid_from", "id"),
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Suspicion",
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
                    ("person_name", models.CharField(max_length=60, verbose_name="姓名")),
                    ("id_key", models.BinaryField(max_length=16)),
                    ("id_sealed", models.BinaryField(max_length=64)),
                    ("id_key_id", models.CharField(editable=False, max_length=16)),
                    ("benefit", models.CharField(blank=True, max_length=60, verbose_name="享受的待遇")),
                    (
                        "amount_fen",
                        models.BigIntegerField(blank=True, null=True, verbose_name="享受金额（分）"),
                    ),
                    ("says", models.CharField(max_length=300, verbose_name="比对情况")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("imported", "待核查"),
                                ("desk_checked", "待入户"),
                                ("visited", "待处理"),
                                ("cleared", "已排除"),
                                ("corrected", "已纠正"),
                                ("lead", "已转办"),
                            ],
                            default="imported",
                            max_length=12,
                            verbose_name="状态",
                        ),
                    ),
                    ("desk_on", models.DateField(blank=True, null=True, verbose_name="案头核查日期")),
                    ("desk_text", models.CharField(blank=True, max_length=1000, verbose_name="案头核查情况")),
                    ("visited_on", models.DateField(blank=True, null=True, verbose_name="入户日期")),
                    ("visitor", models.CharField(blank=True, max_length=60, verbose_name="入户核查人")),
                    (
                        "visitor2",
                        models.CharField(blank=True, max_length=60, verbose_name="另一名入户核查人"),
                    ),
                    ("place_text", models.CharField(blank=True, max_length=200, verbose_name="具体地点")),
                    (
                        "latitude",
                        models.DecimalField(
                            blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="纬度"
                        ),
                    ),
                    (
                        "longitude",
                        models.DecimalField(
                            blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="经度"
                        ),
                    ),
                    ("finding", models.TextField(blank=True, verbose_name="入户核查情况")),
                    ("decided_on", models.DateField(blank=True, null=True, verbose_name="处理日期")),
                    ("decision", models.CharField(blank=True, max_length=1000, verbose_name="处理说明")),
                    (
                        "visit_waived",
                        models.BooleanField(default=False, editable=False, verbose_name="理由不需要入户"),
                    ),
                    (
                        "fix",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("stopped", "停发"),
                                ("removed", "清退"),
                                ("refunded", "退款"),
                                ("granted", "补发、纳入"),
                            ],
                            max_length=8,
                            verbose_name="纠正方式",
                        ),
                    ),
                    ("fix_fen", models.BigIntegerField(blank=True, null=True, verbose_name="纠正金额（分）")),
                    (
                        "assigned_to",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="核查人",
                        ),
                    ),
                    (
                        "decided_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="处理人",
                        ),
                    ),
                    (
                        "desk_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="案头核查人",
                        ),
                    ),
                    (
                        "excuse",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="funds.excuse",
                            verbose_name="排除理由",
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="suspicions",
                            to="cases.lead",
                            verbose_name="问题线索",
                        ),
                    ),
                    (
                        "match_list",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="suspicions",
                            to="funds.matchlist",
                            verbose_name="比对清单",
                        ),
                    ),
                    (
                        "misuse",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="suspicions",
                            to="funds.misuse",
                            verbose_name="违规使用资金",
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
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="入户单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "疑点",
                },
            ),
        ),
        Together(
            migrations.AddField(
                model_name="matchlist",
                name="compared",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="funds.matchterm",
                    verbose_name="比对数据",
                ),
            ),
            migrations.AddField(
                model_name="matchlist",
                name="rule",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="funds.matchterm",
                    verbose_name="比对规则",
                ),
            ),
            migrations.AddField(
                model_name="matchlist",
                name="source",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="funds.matchterm",
                    verbose_name="源数据",
                ),
            ),
            migrations.AddConstraint(
                model_name="excuse",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "draft")),
                    fields=("code",),
                    name="excuse_one_proposal",
                    violation_error_message="这一项已有一个变更等待确认，请先处理。",
                ),
            ),
            migrations.AddConstraint(
                model_name="excuse",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("confirmed_by", None),
                        models.Q(
                            ("changed_by__isnull", False),
                            models.Q(("changed_by", models.F("confirmed_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="excuse_two_pairs_of_eyes",
                    violation_error_message="分类项的提出人和确认人不能是同一个人。",
                ),
            ),
            migrations.AddConstraint(
                model_name="excuse",
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
                    name="excuse_changed_ends_confirmed",
                    violation_error_message="由人提出的分类项须经另一人确认。",
                ),
            ),
            migrations.AddConstraint(
                model_name="excuse",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("valid_to", None),
                        ("valid_from", None),
                        ("valid_to__gte", models.F("valid_from")),
                        _connector="OR",
                    ),
                    name="excuse_ends_after_start",
                    violation_error_message="停用日期不能早于启用日期。",
                ),
            ),
            migrations.AddConstraint(
                model_name="matchline",
                constraint=models.UniqueConstraint(
                    fields=("match_list", "id_key"),
                    name="match_line_person_once",
                    violation_error_message="同一人在清单中只留一行。",
                ),
            ),
            migrations.AddConstraint(
                model_name="matchterm",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "draft")),
                    fields=("code",),
                    name="matchterm_one_proposal",
                    violation_error_message="这一项已有一个变更等待确认，请先处理。",
                ),
            ),
            migrations.AddConstraint(
                model_name="matchterm",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("confirmed_by", None),
                        models.Q(
                            ("changed_by__isnull", False),
                            models.Q(("changed_by", models.F("confirmed_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="matchterm_two_pairs_of_eyes",
                    violation_error_message="分类项的提出人和确认人不能是同一个人。",
                ),
            ),
            migrations.AddConstraint(
                model_name="matchterm",
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
                    name="matchterm_changed_ends_confirmed",
                    violation_error_message="由人提出的分类项须经另一人确认。",
                ),
            ),
            migrations.AddConstraint(
                model_name="matchterm",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("valid_to", None),
                        ("valid_from", None),
                        ("valid_to__gte", models.F("valid_from")),
                        _connector="OR",
                    ),
                    name="matchterm_ends_after_start",
                    violation_error_message="停用日期不能早于启用日期。",
                ),
            ),
            migrations.AddIndex(
                model_name="matchlist",
                index=models.Index(fields=["region", "state"], name="match_list_region_state"),
            ),
            migrations.AddConstraint(
                model_name="matchlist",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("rows_doubled__lte", models.F("rows_given")),
                        (
                            "rows_made__lte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("rows_given"), "-", models.F("rows_doubled")
                            ),
                        ),
                        models.Q(
                            models.Q(("state", "imported"), _negated=True),
                            (
                                "rows_given",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("rows_made"), "+", models.F("rows_doubled")
                                ),
                            ),
                            _connector="OR",
                        ),
                    ),
                    name="match_list_rows_add_up",
                    violation_error_message="导入的清单，重复行数与疑点数合计应等于清单行数。",
                ),
            ),
            migrations.AddConstraint(
                model_name="matchlist",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("reported_fen", None),
                            ("reported_filed", None),
                            ("reported_handled", None),
                            ("reported_rows", None),
                        ),
                        models.Q(
                            ("reported_fen__gte", 0),
                            ("reported_fen__lte", 1000000000000000),
                            ("reported_filed__lte", models.F("reported_rows")),
                            ("reported_handled__lte", models.F("reported_rows")),
                            ("reported_rows__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="match_list_reported_whole",
                    violation_error_message="上报的立案数、组织处理数不能超过上报的疑点数，金额不能超过 10 万亿元。",
                ),
            ),
            migrations.AddConstraint(
                model_name="matchlist",
                constraint=models.UniqueConstraint(
                    condition=models.Q(
                        models.Q(("file_sha256", ""), _negated=True),
                        models.Q(("state__in", ("dropped", "voided")), _negated=True),
                    ),
                    fields=("region", "file_sha256"),
                    name="match_list_file_once",
                    violation_error_message="这份文件已经导入过。",
                ),
            ),
            migrations.AddConstraint(
                model_name="matchlist",
                constraint=models.CheckConstraint(
                    condition=models.Q(("number__isnull", False)),
                    name="match_list_has_number",
                    violation_error_message="比对清单应有编号。",
                ),
            ),
            migrations.AddIndex(
                model_name="suspicion",
                index=models.Index(fields=["region", "state"], name="suspicion_region_state"),
            ),
            migrations.AddIndex(
                model_name="suspicion",
                index=models.Index(fields=["id_key"], name="suspicion_id_key"),
            ),
            migrations.AddIndex(
                model_name="suspicion",
                index=models.Index(fields=["responsible_unit", "state"], name="suspicion_unit_state"),
            ),
            migrations.AddConstraint(
                model_name="suspicion",
                constraint=models.UniqueConstraint(
                    fields=("match_list", "id_key"),
                    name="suspicion_person_once",
                    violation_error_message="同一人在一份清单中只有一个疑点。",
                ),
            ),
            migrations.AddConstraint(
                model_name="suspicion",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("amount_fen", None),
                        models.Q(("amount_fen__gte", 0), ("amount_fen__lte", 1000000000000000)),
                        _connector="OR",
                    ),
                    name="suspicion_amount_in_range",
                    violation_error_message="金额应在 0 和 10 万亿元之间。",
                ),
            ),
            migrations.AddConstraint(
                model_name="suspicion",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("desk_by", None),
                            ("desk_on", None),
                            ("state", "imported"),
                            ("visited_on", None),
                            ("decided_by", None),
                            ("decided_on", None),
                            ("excuse", None),
                            ("fix", ""),
                            ("lead", None),
                        ),
                        models.Q(
                            ("state", "desk_checked"),
                            ("visited_on", None),
                            ("desk_by__isnull", False),
                            ("desk_on__isnull", False),
                            ("responsible_unit__isnull", False),
                            models.Q(("desk_text", ""), _negated=True),
                            ("decided_by", None),
                            ("decided_on", None),
                            ("excuse", None),
                            ("fix", ""),
                            ("lead", None),
                        ),
                        models.Q(
                            ("state", "visited"),
                            ("desk_by__isnull", False),
                            ("desk_on__isnull", False),
                            ("responsible_unit__isnull", False),
                            models.Q(("desk_text", ""), _negated=True),
                            ("visited_on__isnull", False),
                            models.Q(("finding", ""), _negated=True),
                            ("decided_by", None),
                            ("decided_on", None),
                            ("excuse", None),
                            ("fix", ""),
                            ("lead", None),
                        ),
                        models.Q(
                            ("excuse__isnull", False),
                            ("fix", ""),
                            ("lead", None),
                            ("state", "cleared"),
                            ("desk_by__isnull", False),
                            ("desk_on__isnull", False),
                            ("responsible_unit__isnull", False),
                            models.Q(("desk_text", ""), _negated=True),
                            ("decided_by__isnull", False),
                            ("decided_on__isnull", False),
                        ),
                        models.Q(
                            ("excuse", None),
                            ("lead", None),
                            ("state", "corrected"),
                            models.Q(("fix", ""), _negated=True),
                            ("desk_by__isnull", False),
                            ("desk_on__isnull", False),
                            ("responsible_unit__isnull", False),
                            models.Q(("desk_text", ""), _negated=True),
                            ("visited_on__isnull", False),
                            models.Q(("finding", ""), _negated=True),
                            ("decided_by__isnull", False),
                            ("decided_on__isnull", False),
                        ),
                        models.Q(
                            ("excuse", None),
                            ("fix", ""),
                            ("lead__isnull", False),
                            ("state", "lead"),
                            ("desk_by__isnull", False),
                            ("desk_on__isnull", False),
                            ("responsible_unit__isnull", False),
                            models.Q(("desk_text", ""), _negated=True),
                            ("visited_on__isnull", False),
                            models.Q(("finding", ""), _negated=True),
                            ("decided_by__isnull", False),
                            ("decided_on__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="suspicion_state_is_whole",
                    violation_error_message="疑点到哪一步，就应有那一步的核查人、日期和结论。",
                ),
            ),
            migrations.AddConstraint(
                model_name="suspicion",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "cleared"), _negated=True),
                        ("visit_waived", True),
                        models.Q(("visited_on__isnull", False), models.Q(("finding", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="suspicion_cleared_after_visit",
                    violation_error_message="没有入户核查的，只能用不需要入户的理由排除。",
                ),
            ),
            migrations.AddConstraint(
                model_name="suspicion",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "cleared"), _negated=True),
                        models.Q(("decided_by", models.F("desk_by")), _negated=True),
                        _connector="OR",
                    ),
                    name="suspicion_cleared_by_another",
                    violation_error_message="案头核查的人不能自己排除疑点。",
                ),
            ),
            migrations.AddConstraint(
                model_name="suspicion",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("visited_on", None),
                        models.Q(
                            models.Q(("visitor", ""), _negated=True),
                            models.Q(("visitor2", ""), _negated=True),
                            models.Q(("visitor", models.F("visitor2")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="suspicion_two_visitors",
                    violation_error_message="入户核查应有两名不同的核查人。",
                ),
            ),
            migrations.AddConstraint(
                model_name="suspicion",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("visited_on", None), ("visited_on__gte", models.F("desk_on")), _connector="OR"
                        ),
                        models.Q(
                            ("decided_on", None), ("decided_on__gte", models.F("desk_on")), _connector="OR"
                        ),
                        models.Q(
                            ("decided_on", None),
                            ("visited_on", None),
                            ("decided_on__gte", models.F("visited_on")),
                            _connector="OR",
                        ),
                    ),
                    name="suspicion_days_in_order",
                    violation_error_message="日期应按案头核查、入户核查、处理的先后。",
                ),
            ),
            migrations.AddConstraint(
                model_name="suspicion",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("fix_fen", None), models.Q(("fix", "refunded"), _negated=True)),
                        models.Q(
                            ("fix_fen__gte", 1),
                            ("fix_fen__isnull", False),
                            ("fix_fen__lte", 1000000000000000),
                            models.Q(("fix", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="suspicion_fix_has_sum",
                    violation_error_message="退款的应写明金额；金额应大于 0，且不超过 10 万亿元。",
                ),
            ),
            migrations.AddConstraint(
                model_name="suspicion",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("latitude", None), ("longitude", None)),
                        models.Q(
                            ("latitude__isnull", False),
                            ("longitude__isnull", False),
                            ("latitude__gte", -90),
                            ("latitude__lte", 90),
                            ("longitude__gte", -180),
                            ("longitude__lte", 180),
                        ),
                        _connector="OR",
                    ),
                    name="suspicion_position_is_whole",
                    violation_error_message="定位应同时有纬度和经度，且在正常范围以内。",
                ),
            ),
            migrations.AddConstraint(
                model_name="suspicion",
                constraint=models.CheckConstraint(
                    condition=models.Q(("number__isnull", False)),
                    name="suspicion_has_number",
                    violation_error_message="疑点应有编号。",
                ),
            ),
        ),
        Run(load, migrations.RunPython.noop),
        Run(guard, unguard),
    ]
