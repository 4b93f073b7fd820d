"""The Markdown table."""

HEAD = (
    "| 请求（用户） | 查询数 | 1/10：中位 / p95 | 全量：中位 / p95 | 增长 | 与直接执行同样 SQL 之比 | 压缩后字节 | 目标 |\n"
    "|---|---|---|---|---|---|---|---|\n"
)
GROWTH = 1.3


def text(small, full, fraction, machine, seconds):
    """Both sizes side by side."""
    lines = [line(name, found, small["cases"].get(name)) for name, found in full["cases"].items()]
    return (
        f"`make bench`（{machine}；PostgreSQL，fsync 关闭；服务器内处理时间，不含网络；共 {seconds:.0f} 秒）\n\n"
        f"毫秒按基准速度折算：空循环 50 万步 8 ms；本次这台机器用时是它的 {full['pace']:.1f} 倍（中位）。\n\n"
        f"全量 {fraction:g} 倍：{full['seeded']}\n1/10：{small['seeded']}\n\n{HEAD}{''.join(lines)}"
    )


def line(name, full, small):
    times = [f"{one['p50'] * 1000:.0f} / {one['p95'] * 1000:.0f} ms" if one else "" for one in (small, full)]
    growth = full["p50"] / small["p50"] if small else 0
    if "share" in full:
        ratio = f"{full['rate']:.0f} 行/秒，COPY 的 {full['share']:.2f}"
        shown_growth = f"{full['rate'] and small.get('rate', 0) / full['rate']:.1f}（每行）"
    else:
        ratio = f"{full['p50'] / full['raw']:.1f}" if full.get("raw") else full.get("note", "")
        shown_growth = f"{growth:.1f}"
    size = (
        f"{full['bytes'] / 1000:.1f} KB{'' if full['compressed'] else '（未压缩发送）'}"
        if "bytes" in full
        else ""
    )
    cells = [name, str(full.get("queries", "")), *times, shown_growth, ratio, size, verdict(full, growth)]
    return f"| {' | '.join(cells)} |\n"


def verdict(found, growth):
    """Met, or what is missed."""
    missed = []
    goal = found["goal"]
    for key, most in goal.items():
        value = found[key]
        if (value < most) if key in {"share", "rate"} else (value > most):
            words = {"share": f"≥ {most}", "rate": f"≥ {most:,} 行/秒", "bytes": f"≤ {most / 1000:g} KB"}
            missed.append(words.get(key, f"{key} ≤ {most * 1000:.0f} ms"))
    if "p95" in goal and growth > GROWTH and found["p50"] > 0.02:
        missed.append(f"增长 ≤ {GROWTH}")
    return "未达到：" + "，".join(missed) if missed else "达到" if goal else ""
