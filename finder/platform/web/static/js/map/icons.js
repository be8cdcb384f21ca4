// The talking level as number and shape: the very marks of the page, cloned.

export function mark(level) {
  const marks = document.querySelector("[data-map-marks]").content;
  return marks.querySelector(`.mark-${level ?? 0}`).cloneNode(true);
}

// An icon that touch and screen readers meet as a button, and Tab passes by.
function button(label, options) {
  const icon = L.divIcon(options);
  icon.createIcon = (old) => {
    const element = L.DivIcon.prototype.createIcon.call(icon, old);
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", label);
    element.tabIndex = -1;
    return element;
  };
  return icon;
}

export function pin(level, label) {
  return button(label, {
    className: "pin",
    html: mark(level),
    iconSize: [44, 44],
    popupAnchor: [0, -18],
  });
}

// A venue whose place somebody is putting right: its level is not the matter.
export function placeIcon(label) {
  return button(label, { className: "pin pin-place", iconSize: [44, 44] });
}

export function clusterPin(count) {
  const text = document.createElement("span");
  const number = document.createElement("b");
  number.textContent = count;
  text.append(number, " groups");
  return button(`${count} groups, zoom in`, {
    className: "pin pin-many",
    html: text,
    iconSize: [56, 46],
  });
}

export function plainIcon(className, size) {
  return L.divIcon({ className, iconSize: [size, size] });
}
