export function BlockMarkdown() {
  return null;
}
