// A grid of numbers: up and down (and Enter) go to the same column of the next line, and the number there is marked whole.
(() => {
  "use strict";
  for (const grid of document.querySelectorAll(".score-grid")) {
    grid.addEventListener("focusin", (event) => {
      if (event.target.matches("input")) event.target.select();
    });
    grid.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
      if (!step || !event.target.matches("input")) return;
      event.preventDefault();
      const cell = event.target.closest("td");
      const line = cell.parentElement;
      const next = step > 0 ? line.nextElementSibling : line.previousElementSibling;
      const other = next && next.cells[cell.cellIndex] && next.cells[cell.cellIndex].querySelector("input");
      if (other) other.focus();
    });
  }
})();
