"""回避申报: what a person declares so that nobody gives him a lead he must stand aside from (监察法 2024 art. 67)."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.roles import REGISTRY
from povertyaudit.core.models import Person, Post, Region, Row, User
from povertyaudit.core.scope import ScopedQuerySet, region_under

if TYPE_CHECKING:
    from typing import Self


class DeclarationQuerySet(ScopedQuerySet):
    def reach(self, post: "Post") -> Q | None:
        """One's own; the registry and the head see those of their own staff."""
        own = Q(person=post.user.person_id)
        if post.role not in REGISTRY:
            return own
        staff = Post.objects.current().filter(region_under("unit__region_id", post.region_id))
        return own | Q(person__accounts__in=staff.values("user_id"))

    def _without_recused(self, user: Any) -> "Self":
        return self

    def visible_to(self, user: Any) -> "Self":
        return super().visible_to(user).distinct()

    def standing(self) -> "Self":
        return self.filter(state=Declaration.State.STANDING)

    def for_list(self) -> "Self":
        return self.select_related("person", "home", "noted_by__person")


class Declaration(Row):
    """One declared tie: kin, home village, or a unit served in before."""

    class Kind(models.TextChoices):
        KIN = "kin", "亲属关系"
        HOME = "home", "家乡所在地"
        UNIT = "unit", "曾任职单位"

    class State(models.TextChoices):
        STANDING = "standing", "有效"
        ENDED = "ended", "已撤销"

    personal_fields: ClassVar[frozenset[str]] = frozenset({"name", "relation", "unit_text"})
    state_tones: ClassVar[dict[str, str]] = {"standing": "open", "ended": "stop"}
    number: ClassVar[str | None] = None

    person = models.ForeignKey(Person, models.PROTECT, related_name="declarations", verbose_name="申报人")
    kind = models.CharField("申报事项", max_length=6, choices=Kind.choices)
    name = models.CharField("亲属姓名", max_length=60, blank=True)
    relation = models.CharField("与本人关系", max_length=30, blank=True)
    home = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="家乡所在地"
    )
    unit_text = models.CharField("曾任职单位", max_length=100, blank=True)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.STANDING, editable=False
    )

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = "回避申报"
        ordering = ("person", "id")
        indexes = (models.Index(fields=("name",), condition=Q(state="standing"), name="declaration_name"),)
        constraints = (
            models.CheckConstraint(
                name="declaration_says_what",
                condition=Q(kind="kin", home=None, unit_text="") & ~Q(name="")
                | Q(kind="home", name="", unit_text="", home__isnull=False)
                | Q(kind="unit", name="", home=None) & ~Q(unit_text=""),
                violation_error_message="亲属填写姓名，家乡选择地区，曾任职单位填写单位名称，各填一项。",
            ),
        )

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("declaration", args=(self.public_id,))

    @property
    def title(self) -> str:
        return f"{self.person.name}：{self.get_kind_display()}"

    @property
    def words(self) -> str:
        """What is declared, for those who may read it."""
        if self.kind == self.Kind.KIN:
            return f"{self.name}（{self.relation}）" if self.relation else self.name
        return self.home.path_name if self.home else self.unit_text

    def scope_keys(self) -> dict[str, Any]:
        return {"region": None, "units": []}
