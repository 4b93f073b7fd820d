"""How a person likes his lists: the columns he last chose, and views (filters under a name) he keeps or shares."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from povertyaudit.core import moment
from povertyaudit.core.models.base import new_public_id
from povertyaudit.core.models.people import User
from povertyaudit.core.models.places import Unit
from povertyaudit.core.scope import ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models.people import Post

MOST_VIEWS = 20  # per person and list
LONGEST_QUERY = 1000


class ListLayout(models.Model):
    """The columns one person last chose for one list, first to last, separated by commas."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="账号")
    list_key = models.CharField("列表", max_length=60)
    columns = models.CharField("列", max_length=600)

    class Meta:
        verbose_name = "列表的列"
        constraints = (models.UniqueConstraint(fields=("user", "list_key"), name="one_layout_per_list"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.list_key}"


class SavedViewQuerySet(ScopedQuerySet):
    def reach(self, post: "Post") -> Q | None:
        """One's own, and those shared with the unit of the post."""
        return Q(owner=post.user_id) | Q(unit=post.unit_id)

    def of_list(self, list_key: str) -> Self:
        """For tabs: own first, in the order they were made."""
        return self.filter(list_key=list_key).select_related("owner__person").order_by("created_at", "pk")

    def owned_by(self, user: User) -> Self:
        return self.filter(owner=user)


class SavedView(models.Model):
    """Filters of a list under a name. It holds conditions only: rows always pass the scope of who looks."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    owner = models.ForeignKey(User, models.CASCADE, related_name="saved_views", verbose_name="创建人")
    list_key = models.CharField("列表", max_length=60)
    place = models.PositiveSmallIntegerField("序号")  # 1 … MOST_VIEWS: so that the database holds the limit
    name = models.CharField("名称", max_length=20)
    query = models.CharField("条件", max_length=LONGEST_QUERY)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="共享单位"
    )
    is_default = models.BooleanField("设为默认", default=False)
    created_at = models.DateTimeField(default=moment.now, editable=False)
    updated_at = models.DateTimeField(default=moment.now, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "常用视图"
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "list_key", "name"),
                name="saved_view_name_once",
                violation_error_message="您在这个列表已有同名的视图，请换一个名称。",
            ),
            models.UniqueConstraint(fields=("owner", "list_key", "place"), name="saved_view_place_once"),
            models.UniqueConstraint(
                fields=("owner", "list_key"), condition=Q(is_default=True), name="one_default_view"
            ),
            models.CheckConstraint(
                name="saved_view_place_in_range",
                condition=Q(place__gte=1, place__lte=MOST_VIEWS),
                violation_error_message=f"每个列表最多保存 {MOST_VIEWS} 个视图，请先删除不用的。",
            ),
            models.CheckConstraint(
                name="saved_view_has_name",
                condition=~Q(name=""),
                violation_error_message="请填写视图名称。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The list with these conditions."""
        return f"/{self.list_key}/?view={self.public_id}"
