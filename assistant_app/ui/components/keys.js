// What counts as writing, so that a letter typed into a field is never taken for a shortcut.
export function isWriting(target) {
  return Boolean(target?.closest?.("input, textarea, select, [contenteditable=''], [contenteditable='true']"));
}

// An open dialog or menu has its own keys; one that is fading away has none any more.
export function hasLayer() {
  const layers = document.querySelectorAll("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]");
  return [...layers].some((layer) => layer.dataset.state !== "closed");
}
