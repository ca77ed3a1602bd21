import { createElement, useEffect, useState } from "react";

const PATIENCE_MS = 1000;

export function ConnectionBanner({ lost = false }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!lost) {
      setShown(false);
      return undefined;
    }
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [lost]);
  const banner = shown ? createElement("div", { className: "connection-banner" }, "Connection lost. Reconnecting…") : null;
  return createElement("div", { role: "status", "aria-live": "polite" }, banner);
}
