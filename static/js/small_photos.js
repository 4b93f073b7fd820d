// Photos of a plain form made small before they are sent (visit_photos.js does it), shown as they will go: of fields for
// photos, and of those marked data-small, where papers may lie beside them and go as they are. Without this script, or
// where the browser cannot, they are sent as they are.
(() => {
  "use strict";
  const LEAST = 300 * 1024; // bytes; smaller ones go as they are

  const shrink = async (input, line) => {
    const form = input.form;
    const buttons = [...form.querySelectorAll("button[type=submit]")];
    const free = buttons.filter((button) => !button.disabled);
    free.forEach((button) => { button.disabled = true; });
    line.textContent = "正在压缩照片……";
    try {
      const kept = new DataTransfer();
      for (const file of input.files) {
        const small = file.size > LEAST && file.type.startsWith("image/") ? await window.smallPhoto(file) : null;
        const better = small && small.blob.size < file.size;
        kept.items.add(better ? new File([small.blob], small.name, { type: small.blob.type }) : file);
      }
      input.files = kept.files;
    } catch {
      // The photos stay as they were taken.
    }
    free.forEach((button) => { button.disabled = false; });
    const unit = input.hasAttribute("data-small") ? "份" : "张";
    const size = [...input.files].reduce((sum, file) => sum + file.size, 0);
    line.textContent = input.files.length ? `已选 ${input.files.length} ${unit}，共 ${Math.max(1, Math.round(size / 1024))} KB。` : "";
  };

  document.addEventListener("DOMContentLoaded", () => {
    if (!window.smallPhoto || !window.DataTransfer) return;
    for (const input of document.querySelectorAll("input[type=file][accept='image/*'], input[type=file][data-small]")) {
      const line = document.createElement("p");
      line.className = "help";
      line.setAttribute("role", "status");
      input.after(line);
      input.addEventListener("change", () => shrink(input, line));
    }
  });
})();
