"""What a thumb must hit on a phone."""

from typing import Final

SMALL: Final = """() => {
  const words = (part) => part.textContent.replace(/[\\s·，。：、（）|]/g, "");
  const BLOCKS = "p, li, td, th, dd, dt, div, section, figcaption, label";
  const runsInText = (link) => {
    const block = link.closest(BLOCKS);
    const links = [...block.querySelectorAll("a")].map(words).join("");
    return getComputedStyle(link).display === "inline" && words(block) !== links;
  };
  const covers = (link) => {
    const wide = getComputedStyle(link, "::after");
    return wide.position === "absolute" && parseFloat(wide.height) >= 43.5;
  };
  const height = (part) => part.getBoundingClientRect().height;
  const CONTROLS = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  const TICKS = "input[type=checkbox], input[type=radio]";
  const small = [...document.querySelectorAll(CONTROLS)]
    .map((part) => (part.matches(TICKS) && part.closest("label")) || part)
    .filter((part) => part.getClientRects().length && !part.closest(".skip, .hidden-text"))
    .filter((part) => height(part) < 43.5)
    .filter((part) => !(part.tagName === "A" && (covers(part) || runsInText(part))));
  const named = (part) => [
    `${part.tagName}.${part.className} in ${part.parentElement.tagName}`,
    `${part.parentElement.className} ${Math.round(height(part))}px`,
    part.textContent.trim().slice(0, 12),
  ].join(" ");
  return [...new Set(small.map(named))];
}"""
"""Names each control lower than 44 pixels; links within running text may be as high as the text."""
