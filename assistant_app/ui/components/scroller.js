export function ThreadScroller() {
  return null;
}
