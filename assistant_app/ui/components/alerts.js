// Draws attention to what has just come: a tone, and a notification of the browser where nobody looks at the page.
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { notify } from "./browser_notifications.js";
import { claim } from "./claims.js";
import { playTone } from "./tone.js";

const PATIENCE_MS = 400; // A tab that is looked at comes first: it needs no notification.
const keyOf = (item) => `${item.id}:${item.came_at}`;
const isLookedAt = () => document.visibilityState === "visible" && document.hasFocus();
const pause = () => new Promise((go) => setTimeout(go, PATIENCE_MS));

export function Alerts({ items = [], inBrowser = false }) {
  const navigate = useNavigate();
  const latest = useRef({ there: new Set() });
  const seen = useRef(new Set());
  const shown = useRef(new Map());
  useEffect(() => {
    latest.current = { there: new Set(items.map(keyOf)), inBrowser, navigate };
  });
  useEffect(() => {
    const tell = async (item) => {
      const key = keyOf(item);
      if (!isLookedAt()) await pause();
      if (!latest.current.there.has(key) || !(await claim(key))) return;
      if (item.sounds) playTone();
      if (!latest.current.inBrowser || (isLookedAt() && !item.is_test)) return;
      const open = () => latest.current.navigate(item.address);
      const made = notify({ title: item.title, body: item.text || item.kind_words, tag: item.id, onOpen: open });
      if (made) shown.current.set(key, made);
    };
    for (const item of items) {
      if (seen.current.has(keyOf(item))) continue;
      seen.current.add(keyOf(item));
      if (item.is_fresh) tell(item);
    }
    // What was answered, here or on another device, needs no notification any more.
    for (const [key, made] of shown.current) {
      if (items.some((item) => keyOf(item) === key)) continue;
      made.close();
      shown.current.delete(key);
    }
  }, [items]);
  return null;
}
