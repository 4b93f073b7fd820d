// Shows the amount typed in 元 (or 万) in Chinese capital words beside the field.
(() => {
  "use strict";
  const DIGITS = "零壹贰叁肆伍陆柒捌玖";
  const PLACES = ["", "拾", "佰", "仟"];
  const GROUPS = ["", "万", "亿", "万亿"];

  const group = (number) => {
    let words = "";
    let zero = false;
    for (let place = 3; place >= 0; place -= 1) {
      const digit = Math.floor(number / 10 ** place) % 10;
      if (digit) {
        words += (zero && words ? "零" : "") + DIGITS[digit] + PLACES[place];
        zero = false;
      } else {
        zero = true;
      }
    }
    return words;
  };

  const whole = (digits) => {
    const groups = [];
    for (let end = digits.length; end > 0; end -= 4) groups.push(Number(digits.slice(Math.max(0, end - 4), end)));
    let words = "";
    let gap = false;
    for (let at = groups.length - 1; at >= 0; at -= 1) {
      if (groups[at]) words += (words && (gap || groups[at] < 1000) ? "零" : "") + group(groups[at]) + GROUPS[at];
      gap = groups[at] === 0;
    }
    return words;
  };

  // Returns [digits of 元, 角, 分] or null when it cannot be read.
  const read = (typed) => {
    let text = typed.normalize("NFKC").replace(/[，,\s￥¥]/g, "").replace(/元$/, "");
    let shift = 0;
    if (text.endsWith("万")) {
      shift = 4;
      text = text.slice(0, -1);
    }
    const found = /^(\d{1,13})(?:\.(\d{0,6}))?$/.exec(text);
    if (!found || (found[2] || "").length > 2 + shift) return null;
    const digits = (found[1] + (found[2] || "").padEnd(2 + shift, "0")).replace(/^0+(?=\d{3})/, "");
    return digits.length > 16 ? null : [digits.slice(0, -2).replace(/^0+/, ""), Number(digits.at(-2)), Number(digits.at(-1))];
  };

  const capital = (typed) => {
    const parts = typed.trim() ? read(typed) : null;
    if (!parts) return "";
    const [yuan, jiao, fen] = parts;
    let words = yuan ? `${whole(yuan)}元` : "";
    if (!jiao && !fen) return `${words || "零元"}整`;
    if (jiao) words += `${DIGITS[jiao]}角`;
    else if (words) words += "零";
    return words + (fen ? `${DIGITS[fen]}分` : "整");
  };

  document.addEventListener("input", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !("money" in input.dataset)) return;
    const output = input.closest(".field")?.querySelector(".money-words");
    if (output) output.textContent = capital(input.value);
  });
})();
