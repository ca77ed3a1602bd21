export function InlineEdit() {
  return null;
}
