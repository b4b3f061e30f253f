// Small helps; every page works without them.
(() => {
  "use strict";
  const PREFIX = "huiying:draft:";

  // On a phone the tabs scroll sideways: what is open, or reached by keyboard, comes into view.
  const centre = (strip, link) => {
    strip.scrollLeft += link.getBoundingClientRect().left - strip.getBoundingClientRect().left
      - (strip.clientWidth - link.offsetWidth) / 2;
  };
  for (const strip of document.querySelectorAll(".tabs")) {
    const open = strip.querySelector("[aria-current]");
    if (open) centre(strip, open);
    strip.addEventListener("focusin", (event) => {
      if (event.target.matches(":focus-visible")) centre(strip, event.target);
    });
  }

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

  // Two minutes before the desk signs somebody out, it asks whether they are still there (WCAG 2.2.1).
  const idle = document.querySelector("[data-idle]");
  let asking;
  function ask(words, deed) {
    const told = document.createElement("div");
    told.className = "banner choice";
    const said = document.createElement("p");
    said.textContent = words;
    told.append(said, deed);
    idle.replaceChildren(told);
  }
  function waitAndAsk() {
    clearTimeout(asking);
    idle.replaceChildren();
    const stay = document.createElement("button");
    stay.type = "button";
    stay.className = "button small";
    stay.textContent = "继续使用";
    stay.addEventListener("click", goOn);
    asking = setTimeout(() => ask("再过 2 分钟没有操作，就会自动退出。", stay), (Number(idle.dataset.idle) - 120) * 1000);
  }
  async function goOn() {
    try {
      const answer = await fetch("/console/account", { redirect: "manual" });
      if (answer.ok) { waitAndAsk(); document.getElementById("main").focus(); return; }
      const back = document.createElement("a");
      back.href = "/console/sign-in?next=" + encodeURIComponent(location.pathname + location.search);
      back.target = "_blank";
      back.textContent = "在新窗口登录";
      ask("已经自动退出了。这一页没有提交的文字请先复制下来，登录以后再贴上。", back);
    } catch { /* no network: the question stays */ }
  }
  if (idle) waitAndAsk();

  // What was just done is said once: not again after going back or reloading.
  const here = new URL(location.href);
  if (here.searchParams.has("done")) {
    here.searchParams.delete("done");
    history.replaceState(history.state, "", here);
  }

  // A page that waits for work to be done looks again by itself, without taking anybody's place on it.
  const waiting = document.querySelector("[data-refresh]");
  async function lookAgain() {
    try {
      const answer = await fetch(location.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = answer.ok && page.querySelector("[data-refresh]");
      if (!fresh) { location.reload(); return; }
      for (const [n, part] of [...fresh.children].entries()) {
        const old = waiting.children[n];
        if (old && !old.isEqualNode(part) && !old.contains(document.activeElement)) old.replaceWith(part.cloneNode(true));
      }
    } catch { /* no network: later */ }
    setTimeout(lookAgain, Number(waiting.dataset.refresh) * 1000);
  }
  if (waiting) setTimeout(lookAgain, Number(waiting.dataset.refresh) * 1000);

  // Who tells a citizen where else to go sees the places that are known.
  const places = document.querySelector("[data-places]");
  for (const choice of document.querySelectorAll("input[name=purpose][value=out_of_scope]")) {
    choice.addEventListener("change", () => { if (places) places.open = true; });
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
    const told = document.querySelector("[data-live-told]");
    const follow = () => {
      if (document.hidden) { if (source) source.close(); source = null; return; }
      if (source) return;
      source = new EventSource(views.dataset.liveFrom);
      source.addEventListener("message", (event) => {
        const numbers = JSON.parse(event.data);
        const open = views.querySelector("[aria-current] [data-live]");
        const now = open && numbers[open.dataset.live];
        if (told && now !== undefined && open.textContent !== String(now)) {
          told.textContent = open.parentElement.firstChild.textContent.trim() + "现在有 " + now + " 件";
        }
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
