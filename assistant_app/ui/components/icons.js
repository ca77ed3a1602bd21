// The few icons that wrapped components draw themselves, in the shapes of Lucide.
import { createElement } from "react";

const SHAPES = {
  copy: ["M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V10a2 2 0 0 1 2-2z", "M4 16a2 2 0 0 1-2-2V4c0-1.1.9-2 2-2h10a2 2 0 0 1 2 2"],
  check: ["M20 6 9 17l-5-5"],
  alert: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z", "M12 8v4", "M12 16h.01"],
  send: ["M12 19V5", "m5 12 7-7 7 7"],
  stop: ["M7 7h10v10H7z"],
  chat: ["M21 11.5a8.5 8.5 0 0 1-12.3 7.6L3 21l1.9-5.7A8.5 8.5 0 1 1 21 11.5z"],
  down: ["M12 5v14", "m19 12-7 7-7-7"],
};

export function icon(name, size = 16) {
  const paths = SHAPES[name].map((d) => createElement("path", { key: d, d }));
  return createElement(
    "svg",
    {
      width: size,
      height: size,
      viewBox: "0 0 24 24",
      fill: name === "stop" ? "currentColor" : "none",
      stroke: "currentColor",
      strokeWidth: 2,
      strokeLinecap: "round",
      strokeLinejoin: "round",
      "aria-hidden": true,
    },
    paths,
  );
}
