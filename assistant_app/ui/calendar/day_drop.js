// Lets an event be dragged to another day of the month.
import { useEffect, useRef } from "react";

const KIND = "application/x-steward-event";

export function DayDrop({ onMove }) {
  const move = useRef(onMove);
  useEffect(() => {
    move.current = onMove;
  });
  useEffect(() => {
    let over = null;
    const mark = (cell) => {
      if (cell === over) return;
      over?.removeAttribute("data-drop");
      cell?.setAttribute("data-drop", "");
      over = cell;
    };
    const cellOf = (event) => event.dataTransfer?.types.includes(KIND) && event.target.closest?.("[role=gridcell]");
    const onStart = (event) => {
      const chip = event.target.closest?.("[data-event]");
      if (!chip) return;
      event.dataTransfer.setData(KIND, JSON.stringify([chip.dataset.event, chip.dataset.occurrence]));
      event.dataTransfer.effectAllowed = "move";
    };
    const onOver = (event) => {
      const cell = cellOf(event);
      mark(cell || null);
      if (cell) event.preventDefault();
    };
    const onDrop = (event) => {
      const cell = cellOf(event);
      mark(null);
      if (!cell) return;
      event.preventDefault();
      const [id, occurrence] = JSON.parse(event.dataTransfer.getData(KIND));
      if (!occurrence.startsWith(cell.dataset.day)) move.current?.(id, occurrence, cell.dataset.day);
    };
    const onEnd = () => mark(null);
    const listeners = { dragstart: onStart, dragover: onOver, drop: onDrop, dragend: onEnd };
    for (const [name, listener] of Object.entries(listeners)) document.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) document.removeEventListener(name, listener);
    };
  }, []);
  return null;
}
