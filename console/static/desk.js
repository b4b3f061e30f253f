// Small helps; every page works without them.
(() => {
  "use strict";
  const DAY = 24 * 60 * 60 * 1000;
  const PREFIX = "huiying:draft:";

  // A form is sent once, however often its button is pressed; coming back re-enables it.
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      setTimeout(() => form.querySelectorAll("button").forEach((b) => { b.disabled = true; }), 0);
      // A download leaves its page standing.
      if ("again" in form.dataset) setTimeout(() => {
        delete form.dataset.sent;
        form.querySelectorAll("button").forEach((b) => { b.disabled = false; });
      }, 3000);
    });
  }
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      form.querySelectorAll("button").forEach((b) => { b.disabled = false; });
    }
  });

  // What is being written is kept in this browser until the desk has it.
  const read = (key) => {
    try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch { return null; }
  };
  const keep = (key, text) => {
    try { localStorage.setItem(PREFIX + key, JSON.stringify({ text, at: Date.now() })); } catch { /* full or forbidden */ }
  };
  const drop = (key) => { try { localStorage.removeItem(PREFIX + key); } catch { /* forbidden */ } };

  for (const box of document.querySelectorAll("textarea[data-keep]")) {
    const key = box.dataset.keep;
    const note = document.getElementById(box.id + "-note");
    const count = document.getElementById(box.id + "-count");
    const saved = read(key);
    const tell = () => { if (count) count.textContent = [...box.value].length + " 字"; };
    if (saved && Date.now() - saved.at < 7 * DAY && saved.text.trim() && saved.text !== box.value) {
      const offer = document.createElement("button");
      offer.type = "button";
      offer.className = "link";
      offer.textContent = "找回上次没保存的文字";
      offer.addEventListener("click", () => { box.value = saved.text; offer.remove(); tell(); box.focus(); });
      if (note) note.append(" ", offer);
    } else if (saved) {
      drop(key);
    }
    let timer;
    box.addEventListener("input", () => {
      tell();
      clearTimeout(timer);
      timer = setTimeout(() => keep(key, box.value), 400);
    });
    tell();
  }

  // A page that waits for work to be done looks again by itself.
  const waiting = document.querySelector("[data-refresh]");
  if (waiting) setTimeout(() => location.reload(), Number(waiting.dataset.refresh) * 1000);

  // Signing out leaves nothing behind on a shared computer.
  for (const form of document.querySelectorAll("form[data-forget]")) {
    form.addEventListener("submit", () => {
      try {
        Object.keys(localStorage).filter((k) => k.startsWith(PREFIX)).forEach((k) => localStorage.removeItem(k));
      } catch { /* forbidden */ }
    });
  }
})();
