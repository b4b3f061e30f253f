// One line of the chat as elements.
import { el, icon } from "./dom.js";

const QUIET_GAP = 5 * 60 * 1000;

export function row(line, earlier, people, onTap) {
  const node = el("div", { class: "row", "data-line": line.id });
  if (!earlier || line.at - earlier.at > QUIET_GAP) {
    node.append(el("div", { class: "time" }, line.time));
  }
  if (line.side === "system") {
    node.append(el("div", { class: `note ${line.kind}` }, line.text));
    return node;
  }
  const own = line.side === "citizen";
  const said = el("div", { class: `said ${line.side}` }, avatar(own ? people.citizen : people.account));
  said.append(el("span", { class: "unseen" }, own ? "我说：" : "公众号说："), bubble(line, onTap));
  if (line.state === "waiting") said.append(el("span", { class: "spinner", role: "img", "aria-label": "正在发送" }));
  node.append(said);
  return node;
}

function avatar({ initial, tone }) {
  return el("span", { class: `avatar ${tone}`, "aria-hidden": "true" }, initial);
}

function bubble(line, onTap) {
  const build = { text, image, voice, video: film, shortvideo: film, location: place, link: card, news: card, notice }[line.kind] ?? text;
  const node = build(line, onTap);
  node.classList.add("bubble", line.side);
  if (line.pushed) node.classList.add("pushed");
  return node;
}

function text(line, onTap) {
  const node = el("div", { class: "text" });
  if (!line.pieces.length) node.append(line.text);
  for (const piece of line.pieces) node.append(pieceNode(piece, onTap));
  return node;
}

function pieceNode(piece, onTap) {
  if (piece.kind === "link") return outside(piece.target, piece.text);
  if (piece.kind !== "tap") return piece.text;
  const button = el("button", { type: "button", class: "tap", "data-content": piece.target }, piece.text);
  button.addEventListener("click", () => onTap(piece));
  return button;
}

function outside(href, ...children) {
  return el("a", { class: "link", href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

function image(line) {
  const source = line.details.url;
  if (!source) return el("div", { class: "text" }, line.text);
  const path = new URL(source).pathname; // the same picture, from where this page came
  return el("div", { class: "picture" }, el("img", { src: path, alt: "图片" }));
}

function voice(line) {
  const seconds = line.details.seconds;
  return el("div", { class: "voice" }, icon("voice"), el("span", {}, seconds ? `${seconds}″` : "语音"));
}

function film(line) {
  const node = el("div", { class: "film" }, icon("shortvideo"));
  node.append(el("span", { class: "unseen" }, line.text));
  return node;
}

function place(line) {
  const node = el("div", { class: "card" }, el("span", { class: "title" }, line.details.label));
  node.append(el("span", { class: "words" }, "位置"), el("div", { class: "map" }, icon("location")));
  return node;
}

function card(line) {
  const { title, description, url } = line.details;
  const node = el("div", { class: "card" }, el("span", { class: "title" }, title || line.text));
  if (description) node.append(el("span", { class: "words" }, description));
  if (isAddress(url)) node.append(el("span", { class: "foot" }, outside(url, "打开")));
  return node;
}

function notice(line) {
  const node = el("div", { class: "card" }, el("span", { class: "title" }, line.text));
  const rows = el("dl");
  for (const [name, value] of Object.entries(line.details)) {
    if (!name.startsWith("row:")) continue;
    rows.append(el("dt", {}, rowName(name.slice(4))), el("dd", {}, value));
  }
  if (rows.childElementCount) node.append(rows);
  if (isAddress(line.details.url)) node.append(el("span", { class: "foot" }, outside(line.details.url, "查看详情")));
  return node;
}

const ROW_NAMES = [[/^keyword(\d+)$/, "第 $1 项"], [/^remark$/, "备注"], [/^thing\d*$/, "事项"], [/^(time|date)\d*$/, "时间"],
  [/^character_string\d*$/, "编号"], [/^phrase\d*$/, "状态"], [/^const\d*$/, "状态"]];

function rowName(name) {
  const found = ROW_NAMES.find(([pattern]) => pattern.test(name));
  return found ? name.replace(found[0], found[1]) : name;
}

const isAddress = (url) => /^https?:\/\//i.test(url ?? "");
