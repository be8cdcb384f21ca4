// Puts the groups of this search, or the one group of this page, on folium's map.

import { offerThisArea } from "./area.js";
import { clusterPin, pin, plainIcon } from "./icons.js";
import { listenToKeys } from "./keys.js";
import { loadLeaflet } from "./load.js";
import { linkCards } from "./marks.js";
import { placePin } from "./place.js";
import { popupOf } from "./popup.js";
import { showTiles } from "./tiles.js";
import { howMany, named } from "./words.js";

const METRES_PER_MILE = 1609.344;
const CLOSEST_FIT = 15;
const STREET_ZOOM = 16;

export async function showMap(section) {
  const note = noteIn(section);
  try {
    const coming = section.dataset.map === "groups" ? fetchPoints(section) : null;
    coming?.catch(() => {}); // told below, with the other failures
    const parts = await loadLeaflet(section.dataset);
    dress(parts.map);
    if (coming) showGroups(section, parts, await coming, note);
    else if (section.dataset.map === "pin") showPin(section, parts);
    else showOne(section, parts);
    showTiles(parts.map, parts.tiles, section.dataset.outline, note);
    section.dataset.state = "shown";
  } catch (error) {
    section.dataset.state = "failed";
    note("The map can’t be shown right now. Everything else on this page still works.");
    console.warn(error);
  }
}

async function fetchPoints(section) {
  const answer = await fetch(section.dataset.points + location.search);
  if (!answer.ok) throw new Error(`the points answered ${answer.status}`);
  return answer.json();
}

function dress(map) {
  const zoom = L.control.zoom({ position: "topright" }).addTo(map);
  for (const link of zoom.getContainer().querySelectorAll("a")) link.tabIndex = -1;
  L.control.scale({ metric: false, position: "bottomleft" }).addTo(map);
}

function showGroups(section, { map, cluster }, found, note) {
  const points = found.features.map(pointOf);
  cluster.options.iconCreateFunction = (many) => clusterPin(many.getChildCount());
  fit(map, points, found);
  drawCircle(map, found);
  cluster.addLayers(points.map((point) => point.marker));
  map.addLayer(cluster);

  const popup = popupOf(map);
  const marks = linkCards(map, cluster, points);
  const status = section.querySelector("[data-map-status]");
  const say = (words) => { status.textContent = words; };
  const keys = listenToKeys({ map, points, popup, marks, say });
  for (const point of points) {
    point.marker.on("click", () => { keys.at(point.id); popup.open(point); });
  }
  name(map, `Map, ${howMany(points.length, points.length)}`);
  if (found.message) note(found.message);
  else if (found.truncated) note(howMany(points.length, found.total));
  offerThisArea(map, section.querySelector("[data-map-area]"));
}

function pointOf({ id, geometry, properties }) {
  const latlng = L.latLng(geometry.coordinates[1], geometry.coordinates[0]);
  const icon = pin(properties.talking, named(properties));
  return { id, properties, latlng, marker: L.marker(latlng, { icon, keyboard: false }) };
}

function fit(map, points, { centre, radius_miles }) {
  const bounds = L.latLngBounds(points.map((point) => point.latlng));
  if (centre) bounds.extend([centre[1], centre[0]]);
  if (centre && !points.length) {
    const around = L.latLng(centre[1], centre[0]).toBounds(radius_miles * 2 * METRES_PER_MILE);
    map.fitBounds(around, { animate: false });
  } else if (bounds.isValid()) {
    map.fitBounds(bounds, { padding: [48, 48], maxZoom: CLOSEST_FIT, animate: false });
  }
}

function drawCircle(map, { centre, radius_miles }) {
  if (!centre) return;
  const middle = [centre[1], centre[0]];
  const radius = radius_miles * METRES_PER_MILE;
  L.circle(middle, { radius, className: "map-circle", interactive: false }).addTo(map);
  const icon = plainIcon("map-centre", 18);
  L.marker(middle, { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(map);
}

function showOne(section, { map }) {
  const { latitude, longitude, talking, label } = section.dataset;
  const icon = pin(talking ? Number(talking) : null, label);
  map.setView([latitude, longitude], STREET_ZOOM, { animate: false });
  L.marker([latitude, longitude], { icon, interactive: false, keyboard: false }).addTo(map);
  map.scrollWheelZoom.disable(); // the page scrolls past it
  map.keyboard.enable();
  name(map, `Map, ${label}`);
}

function showPin(section, { map }) {
  placePin(section, map);
  name(map, "Map, with the pin of the place");
}

function name(map, words) {
  const container = map.getContainer();
  container.tabIndex = 0;
  container.setAttribute("role", "application");
  container.setAttribute("aria-label", words);
  container.setAttribute("aria-describedby", "map-keys");
}

function noteIn(section) {
  const line = section.querySelector("[data-map-note]");
  return (words) => {
    line.textContent = words;
    line.hidden = !words;
  };
}
