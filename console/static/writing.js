// What is being written is never lost: kept in this browser at once, and the text of a reply at the
// desk soon after. Every page works without it.
(() => {
  "use strict";
  const DAY = 24 * 60 * 60 * 1000;
  const PREFIX = "huiying:draft:";
  const MOST = 10000;
  const here = Math.random().toString(36).slice(2, 8);  // this window: another one keeps its own
  const company = document.querySelector("[data-company]");
  const note = document.querySelector("[data-saved]");
  const boxes = [...document.querySelectorAll("textarea[data-keep]")];

  // In this browser.
  const read = (key) => {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  };
  const write = (key, value) => {
    try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden */ }
  };
  const drop = (key) => { try { localStorage.removeItem(key); } catch { /* forbidden */ } };
  const keys = () => {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)); } catch { return []; }
  };
  const place = (box) => PREFIX + box.dataset.keep + "#" + here;
  const plain = (text) => text.replace(/\r\n?/g, "\n");
  const tail = (text) => [...text.trim()].slice(-20).join("");

  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button small";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  function banner(box, words, ...buttons) {
    const told = document.createElement("div");
    told.className = "banner choice";
    told.setAttribute("role", "status");
    const said = document.createElement("p");
    said.textContent = words;
    told.append(said, ...buttons);
    box.before(told);
    return told;
  }

  function put(box, text) {
    box.value = text;
    box.dispatchEvent(new Event("input"));
    box.focus();
  }

  // What was submitted and accepted needs no keeping.
  if (document.querySelector(".banner.good")) {
    for (const key of keys()) if ((read(key) || {}).sent) drop(key);
  }

  function offer(box) {
    const mine = PREFIX + box.dataset.keep;
    let newest = null;
    for (const key of keys()) {
      if (key !== mine && !key.startsWith(mine + "#")) continue;
      const saved = read(key);
      const old = !saved || !saved.text || !saved.text.trim() || Date.now() - saved.at > 7 * DAY;
      if (old || plain(saved.text).trim() === plain(box.value).trim()) { drop(key); continue; }
      if (!newest || saved.at > newest.saved.at) newest = { key, saved };
    }
    if (!newest) return;
    const { key, saved } = newest;
    const done = () => { drop(key); told.remove(); };
    const told = banner(
      box, "这台电脑上还有一份您写的、没有存上的文字，末尾是“" + tail(saved.text) + "”。",
      button("找回上次没保存的文字", () => { done(); put(box, saved.text); }),
      button("不要了", done),
    );
    const folded = box.closest("details");
    if (folded) folded.open = true;
  }

  function count(box) {
    const place = document.getElementById(box.id + "-count");
    if (!place) return;
    const length = [...box.value].length;
    const most = Number(box.dataset.oneMessage || Infinity);
    const long = new TextEncoder().encode(box.value.trim()).length > most;
    place.textContent = length + " 字" + (length > MOST ? "，超过 " + MOST + " 字，请删减后再提交"
      : long ? "，超出微信一条消息（约 " + Math.floor(most / 3) + " 字），市民要回复“查询”才看得到后面的，能短就短" : "");
  }

  for (const box of boxes) {
    offer(box);
    let timer;
    let sending;
    const keep = () => write(place(box), { text: box.value, at: Date.now() });
    box.addEventListener("input", () => {
      box.dataset.unsaved = "yes";
      count(box);
      clearTimeout(timer);
      clearTimeout(sending);
      timer = setTimeout(keep, 400);
      if (box.dataset.keepAt) sending = setTimeout(() => send(box), 1500);
    });
    addEventListener("pagehide", () => { if (box.dataset.unsaved && !box.form.dataset.sent) keep(); });
    box.form.addEventListener("submit", () => {
      clearTimeout(timer);
      clearTimeout(sending);
      if (box.value.trim()) write(place(box), { text: box.value, at: Date.now(), sent: true });
    });
    count(box);
  }

  // What a paste could not bring along is said: a picture is no text, and a box may be full.
  function toldOfPaste(box) {
    const known = document.getElementById(box.id + "-pasted");
    if (known) return known;
    const told = document.createElement("p");
    told.id = box.id + "-pasted";
    told.className = "wrong";
    told.setAttribute("role", "status");
    (box.closest(".together") || box).after(told);
    return told;
  }

  function lostOf(box, given) {
    const words = plain(given.getData("text/plain"));
    const free = box.maxLength - box.value.length + box.selectionEnd - box.selectionStart;
    if (box.maxLength > 0 && words.length > free) {
      return "粘贴的文字太长，后面 " + (words.length - free) + " 个字没有贴进来：这里最多 " + box.maxLength +
        " 字，请精简一下，或者分开写。";
    }
    const pictures = [...given.files].some((file) => file.type.startsWith("image/"));
    const lost = words.trim() ? /<img\b/i.test(given.getData("text/html")) : pictures;
    return lost ? "图片没有贴进来：这里只能是文字。请把图上的要点写成文字，或者写上能打开的网址。" : "";
  }

  document.addEventListener("paste", (event) => {
    const box = event.target;
    if (!box.matches("textarea, input[type=text], input[type=search], input:not([type])")) return;
    if (!box.id || box.readOnly) return;
    const lost = lostOf(box, event.clipboardData);
    if (lost || document.getElementById(box.id + "-pasted")) toldOfPaste(box).textContent = lost;
  });

  // At the desk, which also tells who else is at the same case.
  let writtenAt = 0;
  const tried = [];

  function say(words, address) {
    if (!note) return;
    note.textContent = words;
    if (!address) return;
    const link = document.createElement("a");
    link.href = address;
    link.target = "_blank";
    link.textContent = "在新窗口登录";
    note.append(" ", link);
  }

  function form(box) {
    const given = new FormData();
    given.set("csrf", company.dataset.csrf);
    given.set("version", company.dataset.version);
    if (box) {
      writtenAt = Date.now();
      given.set("text", box.value);
      given.set("seen", box.form.elements.seen.value);
      given.set("purpose", box.form.elements.purpose ? box.form.elements.purpose.value : "");
      box.form.querySelectorAll("input[name=source]").forEach((s) => given.append("source", s.value));
    }
    if (Date.now() - writtenAt < 60000) given.set("writing", "yes");
    return given;
  }

  // The same person signed in again in another window: this page's forms take on the new session.
  async function renewed() {
    const answer = await fetch(location.pathname);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-company]");
    if (!fresh) { expired(); return false; }
    if (fresh.dataset.person !== company.dataset.person) {
      say("这个浏览器里现在登录的是另一个人，文字只存在这台电脑上；请换回您自己的账号再提交。");
      return false;
    }
    company.dataset.csrf = fresh.dataset.csrf;
    document.querySelectorAll("input[name=csrf]").forEach((field) => { field.value = fresh.dataset.csrf; });
    return true;
  }

  function expired() {
    const back = "/console/sign-in?next=" + encodeURIComponent(location.pathname);
    say("登录已过期：文字存在这台电脑上。登录后回到这里，可以接着写、接着提交。", back);
  }

  function elsewhere(box, told) {
    const seen = box.form.elements.seen;
    if (tried.includes(told.elsewhere)) { seen.value = told.kept; return send(box); }
    const asked = document.querySelector("[data-elsewhere]");
    if (asked) asked.remove();
    say("这里写的只存在这台电脑上，没有盖掉另一份。");
    const choose = (words) => { seen.value = told.kept; made.remove(); put(box, words); };
    const made = banner(
      box, "您在另一个窗口或另一台电脑上也写着这封来信（" + told.elsewhere_at + "），末尾是“" + tail(told.elsewhere) + "”。",
      button("把那一份接在后面", () => choose(box.value.trimEnd() + "\n\n" + told.elsewhere)),
      button("用这里的", () => choose(box.value)),
    );
    made.dataset.elsewhere = "yes";
    return false;
  }

  function kept(box, told, text) {
    if (told.elsewhere) return elsewhere(box, told);
    if (!told.saved) { say("文字太长，只存在这台电脑上，请删减。"); return false; }
    box.form.elements.seen.value = told.kept;
    say("已保存（" + told.saved + "）");
    if (box.value === text) {
      delete box.dataset.unsaved;
      drop(place(box));
    }
    return true;
  }

  async function send(box, again = true) {
    if (!company) return false;
    const text = box ? box.value : "";
    try {
      const answer = await fetch(company.dataset.company, { method: "POST", body: form(box) });
      if (answer.status === 401 && box) expired();
      if (answer.status === 403 && box && again && await renewed()) return send(box, false);
      if (answer.status >= 404 && box) say("没有存到办理台，文字先存在这台电脑上。");
      if (answer.status === 404) company.textContent = (await answer.json()).lost;
      if (!answer.ok) return false;
      const told = await answer.json();
      company.textContent = [...told.others, ...(told.moved ? [told.moved + "，请刷新后再提交"] : [])].join("；");
      if (!box) return true;
      tried.push(plain(text));
      return kept(box, told, text);
    } catch {
      if (box) say("网络不通，文字先存在这台电脑上；网络恢复后会自动存上。");
      return false;
    }
  }

  // What did not reach the desk is tried again: when the network or the person comes back, and now and then.
  function look() {
    if (document.hidden || !company) return;
    const waiting = boxes.find((box) => box.dataset.keepAt && box.dataset.unsaved);
    send(document.querySelector("[data-elsewhere]") ? null : waiting || null);
  }
  if (company) {
    send(null);
    setInterval(look, 20000);
    addEventListener("online", look);
    addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
  }

  // @ in a note offers the names of who can be told; arrows, Enter and a click choose, Escape does not.
  const names = [...document.querySelectorAll("[data-names] [data-name]")].map((each) => each.dataset.name);
  const noteBox = document.getElementById("note-text");
  if (noteBox && names.length) {
    const list = document.createElement("ul");
    list.className = "names";
    list.id = "note-names";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "可以提到的同事");
    list.hidden = true;
    noteBox.after(list);
    noteBox.setAttribute("aria-controls", list.id);
    let at = -1;
    const begun = () => /(?:^|[^A-Za-z0-9._%+-])[@＠]([^\s@＠，。！？、；：,;:!?（）()]{0,20})$/.exec(noteBox.value.slice(0, noteBox.selectionStart));
    const close = () => { list.hidden = true; list.textContent = ""; at = -1; noteBox.removeAttribute("aria-activedescendant"); };
    const mark = (next) => {
      const items = [...list.children];
      at = (next + items.length) % items.length;
      items.forEach((item, n) => item.setAttribute("aria-selected", String(n === at)));
      noteBox.setAttribute("aria-activedescendant", items[at].id);
      items[at].scrollIntoView({ block: "nearest" });
    };
    const pick = (name) => {
      const from = noteBox.selectionStart - begun()[1].length;
      noteBox.setRangeText(name + " ", from, noteBox.selectionStart, "end");
      close();
      noteBox.dispatchEvent(new Event("input"));
      noteBox.focus();
    };
    noteBox.addEventListener("input", (event) => {
      const found = event.isComposing ? null : begun();
      close();
      const fit = found ? names.filter((name) => name.includes(found[1]) && name !== found[1]).slice(0, 8) : [];
      fit.forEach((name, n) => {
        const item = document.createElement("li");
        item.id = "note-name-" + n;
        item.setAttribute("role", "option");
        item.textContent = name;
        item.addEventListener("mousedown", (press) => { press.preventDefault(); pick(name); });
        list.append(item);
      });
      list.hidden = !fit.length;
      if (fit.length) mark(0);
    });
    noteBox.addEventListener("compositionend", () => noteBox.dispatchEvent(new Event("input")));
    noteBox.addEventListener("blur", close);
    noteBox.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing) return;
      const keys = {
        ArrowDown: () => mark(at + 1), ArrowUp: () => mark(at - 1), Escape: close,
        Enter: () => pick(list.children[at].textContent), Tab: () => pick(list.children[at].textContent),
      };
      if (!keys[event.key] || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      keys[event.key]();
    });
  }
})();
