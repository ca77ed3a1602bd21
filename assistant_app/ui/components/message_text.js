// The texts of the messages on the page, kept apart from React's tree and from Reflex's state: a state variable is
// sent whole whenever it changes, so that a thread's texts would travel again with every message. Here each text comes
// once, and a growing one in pieces; only the message that grows is drawn again.
import { createElement, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useAnnouncements } from "./announcements.js";
import { BlockMarkdown } from "./markdown.js";
import { CopyButton } from "./copy_button.js";
import { Reasoning } from "./reasoning.js";

const EMPTY = Object.freeze({ text: "", points: 0, reasoning: "", reasoningPoints: 0, gap: false, known: false });
const LONG_POINTS = 1500;
const LONG_LINES = 18;
const entries = new Map();
const listeners = new Map();

const countPoints = (text) => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

// `at` counts code points, as Python does. The same piece twice changes nothing.
export function splice(text, points, at, piece) {
  if (at > points) return null;
  const added = countPoints(piece);
  if (at === points) return [text + piece, points + added];
  const head = Array.from(text);
  if (at + added <= points && head.slice(at, at + added).join("") === piece && at > 0) return [text, points];
  return [head.slice(0, at).join("") + piece, at + added];
}

export function merge(entry, piece) {
  const text = piece.text !== undefined
    ? splice(entry.text, entry.points, piece.at ?? 0, piece.text)
    : [entry.text, entry.points];
  const reasoning = piece.reasoning !== undefined
    ? splice(entry.reasoning, entry.reasoningPoints, piece.reasoning_at ?? 0, piece.reasoning)
    : [entry.reasoning, entry.reasoningPoints];
  if (text === null || reasoning === null) return entry.gap ? entry : { ...entry, gap: true };
  if (text[0] === entry.text && reasoning[0] === entry.reasoning && entry.known && !entry.gap) return entry;
  return {
    text: text[0], points: text[1], reasoning: reasoning[0], reasoningPoints: reasoning[1], gap: false, known: true,
  };
}

function take(pieces) {
  for (const piece of pieces ?? []) {
    const before = entries.get(piece.id) ?? EMPTY;
    const after = merge(before, piece);
    if (after === before) continue;
    entries.set(piece.id, after);
    for (const listener of listeners.get(piece.id) ?? []) listener();
  }
}

function useEntry(id) {
  const subscribe = useMemo(
    () => (listener) => {
      if (!listeners.has(id)) listeners.set(id, new Set());
      listeners.get(id).add(listener);
      return () => {
        const left = listeners.get(id);
        left?.delete(listener);
        if (left && left.size === 0) listeners.delete(id);
      };
    },
    [id],
  );
  return useSyncExternalStore(subscribe, () => entries.get(id) ?? EMPTY, () => EMPTY);
}

// Takes what the server sends. It stands once on a page, before the messages.
export function TextFeed({ pieces }) {
  const last = useRef(null);
  useEffect(() => {
    if (last.current === pieces) return;
    last.current = pieces;
    take(pieces);
  }, [pieces]);
  return null;
}

// What was pasted by the page is folded, so that the answer is in sight.
function Said({ text, points }) {
  const [open, setOpen] = useState(false);
  const long = points > LONG_POINTS || text.split("\n", LONG_LINES + 1).length > LONG_LINES;
  const folded = long && !open;
  const said = createElement("div", { key: "text", dir: "auto",
    className: `whitespace-pre-wrap break-words${folded ? " long-text" : ""}` }, text);
  if (!long) return said;
  const more = { key: "more", type: "button", className: "long-more", "aria-expanded": open, onClick: () => setOpen(!open) };
  return [said, createElement("button", more, open ? "Show less" : "Show the whole message")];
}

export function MessageText({ messageId, role, running, onGap }) {
  const entry = useEntry(messageId);
  const wanting = entry.gap || !entry.known;
  useAnnouncements(role !== "user" && Boolean(running));
  useEffect(() => {
    if (!wanting) return undefined;
    const timer = setTimeout(() => onGap?.(messageId), 300);
    return () => clearTimeout(timer);
  }, [wanting, messageId]);
  if (role === "user") return createElement(Said, { text: entry.text, points: entry.points });
  const parts = [];
  if (entry.reasoning) {
    parts.push(createElement(Reasoning, { key: "reasoning", text: entry.reasoning, streaming: running && !entry.text }));
  }
  if (entry.text) {
    parts.push(createElement(BlockMarkdown, { key: "text", text: entry.text, streaming: Boolean(running) }));
  } else if (running) {
    parts.push(createElement("div", { key: "wait", className: "thinking", "aria-hidden": "true" },
      createElement("span"), createElement("span"), createElement("span")));
  }
  return createElement("div", { "aria-busy": running ? "true" : "false" }, parts);
}

export function MessageCopy({ messageId, label, instead }) {
  return createElement(CopyButton, { text: useEntry(messageId).text || instead || "", label });
}

// Editing keeps what was typed until the server has taken it: the editor only closes when the row is replaced.
export function MessageEditor({ messageId, onSave, onCancel }) {
  const { text } = useEntry(messageId);
  const [draft, setDraft] = useState(null);
  const value = draft ?? text;
  const field = useRef(null);
  useEffect(() => {
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, []);
  const save = () => value.trim() && onSave?.(messageId, value);
  const onKeyDown = (event) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      onCancel?.();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    }
  };
  return createElement("div", { className: "message-editor" },
    createElement("textarea", {
      ref: field, value, dir: "auto", "aria-label": "Edit message", rows: Math.min(12, value.split("\n").length + 1),
      onChange: (event) => setDraft(event.target.value), onKeyDown,
    }),
    createElement("div", { className: "message-editor-buttons" },
      createElement("button", { type: "button", className: "button-quiet", onClick: () => onCancel?.() }, "Cancel"),
      createElement("button", { type: "button", className: "button-solid", disabled: !value.trim(), onClick: save },
        "Send")));
}
