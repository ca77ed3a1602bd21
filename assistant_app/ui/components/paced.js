import { useEffect, useLayoutEffect, useRef, useState } from "react";

const useBeforePaint = typeof window === "undefined" ? useEffect : useLayoutEffect;

// Drawing may take this share of the time at most. The browser's own work grows with the page, beyond what can be
// measured here, so that a long text is drawn less often as well.
const SHARE = 1 / 8;
const FRAME_MS = 16;
const SLOWEST_MS = 110;
const CHARACTERS_PER_MS = 60;

const pause = (text) => Math.min(SLOWEST_MS, Math.max(FRAME_MS, text.length / CHARACTERS_PER_MS));

// Returns a text that follows the growing one as fast as drawing it allows, once a frame at most.
export function usePaced(text, growing) {
  const [shown, setShown] = useState(text);
  const pace = useRef({ began: 0, until: 0 });
  useBeforePaint(() => {
    const now = performance.now();
    if (pace.current.began) {
      pace.current.until = pace.current.began + Math.max(pause(shown), (now - pace.current.began) / SHARE);
      pace.current.began = 0;
    }
    if (shown === text) return undefined;
    if (!growing) {
      setShown(text);
      return undefined;
    }
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
  }, [text, shown, growing]);
  return growing && text.startsWith(shown) ? shown : text;
}
