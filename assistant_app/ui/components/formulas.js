// Finds formulas and writes them in the one notation that the Markdown parser knows.
// A dollar opens a formula only as in Pandoc: nothing blank inside of either mark, no digit behind; so prices stay.

const PARTS = new RegExp(
  [
    "(?<fence>(?:^|\\n) {0,3}(?<mark>`{3,}|~{3,})[\\s\\S]*?(?:\\n {0,3}\\k<mark>[^\\n]*|$))",
    "(?<code>(?<ticks>`+)(?!`)[\\s\\S]*?[^`]\\k<ticks>(?!`))",
    "(?<own>(?<=^|\\n)(?<indent>[ \\t]*)(?:\\$\\$(?<dollars>[^$\\n]+)\\$\\$|\\\\\\[(?<brackets>[\\s\\S]+?)\\\\\\])[ \\t]*(?=\\n|$))",
    "(?<flow>\\$\\$[^$]+\\$\\$)",
    "\\\\\\[(?<square>[\\s\\S]+?)\\\\\\]",
    "\\\\\\((?<round>[\\s\\S]+?)\\\\\\)",
    "(?<escaped>\\\\[\\s\\S])",
    "(?<inline>\\$(?=[^\\s$])(?:\\\\.|[^\\\\$\\n])*?(?<=[^\\s])\\$(?!\\d))",
    "(?<lone>\\$)",
  ].join("|"),
  "g",
);

function onOneLine(formula) {
  return `$${formula.trim().replace(/\s*\n\s*/g, " ")}$`;
}

function ownLines(indent, formula) {
  const lines = ["$$", ...formula.trim().split("\n"), "$$"];
  return lines.map((line) => indent + line.trim()).join("\n");
}

export function readFormulas(text) {
  if (!text.includes("$") && !text.includes("\\(") && !text.includes("\\[")) return { text, found: false };
  let found = false;
  const written = text.replace(PARTS, (whole, ...rest) => {
    const part = rest.at(-1);
    if (part.fence !== undefined || part.code !== undefined || part.escaped !== undefined) return whole;
    if (part.lone !== undefined) return "\\$";
    found = true;
    if (part.own !== undefined) return ownLines(part.indent, part.dollars ?? part.brackets);
    const inner = part.square ?? part.round;
    return inner === undefined ? whole : onOneLine(inner);
  });
  return { text: found ? written : text, found };
}
