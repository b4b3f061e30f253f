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

  // A file that is too large is told before it is sent.
  for (const input of document.querySelectorAll("input[type=file][data-largest]")) {
    input.addEventListener("change", () => {
      const most = Number(input.dataset.largest);
      const large = [...input.files].some((file) => file.size > most * 1024 * 1024);
      input.setCustomValidity(large ? "文件超过 " + most + " MB，请拆成几个再分别上传。" : "");
      if (large) input.reportValidity();
    });
  }

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
    const count = document.getElementById(box.id + "-count");
    const saved = read(key);
    const tell = () => { 
      const length = [...box.value].length;
      const most = Number(box.dataset.oneMessage || Infinity);
      const long = new TextEncoder().encode(box.value.trim()).length > most;
      if (count) count.textContent = length + " 字" + (length > 10000 ? "，超过 10000 字，请删减后再提交"
        : long ? "，超出微信一条消息（约 " + Math.floor(most / 3) + " 字），市民要回复“查询”才看得到后面的，能短就短" : "");
    };
    if (saved && Date.now() - saved.at < 7 * DAY && saved.text.trim() && saved.text !== box.value) {
      const offer = document.createElement("button");
      offer.type = "button";
      offer.className = "button small";
      offer.textContent = "找回上次没保存的文字";
      const told = document.createElement("div");
      told.className = "banner";
      told.setAttribute("role", "status");
      const last = document.createElement("p");
      last.textContent = "这台电脑上还有一份您写的、没有存上的文字，末尾是“" + [...saved.text.trim()].slice(-20).join("") + "”。";
      offer.addEventListener("click", () => { box.value = saved.text; told.remove(); tell(); box.focus(); });
      told.append(last, offer);
      box.before(told);
    } else if (saved) {
      drop(key);
    }
    let timer;
    let sending;
    box.addEventListener("input", () => {
      tell();
      clearTimeout(timer);
      clearTimeout(sending);
      timer = setTimeout(() => keep(key, box.value), 400);
      sending = setTimeout(() => send(box).then((kept) => { if (kept) drop(key); }), 1500);
    });
    tell();
  }

  // What was just done is said once: not again after going back or reloading.
  const here = new URL(location.href);
  if (here.searchParams.has("done")) {
    here.searchParams.delete("done");
    history.replaceState(history.state, "", here);
  }

  // A page that waits for work to be done looks again by itself.
  const waiting = document.querySelector("[data-refresh]");
  if (waiting) setTimeout(() => location.reload(), Number(waiting.dataset.refresh) * 1000);

  // The desk keeps what is written, too, and tells who else is at the same case.
  const company = document.querySelector("[data-company]");
  let writtenAt = 0;
  async function send(box) {
    if (!company) return false;
    const form = new FormData();
    form.set("csrf", company.dataset.csrf);
    form.set("version", company.dataset.version);
    if (box) {
      writtenAt = Date.now();
      form.set("text", box.value);
      form.set("purpose", box.form.elements.purpose ? box.form.elements.purpose.value : "");
      box.form.querySelectorAll("input[name=source]").forEach((s) => form.append("source", s.value));
    }
    if (Date.now() - writtenAt < 60000) form.set("writing", "yes");
    const note = document.querySelector("[data-saved]");
    try {
      const answer = await fetch(company.dataset.company, { method: "POST", body: form });
      if (answer.status === 401 && note && box) {
        note.textContent = "登录已过期：文字存在这台电脑上，请在新窗口重新登录后再提交。";
      }
      if (!answer.ok) return false;
      const told = await answer.json();
      company.textContent = [...told.others, ...(told.moved ? [told.moved + "，请刷新后再提交"] : [])].join("；");
      if (note && told.saved) note.textContent = "已保存（" + told.saved + "）";
      return Boolean(told.saved);
    } catch {
      if (note && box) note.textContent = "网络不通，文字先存在这台电脑上。";
      return false;
    }
  }
  if (company) {
    send(null);
    setInterval(() => { if (!document.hidden) send(null); }, 20000);
  }

  // A hint goes into the draft where the cursor stands, with its source.
  for (const link of document.querySelectorAll("[data-insert]")) {
    const box = document.getElementById("draft-text");
    if (!box) continue;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const text = link.closest("li").querySelector("[data-hint-text]").textContent;
      const before = box.value.slice(0, box.selectionStart).trimEnd();
      const after = box.value.slice(box.selectionEnd).trimStart();
      box.value = [before, text, after].filter(Boolean).join("\n\n");
      const source = document.createElement("input");
      source.type = "hidden";
      source.name = "source";
      source.value = link.dataset.insert;
      box.form.querySelector("[data-sources]").append(source);
      const from = box.form.querySelector("[data-from]");
      from.hidden = false;
      const said = from.querySelector("span");
      said.textContent = [...new Set([...said.textContent.split("、"), source.value].filter(Boolean))].join("、");
      box.dispatchEvent(new Event("input"));
      const folded = box.closest("details");
      if (folded) folded.open = true;
      box.focus();
      const blank = /[{｛][^{}｛｝\n]{1,20}[}｝]/.exec(box.value);
      if (blank) box.setSelectionRange(blank.index, blank.index + blank[0].length);
    });
  }

  // Numbers beside the views follow what happens, while somebody looks at the page.
  const views = document.querySelector("[data-live-from]");
  if (views && window.EventSource) {
    let source = null;
    const follow = () => {
      if (document.hidden) { if (source) source.close(); source = null; return; }
      if (source) return;
      source = new EventSource(views.dataset.liveFrom);
      source.addEventListener("message", (event) => {
        const numbers = JSON.parse(event.data);
        for (const place of document.querySelectorAll("[data-live]")) {
          const number = numbers[place.dataset.live];
          if (number === undefined || place.textContent === String(number)) continue;
          place.textContent = number;
          if (place.hasAttribute("aria-label")) place.setAttribute("aria-label", number + " 件待我处理");
        }
      });
    };
    document.addEventListener("visibilitychange", follow);
    follow();
  }

  // By keyboard: arrows move from row to row, space ticks, Ctrl+/ goes to the search, Ctrl+Enter submits.
  const titles = [...document.querySelectorAll(".row a.title")];
  document.addEventListener("keydown", (event) => {
    const at = titles.indexOf(document.activeElement);
    if (at >= 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const next = titles[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) { event.preventDefault(); next.focus(); }
    } else if (at >= 0 && event.key === " ") {
      const tick = titles[at].closest(".row").querySelector("input[name=pick]");
      if (tick) { event.preventDefault(); tick.checked = !tick.checked; tick.dispatchEvent(new Event("change", { bubbles: true })); }
    } else if (event.ctrlKey && event.key === "/") {
      const search = document.querySelector("input[type=search]");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    } else if (event.ctrlKey && event.key === "Enter" && document.activeElement.tagName === "TEXTAREA") {
      document.activeElement.form.requestSubmit();
    }
  });

  // How many rows are ticked; ticking one opens what can be done with them.
  for (const form of document.querySelectorAll("[data-bulk]")) {
    form.addEventListener("change", () => {
      const picked = form.querySelectorAll("input[name=pick]:checked").length;
      form.querySelector("[data-picked]").textContent = picked ? "已勾选 " + picked + " 件" : "";
      if (picked) form.querySelector("details").open = true;
    });
    const all = form.querySelector("[data-pick-all]");
    all.hidden = false;
    all.addEventListener("click", () => {
      const ticks = [...form.querySelectorAll("input[name=pick]")];
      const on = ticks.some((tick) => !tick.checked);
      ticks.forEach((tick) => { tick.checked = on; });
      form.dispatchEvent(new Event("change"));
    });
  }

  // Signing out leaves nothing behind on a shared computer.
  for (const form of document.querySelectorAll("form[data-forget]")) {
    form.addEventListener("submit", () => {
      try {
        Object.keys(localStorage).filter((k) => k.startsWith(PREFIX)).forEach((k) => localStorage.removeItem(k));
      } catch { /* forbidden */ }
    });
  }
})();
