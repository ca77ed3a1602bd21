// A list whose rows are reached by J and K or the arrows; other keys press the element of the row that names them, or,
// while rows are selected, the one of the bar that is about all of these. `data-key` is one key, or several with spaces.
import { createElement, useEffect, useRef } from "react";
import { hasLayer, isWriting } from "./keys.js";

const ARROWS = { ArrowDown: "j", ArrowUp: "k" };
const rowsOf = (list) => [...list.querySelectorAll(":scope > [data-row]")];
const opener = (row) => row?.querySelector("[data-open]");

// A menu opens by what a keyboard does to its button; a click that nobody made does nothing to it.
function press(element) {
  if (element.getAttribute("aria-haspopup") !== "menu") {
    element.click();
    return;
  }
  element.focus();
  element.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
}

function useKeys(list) {
  useEffect(() => {
    const onKey = (event) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isWriting(event.target) || hasLayer()) return;
      const key = ARROWS[event.key] ?? event.key.toLowerCase();
      const rows = rowsOf(list.current);
      const at = rows.findIndex((row) => row.contains(document.activeElement));
      if (event.key in ARROWS && at < 0 && document.activeElement !== document.body) return;
      const step = { j: Math.min(at + 1, rows.length - 1), k: Math.max(at - 1, 0) }[key];
      const named = `[data-key~="${CSS.escape(key)}"]`;
      const target = step === undefined
        ? document.querySelector(`[data-bulk] ${named}`) ?? rows[at]?.querySelector(named)
        : opener(rows[step]);
      if (!target) return;
      event.preventDefault();
      if (step === undefined) press(target);
      else target.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

function useKeptFocus(list) {
  useEffect(() => {
    const place = list.current;
    let last = null;
    const onFocus = (event) => {
      last = { element: event.target, at: rowsOf(place).findIndex((row) => row.contains(event.target)) };
    };
    const observer = new MutationObserver(() => {
      if (!last || last.element.isConnected || document.activeElement !== document.body) return;
      const rows = rowsOf(place);
      opener(rows[Math.min(last.at, rows.length - 1)])?.focus();
      last = null;
    });
    place.addEventListener("focusin", onFocus);
    observer.observe(place, { childList: true, subtree: true });
    return () => {
      place.removeEventListener("focusin", onFocus);
      observer.disconnect();
    };
  }, []);
}

export function KeyList({ label, className, children }) {
  const list = useRef(null);
  useKeys(list);
  useKeptFocus(list);
  return createElement("ul", { ref: list, className, "aria-label": label }, children);
}
