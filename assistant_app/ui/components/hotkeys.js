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

// An open dialog or menu has its own Esc.
const hasLayer = () => Boolean(document.querySelector("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]"));

export function Hotkeys(props) {
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    const onKey = (event) => {
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
