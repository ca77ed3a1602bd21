// Code in a card with the name of its language and a button that copies it.
import { createElement, memo, startTransition, useEffect, useState } from "react";
import { CopyButton } from "./copy_button.js";
import { lazyPart, useLazyPart } from "./lazy.js";
import { Recent } from "./recent.js";

const highlighting = lazyPart(() => import("./highlighter.js"));
const trees = new Recent(400_000);

// Beyond this, colour costs more than it helps.
const LONGEST_COLOURED = 40_000;

function drawn(node, key) {
  if (node.type === "text") return node.value;
  return createElement("span", { key, className: node.properties.className?.join(" ") }, node.children.map(drawn));
}

function Coloured({ language, text }) {
  const highlighter = useLazyPart(highlighting, true);
  const key = `${language}\n${text}`;
  const [tree, setTree] = useState(() => trees.entries.get(key) ?? null);
  useEffect(() => {
    if (!highlighter) return;
    startTransition(() => setTree(trees.get(key, () => highlighter.highlight(language, text))));
  }, [highlighter, key, language, text]);
  return tree ? tree.map(drawn) : text;
}

export const CodeCard = memo(function CodeCard({ language, text, open }) {
  const coloured = language && !open && text.length <= LONGEST_COLOURED;
  return createElement(
    "div",
    { className: "code-card", dir: "ltr" },
    createElement(
      "div",
      { className: "code-card-head" },
      createElement("span", { className: "code-card-language" }, language || "text"),
      createElement(CopyButton, { text, label: "Copy code" }),
    ),
    createElement(
      "pre",
      { tabIndex: 0, "aria-label": language ? `Code, ${language}` : "Code" },
      createElement("code", { className: "hljs" }, coloured ? createElement(Coloured, { key: text, language, text }) : text),
    ),
  );
});
