import { useEffect, useRef } from "react";
import { isWriting } from "./keys.js";

// Returns the name of the handler that a key means, if any.
export function shortcut(event) {
  if (event.defaultPrevented || event.isComposing) return null;
  const command = (event.ctrlKey || event.metaKey) && !event.altKey;
  const key = event.key.toLowerCase();
  if (command && !event.shiftKey && key === "k") return "onSearch";
  if (command && event.shiftKey && key === "o") return "onNewChat";
  if (command || event.altKey) return null;
  if (key === "escape") return "onStop";
  if (key === "?" && !isWriting(event.target)) return "onHelp";
  return null;
}

// In a list with a search field the arrows go through what was found, and Enter takes the first of it, once the list
// answers what stands in the field. Returns whether the key meant that.
export function stepped(event) {
  const list = event.target.closest?.("[data-arrows]");
  if (!list || event.isComposing || event.defaultPrevented) return false;
  const field = list.querySelector("input[type=search]");
  const stops = [field, ...list.querySelectorAll(".search-results button, .model-list button")];
  if (event.key === "Enter" && event.target === field && field.value && list.dataset.arrows === field.value) stops[1]?.click();
  else if (event.key === "ArrowDown") stops[Math.min(stops.indexOf(event.target) + 1, stops.length - 1)].focus();
  else if (event.key === "ArrowUp") stops[Math.max(stops.indexOf(event.target) - 1, 0)].focus();
  else return false;
  return true;
}

// An open dialog or menu has its own Esc.
const hasLayer = () => Boolean(document.querySelector("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]"));

export function Hotkeys(props) {
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    const onKey = (event) => {
      if (stepped(event)) {
        event.preventDefault();
        return;
      }
      const name = shortcut(event);
      if (!name || !latest.current[name]) return;
      if (name === "onStop" && (!latest.current.running || hasLayer())) return;
      event.preventDefault();
      if (!event.repeat) latest.current[name]();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return null;
}
