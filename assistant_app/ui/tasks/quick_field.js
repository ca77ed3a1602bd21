// The field of the quick add: keeps what is typed until the server has said that it has it.
import { createElement, useEffect, useRef, useState } from "react";
import { isWriting } from "$/public/external/steward/keys.js";

const LOOK_MS = 120;
const PATIENCE_MS = 8000;
let count = 0;

const newNonce = () => `${performance.timeOrigin}-${(count += 1)}`;

// The key N goes to the field from wherever nothing is being written.
function useShortcut(field) {
  useEffect(() => {
    const onKey = (event) => {
      if (event.key.toLowerCase() !== "n" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isWriting(event.target) || document.querySelector("[role=dialog], [role=alertdialog], [role=menu]")) return;
      event.preventDefault();
      field.current.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

// One task at a time is under way; it is known by its nonce until the server has answered for it.
function useAdding({ addedNonce, refusedNonce, onAdd }, field, put) {
  const pending = useRef(null);
  const [waiting, setWaiting] = useState(false);
  const end = (nonce) => {
    const sent = pending.current;
    if (!sent || sent.nonce !== nonce) return null;
    pending.current = null;
    setWaiting(false);
    return sent;
  };
  useEffect(() => {
    const sent = end(addedNonce);
    if (sent && field.current.value === sent.text) put("");
  }, [addedNonce]);
  useEffect(() => {
    end(refusedNonce);
  }, [refusedNonce]);
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setTimeout(() => setWaiting(false), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
  const add = () => {
    const text = field.current.value;
    if (waiting || !text.trim()) return;
    const again = pending.current?.text === text;
    pending.current = { text, nonce: again ? pending.current.nonce : newNonce() };
    setWaiting(true);
    onAdd?.(text, pending.current.nonce);
  };
  return { waiting, add };
}

export function QuickField(props) {
  const { label, placeholder, longest = 2000, prefill = "", prefillNonce = "", describedBy, onLook, children } = props;
  const field = useRef(null);
  const looking = useRef(0);
  const [isEmpty, setEmpty] = useState(true);
  const changed = () => {
    const { value } = field.current;
    setEmpty(!value.trim());
    clearTimeout(looking.current);
    looking.current = setTimeout(() => onLook?.(value), value ? LOOK_MS : 0);
  };
  const put = (text) => {
    field.current.value = text;
    changed();
  };
  useShortcut(field);
  const { waiting, add } = useAdding(props, field, put);
  useEffect(() => {
    if (!prefillNonce) return;
    put(prefill);
    field.current.focus();
  }, [prefillNonce]);
  useEffect(() => () => clearTimeout(looking.current), []);
  const submit = (event) => {
    event.preventDefault();
    clearTimeout(looking.current);
    add();
  };
  const onKeyDown = (event) => {
    if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
    if (field.current.value) put("");
    else field.current.blur();
  };
  return createElement(
    "form",
    { className: "quick-add", onSubmit: submit, "aria-busy": waiting },
    createElement("input", {
      ref: field,
      type: "text",
      name: "task",
      className: "quick-add-field",
      placeholder,
      maxLength: longest,
      autoComplete: "off",
      enterKeyHint: "done",
      dir: "auto",
      "aria-label": label,
      "aria-describedby": describedBy,
      onInput: changed,
      onKeyDown,
    }),
    createElement("button", { type: "submit", className: "button-solid quick-add-button", disabled: waiting || isEmpty }, "Add"),
    children,
  );
}
