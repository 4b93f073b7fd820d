"""Letters of before there were channels become deliveries of a channel that is switched off, so that counts stay true."""

from django.db import migrations

STATES = {"sent": "sent", "failed": "failed", "queued": "suppressed"}


def move(apps, _schema_editor):
    notification, delivery = apps.get_model("core", "Notification"), apps.get_model("core", "Delivery")
    letters = notification.objects.exclude(mail_state="off").order_by("pk")
    region = apps.get_model("core", "Region").objects.order_by("level", "code").first()
    if region is None or not letters.exists():
        return
    channel = apps.get_model("core", "Channel").objects.create(
        name="升级前的邮件", kind="mail", region=region, host="升级前的邮件服务器", state="off"
    )
    columns = ("pk", "user_id", "kind", "mail_state", "mailed_at", "created_at")
    made = (
        delivery(
            notification_id=pk, channel=channel, user_id=user_id, state=STATES[state], created_at=created_at,
            group="due" if kind.startswith("due") else "task", attempts=int(state != "queued"),
            next_at=created_at, expires_at=created_at, finished_at=mailed_at or created_at,
            answer="" if state == "sent" else "before_channels",
        )
        for pk, user_id, kind, state, mailed_at, created_at in letters.values_list(*columns).iterator(2000)
    )  # fmt: skip
    delivery.objects.bulk_create(made, batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [("core", "0009_outside_channels")]
    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RemoveIndex("notification", "mail_to_send"),
        migrations.RemoveField("notification", "mail_state"),
        migrations.RemoveField("notification", "mailed_at"),
    ]
