import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from povertyaudit.core.reference import install_number_schemes


def load(apps, _schema_editor):
    install_number_schemes(apps.get_model("core", "NumberScheme"))


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_release_1_1"),
        ("core", "0005_release_1_1"),
        ("inspections", "0005_visit_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
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
                        blank=True, editable=False, max_length=40, null=True, unique=True, verbose_name="编号"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="专题名称")),
                ("theme", models.TextField(blank=True, verbose_name="主题内容")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("quarter", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="季度")),
                ("starts_on", models.DateField(verbose_name="开始日期")),
                ("ends_on", models.DateField(verbose_name="结束日期")),
                ("plan_paper", models.CharField(blank=True, max_length=200, verbose_name="方案文件")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="实际结束日期")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "进行中"), ("closed", "已结束")],
                        default="open",
                        editable=False,
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
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
                "verbose_name": "专题",
                "ordering": ("-starts_on", "-id"),
            },
        ),
        migrations.AddField(
            model_name="round",
            name="campaign",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="inspections.campaign",
                verbose_name="专题",
            ),
        ),
        migrations.CreateModel(
            name="CampaignPoint",
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
                ("place", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("aspect", models.CharField(max_length=60, verbose_name="方面")),
                ("text", models.CharField(max_length=200, verbose_name="要点")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="points",
                        to="inspections.campaign",
                        verbose_name="专题",
                    ),
                ),
            ],
            options={
                "verbose_name": "专题要点",
                "ordering": ("place", "id"),
            },
        ),
        migrations.CreateModel(
            name="CampaignLead",
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
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ties",
                        to="inspections.campaign",
                        verbose_name="专题",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaign_ties",
                        to="cases.lead",
                        verbose_name="问题线索",
                    ),
                ),
                (
                    "tied_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ties",
                        to="inspections.campaignpoint",
                        verbose_name="专题要点",
                    ),
                ),
            ],
            options={
                "verbose_name": "专题线索",
                "ordering": ("id",),
            },
        ),
        migrations.AddField(
            model_name="finding",
            name="point",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="inspections.campaignpoint",
                verbose_name="专题要点",
            ),
        ),
        migrations.CreateModel(
            name="Draw",
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
                ("seed", models.CharField(max_length=40, verbose_name="随机种子")),
                ("size", models.PositiveSmallIntegerField(verbose_name="抽取人数")),
                ("drawn_on", models.DateField(verbose_name="抽取日期")),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="抽取人",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draws",
                        to="inspections.round",
                        verbose_name="轮次",
                    ),
                ),
            ],
            options={
                "verbose_name": "人员抽取",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="PoolPerson",
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
                        blank=True, editable=False, max_length=40, null=True, unique=True, verbose_name="编号"
                    ),
                ),
                ("skills", models.CharField(blank=True, max_length=100, verbose_name="业务专长")),
                ("starts_on", models.DateField(verbose_name="入库日期")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="出库日期")),
                (
                    "state",
                    models.CharField(
                        choices=[("in", "在库"), ("out", "已出库")],
                        default="in",
                        editable=False,
                        max_length=4,
                        verbose_name="状态",
                    ),
                ),
                (
                    "home_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.unit",
                        verbose_name="所在单位",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "人才库人员",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="DrawEntry",
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
                ("place", models.PositiveSmallIntegerField(verbose_name="次序")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("drawn", "抽中"),
                            ("not_drawn", "未抽中"),
                            ("excluded", "未参加抽取"),
                        ],
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="未参加抽取的原因")),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="inspections.draw",
                        verbose_name="抽取",
                    ),
                ),
                (
                    "pool_person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.poolperson",
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽取名单",
                "ordering": ("place", "id"),
            },
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.UniqueConstraint(
                fields=("region", "name"),
                name="campaign_name_once_in_region",
                violation_error_message="本地区已有同名的专题。",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="campaign_ends_after_start",
                violation_error_message="结束日期不能早于开始日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quarter", None), models.Q(("quarter__gte", 1), ("quarter__lte", 4)), _connector="OR"
                ),
                name="campaign_quarter_in_year",
                violation_error_message="季度应为 1 至 4。",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", False), ("state", "closed")),
                    models.Q(("closed_on", None), ("state", "open")),
                    _connector="OR",
                ),
                name="campaign_closed_is_dated",
                violation_error_message="已结束的专题应有实际结束日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignpoint",
            constraint=models.UniqueConstraint(
                fields=("campaign", "text"),
                name="campaign_point_once",
                violation_error_message="同一要点在一个专题里只列一次。",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignlead",
            constraint=models.UniqueConstraint(
                fields=("campaign", "lead"),
                name="campaign_lead_once",
                violation_error_message="这件线索已列入本专题。",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gte", 1)),
                name="draw_size_sensible",
                violation_error_message="至少抽取 1 人。",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("seed", ""), _negated=True),
                name="draw_has_seed",
                violation_error_message="抽取应有随机种子。",
            ),
        ),
        migrations.AddConstraint(
            model_name="poolperson",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "in")),
                fields=("region", "user"),
                name="pool_person_once",
                violation_error_message="这个人已在人才库中。",
            ),
        ),
        migrations.AddConstraint(
            model_name="poolperson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="pool_term_in_order",
                violation_error_message="出库日期不能早于入库日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="poolperson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "in"), models.Q(("ends_on__isnull", False), ("state", "out")), _connector="OR"
                ),
                name="pool_out_is_dated",
                violation_error_message="已出库的人员应有出库日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="drawentry",
            constraint=models.UniqueConstraint(fields=("draw", "pool_person"), name="draw_entry_once"),
        ),
        migrations.AddConstraint(
            model_name="drawentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result", "excluded"), models.Q(("why", ""), _negated=True)),
                    models.Q(("result__in", ("drawn", "not_drawn")), ("why", "")),
                    _connector="OR",
                ),
                name="draw_excluded_says_why",
                violation_error_message="未参加抽取的应写明原因。",
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
