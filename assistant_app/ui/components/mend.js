// Closes what a text that is still being written has opened, so that no half mark flickers over the page.

const CODE_RUN = /`+/g;
const MARKS = /\\.|\*\*\*|\*\*|\*|__|_|~~/g;

// Emphasis ends with its paragraph, its list item, its cell: only the last of them can be open.
function tailStart(text) {
  const start = Math.max(text.lastIndexOf("\n\n") + 2, 0);
  let from = text.lastIndexOf("\n\n") < 0 ? 0 : start;
  const item = /\n[ \t]*(?:[-*+]|\d{1,9}[.)]|#{1,6}|>|\|)[ \t]/g;
  item.lastIndex = from;
  for (let found = item.exec(text); found; found = item.exec(text)) from = found.index + 1;
  return from;
}

function mendCode(tail) {
  let open = null;
  for (const run of tail.matchAll(CODE_RUN)) {
    if (!open) open = run;
    else if (run[0].length === open[0].length) open = null;
  }
  if (!open) return { tail, inCode: false };
  const rest = tail.slice(open.index + open[0].length);
  if (rest.trim() === "") return { tail: tail.slice(0, open.index), inCode: false };
  return { tail: tail + (rest.endsWith("`") ? " " : "") + open[0], inCode: true };
}

function mendLinks(tail) {
  return tail
    .replace(/!\[[^\]\n]*(?:\]\([^)\n]*)?$/, "")
    .replace(/\[([^\]\n]*)\]\([^)\n]*$/, "$1")
    .replace(/\[([^\]\n]*)$/, (whole, text) => (/^[ xX]?$/.test(text) ? whole : text));
}

function opens(tail, at, length) {
  const before = tail[at - 1] ?? " ";
  const after = tail[at + length] ?? " ";
  if (/\s/.test(after)) return false;
  return tail[at] === "_" ? !/\w/.test(before) : true;
}

// Marks at the very end are taken away and written again where something is open, so that half a mark is never seen.
function mendMarks(tail) {
  const bare = tail.replace(/(?<!\\)(?:\*{1,3}|_{1,2}|~{1,2})$/, "");
  const open = [];
  const hidden = bare.replace(/(`+)[^`]*?\1/g, (code) => " ".repeat(code.length));
  for (const found of hidden.matchAll(MARKS)) {
    const mark = found[0];
    if (mark.startsWith("\\")) continue;
    const closes = open.at(-1) === mark && /\S/.test(hidden[found.index - 1] ?? " ");
    if (closes) open.pop();
    else if (opens(hidden, found.index, mark.length)) open.push(mark);
  }
  return open.length ? bare.trimEnd() + open.reverse().join("") : bare;
}

export function mend(text) {
  const dollars = text.split("$$").length - 1;
  let whole = text;
  if (dollars % 2) {
    const last = text.lastIndexOf("$$");
    whole = `${text.slice(0, last)}\\$\\$${text.slice(last + 2)}`;
  }
  // A last line of dashes could be the start of a list or a rule; it must not turn its paragraph into a heading.
  whole = whole.replace(/(\S[^\n]*)\n[ \t]*(?:-+|=+)[ \t]*$/, (all, line) => (line.startsWith("|") ? all : line));
  const from = tailStart(whole);
  const { tail, inCode } = mendCode(whole.slice(from));
  if (inCode) return whole.slice(0, from) + tail;
  return whole.slice(0, from) + mendMarks(mendLinks(tail.replace(/\\$/, "")));
}
