// One popup for all points, built of text nodes: no listing can put markup into it.

import { mark } from "./icons.js";
import { miles } from "./words.js";

export function popupOf(map) {
  const container = map.getContainer();
  const popup = L.popup({
    className: "map-popup",
    offset: [0, -14],
    minWidth: 200,
    maxWidth: 280,
    autoPanPadding: [16, 16],
  });
  map.on("popupclose", () => {
    const focused = document.activeElement;
    if (focused === document.body || popup.getElement()?.contains(focused)) {
      container.focus({ preventScroll: true });
    }
  });
  return {
    open(point) {
      popup.setLatLng(point.latlng).setContent(content(point.properties)).openOn(map);
      popup.getElement().querySelector("a").focus({ preventScroll: true });
    },
    close() {
      if (!popup.isOpen()) return false;
      map.closePopup(popup);
      container.focus({ preventScroll: true });
      return true;
    },
  };
}

function content(group) {
  const box = element("div", "map-popup-box");
  const link = element("a", "map-popup-name", group.name);
  link.href = group.url;
  const talk = element("p", "map-popup-talk");
  const words = document.createElement("span");
  words.append(element("strong", "", `${group.talking_label}.`), ` ${evidence(group)}`);
  talk.append(mark(group.talking), words);
  box.append(link, element("p", "map-popup-where", where(group)), talk);
  for (const line of [group.next_label, group.cost_label]) {
    if (line) box.append(element("p", "map-popup-line", line));
  }
  return box;
}

// Where nobody has told us, the sentence says the label itself.
function evidence({ talking_label, talking_sentence }) {
  return talking_sentence.replace(`${talking_label}. `, "");
}

function where({ venue, distance_m }) {
  return distance_m === null ? venue : `${venue} · ${miles(distance_m)}`;
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
