// Brings the current tab into sight where the tabs do not all fit.
import { useEffect } from "react";

export function InView({ selector, nonce }) {
  useEffect(() => {
    document.querySelector(selector)?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [selector, nonce]);
  return null;
}
