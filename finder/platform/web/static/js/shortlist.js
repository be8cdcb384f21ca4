// Saved groups: ids in this browser's storage, nowhere else. The page that shows them gets
// them in its address, so it can be shared, printed and read without this script.

const KEY = "saved-groups";
const MOST = 50;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(kept) ? kept.filter((id) => ID.test(id)).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

function write(ids) {
  try {
    localStorage.setItem(KEY, JSON.stringify(ids));
    return true;
  } catch {
    return false;
  }
}

function address(ids) {
  return ids.length ? `/shortlist?${ids.map((id) => `g=${id}`).join("&")}` : "/shortlist";
}

function show() {
  const ids = read();
  for (const link of document.querySelectorAll("[data-saved-link]")) {
    link.href = address(ids);
    link.querySelector("[data-saved-count]").textContent = ids.length ? ` (${ids.length})` : "";
  }
  for (const button of document.querySelectorAll("[data-save]")) {
    button.setAttribute("aria-pressed", String(ids.includes(button.dataset.save)));
  }
}

function say(words) {
  document.querySelector("[data-saved-status]").textContent = words;
}

function toggle(id) {
  const ids = read();
  const isSaved = ids.includes(id);
  if (!isSaved && ids.length >= MOST) {
    say(`You can save up to ${MOST} groups. Take one off first.`);
    return;
  }
  const next = isSaved ? ids.filter((one) => one !== id) : [...ids, id];
  if (!write(next)) {
    say("This browser does not let us save. Keep the page as a bookmark instead.");
    return;
  }
  show();
  say(isSaved ? "Taken off your saved groups." : `Saved. You have saved ${next.length}.`);
}

async function copy() {
  const box = document.querySelector("[data-copy-from]");
  try {
    await navigator.clipboard.writeText(box.value);
    say("Copied.");
  } catch {
    box.select();
    say("Press Ctrl and C to copy.");
  }
}

// A visit to the bare page, with groups saved, leads to their page.
function lead() {
  const page = document.querySelector("[data-shortlist]");
  const ids = read();
  if (page && !("hasGroups" in page.dataset) && ids.length) location.replace(address(ids));
}

export function startShortlist() {
  lead();
  show();
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-save], [data-copy], [data-print]");
    if (!button) return;
    if ("save" in button.dataset) toggle(button.dataset.save);
    else if ("copy" in button.dataset) copy();
    else window.print();
  });
  window.addEventListener("storage", show);
  window.addEventListener("pageshow", show);
}
