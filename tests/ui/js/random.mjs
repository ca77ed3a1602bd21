// A small generator of chances that a test can repeat from its seed.
export function chances(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(next() * limit);
  return { below, pick: (items) => items[below(items.length)] };
}

const PIECES = [
  "A paragraph of plain words.",
  "Two lines\nof one paragraph with **bold** and `code`.",
  "# A heading",
  "Setext\n======",
  "- one\n- two\n  - inner",
  "- loose\n\n- items\n\n  with a paragraph",
  "1. first\n\n   ```js\n   let a = 1;\n\n   let b = 2;\n   ```\n2. second",
  "```python\ndef f():\n\n    return 1\n```",
  "~~~\ntilde ``` inside\n\n~~~",
  "````md\n```\ninner\n\n```\n````",
  "> quote\n>\n> more",
  "| a | b |\n|---|---|\n| 1 | 2 |",
  "    indented code\n\n    goes on",
  "<div>\nraw\n</div>",
  "<!-- a comment\n\nwith a gap -->",
  "<pre>\nraw\n\ngap</pre>",
  "* * *",
  "---",
  "text with $$ in it, 5 < 6 & more",
  "[a link](https://example.org) and ![an image](https://example.org/x.png)",
  "- [x] done\n- [ ] open",
  "Ends with two spaces  \nand goes on",
];

export function document(random) {
  const count = 1 + random.below(9);
  const gaps = ["\n\n", "\n\n", "\n\n\n", "\n \n", "\n"];
  return Array.from({ length: count }, () => random.pick(PIECES) + random.pick(gaps)).join("");
}
