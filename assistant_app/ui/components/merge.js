// Puts the text of a run together from chunks that may come twice, overlap, or be missing.
// Positions count characters as Python does: what JavaScript stores as two units counts once.

export const NOTHING = { run_id: "", text: "", count: 0, gap: false };

export function characters(text) {
  let count = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit < 0xdc00) {
      const next = text.charCodeAt(index + 1);
      if (next >= 0xdc00 && next < 0xe000) count -= 1;
    }
  }
  return count;
}

function firstCharacters(text, count) {
  let index = 0;
  for (let left = count; left > 0 && index < text.length; left -= 1) {
    index += text.codePointAt(index) > 0xffff ? 2 : 1;
  }
  return text.slice(0, index);
}

// Pure and idempotent: the same chunk again returns the very same object.
export function merge(known, chunk) {
  if (!chunk?.run_id) return known.run_id ? NOTHING : known;
  const same = known.run_id === chunk.run_id;
  const start = same ? known : { ...NOTHING, run_id: chunk.run_id };
  const at = chunk.at ?? 0;
  const added = chunk.text ?? "";
  if (at > start.count) return start.gap ? start : { ...start, gap: true };
  const more = characters(added);
  if (at + more <= start.count && at > 0) return start;
  const kept = at === start.count ? start.text : firstCharacters(start.text, at);
  const text = kept + added;
  if (same && text === start.text && !start.gap) return start;
  return { run_id: chunk.run_id, text, count: at + more, gap: false };
}
