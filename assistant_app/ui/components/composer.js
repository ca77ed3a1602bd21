import { createElement, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useLocation } from "react-router";
import { announce } from "./announce.js";
import { keepDraft, readDraft } from "./drafts.js";
import { icon } from "./icons.js";
import { isWriting } from "./keys.js";

const DRAFT_MS = 200;

// After this time without a word from the server the same message may be sent again, under the same nonce.
const PATIENCE_MS = 8000;

const useBeforePaint = typeof window === "undefined" ? useEffect : useLayoutEffect;

function newNonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function grow(field) {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

function focusEnd(field) {
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

// The field keeps its own text: a key pressed costs no drawing, and what is typed before the page is ready stays.
function useField(draftKey, keepsDraft) {
  const field = useRef(null);
  const [length, setLength] = useState(0);
  const saving = useRef(0);
  const keep = () => {
    clearTimeout(saving.current);
    // A field that is being taken away still loses its focus; its text has been kept by then.
    if (field.current) keepDraft(draftKey, keepsDraft ? field.current.value : "");
  };
  const changed = () => {
    setLength(field.current.value.length);
    grow(field.current);
    clearTimeout(saving.current);
    saving.current = setTimeout(keep, DRAFT_MS);
  };
  const put = (text) => {
    field.current.value = text;
    changed();
  };
  return { field, length, keep, changed, put };
}

// Whether a conversation was begun on the page of a new one, whose key then comes before its address.
const begun = { current: false };

// A page that was just opened has the state of the one before for a moment, and that one's key: it is not known yet.
function settled(draftKey, keepsDraft, path) {
  if (path !== "/") begun.current = false;
  // What is not kept has the address of a new one for as long as it lasts.
  if (path === "/" && !keepsDraft) return draftKey;
  if (begun.current || (path !== "/" && !path.startsWith("/c/"))) return draftKey;
  const shown = path === "/" ? "new" : path.slice("/c/".length).replace(/\/$/, "");
  return draftKey === "" || draftKey.endsWith(`/${shown}`) ? draftKey : null;
}

function useDraft(draftKey, keepsDraft, { field, put, keep }) {
  // The key comes a moment after the page: what was typed by then belongs to the first draft that has one.
  const belongs = useRef(false);
  const shown = useRef(undefined);
  useBeforePaint(() => {
    if (shown.current !== draftKey) {
      const typed = belongs.current ? "" : field.current.value;
      belongs.current = draftKey !== null && (belongs.current || draftKey !== "");
      shown.current = draftKey;
      put(typed || readDraft(draftKey));
    }
    if (!keepsDraft) keep(); // What was typed before the chat became temporary stays in the field, and nowhere else.
    const leave = () => keep();
    window.addEventListener("pagehide", leave);
    const place = field.current;
    return () => {
      window.removeEventListener("pagehide", leave);
      keepDraft(draftKey, keepsDraft ? place.value : "");
    };
  }, [draftKey, keepsDraft]);
}

function useSlashAndFocus(field, draftKey, keepsDraft, takesFocus) {
  useEffect(() => {
    if (!takesFocus) return;
    const active = document.activeElement;
    // A message that was jumped to keeps the focus, so that reading goes on from there.
    const isTaken = isWriting(active) || active?.matches("[data-message-id]");
    if (!window.matchMedia("(pointer: coarse)").matches && !isTaken) focusEnd(field.current);
  }, [field, draftKey, keepsDraft]);
  useEffect(() => {
    const onKey = (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isWriting(event.target) || document.querySelector("[role=dialog]")) return;
      event.preventDefault();
      focusEnd(field.current);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [field]);
}

// One message at a time is under way; it is known by its nonce until the server has answered for it. The first message of
// a conversation leads to another page, whose composer hears the answer: so this is the browser tab's, not a composer's.
const pending = { current: null };

function useSending({ draftKey, sentNonce, refusedNonce, onSend }, { field, put }) {
  const [waiting, setWaiting] = useState(false);
  useEffect(() => {
    const sent = pending.current;
    if (!sent || sent.nonce !== sentNonce) return;
    pending.current = null;
    setWaiting(false);
    keepDraft(sent.draftKey, "");
    if (field.current.value === sent.text) put("");
  }, [sentNonce]);
  useEffect(() => {
    if (!pending.current || pending.current.nonce !== refusedNonce) return;
    pending.current = null;
    setWaiting(false);
  }, [refusedNonce]);
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setTimeout(() => {
      setWaiting(false);
      announce("The server has not answered yet. The message is kept; it can be sent again.");
    }, PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
  const send = () => {
    const text = field.current.value;
    const again = pending.current?.text === text;
    pending.current = { text, nonce: again ? pending.current.nonce : newNonce(), draftKey };
    setWaiting(true);
    begun.current ||= Boolean(draftKey?.endsWith("/new"));
    onSend?.(text, pending.current.nonce);
  };
  return { waiting, send };
}

function Hint({ length, longest }) {
  if (length <= longest) return null;
  const over = (length - longest).toLocaleString();
  const sentence = `A message can have ${longest.toLocaleString()} characters; this one has ${over} too many. Shorten it, or send it in parts.`;
  return createElement("p", { className: "composer-hint", role: "alert" }, sentence);
}

function ActionButton({ running, blocked, onStop }) {
  if (running) {
    const stop = { type: "button", className: "composer-action", "aria-label": "Stop", title: "Stop (Esc)", onClick: () => onStop?.() };
    return createElement("button", { key: "stop", ...stop }, icon("stop"));
  }
  const send = { type: "submit", className: "composer-action", "aria-label": "Send", title: "Send (Enter)", disabled: blocked };
  return createElement("button", { key: "send", ...send }, icon("send"));
}

export function Composer(props) {
  const { draftKey = "", keepsDraft = true, prefill = "", prefillNonce = "", running = false, disabled = false } = props;
  const { placeholder = "Message", longest = 100_000, takesFocus = true, onStop, children, className = "" } = props;
  const key = settled(draftKey, keepsDraft, useLocation().pathname);
  const writing = useField(key, keepsDraft);
  const { field, length, put, changed, keep } = writing;
  useDraft(key, keepsDraft, writing);
  useSlashAndFocus(field, key, keepsDraft, takesFocus);
  const { waiting, send } = useSending({ ...props, draftKey: key }, writing);
  useEffect(() => {
    if (!prefillNonce) return;
    put(prefill);
    focusEnd(field.current);
  }, [prefillNonce]);

  const blocked = disabled || running || waiting || length === 0 || length > longest;
  const submit = (event) => {
    event.preventDefault();
    if (!blocked && field.current.value.trim()) send();
  };
  const onKeyDown = (event) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) submit(event);
    if (event.key === "Escape" && running) {
      event.preventDefault();
      event.stopPropagation();
      onStop?.();
    }
  };
  return createElement(
    "form",
    { className: `composer ${className}`, onSubmit: submit, "aria-busy": waiting },
    createElement("textarea", {
      ref: field,
      name: "message",
      rows: 1,
      dir: "auto",
      defaultValue: "",
      placeholder,
      enterKeyHint: "send",
      autoComplete: "off",
      "aria-label": "Message",
      onInput: changed,
      onBlur: keep,
      onKeyDown,
    }),
    createElement(Hint, { length, longest }),
    createElement(
      "div",
      { className: "composer-row" },
      createElement("div", { className: "composer-slot" }, children),
      createElement(ActionButton, { running, blocked, onStop }),
    ),
  );
}
