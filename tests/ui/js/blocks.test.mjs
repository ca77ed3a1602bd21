import assert from "node:assert/strict";
import { test } from "node:test";
import { BlockCutter, hasDefinitions } from "../../../assistant_app/ui/components/blocks.js";
import { chances, document } from "./random.mjs";

const cut = (text) => new BlockCutter().update(text);

test("blocks joined are the text, and growing piece by piece gives the same blocks as all at once", () => {
  for (let seed = 1; seed <= 1500; seed += 1) {
    const random = chances(seed);
    const text = document(random);
    const growing = new BlockCutter();
    for (let at = 0; at < text.length; ) {
      at = Math.min(text.length, at + 1 + random.below(17));
      assert.equal(growing.update(text.slice(0, at)).join(""), text.slice(0, at), `seed ${seed}`);
    }
    assert.deepEqual(growing.update(text), cut(text), `seed ${seed}`);
  }
});

test("a finished block never changes while the text grows", () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const text = document(chances(seed));
    const growing = new BlockCutter();
    let finished = [];
    for (let at = 1; at <= text.length; at += 1) {
      const blocks = growing.update(text.slice(0, at)).slice(0, -1);
      assert.deepEqual(blocks.slice(0, finished.length), finished, `seed ${seed} at ${at}`);
      finished = blocks;
    }
  }
});

test("paragraphs are cut at the blank line between them", () => {
  assert.deepEqual(cut("one\n\ntwo\n\nthree"), ["one\n\n", "two\n\n", "three"]);
});

test("a loose list stays one block", () => {
  assert.equal(cut("- a\n\n- b\n\n  more\n\n- c").length, 1);
});

test("a list ends where text stands at the margin again", () => {
  assert.deepEqual(cut("- a\n- b\n\nAfter the list.\n"), ["- a\n- b\n\n", "After the list.\n"]);
});

test("blank lines inside of code, formulas and comments do not cut", () => {
  for (const text of ["```\na\n\nb\n```", "~~~~\n~~~\n\nb\n~~~~", "$$\na\n\nb\n$$", "<!-- a\n\nb -->", "<pre>\n\nx</pre>"]) {
    assert.deepEqual(cut(text), [text]);
  }
});

test("an open fence is known as one until it closes", () => {
  const cutter = new BlockCutter();
  cutter.update("text\n\n```js\nlet a");
  assert.equal(cutter.inFence, true);
  cutter.update("text\n\n```js\nlet a\n```\n");
  assert.equal(cutter.inFence, false);
});

test("a fence behind other text in its block is not the whole block", () => {
  const cutter = new BlockCutter();
  cutter.update("text\n```js\nlet a");
  assert.equal(cutter.inFence, false);
});

test("another text starts anew", () => {
  const cutter = new BlockCutter();
  cutter.update("one\n\ntwo");
  assert.deepEqual(cutter.update("three"), ["three"]);
});

test("footnotes and reference definitions are noticed, plain brackets are not", () => {
  assert.equal(hasDefinitions("See [a][1].\n\n[1]: https://example.org"), true);
  assert.equal(hasDefinitions("See.[^n]\n\n[^n]: The note."), true);
  assert.equal(hasDefinitions("An array[0]: nothing more."), false);
});

test("reading 200,000 characters in small pieces takes no time to speak of", () => {
  const text = "A paragraph of some words, and then some more of them.\n\n".repeat(3500);
  const cutter = new BlockCutter();
  const start = performance.now();
  for (let at = 200; at <= text.length; at += 200) cutter.update(text.slice(0, at));
  assert.ok(performance.now() - start < 2000);
});

const sentence = (number) => `Sentence ${number} has **bold** and \`code\` in it, and (brackets). `;
const sentences = (count) => Array.from({ length: count }, (_, number) => sentence(number)).join("");

test("a long paragraph is cut into parts, the same however it came", () => {
  const text = `${sentences(300)}\n\nThe end.`;
  const once = new BlockCutter();
  const blocks = once.update(text);
  assert.ok(blocks.length > 8);
  assert.equal(blocks.join(""), text);
  assert.equal(once.joined.size, blocks.length - 2);
  assert.ok(blocks.every((block) => block.length <= 4000));
  const growing = new BlockCutter();
  for (let at = 0; at < text.length; at += 37) growing.update(text.slice(0, at));
  assert.deepEqual(growing.update(text), blocks);
  assert.deepEqual(growing.joined, once.joined);
});

test("a part never ends inside of a mark", () => {
  const text = `**${"word ".repeat(2000)}**`;
  assert.equal(cut(text).length, 1);
});

test("a long list is cut between its items, and its numbers go on", () => {
  const items = Array.from({ length: 200 }, (_, number) => `${number + 1}. An item with some words in it.\n   And a line.\n`);
  const blocks = cut(items.join(""));
  assert.ok(blocks.length > 3);
  assert.ok(blocks.every((block) => /^\d+\. An item/.test(block)));
});

test("a list that does not count is left whole", () => {
  assert.equal(cut("1. An item with some words in it.\n".repeat(200)).length, 1);
});
