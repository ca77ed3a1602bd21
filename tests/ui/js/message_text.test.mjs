import assert from "node:assert/strict";
import { test } from "node:test";
import { merge } from "../../../assistant_app/ui/components/message_text.js";
import { chances } from "./random.mjs";

const EMPTY = { text: "", points: 0, reasoning: "", reasoningPoints: 0, gap: false, known: false };
const put = (pieces) => pieces.reduce(merge, EMPTY);

test("pieces that come twice, overlap or were cut anywhere give the text", () => {
  const text = "Grüße 👋🏽 to a 🧑‍🚀, and then some more words.";
  const points = Array.from(text);
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = chances(seed);
    let entry = EMPTY;
    let sent = 0;
    while (sent < points.length) {
      const back = Math.min(sent, random.below(4));
      const upto = Math.min(points.length, sent + 1 + random.below(7));
      const piece = { at: sent - back, text: points.slice(sent - back, upto).join("") };
      entry = merge(entry, piece);
      assert.equal(merge(entry, piece), entry, `seed ${seed}: the same piece again changes nothing`);
      sent = upto;
    }
    assert.equal(entry.text, text, `seed ${seed}`);
    assert.equal(entry.points, points.length);
  }
});

test("a missing piece is a gap, which the whole text heals", () => {
  const gap = put([{ at: 0, text: "one " }, { at: 8, text: "three" }]);
  assert.equal(gap.gap, true);
  assert.equal(gap.text, "one ");
  const healed = merge(gap, { at: 0, text: "one two three" });
  assert.equal(healed.gap, false);
  assert.equal(healed.text, "one two three");
});

test("reasoning grows beside the answer", () => {
  const entry = put([{ reasoning_at: 0, reasoning: "Let me " }, { reasoning_at: 7, reasoning: "see.", at: 0, text: "Yes." }]);
  assert.equal(entry.reasoning, "Let me see.");
  assert.equal(entry.text, "Yes.");
});
