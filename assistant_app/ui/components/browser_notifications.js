// The browser's own notifications: whether they are allowed here, and showing one.
import { createElement, useEffect, useState } from "react";

export function permission() {
  if (typeof Notification === "undefined") return "missing";
  return window.isSecureContext === false ? "insecure" : Notification.permission;
}

// Returns the notification, or null where a browser has them in name only, as on some phones.
export function notify({ title, body, tag, onOpen }) {
  if (permission() !== "granted") return null;
  try {
    const shown = new Notification(title, { body, tag, icon: "/icons/steward-192.png", silent: true });
    shown.onclick = () => {
      window.focus();
      shown.close();
      onOpen?.();
    };
    return shown;
  } catch {
    return null;
  }
}

const SAID = {
  granted: "Allowed in this browser.",
  denied: "Blocked in this browser. Its settings for this site can allow it again.",
  default: "This browser has not been asked yet.",
  insecure: "Browsers allow this only over HTTPS, or on the machine that Steward runs on.",
  missing: "This browser cannot show notifications.",
};

export function BrowserPermission({ className }) {
  const [state, setState] = useState("");
  useEffect(() => setState(permission()), []);
  const ask = async () => {
    await Notification.requestPermission();
    setState(permission());
  };
  if (!state) return null;
  return createElement("div", { className, "data-permission": state },
    createElement("p", { className: "field-hint", role: "status" }, SAID[state]),
    state === "default"
      ? createElement("button", { type: "button", className: "button-quiet", onClick: ask }, "Allow in this browser")
      : null);
}
