// Loaded when the first finished block of code appears, never before.
import { common, createLowlight } from "lowlight";

const lowlight = createLowlight(common);

// Returns a tree of spans and texts, or null for a language that it does not know.
export function highlight(language, text) {
  return lowlight.registered(language) ? lowlight.highlight(language, text).children : null;
}
