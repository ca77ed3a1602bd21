// Of several tabs of one browser only one tells of a thing: the one that claims it first.
const KEY = "steward.told";
const KEPT = 200;

function take(name) {
  try {
    const told = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    if (told.includes(name)) return false;
    localStorage.setItem(KEY, JSON.stringify([...told, name].slice(-KEPT)));
  } catch {
    // A browser that keeps nothing tells of it in each tab.
  }
  return true;
}

// Locks are there only over HTTPS and on the machine itself; elsewhere two tabs may, rarely, both be first.
export function claim(name) {
  return navigator.locks ? navigator.locks.request(KEY, () => take(name)) : Promise.resolve(take(name));
}
