// A pin to put right: dragged, moved by buttons, or by the numbers typed into two boxes.

import { placeIcon } from "./icons.js";

const STREET_ZOOM = 17;
const STEP_M = 5;
const METRES_A_DEGREE = 111_320;

export function placePin(section, map) {
  const boxes = ["latitude", "longitude"].map((id) => document.getElementById(id));
  const start = L.latLng(section.dataset.latitude, section.dataset.longitude);
  const home = L.latLng(section.dataset.homeLatitude, section.dataset.homeLongitude);
  const marker = L.marker(start, { icon: placeIcon("The pin"), draggable: true, keyboard: false });
  const status = document.querySelector("[data-pin-status]");
  map.setView(start, STREET_ZOOM, { animate: false });
  marker.addTo(map);
  map.scrollWheelZoom.disable(); // the page scrolls past it
  map.keyboard.enable();

  const write = (point, words) => {
    marker.setLatLng(point);
    boxes[0].value = point.lat.toFixed(6);
    boxes[1].value = point.lng.toFixed(6);
    status.textContent = `${words} ${boxes[0].value}, ${boxes[1].value}`;
  };
  const read = () => {
    const [north, east] = boxes.map((box) => Number.parseFloat(box.value));
    if (!Number.isFinite(north) || !Number.isFinite(east)) return;
    marker.setLatLng([north, east]);
    map.panTo([north, east], { animate: false });
  };
  marker.on("dragend", () => write(marker.getLatLng(), "The pin is at"));
  map.on("click", ({ latlng }) => write(latlng, "The pin is at"));
  for (const box of boxes) box.addEventListener("change", read);
  for (const button of document.querySelectorAll("[data-pin]")) {
    button.addEventListener("click", () => {
      const way = button.dataset.pin;
      if (way === "back") {
        marker.setLatLng(home);
        map.panTo(home, { animate: false });
        for (const box of boxes) box.value = "";
        status.textContent = "The pin is in the middle of the postcode";
        return;
      }
      const to = way === "here" ? map.getCenter() : moved(marker.getLatLng(), way);
      write(to, "The pin is at");
      if (!map.getBounds().contains(to)) map.panTo(to, { animate: false });
    });
  }
}

function moved({ lat, lng }, way) {
  const north = { north: 1, south: -1 }[way] ?? 0;
  const east = { east: 1, west: -1 }[way] ?? 0;
  const wide = METRES_A_DEGREE * Math.cos((lat * Math.PI) / 180);
  return L.latLng(lat + (north * STEP_M) / METRES_A_DEGREE, lng + (east * STEP_M) / wide);
}
