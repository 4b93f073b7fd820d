"""What is typed to see who complained."""

from povertyaudit.core.forms import CleanLineField, PageForm


class RequestIdentityForm(PageForm):
    reason = CleanLineField(
        label="查看事由", max_length=200,
        help_text="写明办理中为什么必须知道反映人，例如：需当面核对来信中的票据。不写反映人信息。",
    )  # fmt: skip


class NothingForm(PageForm):
    """The press of the button alone."""
