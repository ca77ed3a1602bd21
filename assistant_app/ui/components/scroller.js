import { createElement, useEffect, useLayoutEffect, useRef, useState } from "react";
import { icon } from "./icons.js";

const NEAR_END = 32;
const SHOW_JUMP = 120;
const JUMP_PATIENCE_MS = 5000;

const useBeforePaint = typeof window === "undefined" ? useEffect : useLayoutEffect;

const fromEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight;
const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

// The first message that is in sight: while the reader does not follow the end, it keeps its place on the screen.
function anchorOf(box) {
  const top = box.getBoundingClientRect().top;
  for (const element of box.querySelectorAll("[data-message-id]")) {
    const place = element.getBoundingClientRect();
    if (place.bottom > top) return { element, offset: place.top - top };
  }
  return null;
}

class Follower {
  constructor(box, content, onAway) {
    this.box = box;
    this.onAway = onAway;
    this.following = true;
    this.top = 0;
    this.height = 0;
    this.anchor = null;
    this.observer = new ResizeObserver(() => this.settle());
    this.observer.observe(content);
    this.observer.observe(box);
    this.scrolled = () => this.read();
    box.addEventListener("scroll", this.scrolled, { passive: true });
    this.toEnd();
  }

  stop() {
    this.observer.disconnect();
    this.box.removeEventListener("scroll", this.scrolled);
  }

  toEnd() {
    this.following = true;
    this.box.scrollTop = this.box.scrollHeight;
    this.remember();
  }

  // Whether the reader scrolled shows in the direction: text that grows never moves the page up.
  read() {
    const { scrollTop, scrollHeight } = this.box;
    if (fromEnd(this.box) <= NEAR_END) this.following = true;
    else if (scrollTop < this.top - 1 && scrollHeight >= this.height) this.following = false;
    this.remember();
  }

  settle() {
    if (this.following) {
      this.box.scrollTop = this.box.scrollHeight;
    } else if (this.anchor?.element.isConnected) {
      const top = this.anchor.element.getBoundingClientRect().top - this.box.getBoundingClientRect().top;
      this.box.scrollTop += top - this.anchor.offset;
    }
    this.remember();
  }

  remember() {
    this.top = this.box.scrollTop;
    this.height = this.box.scrollHeight;
    this.anchor = this.following ? null : anchorOf(this.box);
    this.onAway(!this.following && fromEnd(this.box) > SHOW_JUMP);
  }

  show(element) {
    this.following = false;
    element.scrollIntoView({ block: "center" });
    this.remember();
  }
}

function mark(element) {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.removeAttribute("data-found");
  requestAnimationFrame(() => element.setAttribute("data-found", ""));
}

// The message may still be on its way: it is awaited for a while.
function whenThere(box, id, found) {
  const look = () => box.querySelector(`[data-message-id="${CSS.escape(id)}"]`);
  const at = look();
  if (at) {
    found(at);
    return undefined;
  }
  const observer = new MutationObserver(() => {
    const element = look();
    if (!element) return;
    observer.disconnect();
    found(element);
  });
  observer.observe(box, { childList: true, subtree: true });
  const timer = setTimeout(() => observer.disconnect(), JUMP_PATIENCE_MS);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}

export function ThreadScroller(props) {
  const { conversationId = "", jumpTo = "", jumpNonce = "", followNonce = "", label = "Conversation" } = props;
  const box = useRef(null);
  const content = useRef(null);
  const follower = useRef(null);
  const [away, setAway] = useState(false);

  useBeforePaint(() => {
    const made = new Follower(box.current, content.current, setAway);
    follower.current = made;
    return () => made.stop();
  }, []);
  useBeforePaint(() => follower.current.toEnd(), [conversationId, followNonce]);
  useEffect(() => {
    if (!jumpTo) return undefined;
    return whenThere(box.current, jumpTo, (element) => {
      follower.current.show(element);
      mark(element);
    });
  }, [jumpTo, jumpNonce, conversationId]);

  const toLatest = () => {
    const { current: place } = box;
    if (calm() || fromEnd(place) > 3 * place.clientHeight) follower.current.toEnd();
    else place.scrollTo({ top: place.scrollHeight, behavior: "smooth" });
    place.focus({ preventScroll: true });
  };
  return createElement(
    "div",
    { className: `thread ${props.className ?? ""}` },
    createElement(
      "div",
      { className: "thread-scroll", ref: box, role: "region", "aria-label": label, tabIndex: 0 },
      createElement("div", { className: "thread-content", ref: content }, props.children),
    ),
    away
      ? createElement("button", { type: "button", className: "thread-latest", onClick: toLatest }, icon("down"), "Jump to latest")
      : null,
  );
}
