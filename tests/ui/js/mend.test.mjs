import assert from "node:assert/strict";
import { test } from "node:test";
import { mend } from "../../../assistant_app/ui/components/mend.js";

const CASES = [
  ["some **bo", "some **bo**"],
  ["some **", "some "],
  ["some **bold*", "some **bold**"],
  ["some *it", "some *it*"],
  ["an _under", "an _under_"],
  ["snake_case_na", "snake_case_na"],
  ["~~gone", "~~gone~~"],
  ["a `co", "a `co`"],
  ["a `", "a "],
  ["``a ` b", "``a ` b``"],
  ["`2 * 3` and *x", "`2 * 3` and *x*"],
  ["2 * 3", "2 * 3"],
  ["see [the li", "see the li"],
  ["see [the link](https://exa", "see the link"],
  ["see ![a pict", "see "],
  ["see ![a picture](https://exa", "see "],
  ["- [ ", "- [ "],
  ["- [x", "- [x"],
  ["**a _b", "**a _b_**"],
  ["closed **bold** and *it*", "closed **bold** and *it*"],
  ["- **one**\n- **tw", "- **one**\n- **tw**"],
  ["**never closed\n\nnext", "**never closed\n\nnext"],
  ["A line\n-", "A line"],
  ["A line\n---", "A line"],
  ["| a | b |\n|---", "| a | b |\n|---"],
  ["so $$x", "so \\$\\$x"],
  ["so $$x$$ is", "so $$x$$ is"],
  ["", ""],
];

for (const [half, whole] of CASES) {
  test(`${JSON.stringify(half)} is shown as ${JSON.stringify(whole)}`, () => assert.equal(mend(half), whole));
}
