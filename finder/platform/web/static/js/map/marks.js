// A card and its point are marked together, whichever of the two is met first.

export function linkCards(map, cluster, points) {
  const byId = new Map(points.map((point) => [point.id, point]));
  const cards = new Map(
    [...document.querySelectorAll("[data-group]")].map((card) => [card.dataset.group, card]),
  );
  let marked = null;
  let lit = null;

  const light = () => {
    const point = byId.get(marked);
    const seen = point && cluster.getVisibleParent(point.marker);
    const element = seen?.getElement() ?? null;
    if (element === lit) return;
    lit?.classList.remove("is-marked");
    element?.classList.add("is-marked");
    lit = element;
  };
  const mark = (id) => {
    cards.get(marked)?.classList.remove("is-marked");
    marked = byId.has(id) ? id : null;
    cards.get(marked)?.classList.add("is-marked");
    light();
  };

  for (const [id, card] of cards) {
    card.addEventListener("pointerenter", () => mark(id));
    card.addEventListener("pointerleave", () => mark(null));
    card.addEventListener("focusin", () => mark(id));
    card.addEventListener("focusout", () => mark(null));
  }
  for (const point of points) {
    point.marker.on("mouseover", () => mark(point.id));
    point.marker.on("mouseout", () => mark(null));
  }
  // Zooming splits and joins clusters, so the element that stands for a point changes.
  map.on("zoomend moveend", light);
  cluster.on("animationend spiderfied unspiderfied", light);
  return { mark };
}
