"""The colours of dates a new installation starts with: as in 江津 and 长武 the warmer the later, done is green."""

from typing import Any

from povertyaudit.core.reference_laws import LOCAL

SOURCE = "产品默认的期限灯颜色（各地含义不同，可按本地规定修改）"


def install(model: Any) -> None:
    """Insert the general scheme, if there is none; `model` is LightScheme, also in its historical form."""
    if not model.objects.exists():
        model.objects.create(
            first="yellow", second="yellow", third="red", done="green", valid_from=LOCAL.since, source=SOURCE
        )
