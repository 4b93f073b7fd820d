"""Keys in hand while they are few, a sub-query when they are many.

A database joins a list of known keys into any condition by its indexes, even under OR; a sub-query under OR it can only
compute whole and ask row by row. Which of the two is cheap depends on how many there are, and one look tells.
"""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

FEW = 1000


def keys(rows: QuerySet[Any], path: str) -> Any:
    """What to put behind `pk__in`: the values of `path` themselves, or the sub-query that yields them. One query."""
    values = rows.order_by().values_list(path, flat=True)
    found = list(values[: FEW + 1])
    return found if len(found) <= FEW else values


def among(rows: QuerySet[Any], path: str) -> Q:
    """Rows whose key some row of `rows` names in `path` (an indexed foreign key). One query, made at once.

    Many are asked for one by one, as the outer rows pass by: a page of fifty then asks fifty times.
    """
    found = keys(rows, path)
    if isinstance(found, list):
        return Q(pk__in=found)
    return Q(pk=Subquery(rows.order_by().filter(**{path: OuterRef("pk")}).values(path)[:1]))
