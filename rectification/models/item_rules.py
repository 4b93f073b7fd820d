"""What the database holds of closing an item: three signers, a publication that says where, filing, recurrences; and of
an item that was split or merged: it says when, and into which."""

from django.db import models
from django.db.models import F, Q

# What lists by state and day go by, and all that boards count by, which read this index instead of the rows.
COUNTED = ("region", "state", "due_on", "issued_on", "closed_on", "regrouped_on", "split_from", "id")


def _apart(one: str, other: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"item_{one}_is_not_{other}",
        condition=Q(**{one: None}) | Q(**{other: None}) | ~Q(**{one: F(other)}),
        violation_error_message="申请人、审核人、复核人必须是三个不同的人。",
    )


CLOSE_OUT = (
    _apart("applicant", "reviewer"),
    _apart("applicant", "verifier"),
    _apart("reviewer", "verifier"),
    models.CheckConstraint(
        name="item_closed_iff_dated_and_signed",
        condition=(
            Q(applicant__isnull=False, reviewer__isnull=False, verifier__isnull=False)
            & (
                Q(state="closed", closed_on__isnull=False)
                | Q(state="public_notice", closed_on=None, closed_late=False)
            )
        )
        | (~Q(state__in=("closed", "public_notice")) & Q(closed_on=None, verifier=None, closed_late=False)),
        violation_error_message="公示、销号须有申请、审核、复核三人的签署，销号须有日期；其他状态不能有销号日期和复核人。",
    ),
    models.CheckConstraint(
        name="item_archived_after_closed",
        condition=Q(archived_on=None) | Q(state="closed", archived_on__gte=F("closed_on")),
        violation_error_message="销号以后才能归档。",
    ),
    models.CheckConstraint(
        name="item_publication_says_where",
        condition=Q(publication=False, publication_days=None, publication_place="")
        | Q(publication=True) & ~Q(publication_place=""),
        violation_error_message="要求公示的须写明公示地点、方式。",
    ),
    models.CheckConstraint(
        name="item_recurs_from_another",
        condition=Q(recurrence_of=None) | ~Q(recurrence_of=F("id")),
        violation_error_message="反弹自的事项不能是它自己。",
    ),
)

REGROUPING = (
    models.CheckConstraint(
        name="item_regrouped_iff_dated",
        condition=Q(state__in=("split", "merged"), regrouped_on__isnull=False, applicant=None, reviewer=None)
        | ~Q(state__in=("split", "merged")) & Q(regrouped_on=None),
        violation_error_message="已拆分、已并入的事项须有日期，没有签署；其他事项没有这个日期。",
    ),
    models.CheckConstraint(
        name="item_merged_names_the_other",
        condition=Q(state="merged", merged_into__isnull=False) & ~Q(merged_into=F("id"))
        | ~Q(state="merged") & Q(merged_into=None),
        violation_error_message="已并入的事项须写明并入哪一个其他事项，其他状态不能有。",
    ),
    models.CheckConstraint(
        name="item_split_from_another",
        condition=Q(split_from=None) | ~Q(split_from=F("id")),
        violation_error_message="事项不能由它自己拆分产生。",
    ),
)
