import { createElement, useSyncExternalStore } from "react";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let timer = 0;
let now = 0;
const listeners = new Set();

// One clock for all times on the page.
function subscribe(listener) {
  listeners.add(listener);
  if (!timer) {
    timer = setInterval(() => {
      now = Date.now();
      for (const each of listeners) each();
    }, MINUTE / 2);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size) return;
    clearInterval(timer);
    timer = 0;
    now = 0;
  };
}

function readClock() {
  if (!now) now = Date.now();
  return now;
}

const midnight = (time) => new Date(time).setHours(0, 0, 0, 0);
const format = (date, options) => new Intl.DateTimeFormat(undefined, options).format(date);
// The clock of 24 hours, as everywhere in Steward: one page must not have two.
const clock = (date) => format(date, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = (date, at) =>
  format(date, date.getFullYear() === new Date(at).getFullYear() ? { day: "numeric", month: "short" } : { dateStyle: "medium" });

export function relative(date, at) {
  const ago = at - date.getTime();
  const days = Math.round((midnight(at) - midnight(date)) / DAY);
  if (Math.abs(ago) < MINUTE) return "just now";
  if (ago > 0 && ago < 60 * MINUTE) return `${Math.floor(ago / MINUTE)} min ago`;
  if (days === 0) return clock(date);
  if (days === 1) return `yesterday, ${clock(date)}`;
  if (days === -1) return `tomorrow, ${clock(date)}`;
  return day(date, at);
}

function shownAs(display, date, at) {
  if (display === "time") return clock(date);
  if (display === "date") return day(date, at);
  if (display === "full") return format(date, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
  return relative(date, at);
}

// The server does not know the reader's zone: before the page is alive the place stays empty.
export function LocalTime({ instant, display = "relative", className }) {
  const at = useSyncExternalStore(subscribe, readClock, () => 0);
  const date = new Date(instant ?? "");
  if (!at || Number.isNaN(date.getTime())) return null;
  const full = format(date, { dateStyle: "full", timeStyle: "short" });
  return createElement("time", { className, dateTime: date.toISOString(), title: full }, shownAs(display, date, at));
}
