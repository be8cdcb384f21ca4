// What the map says of a group, in the popup and aloud.

const METRES_PER_MILE = 1609.344;

export function miles(metres) {
  const tenths = (metres / METRES_PER_MILE).toFixed(1);
  if (tenths === "0.0") return "less than 0.1 miles";
  return tenths === "1.0" ? "1 mile" : `${tenths} miles`;
}

export function spoken({ name, venue, talking_label, distance_m }, place, of) {
  const away = distance_m === null ? "" : ` ${miles(distance_m)} away.`;
  return `${name}, ${venue}. ${talking_label}.${away} ${place} of ${of}.`;
}

export function named({ name, venue, talking_label }) {
  return `${name}, ${venue}. ${talking_label}`;
}

export function howMany(count, total) {
  if (total > count) return `The map shows the nearest ${count} of ${total} groups.`;
  return count === 1 ? "1 group" : `${count} groups`;
}
