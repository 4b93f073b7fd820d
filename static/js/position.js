// A button that fills in the present position, where the browser gives it (over https only). Without it both fields stay as typed.
(() => {
  "use strict";
  const latitude = document.querySelector("form.form input[name=latitude]");
  const longitude = document.querySelector("form.form input[name=longitude]");
  if (!latitude || !longitude || !window.isSecureContext || !navigator.geolocation) return;
  const button = document.createElement("button");
  const line = document.createElement("p");
  button.type = "button";
  button.className = "btn";
  button.textContent = "填入当前位置";
  line.className = "quiet";
  line.setAttribute("role", "status");
  button.addEventListener("click", () => {
    line.textContent = "正在取得位置……";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        latitude.value = coords.latitude.toFixed(6);
        longitude.value = coords.longitude.toFixed(6);
        line.textContent = "已填入当前位置。";
      },
      () => { line.textContent = "没有取得位置，可以不填。"; },
      { timeout: 15_000 },
    );
  });
  latitude.before(button, line);
})();
