// A visit on a phone: what is typed and photographed is kept on this device from the first letter, survives a lost network
// and a closed browser, and is sent once. The mark of the form (`submission`) tells the server that it is the same visit.
(() => {
  "use strict";
  const AGAIN = 20_000; // milliseconds between tries while the network is away
  const store = window.visitStore;
  const user = () => document.body.dataset.user || "";
  const form = () => document.querySelector("form.form[data-visit]");
  const box = () => document.querySelector("[data-outbox-list]");
  const SKIPPED = ["csrfmiddlewaretoken", "once", "submission", "photos"];
  const PAUSE = 200; // milliseconds between looks whether an earlier visit is through
  let photos = []; // of the form on screen: [{name, blob}]
  let shrinking = Promise.resolve(); // photos chosen and not yet small
  let sending = false; // something is on its way
  let pressed = false; // the form on screen is to be sent

  const make = (tag, words, act) => {
    const made = document.createElement(tag);
    made.textContent = words;
    if (tag === "button") {
      made.type = "button";
      made.className = "as-link";
      made.addEventListener("click", act);
    }
    return made;
  };

  // The form on screen

  const collect = (on) => {
    const fields = {};
    for (const field of on.elements) {
      if (!field.name || SKIPPED.includes(field.name) || field.type === "submit") continue;
      if (field.type === "checkbox" && !field.checked) continue;
      (fields[field.name] ??= []).push(field.value);
    }
    return fields;
  };

  const draftOf = (on, more) => ({
    id: on.elements.submission.value, user: user(), saved: Date.now(), waiting: false, problem: "",
    words: [on.elements.region.value, on.elements.visited_on.value].filter(Boolean).join("，") || "还没有填写地点",
    fields: collect(on), photos, ...more,
  });

  const put = (on, draft) => {
    on.elements.submission.value = draft.id;
    window.rowsets?.grow(on, draft.fields);
    for (const field of on.elements) {
      if (!field.name || SKIPPED.includes(field.name) || field.type === "hidden" || field.type === "submit") continue;
      const values = draft.fields[field.name] || [];
      if (field.type === "checkbox") field.checked = values.includes(field.value);
      else if (field.tomselect) field.tomselect.setValue(values, true);
      else field.value = values[0] ?? "";
    }
    photos = draft.photos;
    drawPhotos(on);
  };

  const drawPhotos = (on) => {
    let list = on.querySelector("[data-photos]");
    if (!list) {
      list = document.createElement("ul");
      list.dataset.photos = "";
      list.className = "photo-list";
      on.elements.photos.after(list);
    }
    list.replaceChildren(
      ...photos.map((photo, at) => {
        const line = make("li", `${photo.name}（${Math.ceil(photo.blob.size / 1024)} KB） `);
        line.append(make("button", "去掉", () => {
          photos = photos.filter((_, place) => place !== at);
          drawPhotos(on);
          keep(on);
        }));
        return line;
      }),
    );
  };

  const say = (on, words, kind = "restored") => {
    document.querySelector("[data-visit-note]")?.remove();
    const note = document.createElement("section");
    note.dataset.visitNote = "";
    note.className = kind;
    note.setAttribute("role", kind === "errors" ? "alert" : "status");
    note.append(...[words].flat().map((one) => (typeof one === "string" ? make("p", one) : one)));
    (on || box()).before(note);
    note.scrollIntoView({ block: "nearest" });
    return note;
  };

  const keep = async (on, more) => {
    try {
      await store.put(draftOf(on, more));
      return true;
    } catch {
      say(on, "本机存不下了，请先提交，或者删去一些照片。", "errors");
      return false;
    }
  };

  // Sending

  const bodyOf = (draft) => {
    const tokens = form() || document.querySelector("[data-outbox]");
    const body = new FormData();
    body.set("csrfmiddlewaretoken", tokens.elements.csrfmiddlewaretoken.value);
    body.set("submission", draft.id);
    for (const [name, values] of Object.entries(draft.fields)) for (const value of values) body.append(name, value);
    for (const photo of draft.photos) body.append("photos", photo.blob, photo.name);
    return body;
  };

  // What became of it: {url} it is there, {errors} it is refused, {away} no network, {signedOut}.
  const send = async (draft) => {
    let answer;
    try {
      const url = document.querySelector("[data-outbox]").action;
      answer = await fetch(url, { method: "POST", body: bodyOf(draft), headers: { Accept: "application/json" } });
    } catch {
      return { away: true };
    }
    const type = answer.headers.get("Content-Type") || "";
    if (answer.redirected || !type.startsWith("application/json")) {
      return answer.status >= 500 ? { away: true } : { signedOut: true };
    }
    const said = await answer.json();
    return answer.status === 201 ? { url: said.url } : { errors: said.errors || [{ label: "", message: said.message }] };
  };

  const showErrors = (on, errors) => {
    const list = document.createElement("ul");
    list.append(...errors.map((one) => make("li", one.label ? `${one.label}：${one.message}` : one.message)));
    say(on, [make("h2", `有 ${errors.length} 处需要修改`), list], "errors").scrollIntoView();
  };

  // One at a time: a press while an earlier visit is on its way waits for it, and is not lost.
  const inTurn = async (act) => {
    while (sending) await new Promise((resolve) => window.setTimeout(resolve, PAUSE));
    sending = true;
    try {
      return await act();
    } finally {
      sending = false;
    }
  };

  const submit = async (on) => {
    if (pressed) return; // this very form is on its way
    pressed = true;
    try {
      say(on, "正在提交…");
      await shrinking; // what was chosen a moment ago goes along
      await inTurn(() => submitNow(on));
    } finally {
      pressed = false;
    }
  };

  const submitNow = async (on) => {
    const draft = draftOf(on, { waiting: true });
    if (!(await keep(on, { waiting: true }))) return;
    const came = await send(draft);
    if (came.url) {
      await store.remove(draft.id);
      window.location.assign(came.url);
    } else if (came.errors) {
      await keep(on);
      showErrors(on, came.errors);
    } else if (came.signedOut) {
      say(on, "登录已过期，内容和照片都留在本机。请重新登录后打开“登记走访”，会自动提交。");
    } else {
      say(on, "没有网络，内容和照片已存在本机；网络恢复后自动提交，关闭页面也不会丢失。");
      drawBox();
    }
  };

  // What waits, of this form and of earlier ones

  const sendWaiting = async () => {
    if (sending || !user() || !navigator.onLine) return;
    await inTurn(sendAll);
    drawBox();
  };

  const sendAll = async () => {
    const waiting = (await store.all(user())).filter((draft) => draft.waiting);
    for (const draft of waiting) {
      const came = await send(draft);
      if (came.away || came.signedOut) break;
      if (came.url) {
        await store.remove(draft.id);
        arrived(draft, came.url);
      } else {
        await store.put({ ...draft, waiting: false, problem: came.errors.map((one) => one.message).join("；") });
      }
    }
  };

  const arrived = (draft, url) => {
    const on = form();
    if (on && on.elements.submission.value === draft.id) {
      window.location.assign(url);
      return;
    }
    const link = make("a", "查看");
    link.href = url;
    say(on, [make("p", `已提交：${draft.words}。`), link]);
  };

  const drawBox = async () => {
    if (!box() || !user()) return;
    const on = form();
    const here = on?.elements.submission.value;
    const rest = (await store.all(user())).filter((draft) => draft.id !== here);
    box().hidden = rest.length === 0;
    box().replaceChildren(
      ...(rest.length ? [make("h2", `本机还有 ${rest.length} 次走访没有提交`)] : []),
      ...rest.map((draft) => {
        const standing = draft.waiting ? "等待网络" : draft.problem ? `需要修改：${draft.problem}` : "草稿";
        const line = make("p", `${draft.words}（${standing}） `);
        const opens = make("a", "打开");
        opens.href = `${document.querySelector("[data-outbox]").action}#${draft.id}`;
        opens.addEventListener("click", () => on && window.setTimeout(() => window.location.reload(), 0));
        line.append(opens, " ", make("button", "删除", () => {
          if (window.confirm("删除后不能恢复，确定删除这次走访吗？")) store.remove(draft.id).then(drawBox);
        }));
        return line;
      }),
    );
  };

  // The page

  const position = (on) => {
    if (!window.isSecureContext || !navigator.geolocation) return; // over plain http a browser does not say where it is
    const button = make("button", "填入当前位置", () =>
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          on.elements.latitude.value = coords.latitude.toFixed(6);
          on.elements.longitude.value = coords.longitude.toFixed(6);
          keep(on);
        },
        () => say(on, "没有取得位置，可以不填。"),
        { timeout: 15_000 },
      ),
    );
    on.elements.latitude.before(button);
  };

  const restore = async (on) => {
    const asked = decodeURIComponent(window.location.hash.slice(1));
    const drafts = await store.all(user());
    const found = drafts.find((draft) => draft.id === (asked || on.elements.submission.value)) ||
      (asked ? null : drafts.find((draft) => !draft.waiting && !draft.problem));
    if (!found) return;
    if ("bound" in on.dataset) photos = found.photos;
    else put(on, found);
    drawPhotos(on);
    if (found.problem) showErrors(on, [{ message: found.problem }]);
    else {
      say(on, [make("p", "已恢复上次没有提交的内容和照片。"), make("button", "不要这些内容，重新填写", async () => {
        await store.remove(found.id);
        window.location.assign(document.querySelector("[data-outbox]").action);
      })]);
    }
  };

  const watch = (on) => {
    let waiting = 0;
    const soon = () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => keep(on), 300);
    };
    on.addEventListener("input", soon);
    on.addEventListener("change", async (event) => {
      if (event.target.name !== "photos") return soon();
      const chosen = [...event.target.files];
      event.target.value = "";
      const add = async () => {
        for (const file of chosen) photos = [...photos, await window.smallPhoto(file)];
        drawPhotos(on);
        await keep(on);
      };
      shrinking = shrinking.then(add).catch(() => undefined);
      await shrinking;
    });
    on.addEventListener("submit", (event) => {
      if (event.submitter?.name === "_more") return;
      event.preventDefault();
      window.clearTimeout(waiting);
      submit(on);
    });
  };

  const begin = async () => {
    const on = document.querySelector("form.form[data-once]");
    if (on?.elements.submission) {
      // This script keeps the text and guards the button.
      delete on.dataset.draft;
      delete on.dataset.once;
      on.dataset.visit = "";
      await restore(on);
      watch(on);
      position(on);
    }
    await sendWaiting();
    await drawBox();
    window.addEventListener("online", sendWaiting);
    window.setInterval(sendWaiting, AGAIN);
  };

  if (window.indexedDB && window.visitStore) begin().catch(() => undefined); // without a database of its own the form is a plain form
})();
