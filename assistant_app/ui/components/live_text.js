import { createElement, useEffect, useLayoutEffect, useRef, useState } from "react";
import { announce } from "./announce.js";
import { BlockMarkdown } from "./markdown.js";
import { merge, NOTHING } from "./merge.js";
import { Reasoning } from "./reasoning.js";

const GAP_MS = 150;

// Drawing may take this share of the time at most; a text that is costly to draw is drawn less often.
const SHARE = 1 / 8;
const FRAME_MS = 16;

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

// Returns a text that follows the given one as fast as drawing it allows, once a frame at most.
function usePaced(text) {
  const [shown, setShown] = useState(text);
  const pace = useRef({ began: 0, until: 0 });
  useLayoutEffect(() => {
    const now = performance.now();
    if (pace.current.began) {
      pace.current.until = now + Math.max(FRAME_MS, (now - pace.current.began) / SHARE);
      pace.current.began = 0;
    }
    if (shown === text) return undefined;
    const draw = () => {
      pace.current.began = performance.now();
      setShown(text);
    };
    const wait = pace.current.until - now;
    if (wait <= 0) {
      draw();
      return undefined;
    }
    const timer = setTimeout(draw, wait);
    return () => clearTimeout(timer);
  }, [text, shown]);
  return text.startsWith(shown) ? shown : text;
}

function useAnnouncements(runId) {
  const before = useRef("");
  useEffect(() => {
    if (runId && !before.current) announce("The assistant is answering.");
    if (!runId && before.current) announce("The answer is finished.");
    before.current = runId;
  }, [runId]);
}

export function LiveText({ chunk, base = "", onGap, className }) {
  const now = useMerged(chunk);
  const running = Boolean(now.answer.run_id);
  const text = usePaced(running ? (base ?? "") + now.answer.text : "");
  useGap(now, onGap);
  useAnnouncements(now.answer.run_id);
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
