// The keyboard of the calendar: arrows go from day to day, letters press what carries them in `data-key`.
import { useEffect, useRef } from "react";
import { useLocation, useNavigate } from "react-router";
import { isWriting } from "$/public/external/steward/keys.js";

const WIDE = "(min-width: 48rem)";
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

export function shifted(day, count) {
  const moved = new Date(`${day}T12:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + count);
  return moved.toISOString().slice(0, 10);
}

const dayButton = (day) => document.querySelector(`[role=grid] [data-day="${day}"] .day-number`);
const hasLayer = () => Boolean(document.querySelector("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]"));

// A screen too narrow for a month begins with the agenda, unless the address says what to show.
function useViewOfDevice() {
  const location = useLocation();
  const navigate = useNavigate();
  useEffect(() => {
    const query = new URLSearchParams(location.search);
    if (query.get("view") || matchMedia(WIDE).matches) return;
    query.set("view", "agenda");
    navigate(`${location.pathname}?${query}`, { replace: true });
  }, [location.pathname, location.search]);
}

export function CalendarKeys({ day, month, onChoose }) {
  const latest = useRef({});
  const wanted = useRef("");
  useViewOfDevice();
  useEffect(() => {
    latest.current = { day, onChoose };
  });
  // A day of another month is there only once that month is.
  useEffect(() => {
    const button = wanted.current && dayButton(wanted.current);
    if (!button) return;
    wanted.current = "";
    button.focus();
  }, [day, month]);
  useEffect(() => {
    const step = (event) => {
      const grid = document.querySelector("[role=grid]");
      const outside = event.target !== document.body && !grid?.contains(event.target);
      if (!grid || outside) return;
      event.preventDefault();
      const to = shifted(event.target.closest("[data-day]")?.dataset.day ?? latest.current.day, STEPS[event.key]);
      const button = dayButton(to);
      if (button) button.focus();
      else wanted.current = to;
      latest.current.onChoose?.(to);
    };
    const onKey = (event) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isWriting(event.target) || hasLayer()) return;
      if (event.key in STEPS) return step(event);
      const button = /^[a-z]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
      if (!button) return;
      event.preventDefault();
      button.click();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return null;
}
