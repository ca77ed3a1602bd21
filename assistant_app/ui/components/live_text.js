export function LiveText() {
  return null;
}
