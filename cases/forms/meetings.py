"""What the registry types about joint meetings, and owners about what they did."""

from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    PageForm,
    UnitField,
    UploadField,
    UserField,
    formset_of,
)


class MeetingForm(PageForm):
    title = CleanLineField(label="会议名称", max_length=100)
    held_on = DateField(label="召开日期", latest_today=True)
    chair = CleanLineField(label="主持人", max_length=60)
    bodies = CleanTextField(label="参加单位", rows=2, max_length=1000, help_text="用顿号分开。")
    text = CleanTextField(label="会议纪要要点", rows=4, required=False)


class ResolutionForm(PageForm):
    text = CleanTextField(label="议定事项", rows=2, max_length=2000)
    unit = UnitField(label="责任单位")
    person = UserField(label="责任人", required=False)
    due_day = DateField(label="完成日期")


ResolutionFormSet = formset_of(ResolutionForm, "议定事项", row_word="项", extra=1)


class DoneForm(PageForm):
    done_text = CleanTextField(label="落实情况", rows=5)


class MinutesForm(PageForm):
    file = UploadField(label="会议纪要", help_text="图片、PDF、docx、xlsx；以内容为准。")
    title = CleanLineField(label="标题", required=False)
