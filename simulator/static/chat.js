// The chat: who writes to which account, what they send, what they see.
import { $, el, icon } from "./dom.js";
import { row } from "./bubbles.js";
import { clearWire, showWire, takeDelivery } from "./wire.js";
import { follow } from "./panels.js";

const PAUSE = 1200;
const wide = window.matchMedia("(min-width: 1024px)");
const people = [...document.querySelectorAll("#citizens button")];
const state = { account: $("#account").value, openid: "", seen: "", lines: new Map(), shown: [], busy: 0, failed: "", subscribed: true };

// Seeing

async function refresh() {
  const { account, openid, seen } = state;
  const query = new URLSearchParams({ account, openid, after: seen });
  const response = await fetch(`api/log?${query}`).catch(() => null);
  if (openid !== state.openid || account !== state.account) return;
  if (!response || response.status >= 400) return say("连不上模拟平台");
  if (response.status === 204) return say(state.busy ? "正在等待回复…" : state.failed);
  const log = await response.json();
  if (openid !== state.openid || account !== state.account) return;
  if (state.seen && !state.seen.startsWith(`${log.boot}.`)) forget();
  state.seen = log.typing ? "" : `${log.boot}.${log.revision}`; // typing ends by itself
  show(log);
}

function show(log) {
  state.subscribed = log.subscribed;
  showLines(log.lines);
  showMenu(log.menu);
  showFollowing(log.subscribed);
  showWire(log);
  say(log.typing ? "对方正在输入…" : state.busy ? "正在等待回复…" : state.failed);
}

function showLines(lines) {
  const box = $("#log");
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  let added = false;
  lines.forEach((line, place) => {
    const known = state.lines.get(line.id);
    const version = JSON.stringify([line.state, line.time]);
    if (known?.version === version) return;
    const node = row(line, lines[place - 1], faces(), tapLine);
    if (known) known.node.replaceWith(node);
    else { box.append(node); added = true; }
    state.lines.set(line.id, { node, version });
  });
  if (added && (atEnd || lines.at(-1).side === "citizen")) box.scrollTop = box.scrollHeight;
}

function faces() {
  const { initial, tone } = people.find((each) => each.dataset.openid === state.openid).dataset;
  const title = $("#title").textContent.trim();
  return { citizen: { initial, tone: `tone-${tone}` }, account: { initial: title.slice(0, 1), tone: "office" } };
}

function showMenu(menu) {
  const version = JSON.stringify(menu);
  if ($("#menu").dataset.version === version) return;
  $("#menu").dataset.version = version;
  $("#menu").replaceChildren(...menu.map((button, place) => menuButton(button, place, menu.length)));
  closeSubmenu();
}

function menuButton(button, place, total) {
  const node = el("button", { type: "button", "data-menu": place });
  if (!button.buttons.length) {
    node.append(button.name);
    node.addEventListener("click", () => { closeSubmenu(); act("tap", { menu: String(place) }); });
    return node;
  }
  node.append(icon("list"), button.name);
  node.setAttribute("aria-expanded", "false");
  node.setAttribute("aria-controls", "submenu");
  node.addEventListener("click", () => toggleSubmenu(node, button, place, total));
  return node;
}

function toggleSubmenu(node, button, place, total) {
  const open = node.getAttribute("aria-expanded") === "true";
  closeSubmenu();
  if (open) return;
  node.setAttribute("aria-expanded", "true");
  const box = $("#submenu");
  box.replaceChildren(...button.buttons.map((below, second) => {
    const item = el("button", { type: "button", "data-menu": `${place}.${second}` }, below.name);
    item.addEventListener("click", () => { closeSubmenu(); node.focus(); act("tap", { menu: `${place}.${second}` }); });
    return item;
  }));
  box.hidden = false;
  const middle = ((place + 0.5) / total) * $("#menu").clientWidth;
  const left = Math.min(Math.max(middle - box.clientWidth / 2, 8), $("#menu").clientWidth - box.clientWidth - 8);
  box.style.left = `${left}px`;
  box.firstElementChild.focus();
}

function closeSubmenu() {
  $("#submenu").hidden = true;
  for (const node of document.querySelectorAll('#menu [aria-expanded="true"]')) node.setAttribute("aria-expanded", "false");
}

function showFollowing(subscribed) {
  const button = $("#follow");
  button.textContent = subscribed ? "已关注" : "关注";
  button.setAttribute("aria-label", subscribed ? "已关注，点此取消关注" : "关注公众号");
  button.classList.toggle("invite", !subscribed);
  $("#left").hidden = subscribed;
  $(".phone").classList.toggle("gone", !subscribed);
}

