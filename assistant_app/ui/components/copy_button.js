export function CopyButton() {
  return null;
}
