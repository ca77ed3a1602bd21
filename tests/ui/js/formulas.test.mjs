import assert from "node:assert/strict";
import { test } from "node:test";
import { readFormulas } from "../../../assistant_app/ui/components/formulas.js";

const found = (text) => readFormulas(text).found;
const written = (text) => readFormulas(text).text;

test("prices are not formulas", () => {
  for (const text of ["It costs $5 and $10.", "$5-$10", "$5,$6", "US$ or CA$", "a $ alone", "\\$5$ off", "$HOME and $PATH"]) {
    assert.equal(found(text), false, text);
    assert.equal(written(text), text);
  }
});

test("dollars close to their content are formulas, and prices beside them stay", () => {
  assert.equal(written("Pay $5 for $x^2$."), "Pay \\$5 for $x^2$.");
});

test("brackets and parentheses with a backslash are written with dollars", () => {
  assert.equal(written("so \\(a + b\\) it is"), "so $a + b$ it is");
  assert.equal(written("\\[\na\n\\]"), "$$\na\n$$");
  assert.equal(written("text \\[ a \\] text"), "text $a$ text");
});

test("a formula alone on its line stands on lines of its own, as deep as it was", () => {
  assert.equal(written("$$ a = b $$"), "$$\na = b\n$$");
  assert.equal(written("- item\n  $$a$$\n"), "- item\n  $$\n  a\n  $$\n");
});

test("code is left alone", () => {
  const text = "`$x$` and\n```\n$$y$$\n\\(z\\)\n```";
  assert.deepEqual(readFormulas(text), { text, found: false });
});