function say(words) {
  if ($("#status").textContent !== words) $("#status").textContent = words;
}

// Doing

async function act(path, body, init) {
  state.busy += 1;
  state.failed = "";
  const { account, openid } = state;
  const json = { account, openid, delivery: takeDelivery(), ...body };
  const request = init?.(json) ?? { headers: { "Content-Type": "application/json" }, body: JSON.stringify(json) };
  const answer = fetch(`api/${path}`, { method: "POST", ...request });
  setTimeout(refresh, 40); // the own bubble at once, the answer when it is there
  const response = await answer.catch(() => null);
  state.busy -= 1;
  await refresh();
  const told = [409, 413].includes(response?.status) && await response.text();
  if (!response?.ok) say(state.failed = told || "没有发出去，请再试一次");
}

const tapLine = (piece) => act("send", { kind: "text", text: piece.target, menu: piece.menu || "0" });

function sendTyped(event) {
  event?.preventDefault();
  const text = $("#message").value;
  if (!text.trim()) return $("#message").focus();
  $("#message").value = "";
  grow();
  act("send", { kind: "text", text });
}

function grow() {
  const box = $("#message");
  box.style.height = "40px";
  box.style.height = `${Math.min(box.scrollHeight + 2, 120)}px`;
}

function sendPicture() {
  const [picture] = $("#picture").files;
  if (!picture) return;
  $("#picture").value = "";
  act("picture", {}, (fields) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append("picture", picture);
    return { body: form };
  });
}

function become(openid) {
  state.openid = openid;
  for (const each of people) each.setAttribute("aria-pressed", String(each.dataset.openid === openid));
  forget();
  state.seen = "";
  follow(state.account, openid, people.find((each) => each.dataset.openid === openid).dataset.citizen);
  refresh();
}

function forget() {
  state.lines.clear();
  $("#log").replaceChildren();
  clearWire();
}

function togglePanel(open = $("#panel").hidden) {
  $("#panel").hidden = !open;
  $("#more").setAttribute("aria-expanded", String(open));
  if (open) $("#log").scrollTop = $("#log").scrollHeight;
}

function openWire(open) {
  const wire = $("#wire");
  wire.classList.toggle("open", open);
  coverRest();
  $("#wire-open").setAttribute("aria-expanded", String(open));
  if (!wide.matches) (open ? $("#wire-close") : $("#wire-open")).focus();
}

// On a phone the platform's side covers the chat: what cannot be seen takes no focus.
function coverRest() {
  const open = $("#wire").classList.contains("open");
  $("#wire").inert = !wide.matches && !open;
  for (const part of [$(".people"), $("main.phone")]) part.inert = !wide.matches && open;
}

$("#composer").addEventListener("submit", sendTyped);
$("#message").addEventListener("input", grow);
$("#message").addEventListener("focus", () => togglePanel(false));
$("#message").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) sendTyped(event);
});
$("#more").addEventListener("click", () => togglePanel());
$("#panel").addEventListener("click", (event) => {
  const kind = event.target.closest("[data-kind]")?.dataset.kind;
  if (!kind) return;
  if (kind === "image") return $("#picture").click();
  togglePanel(false);
  $("#more").focus();
  act("send", { kind });
});
$("#picture").addEventListener("change", sendPicture);
$("#follow").addEventListener("click", () => act("follow", { subscribed: !state.subscribed }));
$("#account").addEventListener("change", (event) => {
  state.account = event.target.value;
  $("#title").textContent = event.target.selectedOptions[0].textContent;
  become(state.openid);
});
for (const each of people) each.addEventListener("click", () => become(each.dataset.openid));
$("#wire-open").addEventListener("click", () => openWire(true));
$("#wire-close").addEventListener("click", () => openWire(false));
wide.addEventListener("change", coverRest);
document.addEventListener("click", (event) => { if (!event.target.closest(".menus")) closeSubmenu(); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const parent = document.querySelector('#menu [aria-expanded="true"]');
  closeSubmenu();
  parent?.focus();
  if (!$("#panel").hidden) { togglePanel(false); $("#more").focus(); }
  if ($("#wire").classList.contains("open")) openWire(false);
});
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });

coverRest();
become(people[0].dataset.openid);
setInterval(() => { if (!document.hidden) refresh(); }, PAUSE);
