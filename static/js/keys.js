// The keyboard: rows of a list, verbs of a record. What each key does stands in templates/components/keys.html.
(() => {
  "use strict";
  const typing = (element) => element.closest?.("input:not([type=checkbox]), select, textarea, [contenteditable], .ts-wrapper, dialog");
  const go = (selector) => {
    const link = document.querySelector(selector);
    link?.click();
    return Boolean(link);
  };
  // Rows of a list, lines of 我的工作, messages.
  const ROWS = ".list > .rows tbody tr, .rows-entries tbody tr, .list > .messages > li";
  const rows = () => [...document.querySelectorAll(ROWS)];
  const current = () => rows().find((row) => row.classList.contains("at"));

  const stand = (row) => {
    current()?.classList.remove("at");
    row.classList.add("at");
    const link = row.querySelector("a[href], button");
    if (!link) row.tabIndex = -1;
    (link ?? row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    return true;
  };
  const move = (step) => {
    const all = rows();
    if (!all.length) return false;
    const at = all.indexOf(current());
    return stand(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)]);
  };
  const tick = () => {
    const box = current()?.querySelector(".k-tick input");
    box?.click();
    return Boolean(box);
  };
  const seek = () => {
    const field = document.querySelector(".filters [name=q]") ?? document.querySelector(".top-search input");
    field?.focus();
    field?.select();
    return Boolean(field);
  };
  const verb = (number) => {
    const found = document.querySelectorAll(".acts-verbs a.btn");
    found[number - 1]?.click();
    return number <= found.length;
  };

  const help = async () => {
    let box = document.getElementById("keys");
    if (!box) {
      const answer = await fetch("/keys/", { headers: { "HX-Request": "true" } });
      if (!answer.ok) return;
      box = document.createElement("dialog");
      box.id = "keys";
      box.setAttribute("aria-label", "键盘操作");
      box.innerHTML = await answer.text();
      document.body.append(box);
      box.addEventListener("click", (event) => event.target === box && box.close());
    }
    box.showModal();
  };

  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    // The arrows scroll the page until a row is chosen.
    ArrowDown: () => Boolean(current()) && move(1),
    ArrowUp: () => Boolean(current()) && move(-1),
    x: tick,
    "/": seek,
    n: () => go("[data-new]"),
    "[": () => go(".pager a[rel=prev]"),
    "]": () => go(".pager a[rel=next]"),
    u: () => go(".above a"),
    "?": () => {
      help();
      return true;
    },
    Escape: () => {
      current()?.classList.remove("at");
      return false;
    },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    const act = KEYS[event.key] ?? (/^[1-9]$/.test(event.key) ? () => verb(Number(event.key)) : null);
    if (act?.()) event.preventDefault();
  });
  // A click elsewhere in the table moves the cursor along.
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.(ROWS);
    if (row && current() && row !== current()) {
      current().classList.remove("at");
      row.classList.add("at");
    }
  });
})();
