// The map is one stop: arrows go from group to group in the list's order, Enter opens,
// Escape closes and stays on the map, Tab leaves.

import { spoken } from "./words.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function listenToKeys({ map, points, popup, marks, say }) {
  const container = map.getContainer();
  let at = -1;

  const goTo = (index) => {
    if (!points.length) return say("There are no groups on the map.");
    at = (index + points.length) % points.length;
    const point = points[at];
    popup.close();
    map.panInside(point.latlng, { padding: [60, 60] });
    marks.mark(point.id);
    return say(spoken(point.properties, at + 1, points.length));
  };
  const actions = {
    Enter: () => at >= 0 && popup.open(points[at]),
    " ": () => at >= 0 && popup.open(points[at]),
    Home: () => goTo(0),
    End: () => goTo(points.length - 1),
    "+": () => map.zoomIn(),
    "=": () => map.zoomIn(),
    "-": () => map.zoomOut(),
  };

  container.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") {
      if (!popup.close()) marks.mark(null);
      container.focus({ preventScroll: true });
      return;
    }
    if (event.target.closest(".leaflet-popup")) return;
    const step = STEPS[event.key];
    const act = step ? () => goTo(at < 0 && step < 0 ? points.length - 1 : at + step) : actions[event.key];
    if (!act) return;
    // A pin that was clicked holds the focus: Enter on it opens that very group.
    event.preventDefault();
    act();
  });
  container.addEventListener("focusout", (event) => {
    if (!container.contains(event.relatedTarget)) marks.mark(null);
  });
  return { at: (id) => { at = points.findIndex((point) => point.id === id); } };
}
