import { createElement, useEffect, useState } from "react";
import { announce } from "./announce.js";
import { copyText } from "./clipboard.js";
import { icon } from "./icons.js";

const SAID = { copied: "Copied", failed: "Copying failed. Select the text and copy it by hand." };
const SHOWN_MS = 2000;

export function CopyButton({ text, label = "Copy", className = "icon-button" }) {
  const [outcome, setOutcome] = useState("");
  useEffect(() => {
    if (!outcome) return undefined;
    const timer = setTimeout(() => setOutcome(""), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    const result = (await copyText(text ?? "")) ? "copied" : "failed";
    setOutcome(result);
    announce(SAID[result]);
  };
  const shown = { "": "copy", copied: "check", failed: "alert" }[outcome];
  return createElement(
    "button",
    { type: "button", className, onClick: copy, "aria-label": label, title: SAID[outcome] ?? label, "data-outcome": outcome },
    icon(shown),
  );
}
