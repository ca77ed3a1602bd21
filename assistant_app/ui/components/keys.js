// What counts as writing, so that a letter typed into a field is never taken for a shortcut.
export function isWriting(target) {
  return Boolean(target?.closest?.("input, textarea, select, [contenteditable=''], [contenteditable='true']"));
}
