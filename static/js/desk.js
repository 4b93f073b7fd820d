// 连续登记: Enter goes to the next field, Ctrl+Enter registers; the cursor stands where typing begins.
(() => {
  "use strict";
  const form = document.querySelector("[data-desk]") && document.querySelector("form.form");
  if (!form) return;
  const SKIP = ["hidden", "file", "submit", "button"];
  const stops = () =>
    [...form.querySelectorAll("input, select, textarea")].filter(
      (field) => !SKIP.includes(field.type) && !field.disabled && field.tabIndex >= 0 && field.offsetParent,
    );
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
    const field = event.target;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      form.requestSubmit(form.querySelector(".form-go button[type=submit]"));
      return;
    }
    if (field.matches("textarea, button, a")) return;
    event.preventDefault();
    const all = stops();
    const next = all[all.indexOf(field) + 1] ?? form.querySelector(".form-go button[type=submit]");
    next.focus();
    next.select?.();
  });
  document.addEventListener("DOMContentLoaded", () => {
    if (document.getElementById("errors")) return;
    const first = form.querySelector("[data-first]");
    (first?.tomselect ?? first)?.focus();
  });
})();
