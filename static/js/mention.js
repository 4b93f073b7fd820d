// After an @ in a comment: the people who see this very record, under the text; without it one types the name.
(() => {
  "use strict";
  const AFTER = /[@＠]([^\s@＠，。；：、！？（）()]{0,12})$/;

  const enhance = (area) => {
    const list = document.createElement("ul");
    list.className = "mentions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "可以提醒的人");
    list.hidden = true;
    area.after(list);
    let asked = 0;
    let timer = 0;

    const close = () => {
      list.hidden = true;
      list.replaceChildren();
    };
    const typed = () => AFTER.exec(area.value.slice(0, area.selectionStart));
    const put = (line) => {
      const found = typed();
      if (!found) return close();
      const start = area.selectionStart - found[1].length;
      area.setRangeText(`${line.dataset.value} `, start, area.selectionStart, "end");
      close();
      area.focus();
    };
    const mark = (line) => {
      list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
      line?.setAttribute("aria-selected", "true");
      line?.scrollIntoView({ block: "nearest" });
    };
    const show = (results) => {
      const names = results.map((one) => one.value);
      list.replaceChildren(...results.map((one) => {
        const line = document.createElement("li");
        const unit = names.filter((name) => name === one.value).length > 1 ? one.unit : "";
        line.setAttribute("role", "option");
        line.dataset.value = unit ? `${one.value}（${unit}）` : one.value;
        const hint = document.createElement("span");
        hint.textContent = one.hint;
        line.append(one.text, hint);
        line.addEventListener("mousedown", (event) => {
          event.preventDefault();
          put(line);
        });
        return line;
      }));
      list.hidden = results.length === 0;
      mark(list.firstElementChild);
    };
    const ask = () => {
      const found = typed();
      const mine = ++asked;
      if (!found) return close();
      fetch(`${area.dataset.mention}?q=${encodeURIComponent(found[1])}`, { headers: { Accept: "application/json" }, redirect: "error" })
        .then((answer) => (answer.ok ? answer.json() : { results: [] }))
        .then((answer) => mine === asked && show(answer.results))
        .catch(close);
    };
    area.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, 200);
    });
    area.addEventListener("blur", close);
    area.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing) return;
      const now = list.querySelector("[aria-selected=true]");
      if (event.key === "ArrowDown") mark(now?.nextElementSibling ?? list.firstElementChild);
      else if (event.key === "ArrowUp") mark(now?.previousElementSibling ?? list.lastElementChild);
      else if (event.key === "Enter" && now) put(now);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
  };
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("textarea[data-mention]").forEach(enhance));
})();
