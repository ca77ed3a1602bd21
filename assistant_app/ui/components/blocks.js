// Cuts Markdown into top-level blocks, so that a growing text is parsed again in its last block alone.
// When in doubt it does not cut: a block too large costs time, a wrong cut would change the meaning.

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

// Longer than any list marker: a line that long has shown whether it is one.
const DECIDED = 12;

// Footnotes and reference links need the whole text, wherever in it they are defined.
export function hasDefinitions(text) {
  return text.includes("]:") && DEFINITION.test(text);
}

export class BlockCutter {
  constructor() {
    this.reset();
  }

  reset() {
    this.text = "";
    this.blocks = [];
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
  }

  // Returns the blocks; joined, they are the text. The last one is open: it can still change.
  update(text) {
    if (!text.startsWith(this.text)) this.reset();
    this.text = text;
    for (let end = text.indexOf("\n", this.next); end >= 0; end = text.indexOf("\n", this.next)) {
      const line = text.slice(this.next, end);
      if (this.begins(line, true)) this.cut();
      this.read(line);
      this.next = end + 1;
    }
    if (this.begins(text.slice(this.next, this.next + DECIDED + 1), false)) this.cut();
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
    if (this.markup) return;
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
