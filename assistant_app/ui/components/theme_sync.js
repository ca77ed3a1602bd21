export function ThemeSync() {
  return null;
}
