// Charts of a board, drawn from the table beside each: one cell is one mark, and a mark leads where its cell leads.
(() => {
  "use strict";
  // Told apart in grey too, on paper and in the dark: a colour of the page, how much of it, and its edge; the fourth is hollow.
  const STRIPES = [["--blue", 1, "--sheet"], ["--ink-3", 1, "--sheet"], ["--blue", 0.45, "--sheet"], ["--sheet", 1, "--ink-3"]];
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

  const look = ([fill, opacity, edge], colour) => ({ color: colour(fill), opacity, borderColor: colour(edge), borderWidth: 1 });
  // On paper whatever the screen is set to: the page is asked for its colours before it becomes paper.
  const PAPER = { "--sheet": "#fff", "--ink-2": "#222", "--ink-3": "#6b7480", "--line": "#777", "--line-2": "#ddd", "--blue": "#1c4d7d" };
  const ACROSS = 640; // px of a drawing on A4
  const UNIT = /（[^（）]+）$/;
  const AXES = 48; // px beside the columns: the figures of the axis and the margin
  // Under a column there is as much room as the column has: a unit said of every one of them is said above the drawing.
  const named = (rows) => {
    const units = new Set(rows.map((row) => row.label.match(UNIT)?.[0]));
    return rows.map((row) => (units.size === 1 ? row.label.replace(UNIT, "") : row.label));
  };

  const option = (kind, { heads, rows }, colour, across) => {
    const narrow = across < 480;
    const upright = kind === "columns";
    const lines = upright ? rows : [...rows].reverse();
    const words = { color: colour("--ink-2"), fontSize: SIZE, lineHeight: SIZE + 2 };
    const names = {
      type: "category",
      data: upright ? named(lines) : lines.map((row) => row.label),
      axisLabel: { ...words, width: upright ? Math.max(24, (across - AXES) / rows.length - 4) : beside(narrow), overflow: "break", interval: 0 },
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
      grid: { left: 4, right: upright ? 8 : 48, top: heads.length < 2 ? 8 : narrow && heads.length > 2 ? 56 : 32, bottom: 4, containLabel: true },
      legend: heads.length > 1 ? { top: 0, left: 0, textStyle: words, itemHeight: 10, itemWidth: 14, selectedMode: false } : undefined,
      tooltip: { trigger: "item", renderMode: "richText", formatter: (mark) => `${lines[mark.dataIndex].label}\n${mark.seriesName} ${mark.data.words}` },
      xAxis: upright ? names : numbers,
      yAxis: upright ? numbers : names,
      series: heads.map((head, place) => ({
        name: head,
        type: "bar",
        stack: kind === "stack" ? "all" : undefined,
        barMaxWidth: 20,
        cursor: "pointer",
        itemStyle: look(STRIPES[place % STRIPES.length], colour),
        // Of columns side by side the first alone is labelled: sums are wider than two of them, and the table says all.
        labelLayout: { hideOverlap: true },
        label: { show: kind === "bars" || (upright && place === 0), position: upright ? "top" : "right", color: colour("--ink-2"), opacity: 1, fontSize: 11, formatter: (mark) => (mark.data.value ? mark.data.words : "") },
        data: lines.map((row) => (row.cells[place].value ? row.cells[place] : { ...row.cells[place], itemStyle: { borderWidth: 0 } })),
      })),
    };
  };

  const SIZE = 12; // px of a label
  const beside = (narrow) => (narrow ? 124 : 150); // px of the labels of bars that lie
  const height = (kind, { heads, rows }, narrow) => {
    if (kind === "columns") return 260;
    const longest = Math.max(...rows.map((row) => row.label.length));
    const lines = Math.ceil(longest / Math.floor(beside(narrow) / SIZE - 1)); // one less: a bracket takes its neighbour along
    const each = Math.max(kind === "stack" ? 30 : 14 + 16 * heads.length, lines * (SIZE + 2) + 6);
    return Math.max(120, rows.length * each + (heads.length > 1 ? 64 : 40));
  };

  const charts = [];
  const draw = (box) => {
    const table = box.closest(".chart").querySelector("table");
    const data = read(table, Number(box.dataset.drawn));
    box.hidden = false;
    box.style.height = `${height(box.dataset.chart, data, box.clientWidth < 480)}px`;
    const chart = window.echarts.init(box, null, { renderer: "svg" });
    chart.on("click", (mark) => mark.data?.link && window.location.assign(mark.data.link));
    const paint = (paper) => {
      chart.resize({ width: paper ? ACROSS : "auto" });
      chart.setOption(option(box.dataset.chart, data, paper ? (name) => PAPER[name] : theme(), paper ? ACROSS : box.clientWidth), true);
    };
    paint(false);
    charts.push(paint);
    // On a phone ten tables under ten drawings are a long way down: they open when asked for.
    if (box.clientWidth < 480) table.closest("details").open = false;
    // The table says the same: it is read aloud, the drawing is not.
    box.setAttribute("aria-hidden", "true");
  };
  document.addEventListener("DOMContentLoaded", () => {
    if (!window.echarts) return;
    const begin = () => document.querySelectorAll("[data-chart][hidden]").forEach(draw);
    begin();
    document.addEventListener("htmx:afterSettle", begin); // charts the page did not wait for
    let paper = false;
    const anew = () => charts.forEach((paint) => paint(paper));
    const turn = (to) => ((paper = to), anew());
    window.addEventListener("resize", anew);
    window.addEventListener("beforeprint", () => turn(true));
    window.addEventListener("afterprint", () => turn(false));
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", anew);
  });
})();
