export function Reasoning() {
  return null;
}
