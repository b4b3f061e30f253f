// The 报文 panel: the push window, pushes, and every delivery raw and decrypted.
import { $, el } from "./dom.js";

let shown = "";
let opened = null;

export function clearWire() {
  shown = "";
  opened = null;
  $("#exchanges").replaceChildren();
  $("#pushes").replaceChildren();
}

export function showWire(log) {
  $("#mode").textContent = log.mode;
  $("#allowance").textContent = log.allowance.words;
  $("#pushes").replaceChildren(...log.pushes.map(push));
  const latest = log.exchanges.map((each) => each.id).join();
  if (latest !== shown) showExchanges(log.exchanges);
  shown = latest;
}

export function takeDelivery() {
  const chosen = $('#wire input[name="delivery"]:checked').value;
  $('#wire input[value="normal"]').checked = true;
  return chosen;
}

function push(each) {
  const good = each.errcode === 0;
  return el("li", { "data-errcode": each.errcode, title: each.errmsg },
    el("span", { class: "meta" }, `${each.time} ${each.channel}`),
    el("span", { class: "words" }, each.text),
    el("span", { class: good ? "code" : "code bad" }, good ? "已送达" : `${each.errcode} ${meaning(each.errcode)}`));
}

const MEANINGS = { 45015: "窗口已关闭", 45047: "次数已用完", 43004: "未关注", 43101: "未同意接收" };
const meaning = (errcode) => MEANINGS[errcode] ?? "未送达";

function showExchanges(exchanges) {
  const box = $("#exchanges");
  $("#no-exchanges").hidden = exchanges.length > 0;
  const known = new Map([...box.children].map((node) => [Number(node.dataset.exchange), node]));
  const nodes = exchanges.map((each) => known.get(each.id) ?? exchange(each));
  if (opened && opened !== nodes[0]) opened.open = false;
  if (nodes.length && !known.has(exchanges[0].id)) {
    nodes[0].open = true;
    opened = nodes[0];
  }
  box.replaceChildren(...nodes);
}

function exchange(each) {
  const last = each.attempts.at(-1);
  const best = each.attempts.find((attempt) => attempt.good) ?? last;
  const times = each.attempts.length > 1 ? `投递 ${each.attempts.length} 次` : "";
  return el("details", { "data-exchange": each.id },
    el("summary", {},
      el("span", { class: "kind", "data-kind": each.kind }, each.name),
      el("span", { class: "meta" }, each.time),
      el("span", { class: best.good ? "code" : "code bad" }, best.outcome),
      el("span", { class: "meta" }, [times, `${best.milliseconds} 毫秒`].filter(Boolean).join(" · "))),
    ...each.attempts.map(attemptNode));
}

function attemptNode(attempt) {
  const facts = [`第 ${attempt.number} 次`, attempt.status === null ? "无响应" : `HTTP ${attempt.status}`,
    `${attempt.milliseconds} 毫秒`, attempt.outcome, attempt.detail].filter(Boolean);
  const sides = [["发出 · 明文", attempt.sent_plain]];
  if (attempt.sent !== attempt.sent_plain) sides.push(["发出 · 密文", attempt.sent]);
  if (attempt.received_plain || attempt.good) sides.push(["收到 · 明文", attempt.received_plain || "（空）"]);
  if (attempt.received && attempt.received !== attempt.received_plain) sides.push(["收到 · 原文", attempt.received]);
  return el("div", { class: "attempt" },
    el("h4", {}, facts.join(" · ")),
    el("div", { class: "url" }, `POST ${attempt.url}`),
    el("div", { class: "sides" }, ...sides.map(([name, xml]) => side(name, xml, attempt))));
}

function side(name, xml, attempt) {
  const label = `第 ${attempt.number} 次${name.replace(" · ", "的")}`;
  return el("div", {}, el("h5", {}, name), el("pre", { tabindex: "0", role: "group", "aria-label": label }, lines(xml)));
}

// One element a line; the bytes on the wire have no such breaks.
const lines = (xml) => xml.replace(/(<\/[A-Za-z_]+>|^<xml>)(?=<)/g, "$1\n");
