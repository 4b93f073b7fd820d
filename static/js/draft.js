// Keeps unsent text of a form in this tab until it has gone through. Never fields marked data-protected,
// passwords, files or hidden fields. Keys carry the person: nobody gets another's draft.
(() => {
  "use strict";
  const PREFIX = "draft:";
  let signedOut = false;
  const person = () => document.body.dataset.user || "";
  const key = (form) => `${PREFIX}${person()}:${form.dataset.draft}`;
  const kept = (field) =>
    field.name && !field.closest("[data-protected]") && !("protected" in field.dataset) && !field.closest("template") &&
    !["hidden", "password", "file", "submit", "button"].includes(field.type);

  const collect = (form) => {
    const found = {};
    for (const field of form.elements) {
      if (!kept(field) || ((field.type === "checkbox" || field.type === "radio") && !field.checked)) continue;
      (found[field.name] ??= []).push(field.value);
    }
    return found;
  };

  const put = (form, draft) => {
    for (const [name, values] of Object.entries(draft)) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (!kept(field)) continue;
        if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
        else if (field.tomselect && "choose" in field.dataset) window.choosers.restore(field, values[0]);
        else if (field.tomselect) field.tomselect.setValue(values, true);
        else {
          field.value = values[0] ?? "";
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }
      }
    }
  };

  const offerAway = (form) => {
    const note = document.createElement("p");
    note.className = "restored";
    note.setAttribute("role", "status");
    note.append("已恢复上次没有提交的内容（受保护的信息和文件除外）。");
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "as-link";
    drop.textContent = "不要这些内容，重新填写";
    drop.addEventListener("click", () => {
      sessionStorage.removeItem(key(form));
      window.location.reload();
    });
    note.append(drop);
    form.before(note);
  };

  const watch = (form) => {
    const fresh = JSON.stringify(collect(form));
    const stored = sessionStorage.getItem(key(form));
    if (stored && stored !== fresh && !("bound" in form.dataset)) {
      const draft = JSON.parse(stored);
      window.rowsets?.grow(form, draft);
      put(form, draft);
      offerAway(form);
    }
    let waiting = 0;
    const save = () => {
      waiting = 0;
      const now = JSON.stringify(collect(form));
      if (now === fresh) sessionStorage.removeItem(key(form));
      else {
        try {
          sessionStorage.setItem(key(form), now);
        } catch {
          // No room left: the form itself still holds the text.
        }
      }
    };
    const soon = () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(save, 300);
    };
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    // Whoever leaves or reloads at once loses nothing either; after a sign-out nothing is kept.
    window.addEventListener("pagehide", () => waiting && !signedOut && save());
  };

  // What went through needs no draft; what belongs to somebody else is thrown away.
  const sweep = () => {
    document.querySelectorAll("[data-done]").forEach((note) => {
      sessionStorage.removeItem(`${PREFIX}${person()}:${note.dataset.done.replace(/^.*done /, "")}`);
    });
    if (!person()) return;
    for (const name of Object.keys(sessionStorage)) {
      if (name.startsWith(PREFIX) && !name.startsWith(`${PREFIX}${person()}:`)) sessionStorage.removeItem(name);
    }
  };

  document.addEventListener("submit", (event) => {
    if ("signOut" in event.target.dataset) {
      signedOut = true;
      for (const name of Object.keys(sessionStorage)) if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
    }
  });
  document.addEventListener("DOMContentLoaded", () => {
    sweep();
    document.querySelectorAll("form[data-draft]").forEach(watch);
  });
})();
