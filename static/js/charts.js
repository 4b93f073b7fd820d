// Charts of a board, drawn from the table beside each: one cell is one mark, and a mark leads where its cell leads.
(() => {
  "use strict";
  // Told apart in grey too: a colour of the page and how much of it.
  const STRIPES = [["--blue", 1], ["--ink-3", 1], ["--blue", 0.45], ["--line", 1]];
  const theme = () => {
    const style = getComputedStyle(document.documentElement);
    return (name) => style.getPropertyValue(name).trim();
  };

  const read = (table, drawn) => {
    const heads = [...table.tHead.rows[0].cells].slice(1, drawn + 1).map((cell) => cell.textContent.trim());
    // What is said of the rest in one line opens nothing and is no bar beside the others.
    const opens = (row) => row.querySelector("td a") || !/[1-9]/.test([...row.cells].slice(1).map((cell) => cell.textContent).join(""));
    const rows = [...table.tBodies[0].rows].filter(opens).map((row) => ({
      label: row.cells[0].textContent.trim(),
      cells: [...row.cells].slice(1, drawn + 1).map((cell) => ({
        value: Number(cell.textContent.replace(/[^\d.−-]/g, "").replace("−", "-")) || 0,
        words: cell.textContent.trim(),
        link: cell.querySelector("a")?.getAttribute("href") ?? "",
      })),
    }));
    return { heads, rows };
  };

  const option = (kind, { heads, rows }, colour, narrow) => {
    const upright = kind === "columns";
    const lines = upright ? rows : [...rows].reverse();
    const words = { color: colour("--ink-2"), fontSize: 12 };
    const names = {
      type: "category",
      data: lines.map((row) => row.label),
      axisLabel: { ...words, width: narrow ? 112 : 150, overflow: "break", interval: 0 },
      axisLine: { lineStyle: { color: colour("--line") } },
      axisTick: { show: false },
    };
    const numbers = {
      type: "value",
      minInterval: 1,
      axisLabel: { ...words, hideOverlap: true },
      splitLine: { lineStyle: { color: colour("--line-2") } },
    };
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 4, right: 48, top: heads.length < 2 ? 8 : narrow && heads.length > 2 ? 56 : 32, bottom: 4, containLabel: true },
      legend: heads.length > 1 ? { top: 0, left: 0, textStyle: words, itemHeight: 10, itemWidth: 14, selectedMode: false } : undefined,
      tooltip: { trigger: "item", renderMode: "richText", formatter: (mark) => `${mark.name}\n${mark.seriesName} ${mark.data.words}` },
      xAxis: upright ? names : numbers,
      yAxis: upright ? numbers : names,
      series: heads.map((head, place) => ({
        name: head,
        type: "bar",
        stack: kind === "stack" ? "all" : undefined,
        barMaxWidth: 20,
        cursor: "pointer",
        itemStyle: { color: colour(STRIPES[place % STRIPES.length][0]), opacity: STRIPES[place % STRIPES.length][1], borderColor: colour("--sheet"), borderWidth: 1 },
        label: { show: kind !== "stack", position: upright ? "top" : "right", color: colour("--ink-2"), fontSize: 11, formatter: (mark) => (mark.data.value ? mark.data.words : "") },
        data: lines.map((row) => row.cells[place]),
      })),
    };
  };

  const height = (kind, { heads, rows }) => {
    if (kind === "columns") return 260;
    const each = kind === "stack" ? 30 : 14 + 16 * heads.length;
    return Math.max(120, rows.length * each + (heads.length > 1 ? 64 : 40));
  };

  const charts = [];
  const draw = (box) => {
    const table = box.closest(".chart").querySelector("table");
    const data = read(table, Number(box.dataset.drawn));
    box.hidden = false;
    box.style.height = `${height(box.dataset.chart, data)}px`;
    const chart = window.echarts.init(box, null, { renderer: "svg" });
    chart.on("click", (mark) => mark.data?.link && window.location.assign(mark.data.link));
    const paint = () => chart.setOption(option(box.dataset.chart, data, theme(), box.clientWidth < 480), true);
    paint();
    charts.push({ chart, paint });
    // On a phone ten tables under ten drawings are a long way down: they open when asked for.
    if (box.clientWidth < 480) table.closest("details").open = false;
    // The table says the same: it is read aloud, the drawing is not.
    box.setAttribute("aria-hidden", "true");
  };
  document.addEventListener("DOMContentLoaded", () => {
    if (!window.echarts) return;
    for (const box of document.querySelectorAll("[data-chart]")) draw(box);
    const anew = () => charts.forEach(({ chart, paint }) => (chart.resize(), paint()));
    window.addEventListener("resize", anew);
    window.addEventListener("beforeprint", anew);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", anew);
  });
})();
