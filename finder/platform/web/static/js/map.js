// Brings the map: after the list on a wide screen, when asked for on a phone.
// Nothing of it, not even Leaflet, is fetched before.

const WIDE = matchMedia("(min-width: 900px)");
const section = document.querySelector("[data-map]");

if (section) {
  section.classList.add("is-on");
  if (section.dataset.map !== "groups") whenNear(section);
  else inTurnWithList(section);
}

async function bring(section) {
  if (section.dataset.state) return;
  section.dataset.state = "coming";
  const { showMap } = await import("./map/show.js");
  await showMap(section);
}

function whenNear(section) {
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    watch.disconnect();
    bring(section);
  }, { rootMargin: "200px" });
  watch.observe(section);
}

function inTurnWithList(section) {
  const buttons = [...document.querySelectorAll("[data-map-switch] button")];
  const show = (what) => {
    document.body.classList.toggle("shows-map", what === "map");
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.show === what));
    }
    if (what === "map") bring(section);
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      show(button.dataset.show);
      // On a phone the map would begin below the fold, as if nothing had happened.
      if (button.dataset.show === "map") button.parentElement.scrollIntoView();
    });
    button.parentElement.hidden = false;
  }
  if (location.hash === "#map" && !WIDE.matches) show("map");
  const bringIfWide = () => WIDE.matches && bring(section);
  WIDE.addEventListener("change", bringIfWide);
  afterList(bringIfWide);
}

function afterList(then) {
  const idle = window.requestIdleCallback ?? ((run) => setTimeout(run, 1));
  if (document.readyState === "complete") idle(then);
  else addEventListener("load", () => idle(then), { once: true });
}
