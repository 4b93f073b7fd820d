// 去哪里 (Ctrl-K, ⌘-K): the sections of the rail and the verbs of the page by a few characters; else the search.
(() => {
  "use strict";
  const MOST = 9;
  const places = () => {
    const seen = new Set();
    return [...document.querySelectorAll(".rail a[href], .acts-verbs a.btn, .tabs a[href]")]
      .map((link) => ({ label: (link.firstChild?.textContent ?? link.textContent).trim() || link.textContent.trim(), url: link.href }))
      .filter(({ label, url }) => label && !seen.has(url) && seen.add(url));
  };

  const made = () => {
    const box = document.createElement("dialog");
    box.id = "palette";
    box.setAttribute("aria-label", "去哪里");
    const field = document.createElement("input");
    Object.assign(field, { type: "search", placeholder: "栏目、编号、姓名或标题", maxLength: 60, autocomplete: "off" });
    field.setAttribute("aria-label", "去哪里");
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-expanded", "true");
    field.setAttribute("aria-controls", "palette-found");
    const list = document.createElement("ul");
    list.id = "palette-found";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "找到的");
    box.append(field, list);
    document.body.append(box);

    let at = 0;
    let found = [];
    const show = () => {
      const words = field.value.trim().toLowerCase();
      found = places().filter(({ label }) => label.toLowerCase().includes(words)).slice(0, MOST);
      if (words.length > 1) found.push({ label: `查找“${field.value.trim()}”`, url: `/search/?q=${encodeURIComponent(field.value.trim())}` });
      at = Math.min(at, Math.max(found.length - 1, 0));
      list.replaceChildren(
        ...found.map(({ label, url }, place) => {
          const item = document.createElement("li");
          const link = document.createElement("a");
          Object.assign(link, { href: url, textContent: label, tabIndex: -1 });
          item.id = `palette-${place}`;
          item.setAttribute("role", "option");
          item.setAttribute("aria-selected", String(place === at));
          item.append(link);
          return item;
        }),
      );
      field.setAttribute("aria-activedescendant", found.length ? `palette-${at}` : "");
    };
    field.addEventListener("input", () => {
      at = 0;
      show();
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        at = (at + (event.key === "ArrowDown" ? 1 : found.length - 1)) % Math.max(found.length, 1);
        show();
      } else if (event.key === "Enter" && found[at]) {
        event.preventDefault();
        window.location.assign(found[at].url);
      }
    });
    box.addEventListener("click", (event) => event.target === box && box.close());
    return { box, field, show };
  };

  let palette = null;
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    if (!document.querySelector(".rail")) return;
    event.preventDefault();
    palette ??= made();
    if (palette.box.open) return palette.box.close();
    palette.field.value = "";
    palette.show();
    palette.box.showModal();
    palette.field.focus();
  });
})();
