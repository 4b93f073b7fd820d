"""Shape of what people type about lists of village teams."""

from povertyaudit.core.forms import CleanLineField, CleanTextField, PageForm, UploadField


class TeamListForm(PageForm):
    file = UploadField(
        label="名单（xlsx、CSV）",
        help_text="第一行是列名：村、职务、姓名、派出单位、单位职务、驻村开始、任期至；任期至不填则按规定的一届计算。",
    )
    basis = CleanLineField(
        label="选派文件", required=False, max_length=200, help_text="例如：青组发〔2026〕7号。"
    )
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)
