import { createElement, useEffect, useRef, useState } from "react";
import { useAnnouncements } from "./announcements.js";
import { BlockMarkdown } from "./markdown.js";
import { merge, NOTHING } from "./merge.js";
import { Reasoning } from "./reasoning.js";

const GAP_MS = 150;

function reasoningChunk(known, chunk) {
  if (chunk?.reasoning) return { run_id: chunk.run_id, at: chunk.reasoning_at ?? 0, text: chunk.reasoning };
  return chunk?.run_id === known.run_id ? null : { run_id: chunk?.run_id ?? "", at: 0, text: "" };
}

function useMerged(chunk) {
  const [known, setKnown] = useState({ answer: NOTHING, reasoning: NOTHING });
  const thought = reasoningChunk(known.reasoning, chunk);
  const answer = merge(known.answer, chunk);
  const reasoning = thought ? merge(known.reasoning, thought) : known.reasoning;
  const changed = answer !== known.answer || reasoning !== known.reasoning;
  const now = changed ? { answer, reasoning } : known;
  if (changed) setKnown(now);
  return now;
}

function useGap({ answer, reasoning }, onGap) {
  const gap = answer.gap || reasoning.gap;
  const latest = useRef(null);
  useEffect(() => {
    latest.current = () => onGap?.(answer.run_id, answer.count);
  });
  useEffect(() => {
    if (!gap) return undefined;
    const timer = setTimeout(() => latest.current(), GAP_MS);
    return () => clearTimeout(timer);
  }, [gap, answer.run_id]);
}

export function LiveText({ chunk, base = "", onGap, className }) {
  const now = useMerged(chunk);
  const running = Boolean(now.answer.run_id);
  const text = running ? (base ?? "") + now.answer.text : "";
  useGap(now, onGap);
  useAnnouncements(running);
  if (!running) return null;
  return createElement(
    "div",
    { className, "aria-busy": true },
    createElement(Reasoning, { text: now.reasoning.text, streaming: !text }),
    text
      ? createElement(BlockMarkdown, { key: now.answer.run_id, text, streaming: true })
      : createElement("p", { className: "thinking" }, "Thinking…"),
  );
}
