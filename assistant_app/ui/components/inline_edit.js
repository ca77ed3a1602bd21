import { createElement, useEffect, useRef, useState } from "react";

function Field({ value, label, longest, finish, cancel }) {
  const field = useRef(null);
  const done = useRef(false);
  const tookBack = useRef(false);
  useEffect(() => {
    done.current = false;
    field.current.focus();
    field.current.select();
  }, []);
  const once = (end) => {
    if (done.current) return;
    done.current = true;
    end();
  };
  const save = () => {
    const text = field.current.value.trim();
    once(text && text !== value ? () => finish(text) : cancel);
  };
  // A menu from which this was chosen gives the focus back to its button once it has faded: the field takes it again.
  const onBlur = (event) => {
    if (tookBack.current || !event.relatedTarget?.matches("[aria-haspopup=menu]")) return save();
    tookBack.current = true;
    requestAnimationFrame(() => field.current?.focus());
  };
  const onKeyDown = (event) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") save();
    else once(cancel);
  };
  return createElement("input", {
    ref: field,
    className: "inline-edit-field",
    name: "inline-edit",
    "aria-label": label,
    defaultValue: value,
    maxLength: longest,
    autoComplete: "off",
    onKeyDown,
    onBlur,
  });
}

export function InlineEdit(props) {
  const { value = "", label = "Title", editing = false, longest = 200, onSave, onCancel, className = "" } = props;
  const [open, setOpen] = useState(editing);
  const [saved, setSaved] = useState(null);
  useEffect(() => setOpen(editing), [editing]);
  useEffect(() => setSaved(null), [value]);
  const end = (handler, ...args) => {
    setOpen(false);
    handler?.(...args);
  };
  if (open) {
    const finish = (text) => {
      setSaved(text);
      end(onSave, text);
    };
    return createElement(Field, { value, label, longest, finish, cancel: () => end(onCancel) });
  }
  const text = saved ?? value;
  const button = { type: "button", className: `inline-edit ${className}`, title: text, "aria-label": `${label}: ${text}. Edit` };
  return createElement("button", { ...button, onClick: () => setOpen(true) }, text);
}
