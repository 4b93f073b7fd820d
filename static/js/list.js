// Ticking rows of a list: a range with Shift, the whole page at once, and how many of those ticked take a verb.
(() => {
  "use strict";
  let last = null;
  const ticks = () => [...document.querySelectorAll(".list .k-tick input[name=ids]")];

  const tell = () => {
    const bar = document.getElementById("bulk");
    if (!bar) return;
    const boxes = ticks();
    const on = boxes.filter((box) => box.checked);
    const all = document.querySelector("[data-tick-all]");
    all.hidden = false;
    all.checked = on.length > 0 && on.length === boxes.length;
    all.indeterminate = on.length > 0 && on.length < boxes.length;
    bar.querySelector("[data-ticked]").textContent = `已选 ${on.length} 条：`;
    bar.querySelectorAll("[data-verb]").forEach((button) => {
      button.dataset.label ??= button.textContent;
      const able = on.filter((box) => box.dataset.takes.split(" ").includes(button.dataset.verb)).length;
      button.textContent = able === on.length ? button.dataset.label : `${button.dataset.label}（可办 ${able} 条）`;
      button.disabled = able === 0;
    });
  };

  document.addEventListener("click", (event) => {
    const box = event.target;
    if (box.matches?.("[data-tick-all]")) ticks().forEach((one) => (one.checked = box.checked));
    else if (box.matches?.(".k-tick input[name=ids]")) {
      const boxes = ticks();
      if (event.shiftKey && boxes.includes(last)) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        boxes.slice(from, to + 1).forEach((one) => (one.checked = box.checked));
      }
      last = box;
    } else return;
    tell();
  });
  window.addEventListener("pageshow", tell);
  document.addEventListener("htmx:afterSwap", tell);
})();
