// Cuts Markdown into top-level blocks, so that a growing text is parsed again in its last block alone.
// When in doubt it does not cut: a block too large costs time, a wrong cut would change the meaning.
// A very long paragraph or list is drawn in parts as well; parts that go on are in `joined`.

const FENCE = /^ {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$/;
const MATH_FENCE = /^ {0,3}(\${2,})[^$]*$/;
const LIST_ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
const HTML_ENDS = [
  [/^ {0,3}<(?:script|pre|style|textarea)(?:[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
];
const HTML_NAMES =
  "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|" +
  "fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|" +
  "menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|" +
  "track|ul";
const HTML_BLOCK = new RegExp(`^ {0,3}</?(?:${HTML_NAMES})(?:\\s|/?>|$)`, "i");
const HTML_TAG = /^ {0,3}<\/?[a-z][^>]*>[ \t]*$/i;
const DEFINITION = /^ {0,3}\[[^\]\n]+\]:/m;
const NO_PARAGRAPH =
  /^ {0,3}(?:#{1,6}(?:\s|$)|[>|<]|[-*+](?:\s|$)|\d{1,9}[.)](?:\s|$)|`{3}|~{3}|\$\$|\\\[|=+\s*$|[-:| \t]+$)|^(?: {4}|\t)|\]:/;
const OWN_ITEM = /^(?:([-*+])|(\d{1,9})[.)])[ \t]/;

// Parts of a long paragraph or list have at least this many characters.
const PART = 2000;

// Longer than any list marker: a line that long has shown whether it is one.
const DECIDED = 12;

// Footnotes and reference links need the whole text, wherever in it they are defined.
export function hasDefinitions(text) {
  return text.includes("]:") && DEFINITION.test(text);
}

// Whether no emphasis, code, link or formula is open behind a text.
class Balance {
  constructor() {
    this.odd = new Set();
    this.depth = 0;
  }

  add(text) {
    const marks = text.replace(/\\./g, "").replace(/\w_+(?=\w)| [*_~$] ?/g, "");
    for (const [mark] of marks.matchAll(/\*\*|__|~~|`+|\$\$?|[*_~[\]()]/g)) {
      if (mark === "(" || mark === "[") this.depth += 1;
      else if (mark === ")" || mark === "]") this.depth = Math.max(0, this.depth - 1);
      else if (!this.odd.delete(mark)) this.odd.add(mark);
    }
  }

  get even() {
    return this.odd.size === 0 && this.depth === 0;
  }
}

// Returns where a part of a paragraph can end, in front of a space; -1 if it must not.
function partEnd(text, start, end) {
  const balance = new Balance();
  let from = start;
  for (let at = text.indexOf(" ", start + PART); at >= 0 && at < end; at = text.indexOf(" ", at + 1)) {
    balance.add(text.slice(from, at));
    from = at;
    if (balance.even && text[at - 1] !== "\\" && text[at - 1] !== " " && text[at - 1] !== "\n") return at;
  }
  return -1;
}

export class BlockCutter {
  constructor() {
    this.reset();
  }

  reset() {
    this.text = "";
    this.blocks = [];
    this.joined = new Set();
    this.start = 0;
    this.next = 0;
    this.startBlock();
  }

  startBlock() {
    this.fence = null;
    this.fenceAtStart = false;
    this.html = null;
    this.markup = false;
    this.list = false;
    this.blank = false;
    this.empty = true;
    this.paragraph = true;
    this.marker = null;
  }

  // Returns the blocks; joined, they are the text. The last one is open: it can still change.
  update(text) {
    if (!text.startsWith(this.text)) this.reset();
    this.text = text;
    for (let end = text.indexOf("\n", this.next); end >= 0; end = text.indexOf("\n", this.next)) {
      const line = text.slice(this.next, end);
      if (this.begins(line, true)) this.cut();
      else if (this.continuesList(line)) this.cutList();
      this.read(line);
      this.next = end + 1;
      this.cutParagraph(end);
    }
    const rest = text.slice(this.next, this.next + DECIDED + 1);
    if (this.begins(rest, false)) this.cut();
    if (rest.length > DECIDED && !this.blank && !NO_PARAGRAPH.test(text.slice(this.next))) this.cutParagraph(text.length);
    const open = text.slice(this.start);
    return open ? [...this.blocks, open] : this.blocks.slice();
  }

  // Whether the open block is a code fence, and nothing but that.
  get inFence() {
    return this.fenceAtStart && this.fence !== null && this.fence[0] !== "$";
  }

  begins(line, complete) {
    if (!this.blank || this.fence || this.html || line === "" || /^\s/.test(line)) return false;
    if (!complete && line.length <= DECIDED && /^[-*+\d]/.test(line)) return false;
    return !(this.list && LIST_ITEM.test(line));
  }

  cut() {
    this.blocks.push(this.text.slice(this.start, this.next));
    this.start = this.next;
    this.startBlock();
  }

  // A list is cut where its next item begins at the margin, with the number that follows.
  continuesList(line) {
    if (!this.marker || this.fence || this.html || this.next - this.start < PART) return false;
    const item = OWN_ITEM.exec(line);
    return Boolean(item) && this.isNext(item);
  }

  isNext([, bullet, number]) {
    return bullet ? this.marker.bullet === bullet : this.marker.number + this.marker.items === Number(number);
  }

  cutList() {
    this.cut();
    this.joined.add(this.blocks.length);
  }

  cutParagraph(end) {
    while (this.paragraph && !this.fence && !this.html && end - this.start > 2 * PART) {
      const at = partEnd(this.text, this.start, this.start + 2 * PART);
      if (at < 0) {
        this.paragraph = false;
        return;
      }
      this.blocks.push(this.text.slice(this.start, at));
      this.start = at;
      this.joined.add(this.blocks.length);
    }
  }

  noteItem(line) {
    const item = OWN_ITEM.exec(line);
    if (this.empty) this.marker = item ? { bullet: item[1], number: Number(item[2]), items: 1 } : null;
    else if (item && this.marker) {
      if (this.isNext(item)) this.marker.items += 1;
      else this.marker = null;
    }
  }

  read(line) {
    if (this.fence) {
      this.closeFence(line);
    } else if (this.html) {
      if (this.html.test(line)) this.html = null;
    } else if (line.trim() === "") {
      this.blank = !this.empty;
      this.markup = false;
    } else {
      this.blank = false;
      this.open(line);
      this.empty = false;
    }
  }

  closeFence(line) {
    const bare = line.trim();
    const mark = this.fence[0];
    if (bare.length < this.fence.length || /^ {4}/.test(line)) return;
    if (bare === mark.repeat(bare.length)) this.fence = null;
  }

  open(line) {
    if (NO_PARAGRAPH.test(line)) this.paragraph = false;
    if (this.markup) return;
    this.noteItem(line);
    if (LIST_ITEM.test(line)) this.list = true;
    const fence = FENCE.exec(line) || MATH_FENCE.exec(line);
    if (fence) {
      this.fence = fence[1] || fence[2];
      this.fenceAtStart = this.empty;
      return;
    }
    for (const [start, end] of HTML_ENDS) {
      if (start.test(line) && !end.test(line)) this.html = end;
    }
    // Such HTML goes on to the next blank line, and marks in it mean nothing.
    this.markup = !this.html && (HTML_BLOCK.test(line) || (this.empty && HTML_TAG.test(line)));
  }
}
