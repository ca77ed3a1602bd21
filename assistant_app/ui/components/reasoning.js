// What a model thought before its answer: folded away, and drawn only when somebody opens it.
import { createElement, useState } from "react";
import { BlockMarkdown } from "./markdown.js";

export function Reasoning({ text, streaming = false }) {
  const [open, setOpen] = useState(false);
  if (!text) return null;
  return createElement(
    "details",
    { className: "reasoning", open, onToggle: (event) => setOpen(event.currentTarget.open) },
    createElement("summary", null, streaming ? "Reasoning…" : "Reasoning"),
    open ? createElement(BlockMarkdown, { text, streaming }) : null,
  );
}
