"""Which documents one may know of: exactly those whose file he may open."""

from typing import Any, Self

from povertyaudit.core.models import Attachment
from povertyaudit.core.models.region_rules import RegionRuleQuerySet
from povertyaudit.core.scope import ScopedQuerySet


class TemplateQuerySet(RegionRuleQuerySet):
    def of_kind(self, code: str) -> Self:
        return self.filter(kind=code)


class DocumentQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of rows the user may read whole; one that was made for a desk alone only for its members."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        return self.filter(attachment__in=Attachment.objects.visible_to(user))

    def of(self, target: Any, user: Any) -> Self:
        """Those of one row; its own kind alone is asked, not every kind there is."""
        return self.filter(attachment__in=Attachment.objects.seen_of(target, user))

    def for_list(self) -> Self:
        return self.select_related("attachment", "region", "template__region", "made_by__person")
