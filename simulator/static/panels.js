// The tabs beside the wire: comments under articles, and what the platform shall refuse.
import { $, el } from "./dom.js";

const PAUSE = 2500;
const tabs = [...document.querySelectorAll('#wire [role="tab"]')];
const who = { account: "", openid: "" };
let open = "wires";
let shown = "";

export function follow(account, openid, name) {
  Object.assign(who, { account, openid });
  $("#comment-who").textContent = name;
  shown = "";
  look(true);
}

function select(tab, focus = false) {
  for (const each of tabs) {
    const chosen = each === tab;
    each.setAttribute("aria-selected", String(chosen));
    each.tabIndex = chosen ? 0 : -1;
    $(`#${each.getAttribute("aria-controls")}`).hidden = !chosen;
  }
  open = tab.getAttribute("aria-controls");
  if (focus) tab.focus();
  look(true);
}

async function look(fresh = false) {
  if (open === "readers") showArticles(await get("articles"));
  if (open === "platform") showCalls(await get("platform"), fresh);
}

async function get(path) {
  const asked = { ...who };
  const response = await fetch(`api/${path}?${new URLSearchParams(asked)}`).catch(() => null);
  const same = asked.account === who.account && asked.openid === who.openid;
  return same && response?.ok ? response.json() : null;
}

async function act(path, body, told) {
  const response = await fetch(`api/${path}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ...who, ...body }),
  }).catch(() => null);
  const place = $(`#${open}-told`);
  place.textContent = response?.ok ? told : "没有做成，请检查填的内容";
  await look();
  return Boolean(response?.ok);
}

// Comments

function showArticles(found) {
  if (!found) return;
  const version = JSON.stringify([found, $("#article").value]);
  if (version === shown) return;
  $("#no-comments").hidden = found.allowed;
  $("#has-comments").hidden = !found.allowed;
  const before = $("#article").value;
  $("#article").replaceChildren(...found.articles.map((each) =>
    el("option", { value: each.at }, `${each.title}（${each.time}，${each.comments.length} 条）`)));
  if (found.articles.some((each) => each.at === before)) $("#article").value = before;
  const article = found.articles.find((each) => each.at === $("#article").value);
  $("#comments").replaceChildren(...(article?.comments ?? []).map((each) => comment(article, each)));
  shown = JSON.stringify([found, $("#article").value]);
}

function comment(article, each) {
  const away = el("button", { type: "button", class: "undo" }, "删除");
  away.addEventListener("click", () => act("withdraw", { at: article.at, number: each.number }, "已删除。"));
  return el("li", { "data-number": each.number },
    el("div", { class: "by" }, el("b", {}, each.who), el("span", {}, each.time),
      each.elected ? el("span", { class: "chosen" }, "精选") : null, each.own ? away : null),
    el("p", {}, each.text),
    each.reply ? el("p", { class: "reply" }, el("b", {}, `公众号回复 ${each.replied}`), each.reply) : null);
}

$("#article").addEventListener("change", () => look());
$("#comment-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = { at: $("#article").value, text: $("#comment").value, nameless: $("#nameless").checked };
  if (await act("comment", body, "已留言。")) $("#comment").value = "";
});
$("#article-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  $("#article").replaceChildren(); // then the newest is chosen
  if (await act("article", { title: $("#new-article").value }, "已发布。")) $("#new-article").value = "";
});

// The platform

function showCalls(found, fresh) {
  if (!found) return;
  if (fresh) $("#addresses").value = found.addresses;
  $("#calls tbody").replaceChildren(...found.calls.map((each) =>
    el("tr", { "data-path": each.path },
      el("th", { scope: "row" }, each.name), el("td", {}, each.made),
      el("td", {}, each.limit ?? "不限"), el("td", {}, each.failing ? `${each.failing} 次` : ""))));
}

$("#fault-form").addEventListener("submit", (event) => {
  event.preventDefault();
  act("fault", { path: $("#fault-path").value, fault: $("#fault-code").value, times: $("#fault-times").valueAsNumber }, "已设好。");
});
$("#fault-clear").addEventListener("click", () => act("mend", {}, "所有调用都恢复正常。"));
$("#limit-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const most = $("#limit-most").value === "" ? null : $("#limit-most").valueAsNumber;
  act("limit", { path: $("#limit-path").value, most }, most === null ? "不再限制。" : `每天最多 ${most} 次。`);
});
$("#addresses-form").addEventListener("submit", (event) => {
  event.preventDefault();
  act("addresses", { addresses: $("#addresses").value }, "已设好。");
});

for (const tab of tabs) tab.addEventListener("click", () => select(tab));
$('#wire [role="tablist"]').addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const at = tabs.findIndex((each) => each.getAttribute("aria-selected") === "true");
  select(tabs[(at + step + tabs.length) % tabs.length], true);
});
setInterval(() => { if (!document.hidden) look(); }, PAUSE);
