import { useEffect, useRef } from "react";
import { announce } from "./announce.js";

// Tells those who listen that an answer begins and ends, and spares them its words one by one.
export function useAnnouncements(running) {
  const before = useRef(false);
  useEffect(() => {
    if (running && !before.current) announce("The assistant is answering.");
    if (!running && before.current) announce("The answer is finished.");
    before.current = running;
  }, [running]);
}
