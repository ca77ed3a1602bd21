import { Component, createContext, createElement, Fragment, memo, useContext, useId, useMemo, useState } from "react";
import Markdown from "react-markdown";
import { Link } from "react-router";
import remarkGfm from "remark-gfm";
import { BlockCutter, hasDefinitions } from "./blocks.js";
import { CodeCard } from "./code_card.js";
import { readFormulas } from "./formulas.js";
import { lazyPart, useLazyPart } from "./lazy.js";
import { mend } from "./mend.js";
import { usePaced } from "./paced.js";
import { Recent } from "./recent.js";

const mathematics = lazyPart(() => import("./mathematics.js"));
const drawings = new Recent(400_000);
const NONE = new Set();
const InLink = createContext(false);

const OUTWARD = /^(?:https?:|mailto:)/i;
const CONVERSATION = /^\/c\/[\w-]+(?:[?#][^\s]*)?$/;

function goTo(id) {
  const target = document.getElementById(id);
  target?.scrollIntoView({ block: "center" });
  target?.focus?.({ preventScroll: true });
}

// A plain hash link would count as a navigation of the application.
function Footnote({ href, children, node, ...rest }) {
  const go = (event) => {
    event.preventDefault();
    goTo(decodeURIComponent(href.slice(1)));
  };
  return createElement("a", { ...rest, href, onClick: go }, children);
}

function Anchor({ href, children, node, ...rest }) {
  if (node?.properties.dataFootnoteRef !== undefined || node?.properties.dataFootnoteBackref !== undefined) {
    return createElement(Footnote, { href, ...rest }, children);
  }
  const inner = createElement(InLink.Provider, { value: true }, children);
  if (CONVERSATION.test(href ?? "")) return createElement(Link, { to: href }, inner);
  if (!OUTWARD.test(href ?? "")) return createElement("span", null, children);
  return createElement("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, inner);
}

// A picture from elsewhere would tell its host who reads what: its description and its link stand for it.
function Picture({ src, alt }) {
  const inLink = useContext(InLink);
  const words = `[image: ${alt || "no description"}]`;
  if (inLink || !/^https?:/i.test(src ?? "")) return createElement("span", null, words);
  return createElement("a", { href: src, target: "_blank", rel: "noopener noreferrer nofollow" }, words);
}

function textOf(node) {
  return node.type === "text" ? node.value : (node.children ?? []).map(textOf).join("");
}

function languageOf(node) {
  const names = node.properties?.className;
  const name = Array.isArray(names) ? names.find((each) => String(each).startsWith("language-")) : undefined;
  return name ? String(name).slice("language-".length).toLowerCase() : "";
}

function codeBlock(open) {
  return function CodeBlock({ node }) {
    const code = node.children[0] ?? node;
    return createElement(CodeCard, { language: languageOf(code), text: textOf(code).replace(/\n$/, ""), open });
  };
}

function Table({ children }) {
  const table = createElement("table", null, children);
  return createElement("div", { className: "md-table", role: "region", "aria-label": "Table", tabIndex: 0 }, table);
}

function Checkbox({ checked }) {
  return createElement("input", { type: "checkbox", disabled: true, checked, readOnly: true, "aria-label": checked ? "Done" : "Open" });
}

// The page's own headings come first in its outline.
function heading(level) {
  const tag = `h${Math.min(level + 2, 6)}`;
  return function Heading({ id, className = "", children }) {
    return createElement(tag, { id, className: `md-h${level} ${className}`.trim() }, children);
  };
}

const COMPONENTS = {
  a: Anchor,
  img: Picture,
  table: Table,
  input: Checkbox,
  pre: codeBlock(false),
  h1: heading(1),
  h2: heading(2),
  h3: heading(3),
  h4: heading(4),
  h5: heading(5),
  h6: heading(6),
};
const OPEN_COMPONENTS = { ...COMPONENTS, pre: codeBlock(true) };

// In a chat a new line is meant as one.
function lineBreaks() {
  const visit = (node) => {
    if (!node.children) return;
    node.children = node.children.flatMap((child) => {
      if (child.type !== "text" || !child.value.includes("\n")) return [child];
      return child.value.split("\n").flatMap((value, line) => [...(line ? [{ type: "break" }] : []), { type: "text", value }]);
    });
    for (const child of node.children) visit(child);
  };
  return visit;
}

// HTML that nobody will run reads as the text that it is.
function htmlAsText() {
  return (root) => {
    root.children = root.children.map((node) =>
      node.type === "raw"
        ? { type: "element", tagName: "p", properties: { className: ["md-raw"] }, children: [{ type: "text", value: node.value }] }
        : node,
    );
  };
}

// Ids of one message must not meet those of another, nor those of the page.
function ownIds(prefix) {
  const visit = (node) => {
    const properties = node.properties ?? {};
    if (properties.id) properties.id = prefix + properties.id;
    if (properties.ariaDescribedBy) properties.ariaDescribedBy = [].concat(properties.ariaDescribedBy).map((id) => prefix + id);
    if (String(properties.href ?? "").startsWith("#")) properties.href = `#${prefix}${properties.href.slice(1)}`;
    for (const child of node.children ?? []) visit(child);
  };
  return () => visit;
}

function componentsFor(open, part) {
  const components = open ? OPEN_COMPONENTS : COMPONENTS;
  return part ? { ...components, p: Fragment } : components;
}

export function draw(text, { open, part, math, prefix }) {
  return Markdown({
    children: text,
    components: componentsFor(open, part),
    remarkPlugins: [[remarkGfm, { singleTilde: false }], lineBreaks, ...(math?.remarkPlugins ?? [])],
    rehypePlugins: [htmlAsText, ownIds(prefix), ...(math?.rehypePlugins ?? [])],
  });
}

const FinishedBlock = memo(function FinishedBlock({ text, part, prefix }) {
  const formulas = useMemo(() => readFormulas(text), [text]);
  const math = useLazyPart(mathematics, formulas.found);
  const source = math ? formulas.text : text;
  // Ids make footnotes belong to one place; everything else is drawn once wherever it stands.
  if (text.includes("[^")) return draw(source, { part, math, prefix });
  return drawings.get(`${math ? "m" : "t"}${part ? "p" : "b"}${source}`, () => draw(source, { part, math, prefix: "" }));
});

const OpenBlock = memo(function OpenBlock({ text, part, prefix }) {
  const mended = mend(text);
  const formulas = readFormulas(mended);
  const math = useLazyPart(mathematics, formulas.found);
  return draw(math ? formulas.text : mended, { open: true, part, math, prefix });
});

function openFence(text) {
  const end = text.indexOf("\n");
  const info = (end < 0 ? text : text.slice(0, end)).replace(/^\s*[`~]+\s*/, "");
  // The first marks of the closing line are not code.
  const code = end < 0 ? "" : text.slice(end + 1).replace(/\n?[ \t]*(?:`{1,}|~{1,})$/, "");
  return createElement(CodeCard, { language: info.split(/\s/)[0].toLowerCase(), text: code, open: true });
}

// A text that cannot be drawn is shown as it was written; the rest of the page stays.
class AsWritten extends Component {
  constructor(props) {
    super(props);
    this.state = { failed: false };
  }

  static getDerivedStateFromError() {
    return { failed: true };
  }

  componentDidUpdate(before) {
    if (this.state.failed && before.text !== this.props.text) this.setState({ failed: false });
  }

  render() {
    return this.state.failed ? createElement("div", { className: "md-raw" }, this.props.text) : this.props.children;
  }
}

const isItem = (block) => /^(?:[-*+]|\d{1,9}[.)])[ \t]/.test(block);

// Parts of one paragraph stand in it together, and parts of one list close to each other.
function join(blocks, joined, drawn) {
  const whole = [];
  for (let index = 0; index < blocks.length; index += 1) {
    let end = index + 1;
    while (joined.has(end)) end += 1;
    const parts = drawn.slice(index, end);
    if (parts.length === 1) whole.push(parts[0]);
    else if (isItem(blocks[index])) whole.push(createElement("div", { key: `joined${index}`, className: "md-joined" }, parts));
    else whole.push(createElement("p", { key: `joined${index}` }, parts.flatMap((part) => [part, " "])));
    index = end - 1;
  }
  return whole;
}

export function BlockMarkdown({ text, streaming = false }) {
  const source = usePaced(text ?? "", streaming);
  const prefix = `${useId().replace(/\W/g, "")}-`;
  const [cutter] = useState(() => new BlockCutter());
  const whole = !streaming && hasDefinitions(source);
  const blocks = whole ? [source] : cutter.update(source);
  const joined = whole ? NONE : cutter.joined;
  const last = blocks.length - 1;
  const drawn = blocks.map((block, index) => {
    const part = (joined.has(index) || joined.has(index + 1)) && !isItem(block);
    const finished = !streaming || index < last;
    const key = finished ? index : `open${index}`;
    if (!finished && cutter.inFence) return createElement("div", { key }, openFence(block));
    const drawing = createElement(finished ? FinishedBlock : OpenBlock, { text: block, part, prefix });
    return createElement(AsWritten, { key, text: block }, drawing);
  });
  return createElement("div", { className: "md", dir: "auto" }, join(blocks, joined, drawn));
}
