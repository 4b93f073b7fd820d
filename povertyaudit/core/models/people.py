"""Accounts and the posts they hold."""

import copy
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from povertyaudit.core import moment
from povertyaudit.core.models.base import new_public_id
from povertyaudit.core.models.persons import Person
from povertyaudit.core.models.places import Area, Region, Unit
from povertyaudit.core.models.recusals import Recusal
from povertyaudit.core.models.roles import KEEPERS, AccountState, Role
from povertyaudit.core.prepared import Prepared
from povertyaudit.core.scope import ScopedQuerySet, narrowed, prefix_of, prefix_range, region_under

if TYPE_CHECKING:
    from povertyaudit.core.models.token_scopes import TokenScope


class UserQuerySet(ScopedQuerySet):
    def reach(self, post: "Post") -> Q | None:
        low, high = prefix_range(post.region.county_code())
        near = Post.objects.current().filter(unit__region_id__gte=low, unit__region_id__lt=high)
        return Q(pk__in=near.values("user_id"))

    def holding(self, roles: Iterable[str], *, unit: Unit | None = None) -> Self:
        """Active accounts that hold one of `roles` today (in `unit`, where given)."""
        posts = Post.objects.current().filter(role__in=list(roles))
        posts = posts.filter(unit__in=unit.heirs()) if unit else posts
        return self.filter(is_active=True, pk__in=posts.values("user_id"))


