// A place that was chosen among namesakes before, on this device, comes first the next time.
// What was chosen is kept in this browser's storage and nowhere else.

const KEY = "chosen-places";
const MOST = 50;

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(kept) ? kept.filter((pair) => Array.isArray(pair) && pair.length === 2) : [];
  } catch {
    return [];
  }
}

function keep(typed, near) {
  const others = read().filter(([name]) => name !== typed);
  try {
    localStorage.setItem(KEY, JSON.stringify([[typed, near], ...others].slice(0, MOST)));
  } catch {
    // A browser that lets nobody keep anything shows the list as it is.
  }
}

export function startPlaces() {
  const list = document.querySelector("[data-places]");
  if (!list) return;
  const typed = list.dataset.places;
  const chosen = read().find(([name]) => name === typed)?.[1];
  for (const link of list.querySelectorAll("[data-place]")) {
    link.addEventListener("click", () => keep(typed, link.dataset.place));
    if (link.dataset.place === chosen) {
      const before = document.createElement("span");
      before.className = "quiet small";
      before.textContent = "You chose this before";
      link.append(before);
      list.prepend(link.closest("li"));
    }
  }
}
