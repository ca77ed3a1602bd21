// Says something to screen readers, once and politely. The region outlives the component that speaks.

let region = null;

function liveRegion() {
  if (region?.isConnected) return region;
  region = document.createElement("div");
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  region.className = "only-heard";
  document.body.append(region);
  return region;
}

export function announce(sentence) {
  const place = liveRegion();
  place.textContent = "";
  setTimeout(() => {
    place.textContent = sentence;
  }, 50);
}
