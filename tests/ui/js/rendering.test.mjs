import assert from "node:assert/strict";
import { test } from "node:test";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { MemoryRouter } from "react-router";
import { BlockCutter } from "../../../assistant_app/ui/components/blocks.js";
import { BlockMarkdown } from "../../../assistant_app/ui/components/markdown.js";
import { chances, document } from "./random.mjs";

const html = (text, streaming = false) =>
  renderToStaticMarkup(createElement(MemoryRouter, null, createElement(BlockMarkdown, { text, streaming })));
const inner = (markup) => markup.replace(/^<div class="md"[^>]*>/, "").replace(/<\/div>$/, "");

// A definition has the whole text drawn at once; a raw one that nothing refers to leaves no trace.
const whole = (text) => inner(html(`[unused]: https://example.org\n\n${text}`));
const bare = (markup) => markup.replace(/\s+/g, "");

test("a text drawn in blocks looks as if it were drawn whole", () => {
  for (let seed = 1; seed <= 400; seed += 1) {
    const text = document(chances(seed));
    assert.ok(new BlockCutter().update(text).length > 0);
    assert.equal(bare(inner(html(text))), bare(whole(text)), `seed ${seed}: ${JSON.stringify(text)}`);
  }
});

test("every beginning of a text can be drawn while it is being written", () => {
  for (let seed = 1; seed <= 25; seed += 1) {
    const text = document(chances(seed));
    for (let at = 0; at <= text.length; at += 3) html(text.slice(0, at), true);
  }
});

test("footnotes and reference links resolve across blocks", () => {
  const markup = html("See [this][r] and that.[^1]\n\nMore.\n\n[r]: https://example.org/r\n\n[^1]: The note.\n");
  assert.match(markup, /<a href="https:\/\/example\.org\/r"/);
  assert.match(markup, /The note\./);
  assert.doesNotMatch(markup, /\[\^1\]/);
});

test("two messages with footnotes share no ids", () => {
  const message = createElement(BlockMarkdown, { text: "A.[^1]\n\n[^1]: B." });
  const markup = renderToStaticMarkup(createElement(MemoryRouter, null, message, createElement(BlockMarkdown, { text: "C.[^1]\n\n[^1]: D." })));
  const ids = [...markup.matchAll(/ id="([^"]+)"/g)].map((found) => found[1]);
  assert.ok(ids.length >= 6);
  assert.equal(new Set(ids).size, ids.length);
});

test("an open fence is shown as plain code, without its closing marks", () => {
  assert.match(html("```js\nlet a = 1;\n``", true), /<code class="hljs">let a = 1;<\/code>/);
});

test("raw HTML is shown as text", () => {
  assert.match(html("<script>alert(1)</script>"), /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
});

test("a new line is a new line, and two spaces before it add none", () => {
  assert.equal(bare(inner(html("one\ntwo  \nthree"))), "<p>one<br/>two<br/>three</p>");
});

test("a long paragraph drawn in parts is one paragraph with all of its words", () => {
  const text = Array.from({ length: 600 }, (_, number) => `word${number} **b${number}**`).join(" ");
  for (const streaming of [false, true]) {
    const markup = html(text, streaming);
    assert.equal(markup.split("<p").length, 2);
    assert.equal(markup.replace(/<[^>]+>/g, "").trim(), text.replaceAll("**", ""));
  }
});

test("formulas, loaded late, are drawn and run nothing", async () => {
  const { remarkPlugins, rehypePlugins } = await import("../../../assistant_app/ui/components/mathematics.js");
  const { draw } = await import("../../../assistant_app/ui/components/markdown.js");
  const drawn = (text) => renderToStaticMarkup(draw(text, { math: { remarkPlugins, rehypePlugins }, prefix: "" }));
  assert.match(drawn("so $x^2$ is"), /class="katex"/);
  assert.match(drawn("- a\n\n  $$\n  x\n  $$\n"), /class="katex-display"/);
  assert.match(drawn("$\\frac{$"), /katex-error/);
  assert.doesNotMatch(drawn("$\\href{javascript:alert(1)}{x}$"), /href=/);
});
