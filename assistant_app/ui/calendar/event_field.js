// The field in which an event is typed in plain words. What is typed stays until the server has the event.
import { createElement, useEffect, useRef, useState } from "react";

const PAUSE_MS = 120;
const POINTER = "(hover: hover)";

let count = 0;

const newNonce = () => `${performance.timeOrigin}-${(count += 1)}`;

export function EventField(props) {
  const { label, placeholder, addedNonce, refusedNonce, focusNonce, openNonce, onRead, onAdd, onLeave } = props;
  const [text, setText] = useState("");
  const field = useRef(null);
  const sent = useRef({ text: "", nonce: "" });
  const pause = useRef(0);
  const seen = useRef([focusNonce, openNonce]);
  useEffect(() => {
    if (addedNonce && addedNonce === sent.current.nonce) setText((now) => (now === sent.current.text ? "" : now));
  }, [addedNonce]);
  useEffect(() => {
    if (refusedNonce === sent.current.nonce) sent.current = { text: "", nonce: "" };
  }, [refusedNonce]);
  // A day that was opened takes the keyboard only where that does not bring one up on the screen.
  useEffect(() => {
    const [focus, open] = seen.current;
    seen.current = [focusNonce, openNonce];
    if (focus !== focusNonce || (open !== openNonce && matchMedia(POINTER).matches)) field.current.focus();
  }, [focusNonce, openNonce]);
  useEffect(() => () => clearTimeout(pause.current), []);
  const onChange = (event) => {
    const next = event.target.value;
    setText(next);
    clearTimeout(pause.current);
    pause.current = setTimeout(() => onRead?.(next), PAUSE_MS);
  };
  const onKeyDown = (event) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      field.current.blur(); // The field is hidden in a moment; the next key shall not still go to it.
      onLeave?.();
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (!text.trim()) return;
    clearTimeout(pause.current);
    // The same text again, after a lost connection perhaps, is the same event: the server takes it once.
    if (sent.current.text !== text || addedNonce === sent.current.nonce) sent.current = { text, nonce: newNonce() };
    onAdd?.(text, sent.current.nonce);
  };
  return createElement("input", {
    ref: field,
    type: "text",
    name: "new-event",
    className: "field event-field",
    value: text,
    placeholder,
    maxLength: 500,
    autoComplete: "off",
    "aria-label": label,
    "aria-describedby": "event-understood",
    enterKeyHint: "done",
    onChange,
    onKeyDown,
  });
}