class AccountQuerySet(UserQuerySet):
    """Accounts as those see them who look after them; nobody else reaches a row here."""

    def reach(self, post: "Post") -> Q | None:
        return region_under("region_id", post.region_id) if post.role in KEEPERS else None

    def for_list(self) -> Self:
        """With the posts of today and later, and what waits for a second officer: states and verbs ask nothing per row."""
        posts = Post.objects.open().select_related("unit__region", "region", "area")
        return self.select_related("person", "region").prefetch_related(
            Prefetch("posts", posts, to_attr="_open"), "resets"
        )

    def without_post(self) -> Self:
        """In use, but no post today or later: it can do nothing until one is granted."""
        return self.filter(~Exists(Post.objects.open().filter(user=OuterRef("pk"))), is_active=True)

    def locked(self) -> Self:
        """Locked by wrong passwords and not signed in since."""
        return self.filter(locked_until__isnull=False, is_active=True)

    def with_posts(self) -> Self:
        """With what a choice of accounts shows."""
        return self.select_related("person").prefetch_related("posts__unit")

    def ending(self, days: int) -> Self:
        """In use, with a post whose term ends within `days` days and is followed by none."""
        last = moment.today() + timedelta(days=days)
        soon = Post.objects.current().filter(user=OuterRef("pk"), ends_on__lte=last)
        after = Post.objects.open().filter(user=OuterRef("pk")).filter(Q(ends_on=None) | Q(ends_on__gt=last))
        return self.filter(Exists(soon), ~Exists(after), is_active=True)

    def reset_waiting(self) -> Self:
        return self.filter(resets__state="pending")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user: User = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. What it may do follows from the posts its person holds today."""

    personal_fields: ClassVar[frozenset[str]] = frozenset({"name", "phone", "email"})
    state_tones: ClassVar[dict[str, str]] = {
        "active": "done",
        "waiting": "wait",
        "locked": "warn",
        "inactive": "stop",
    }

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    username = models.CharField("账号", max_length=60, unique=True)
    password = models.CharField("密码", max_length=128, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="accounts", verbose_name="人员")
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="账号所属地区"
    )  # whose officers look after it; none: only the server's own commands
    email = models.EmailField("邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    is_service = models.BooleanField("接口账户", default=False)
    must_change_password = models.BooleanField("首次登录须改密码", default=False)
    failed_attempts = models.PositiveSmallIntegerField("连续失败次数", default=0)
    locked_until = models.DateTimeField("锁定至", null=True, blank=True)
    created_at = models.DateTimeField(default=moment.now, editable=False)

    token_scope: "TokenScope | None" = None  # of the token the request came with

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []  # noqa: RUF012 — Django's own shape

    objects = UserManager()
    administered = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return self.person.name

    @property
    def display_name(self) -> str:
        return self.person.name

    @property
    def number(self) -> str:
        """What people call the account by."""
        return self.username

    @property
    def state(self) -> AccountState:
        if not self.is_active:
            return AccountState.INACTIVE
        if self.locked_until and self.locked_until > moment.now():
            return AccountState.LOCKED
        return AccountState.ACTIVE if self.current_posts() else AccountState.WAITING

    def get_state_display(self) -> str:
        return str(self.state.label)

    def get_absolute_url(self) -> str:
        return f"/accounts/{self.public_id}/"

    def current_posts(self) -> "list[Post]":
        """Posts held today, with unit and region; read once per instance (an instance lives for one request)."""
        if not hasattr(self, "_posts"):
            today = moment.today()
            self._posts = with_inherited([post for post in self.open_posts() if post.starts_on <= today])
        return self._posts

    def use_token(self, scope: "TokenScope | None") -> None:
        """Act with what the token is for: the posts reach no further than its region."""
        self.token_scope = scope
        if scope is not None and scope.region_id is not None:
            self._posts = narrowed(self.current_posts(), scope.region_id)

    def open_posts(self) -> "list[Post]":
        """Posts held today or later; read once per instance, or fetched for a whole list."""
        if not hasattr(self, "_open"):
            now = Recusal.as_of()
            self._open: list[Post] = OPEN_POSTS.rows(self.pk, self.person_id, moment.today())
            models.prefetch_related_objects([post for post in self._open if post.area_id], "area__regions")
            for post in self._open:
                post.user = self
            self._unrecused = None if any(getattr(post, "recused", True) for post in self._open) else now
        return self._open

    def may_be_recused(self) -> bool:
        """Whether scope must look for recusals: not where this request found none with the posts, and wrote none since."""
        known = getattr(self, "_unrecused", None)
        return known is None or known != Recusal.as_of()

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
    def current(self, today: date | None = None) -> Self:
        """Posts held on `today`."""
        day = today or moment.today()
        return self.open(day).filter(starts_on__lte=day)

    def open(self, today: date | None = None) -> Self:
        """Posts held on `today` or later."""
        day = today or moment.today()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), ended_at=None)


class Post(models.Model):
    """任职: a role in a unit over a region, for a term."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="posts", verbose_name="账号")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="单位")
    role = models.CharField("岗位", max_length=16, choices=Role.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="管辖地区")
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="片区"
    )
    starts_on = models.DateField("任职日期")
    ends_on = models.DateField("离任日期", null=True, blank=True)
    ended_at = models.DateTimeField(
        "解除时间", null=True, blank=True, editable=False
    )  # at once, within its term
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="授予人"
    )

    objects = PostQuerySet.as_manager()
    held_in: Unit | None = None  # the present unit, on a twin that stands for one merged into it

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
        role, unit = self.get_role_display(), self.held_in or self.unit
        return unit.name if role in unit.name else f"{unit.name} {role}"

    def standing_for(self, unit: Unit) -> "Post":
        """The same post over the rows of a unit that was merged into this one."""
        twin = copy.copy(self)
        twin.unit, twin.held_in = unit, self.unit
        return twin

    @property
    def place(self) -> str:
        """The region the post is over, or the area (片区) it is narrowed to, by name."""
        return str(self.area or self.region)

    @property
    def standing(self) -> str:
        """Whether it is held today, in words."""
        today = moment.today()
        if self.ended_at or (self.ends_on and self.ends_on < today):
            return "已离任"
        return "在任" if self.starts_on <= today else "尚未到任"

    def within(self, path: str) -> Q:
        """Rows whose region lies in this post's region, narrowed to its area where it has one."""
        here = region_under(path, self.region_id)
        if self.area is None:
            return here
        towns = Q(pk__in=())
        for town in self.area.regions.all():  # read with the posts: scope is put together often
            towns |= region_under(path, town.pk)
        return here & towns

    def covers(self, code: str) -> bool:
        """Whether the region of this code is one that `within` finds."""
        towns = [self.region_id] if self.area is None else [town.pk for town in self.area.regions.all()]
        return code.startswith(prefix_of(self.region_id)) and any(
            code.startswith(prefix_of(town)) for town in towns
        )


OPEN_POSTS = Prepared(  # asked by every request
    lambda account, person, today: (
        Post.objects.open(today)
        .filter(user_id=account)
        .select_related("unit__region", "region", "area")
        .annotate(recused=Exists(Recusal.objects.filter(person_id=person, ended_at=None)))
    )
)


def with_inherited(posts: list[Post]) -> list[Post]:
    """Whoever serves in a unit stands for the units merged into it: scope and verbs follow the chain here alone."""
    taken = {pk for post in posts for pk in post.unit.predecessor_ids}
    units = Unit.objects.select_related("region").in_bulk(taken) if taken else {}
    return posts + [post.standing_for(units[pk]) for post in posts for pk in post.unit.predecessor_ids]
