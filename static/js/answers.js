// The monthly sheet of a village: of each duty only what its answer asks for is shown. Without it all fields stand there.
(() => {
  "use strict";
  const ASKED = { published: ["published_on", "photo"], nothing: ["reason"], unpublished: ["reason"] };
  const FIELDS = ["published_on", "photo", "reason"];
  const settle = (row) => {
    const answer = row.querySelector("input[type=radio][name$='-answer']:checked")?.value;
    for (const name of FIELDS) {
      const field = row.querySelector(`[name$='-${name}']`)?.closest(".field");
      if (field) field.hidden = !(ASKED[answer] || []).includes(name) && !field.classList.contains("field-wrong");
    }
  };
  const rows = document.querySelectorAll("[data-rowset-row]");
  for (const row of rows) settle(row);
  document.addEventListener("change", (event) => {
    const row = event.target instanceof HTMLInputElement && event.target.closest("[data-rowset-row]");
    if (row) settle(row);
  });
})();
