// "Search this area": the same search, near the middle of the map, once it was moved.

const RADII_MILES = [1, 2, 3, 5, 10, 15, 25];
const METRES_PER_MILE = 1609.344;
const MOVED = 0.3; // of the shorter side

export function offerThisArea(map, button) {
  const start = { centre: map.getCenter(), zoom: map.getZoom() };
  const shorterSide = () => Math.min(map.getSize().x, map.getSize().y);
  map.on("moveend", () => {
    const moved = map.project(map.getCenter()).distanceTo(map.project(start.centre));
    button.hidden = map.getZoom() >= start.zoom && moved < MOVED * shorterSide();
  });
  button.addEventListener("click", () => location.assign(address(map, shorterSide())));
}

function address(map, side) {
  const centre = map.getCenter();
  const edge = map.unproject(map.project(centre).add([side / 2, 0]));
  const reach = map.distance(centre, edge) / METRES_PER_MILE;
  const query = new URLSearchParams(location.search);
  query.set("near", `${centre.lat.toFixed(4)},${centre.lng.toFixed(4)}`);
  query.set("radius", RADII_MILES.find((radius) => radius >= reach) ?? RADII_MILES.at(-1));
  query.delete("page");
  return `${location.pathname}?${query}#map`;
}
