export function LocalTime() {
  return null;
}
