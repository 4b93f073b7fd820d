"""Natural persons, their accounts, the posts they hold, and recusals."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from povertyaudit.core import moment
from povertyaudit.core.models.base import new_public_id
from povertyaudit.core.models.places import Area, Region, Unit
from povertyaudit.core.scope import ScopedQuerySet, prefix_range, region_under

if TYPE_CHECKING:
    from datetime import date


class Role(models.TextChoices):
    PETITION = "petition", "信访室"
    CASE_MANAGER = "case_manager", "案管室"
    SUPERVISION = "supervision", "监督检查室"
    INVESTIGATION = "investigation", "审查调查室"
    ADJUDICATION = "adjudication", "审理室"
    DEPUTY = "deputy", "分管领导"
    SECRETARY = "secretary", "主要负责人"
    PATROL_OFFICE = "patrol_office", "巡察办"
    PATROL_TEAM = "patrol_team", "巡察组"
    LIAISON = "liaison", "责任单位联络员"
    UNIT_HEAD = "unit_head", "责任单位主要负责人"
    SECTOR = "sector", "牵头单位审核人"
    FINANCE = "finance", "财政资金管理"
    COUNTY_LEADER = "county_leader", "县领导"
    SYSADMIN = "sysadmin", "系统管理员"
    SECADMIN = "secadmin", "安全保密管理员"
    AUDITOR = "auditor", "安全审计员"
    SERVICE = "service", "数据接口账户"


OFFICERS = frozenset({Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR})


class Person(models.Model):
    """The natural person behind one or more accounts: two accounts of one person never count as two people."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    name = models.CharField("姓名", max_length=50)
    phone = models.CharField("联系电话", max_length=30, blank=True)

    class Meta:
        verbose_name = "人员"

    def __str__(self) -> str:
        return self.name


class UserQuerySet(ScopedQuerySet):
    def reach(self, post: "Post") -> Q | None:
        low, high = prefix_range(post.region.county_code())
        near = Post.objects.current().filter(unit__region_id__gte=low, unit__region_id__lt=high)
        return Q(pk__in=near.values("user_id"))

    def holding(self, roles: Iterable[str], *, unit: Unit | None = None) -> Self:
        """Active accounts that hold one of `roles` today (in `unit`, where given)."""
        posts = Post.objects.current().filter(role__in=list(roles))
        posts = posts.filter(unit=unit) if unit else posts
        return self.filter(is_active=True, pk__in=posts.values("user_id"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user: User = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. What it may do follows from the posts its person holds today."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    username = models.CharField("账号", max_length=60, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="accounts", verbose_name="人员")
    email = models.EmailField("邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    is_service = models.BooleanField("接口账户", default=False)
    must_change_password = models.BooleanField("首次登录须改密码", default=False)
    failed_attempts = models.PositiveSmallIntegerField("连续失败次数", default=0)
    locked_until = models.DateTimeField("锁定至", null=True, blank=True)
    created_at = models.DateTimeField(default=moment.now, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []  # noqa: RUF012 — Django's own shape

    objects = UserManager()

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return self.person.name

    @property
    def display_name(self) -> str:
        return self.person.name

    def current_posts(self) -> "list[Post]":
        """Posts held today, with unit and region; read once per instance (an instance lives for one request)."""
        if not hasattr(self, "_posts"):
            self._posts = list(self.posts.current().select_related("unit__region", "region", "area"))
            for post in self._posts:
                post.user = self
        return self._posts

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.current_posts())

    @property
    def unit_ids(self) -> frozenset[int]:
        return frozenset(post.unit_id for post in self.current_posts())

    def post_as(self, roles: Iterable[str]) -> "Post | None":
        """The post by which the user acts, when the act asks for one of `roles`."""
        wanted = set(roles)
        return next((post for post in self.current_posts() if post.role in wanted), None)

    @property
    def home(self) -> "Post | None":
        """The post that names the user's unit and region on pages."""
        return next(iter(self.current_posts()), None)


class PostQuerySet(models.QuerySet[Any]):
    def current(self, today: "date | None" = None) -> Self:
        """Posts held on `today`."""
        day = today or moment.today()
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))


class Post(models.Model):
    """任职: a role in a unit over a region, for a term."""

    user = models.ForeignKey(User, models.CASCADE, related_name="posts", verbose_name="账号")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="单位")
    role = models.CharField("岗位", max_length=16, choices=Role.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="管辖地区")
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="片区"
    )
    starts_on = models.DateField("任职日期")
    ends_on = models.DateField("离任日期", null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "任职"
        ordering = ("id",)
        indexes = (models.Index(fields=("unit", "role"), name="post_unit_role"),)
        constraints = (
            models.CheckConstraint(
                name="post_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="离任日期不能早于任职日期。",
            ),
        )

    def __str__(self) -> str:
        role = self.get_role_display()
        return self.unit.name if role in self.unit.name else f"{self.unit.name} {role}"

    @property
    def place(self) -> str:
        """The region the post is over, or the area (片区) it is narrowed to, by name."""
        return str(self.area or self.region)

    def within(self, path: str) -> Q:
        """Rows whose region lies in this post's region, narrowed to its area where it has one."""
        here = region_under(path, self.region_id)
        if self.area is None:
            return here
        towns = Q(pk__in=())
        for code in self.area.regions.values_list("code", flat=True):
            towns |= region_under(path, code)
        return here & towns


class Recusal(models.Model):
    """回避 (监察法 2024 art. 67): this person must not see or handle this dossier."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="recusals", verbose_name="回避人员")
    target_label = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    reason = models.CharField("回避事由", max_length=200)
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    declared_at = models.DateTimeField("登记时间", default=moment.now)
    ended_at = models.DateTimeField("解除时间", null=True, blank=True)

    class Meta:
        verbose_name = "回避"
        indexes = (models.Index(fields=("target_label", "target_id"), name="recusal_target"),)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "target_label", "target_id"),
                condition=Q(ended_at=None),
                name="one_open_recusal",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} 回避"
