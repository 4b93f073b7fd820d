// One press is one act; menus close; child rows are added; errors come into view.
(() => {
  "use strict";
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!("once" in form.dataset)) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (event.submitter?.name === "_more") return;
    form.dataset.sent = "1";
    window.setTimeout(() => form.querySelectorAll("button[type=submit]").forEach((button) => (button.disabled = true)), 0);
  });
  // Back from the next page: the form may be sent again.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-once]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll("button[type=submit]").forEach((button) => (button.disabled = false));
    });
  });

  // Filters left empty do not lengthen the address.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") return;
    for (const [name, value] of [...event.detail.formData.entries()]) if (value === "") event.detail.formData.delete(name);
  });

  // The address of what is on screen, ready to be pasted; without JavaScript the address line has it.
  const offerCopies = (root) => root.querySelectorAll("[data-copy][hidden], [data-copy-table][hidden]").forEach((button) => (button.hidden = false));
  document.addEventListener("DOMContentLoaded", () => offerCopies(document));
  document.addEventListener("htmx:afterSwap", (event) => offerCopies(event.target));
  // Without https a browser has no clipboard for scripts: the old way of copying a selection still works.
  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const box = document.createElement("textarea");
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  };
  // A table as a spreadsheet takes it: a line a row, a tab between cells, numbers without their commas.
  const cells = (button) =>
    [...button.closest(".chart").querySelectorAll("table tr")]
      .map((row) => [...row.cells].map((cell) => cell.textContent.trim().replace(/^([+−-]?[\d,]+(?:\.\d+)?)$/, (number) => number.replaceAll(",", ""))).join("\t"))
      .join("\n");
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy], [data-copy-table]");
    if (!button) return;
    await copy("copyTable" in button.dataset ? cells(button) : new URL(button.dataset.copy, window.location.href).href);
    const words = button.textContent;
    button.textContent = "已复制";
    window.setTimeout(() => (button.textContent = words), 2000);
  });

  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open], details.phone-lists[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open], details.phone-lists[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  const addRow = (rowset) => {
    const name = rowset.dataset.rowset;
    const total = rowset.querySelector(`[name="${name}-TOTAL_FORMS"]`);
    const number = Number(total.value);
    const markup = rowset.querySelector("template").innerHTML.replaceAll("__prefix__", String(number));
    const rows = rowset.querySelector("[data-rowset-rows]");
    rows.insertAdjacentHTML("beforeend", markup);
    total.value = String(number + 1);
    const row = rows.lastElementChild;
    row.querySelector("[data-rowset-number]").textContent = String(number + 1);
    window.choosers?.enhance(row);
    return row;
  };
  document.addEventListener("click", (event) => {
    const more = event.target.closest?.("[data-rowset-more]");
    if (!more) return;
    event.preventDefault();
    addRow(more.closest("[data-rowset]")).querySelector("input, select, textarea")?.focus();
  });
  window.rowsets = {
    // Room for the rows a draft holds.
    grow: (form, draft) => {
      form.querySelectorAll("[data-rowset]").forEach((rowset) => {
        if (!rowset.querySelector("template")) return; // its rows are given
        const name = rowset.dataset.rowset;
        const most = Object.keys(draft).reduce((most, field) => {
          const found = field.startsWith(`${name}-`) ? Number(field.slice(name.length + 1).split("-")[0]) : -1;
          return Math.max(most, found);
        }, -1);
        while (Number(rowset.querySelector(`[name="${name}-TOTAL_FORMS"]`).value) <= most) addRow(rowset);
      });
    },
  };

  document.addEventListener("DOMContentLoaded", () => document.getElementById("errors")?.focus());
  // A line of the summary leads into its field, also where a chooser stands over it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".errors a[href^='#']");
    const box = link && document.getElementById(link.hash.slice(1))?.tomselect;
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.control.scrollIntoView({ block: "center" });
  });
})();
