// The talking level as number and shape: the same shapes as the level mark of the pages.

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  0: "M17 2.5a14.5 14.5 0 1 1 0 29a14.5 14.5 0 1 1 0-29z",
  1: "M17 1a16 16 0 1 1 0 32a16 16 0 1 1 0-32z",
  2: "M10 2H24A8 8 0 0 1 32 10V24A8 8 0 0 1 24 32H10A8 8 0 0 1 2 24V10A8 8 0 0 1 10 2z",
  3: "M17 .5 33.5 17 17 33.5.5 17z",
  4: "M9 2h16l8 15-8 15H9L1 17z",
  5: STAR(),
};

function STAR() {
  // Fat enough for its number: the inner corners lie at two thirds of the points.
  const corner = (i) => {
    const reach = i % 2 ? 11.5 : 17.5;
    const angle = (i * Math.PI) / 5;
    return `${(17 + reach * Math.sin(angle)).toFixed(1)} ${(17.8 - reach * Math.cos(angle)).toFixed(1)}`;
  };
  return `M${Array.from({ length: 10 }, (_, i) => corner(i)).join("L")}z`;
}

export function mark(level) {
  const span = document.createElement("span");
  span.className = `pin__mark pin__mark--${level ?? 0}`;
  span.setAttribute("aria-hidden", "true");
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-2 -2 38 38");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[level ?? 0]);
  svg.append(path);
  const number = document.createElement("b");
  number.textContent = level ?? "?";
  span.append(svg, number);
  return span;
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

export function clusterPin(count) {
  const text = document.createElement("span");
  text.textContent = `${count} groups`;
  return button(`${count} groups, zoom in`, {
    className: "pin pin--many",
    html: text,
    iconSize: [count > 99 ? 104 : 92, 44],
  });
}

export function plainIcon(className, size) {
  return L.divIcon({ className, iconSize: [size, size] });
}
