// A field that saves itself: when it is left, at Enter, and, with many lines, in a pause of typing.
import { createElement, useEffect, useRef, useState } from "react";

const PAUSE_MS = 1500;
const number = new Intl.NumberFormat("en");

export function SavedField({ value = "", name, fieldId, fieldType = "text", describedBy, longest, limit = 0, lines = 1, onSave }) {
  const [text, setText] = useState(value);
  const field = useRef(null);
  const sent = useRef(value);
  const shown = useRef(value);
  const pause = useRef(0);
  const save = useRef(null);
  const type = (next) => {
    shown.current = next;
    setText(next);
  };
  save.current = () => {
    clearTimeout(pause.current);
    if (shown.current === sent.current) return;
    sent.current = shown.current;
    onSave?.(shown.current);
  };
  // What another device saved is shown, unless somebody is typing here.
  useEffect(() => {
    sent.current = value;
    if (document.activeElement !== field.current) type(value);
  }, [value]);
  // A shortcut that leaves the page takes the field away without a blur.
  useEffect(() => () => save.current(), []);
  const onKeyDown = (event) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && lines === 1) save.current();
    if (event.key === "Escape" && shown.current !== value) {
      event.stopPropagation();
      type(value);
    }
  };
  const onChange = (event) => {
    type(event.target.value);
    clearTimeout(pause.current);
    if (lines > 1) pause.current = setTimeout(() => save.current(), PAUSE_MS);
  };
  const counter = limit ? `${fieldId}-count` : "";
  const input = createElement(lines > 1 ? "textarea" : "input", {
    ref: field,
    id: fieldId,
    name,
    type: lines > 1 ? undefined : fieldType,
    className: "field",
    value: text,
    rows: lines > 1 ? lines : undefined,
    maxLength: longest,
    autoComplete: "off",
    "aria-describedby": [describedBy, counter].filter(Boolean).join(" ") || undefined,
    onChange,
    onKeyDown,
    onBlur: () => save.current(),
  });
  if (!limit) return input;
  const note = `${number.format(text.length)} of ${number.format(limit)} characters`;
  const count = createElement("p", { id: counter, className: "field-count", "data-over": text.length > limit || undefined }, note);
  return createElement("div", null, input, count);
}
