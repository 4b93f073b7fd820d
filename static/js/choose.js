// Region, unit and person choosers: a search as you type over the plain input or list beneath.
(() => {
  "use strict";
  const text = (value) => document.createTextNode(value ?? "");
  const line = (data) => {
    const box = document.createElement("div");
    box.append(text(data.text));
    if (data.hint) {
      const hint = document.createElement("span");
      hint.className = "ts-hint";
      hint.append(text(data.hint));
      box.append(hint);
    }
    return box;
  };
  const plain = (words) => () => {
    const box = document.createElement("div");
    box.className = "no-results";
    box.append(text(words));
    return box;
  };
  const words = { no_results: plain("没有找到，换几个字试试。"), loading: plain("正在查找……"), not_loading: null };

  const remote = (input) => {
    const url = input.dataset.choose;
    const now = input.value;
    const box = new window.TomSelect(input, {
      valueField: "value",
      labelField: "text",
      searchField: [],
      maxItems: 1,
      create: false,
      delimiter: "\u0000",
      options: now ? [{ value: now, text: now }] : [],
      items: now ? [now] : [],
      loadThrottle: 200,
      shouldLoad: (query) => query.trim().length > 0,
      load: (query, done) => {
        const address = `${url}${url.includes("?") ? "&" : "?"}q=${encodeURIComponent(query)}`;
        fetch(address, { headers: { Accept: "application/json" }, redirect: "error" })
          .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
          .then((answer) => {
            box.clearOptions();
            done(answer.results);
          })
          .catch(() => done());
      },
      render: { option: line, item: (data) => { const one = document.createElement("div"); one.append(text(data.text)); return one; }, ...words },
      onItemAdd: () => { box.setTextboxValue(""); box.blur(); },
    });
    input.setAttribute("aria-hidden", "true");   // the search field over it carries the label
    return box;
  };

  const enhance = (root) => {
    if (!window.TomSelect) return;
    root.querySelectorAll("input[data-choose]:not(.tomselected)").forEach((input) => {
      if (!input.closest("template")) remote(input);
    });
    root.querySelectorAll("select[data-select]:not(.tomselected)").forEach((select) => {
      if (select.options.length > 8 && !select.closest("template")) new window.TomSelect(select, { maxOptions: 300, render: { no_results: words.no_results } });
    });
  };

  // A value put back by the draft keeper: shown in words as soon as the server has told them.
  const restore = (input, value) => {
    const box = input.tomselect;
    if (!box || !value) return;
    fetch(`${input.dataset.choose}${input.dataset.choose.includes("?") ? "&" : "?"}q=${encodeURIComponent(value)}`, { redirect: "error" })
      .then((answer) => (answer.ok ? answer.json() : { results: [] }))
      .then((answer) => {
        const known = answer.results.find((one) => one.value === value) || { value, text: value };
        box.addOption(known);
        box.setValue(known.value, true);
      })
      .catch(() => {});
  };

  window.choosers = { enhance, restore };
  document.addEventListener("DOMContentLoaded", () => enhance(document));
  document.addEventListener("htmx:afterSwap", (event) => enhance(event.target));
})();
