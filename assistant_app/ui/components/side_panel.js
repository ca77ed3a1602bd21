// A panel at the side of the page. Beside a wide page both can be used; on a phone it lies over the page, which is inert.
import { createElement, useEffect, useRef } from "react";
import { icon } from "./icons.js";
import { hasLayer } from "./keys.js";

const NARROW = "(max-width: 47.99rem)";

// A page of another kind draws the panel anew, and the focus is none of its business then.
let lastFocus = "";

function useFocus(panel, open, nonce) {
  useEffect(() => {
    if (!open || !nonce || nonce === lastFocus) return;
    lastFocus = nonce;
    const field = window.matchMedia("(pointer: coarse)").matches ? null : panel.current.querySelector("textarea");
    (field ?? panel.current).focus();
  }, [open, nonce]);
}

function useWayBack(button, open) {
  const wasOpen = useRef(open);
  useEffect(() => {
    if (wasOpen.current && !open && document.activeElement === document.body) button.current?.focus();
    wasOpen.current = open;
  }, [open]);
}

function useRestingPage(open) {
  useEffect(() => {
    const narrow = window.matchMedia(NARROW);
    const rest = () => {
      const page = document.querySelector(".shell");
      if (page) page.inert = open && narrow.matches;
    };
    rest();
    narrow.addEventListener("change", rest);
    return () => {
      narrow.removeEventListener("change", rest);
      const page = document.querySelector(".shell");
      if (page) page.inert = false;
    };
  }, [open]);
}

function useEscape(panel, { open, running, onClose }) {
  const latest = useRef({});
  useEffect(() => {
    latest.current = { running, onClose };
  });
  useEffect(() => {
    if (!open) return undefined;
    const onKey = (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || latest.current.running) return;
      const active = document.activeElement;
      if (hasLayer() || !(panel.current.contains(active) || active === document.body)) return;
      event.preventDefault();
      latest.current.onClose?.();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [open]);
}

export function SidePanel(props) {
  const { open = false, focusNonce = "", label = "Panel", openLabel = "Open", onOpen, children } = props;
  const panel = useRef(null);
  const button = useRef(null);
  useFocus(panel, open, focusNonce);
  useWayBack(button, open);
  useRestingPage(open);
  useEscape(panel, { ...props, open });
  if (open) {
    const place = { ref: panel, className: "side-panel", "aria-label": label, tabIndex: -1 };
    return createElement("aside", { key: "panel", ...place }, children);
  }
  const opener = { ref: button, type: "button", className: "side-panel-open", "aria-label": openLabel, title: openLabel };
  return createElement("button", { key: "open", ...opener, onClick: () => onOpen?.() }, icon("chat", 22));
}
