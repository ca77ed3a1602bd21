// The list of tasks: keys, selecting with Shift, and moving a task by its grip, all before the server hears of it.
import { createElement, useEffect, useRef } from "react";
import { isWriting } from "$/public/external/steward/keys.js";

const rowOf = (element) => element?.closest?.("[data-task-id]") ?? null;
const rowsOf = (list) => [...list.querySelectorAll(":scope > [data-task-id]")];
const titleOf = (row) => row?.querySelector("[data-open]");
const isChosen = (row) => row.querySelector("[data-select]")?.getAttribute("aria-checked") === "true";
const hasLayer = () => Boolean(document.querySelector("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]"));

// The ids from one row to another, both included.
function between(list, from, to) {
  const ids = rowsOf(list).map((row) => row.dataset.taskId);
  const [first, last] = [ids.indexOf(from), ids.indexOf(to)].sort((a, b) => a - b);
  return first < 0 ? [to] : ids.slice(first, last + 1);
}

// The id of the task after which a row stands if it is put before `next`; empty at the top.
function idBefore(list, row, next) {
  const others = rowsOf(list).filter((each) => each !== row);
  const at = next ? others.indexOf(next) : others.length;
  return others[at - 1]?.dataset.taskId ?? "";
}

// What a key means for the list, as a function that does it; null for keys that mean nothing.
function meaning(event, list, latest, choose) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const here = list.contains(document.activeElement) ? rowOf(document.activeElement) : null;
  const rows = rowsOf(list);
  const at = rows.indexOf(here);
  if (event.altKey) {
    if (!here || !latest.sortable || !["ArrowUp", "ArrowDown"].includes(key)) return null;
    const next = key === "ArrowUp" ? rows[at - 1] : rows[at + 2];
    const moves = key === "ArrowUp" ? at > 0 : at < rows.length - 1;
    return () => moves && latest.onMove?.(here.dataset.taskId, idBefore(list, here, next));
  }
  if (key === "j" || (here && key === "ArrowDown")) return () => titleOf(rows[Math.min(at + 1, rows.length - 1)])?.focus();
  if (key === "k" || (here && key === "ArrowUp")) return () => titleOf(rows[Math.max(at - 1, 0)])?.focus();
  if (key === "Escape" && rows.some(isChosen)) return () => latest.onClear?.();
  if (!here) return null;
  if (key === "x") return () => choose(here, event.shiftKey);
  if (key === "c") return () => here.querySelector("[data-complete]")?.click();
  if (key === "Delete") return () => latest.onDelete?.(here.dataset.taskId);
  return null;
}

function useKeys(list, props, choose) {
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    const onKey = (event) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey) return;
      if (isWriting(event.target) || hasLayer()) return;
      const act = meaning(event, list.current, latest.current, choose);
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

// A form in the list: Esc leaves it, Ctrl+Enter saves from any of its fields.
function onFormKey(event) {
  const form = event.target.closest?.("form");
  if (!form || event.nativeEvent.isComposing || event.defaultPrevented) return;
  if (event.key === "Escape") form.querySelector("[data-cancel]")?.click();
  else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// What had the focus may go away: a task that is completed, a form that is saved. The row, or its neighbour, takes it.
function useKeptFocus(list) {
  useEffect(() => {
    let last = null;
    const onFocus = (event) => {
      const row = rowOf(event.target);
      last = { element: event.target, id: row?.dataset.taskId, at: rowsOf(list.current).indexOf(row) };
    };
    const observer = new MutationObserver(() => {
      if (!last || last.element.isConnected || document.activeElement !== document.body) return;
      const rows = rowsOf(list.current);
      const row = rows.find((each) => each.dataset.taskId === last.id) ?? rows[Math.min(last.at, rows.length - 1)];
      last = null;
      titleOf(row)?.focus();
    });
    const place = list.current;
    place.addEventListener("focusin", onFocus);
    observer.observe(place, { childList: true, subtree: true });
    return () => {
      place.removeEventListener("focusin", onFocus);
      observer.disconnect();
    };
  }, []);
}

// Moves a row by its grip, with a mouse or a finger; a line shows where it would come to stand.
function drag(event, list, onMove) {
  const row = rowOf(event.target);
  const grip = event.target.closest("[data-grip]");
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  let next = null;
  let moved = false;
  const unmark = () => list.querySelectorAll("[data-drop]").forEach((each) => each.removeAttribute("data-drop"));
  const follow = (move) => {
    moved = true;
    row.setAttribute("data-dragged", "");
    const others = rowsOf(list).filter((each) => each !== row);
    next = others.find((each) => {
      const { top, height } = each.getBoundingClientRect();
      return move.clientY < top + height / 2;
    });
    unmark();
    (next ?? others.at(-1))?.setAttribute("data-drop", next ? "before" : "after");
  };
  const end = (up) => {
    grip.removeEventListener("pointermove", follow);
    unmark();
    row.removeAttribute("data-dragged");
    const before = rowsOf(list);
    if (!moved || up.type !== "pointerup" || before[before.indexOf(row) + 1] === next) return;
    onMove?.(row.dataset.taskId, idBefore(list, row, next));
  };
  grip.addEventListener("pointermove", follow);
  for (const name of ["pointerup", "pointercancel"]) grip.addEventListener(name, end, { once: true });
}

export function TaskBoard(props) {
  const { label = "Tasks", sortable = false, onSelect, onMove, children } = props;
  const list = useRef(null);
  const anchor = useRef("");
  const choose = (row, isRange) => {
    const { taskId } = row.dataset;
    const chosen = isRange || !isChosen(row);
    onSelect?.(isRange && anchor.current ? between(list.current, anchor.current, taskId) : [taskId], chosen);
    anchor.current = taskId;
  };
  const latestChoose = useRef(choose);
  useEffect(() => {
    latestChoose.current = choose;
  });
  useKeys(list, props, (row, isRange) => latestChoose.current(row, isRange));
  useKeptFocus(list);
  const onClick = (event) => {
    if (event.target.closest("[data-select]")) choose(rowOf(event.target), event.shiftKey);
  };
  // What was typed into one task is saved before another is opened.
  const onClickCapture = (event) => {
    const form = list.current.querySelector("form");
    if (form && event.target.closest("[data-open]")) form.requestSubmit();
  };
  const onPointerDown = (event) => {
    if (sortable && event.button === 0 && event.target.closest("[data-grip]")) drag(event, list.current, onMove);
  };
  return createElement(
    "ul",
    { ref: list, className: "task-list", "aria-label": label, onClick, onClickCapture, onPointerDown, onKeyDown: onFormKey },
    children,
  );
}
