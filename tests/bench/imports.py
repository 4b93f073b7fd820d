"""50,000 leads from an xlsx, the whole way of an import: taken in, looked through, written. Rows a second and memory above idle."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

GOAL = 20.0  # seconds for the look through and the writing together
HEADS = ("来源", "类型", "受理时间", "署名情况", "属地", "问题类别", "涉及金额", "标题", "主要问题", "被反映人姓名", "被反映人单位", "被反映人职务")  # fmt: skip
STEPS = {"read": "读取", "take_in": "上传（含读取）", "look": "核对", "write": "写入"}


def measure(rows):
    """In a process of its own, as the worker is one."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.imports", str(rows)], stdout=subprocess.PIPE, check=True
    )
    told = json.loads(done.stdout)
    found = {}
    for step, word in STEPS.items():
        seconds, ours, theirs = (told[which][step] for which in ("wall", "cpu", "theirs"))
        note = f"{rows / seconds:,.0f} 行/秒，本进程计算 {ours:.1f} 秒，数据库 {theirs:.1f} 秒"
        found[f"导入线索 {rows:,} 行：{word}"] = {"goal": {}, "p50": seconds, "p95": seconds, "note": note}
    both = told["wall"]["look"] + told["wall"]["write"]
    note = f"比空闲多用内存 {told['memory']:.0f} MB，读取表格的进程最多 {told['apart']:.0f} MB，机器负载 {os.getloadavg()[0]:.1f}"
    found[f"导入线索 {rows:,} 行：核对和写入"] = {
        "goal": {"p50": GOAL},
        "p50": both,
        "p95": both,
        "note": note,
    }
    for name, one in found.items():
        sys.stderr.write(f"{one['p50']:8.1f} s {name} {one['note']}\n")
    return found


def sheet(path, rows):
    """A list as desks keep them: every lead another title and text, a person in four of five."""
    from cases.models import Category
    from povertyaudit.core.models import Level, Region
    from povertyaudit.core.xlsx_out import SheetColumn, write_ledger

    villages = list(
        Region.objects.current().filter(level=Level.VILLAGE, code__startswith="990101").values_list("code", flat=True)
    )  # fmt: skip
    kinds = list(Category.objects.of_axis("corruption").on(date(2026, 1, 5)).values_list("name", flat=True))
    text = "群众反映某村干部在办理公益岗位和低保过程中优亲厚友、虚报冒领补助资金，要求查清去向并退还群众，"
    lines = [
        [
            ("来信", "来访", "来电")[n % 3], "检举控告", str(date(2026, 1, 5) + timedelta(n % 300)),
            ("匿名", "自称实名（未核实）")[n % 4 == 0], villages[n % len(villages)], kinds[n % len(kinds)],
            None if n % 3 else f"{n % 9000 + 100}.50", f"反映虚报冒领补助的问题第{n}件", f"{text}第 {n} 件，涉及第{n % 12 + 1}组。",
            f"柏{n % 400}" if n % 5 else None, "某村村委会" if n % 5 else None, "会计" if n % 10 else None,
        ]
        for n in range(rows)
    ]  # fmt: skip
    write_ledger(path, [SheetColumn(head, "text") for head in HEADS], lines, title="线索登记表", count=rows)


def alone(rows):
    """One import in this process; its jobs are done here."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertyaudit.settings")
    django.setup()
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.db import connection
    from django.urls import reverse

    from povertyaudit.core import jobs
    from povertyaudit.core.models import Job, User
    from povertyaudit.sheets import reading, services
    from povertyaudit.sheets.models import ImportState, SheetImport

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "leads.xlsx"
        sheet(path, rows)
        data = path.read_bytes()
    reverse("lead", args=("x",))  # reads all addresses, as a process does once
    user = User.objects.get(username="petition")
    told = Told(connection.connection.info.backend_pid)
    before = peak()
    told.step("read", lambda: reading.read(data, "leads.xlsx"))
    upload = SimpleUploadedFile("leads.xlsx", data)
    row = told.step("take_in", lambda: services.take_in(by=user, kind="leads", file=upload))

    def done(kind):
        job = Job.objects.filter(kind=kind, payload__sheet=row.public_id).latest("pk")
        assert jobs.run(job.pk) == "done", Job.objects.get(pk=job.pk).error

    told.step("look", lambda: done("sheet_check"))
    row = SheetImport.objects.get(pk=row.pk)
    assert (row.rows_new, row.rows_refused) == (rows, 0), list(row.rows.refused().values_list("problems")[:3])

    def written():
        services.bring_in(row, by=user)
        done("sheet_bring")

    told.step("write", written)
    row = SheetImport.objects.get(pk=row.pk)
    assert (row.state, row.rows_new) == (ImportState.IMPORTED, rows)
    apart = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    said = {
        "wall": told.wall,
        "cpu": told.cpu,
        "theirs": told.theirs,
        "memory": (peak() - before) / 1024,
        "apart": apart,
    }
    json.dump(said, sys.stdout)


class Told:
    """How long each step took by the clock, and how long this process and the server's for it computed."""

    def __init__(self, server):
        self.wall, self.cpu, self.theirs, self.server = {}, {}, {}, server

    def step(self, name, do):
        begun, spent, theirs = time.perf_counter(), time.process_time(), self.of_server()
        found = do()
        self.wall[name] = time.perf_counter() - begun
        self.cpu[name] = time.process_time() - spent
        self.theirs[name] = self.of_server() - theirs
        return found

    def of_server(self):
        """Seconds; 0 where the server is not on this machine."""
        path = Path(f"/proc/{self.server}/stat")
        if not path.exists():
            return 0
        return sum(map(int, path.read_text().rsplit(")", 1)[1].split()[11:13])) / os.sysconf("SC_CLK_TCK")


def peak():
    """The most memory this process ever held, in kB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    alone(int(sys.argv[1]))
