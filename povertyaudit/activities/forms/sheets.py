"""Shape of what people send to bring in activities."""

from povertyaudit.activities.models.sheets import MOST_LINES
from povertyaudit.core.forms import PageForm, UploadField


class SheetForm(PageForm):
    file = UploadField(
        label="表格", accept=".xlsx,.csv",
        help_text=f"xlsx 或 CSV，最多 {MOST_LINES} 行；列名见模板，必须有：类别、名称、日期、人次。",
    )  # fmt: skip
