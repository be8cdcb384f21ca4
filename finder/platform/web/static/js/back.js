// "Back to groups near …" on a group's page. The last search stays in this tab: it is in no
// address, so a parent who shares a group's page does not share where they live.

const KEY = "last-search";

export function startBack() {
  try {
    remember();
    offer();
  } catch {
    // A browser may refuse storage; the link then leads to groups near the venue.
  }
}

function remember() {
  const page = document.querySelector("[data-search]");
  if (!page) return;
  const search = { label: page.dataset.search, url: location.pathname + location.search };
  sessionStorage.setItem(KEY, JSON.stringify(search));
}

function offer() {
  const link = document.querySelector("[data-back]");
  const kept = link && JSON.parse(sessionStorage.getItem(KEY));
  if (!kept || !/^\/search\?/.test(kept.url)) return;
  link.href = kept.url;
  link.textContent = `Back to groups near ${kept.label}`;
}
