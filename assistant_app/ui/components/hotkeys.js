export function Hotkeys() {
  return null;
}
