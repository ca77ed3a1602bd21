// The frame of every page: a sidebar that folds away on a wide screen and becomes a drawer on a phone.
// Whether it is folded is this browser's own affair and is kept there.
import { Children, createElement, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useLocation } from "react-router";

const KEY = "steward.sidebar";
const useBeforePaint = typeof window === "undefined" ? useEffect : useLayoutEffect;
const WIDE = "(min-width: 48rem)";

function readFolded() {
  try {
    return localStorage.getItem(KEY) === "folded";
  } catch {
    return false;
  }
}

function keepFolded(folded) {
  try {
    localStorage.setItem(KEY, folded ? "folded" : "open");
  } catch {
    // A browser that keeps nothing still folds for now.
  }
}

const ICON = createElement("svg", { viewBox: "0 0 24 24", width: 20, height: 20, fill: "none", stroke: "currentColor",
  strokeWidth: 1.75, "aria-hidden": "true" },
  createElement("rect", { x: 3.5, y: 4.5, width: 17, height: 15, rx: 3 }),
  createElement("path", { d: "M9.5 4.5v15" }));

// A page of another kind draws the sidebar anew; its list stays where the reader had scrolled it.
let listTop = 0;

function useListPlace() {
  const side = useRef(null);
  useBeforePaint(() => {
    const list = side.current.querySelector(".side-list");
    if (!list) return undefined;
    list.scrollTop = listTop;
    const keep = () => {
      listTop = list.scrollTop;
    };
    list.addEventListener("scroll", keep, { passive: true });
    return () => list.removeEventListener("scroll", keep);
  }, []);
  return side;
}

export function Shell({ children }) {
  const [sidebar, ...page] = Children.toArray(children);
  const [folded, setFolded] = useState(false);
  const [drawer, setDrawer] = useState(false);
  const location = useLocation();
  const side = useListPlace();
  useEffect(() => setFolded(readFolded()), []);
  useEffect(() => setDrawer(false), [location.pathname, location.search, location.key]);
  useEffect(() => {
    if (!drawer) return undefined;
    const close = (event) => event.key === "Escape" && setDrawer(false);
    addEventListener("keydown", close);
    return () => removeEventListener("keydown", close);
  }, [drawer]);
  const toggle = () => {
    if (matchMedia(WIDE).matches) {
      keepFolded(!folded);
      setFolded(!folded);
    } else {
      setDrawer(!drawer);
    }
  };
  return createElement("div", { className: "shell", "data-folded": folded || undefined, "data-drawer": drawer || undefined },
    createElement("a", { href: "#main", className: "skip-link" }, "Skip to content"),
    createElement("div", { className: "shell-scrim", onClick: () => setDrawer(false), "aria-hidden": "true" }),
    createElement("nav", { className: "shell-side", "aria-label": "Sidebar", ref: side }, sidebar),
    createElement("button", { type: "button", className: "shell-toggle icon-button", onClick: toggle,
      "aria-label": "Toggle sidebar", title: "Toggle sidebar" }, ICON),
    createElement("main", { className: "shell-main", id: "main" }, page));
}
