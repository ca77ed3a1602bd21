// Drafts stay in this browser, one for each conversation; without a key nothing is kept.

const PREFIX = "steward.draft.";

export function readDraft(key) {
  if (!key || typeof localStorage === "undefined") return "";
  try {
    return localStorage.getItem(PREFIX + key) ?? "";
  } catch {
    return "";
  }
}

export function keepDraft(key, text) {
  if (!key) return;
  try {
    if (text) localStorage.setItem(PREFIX + key, text);
    else localStorage.removeItem(PREFIX + key);
  } catch {
    // A browser that stores nothing, or is full, still lets people write.
  }
}
