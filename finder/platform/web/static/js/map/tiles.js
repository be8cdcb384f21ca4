// The street map, or, when it can't be reached, a light outline of the country.

const PATIENCE_MS = 6000;
const FAILURES_BEFORE_OUTLINE = 2;

export function showTiles(map, tiles, outlineUrl, note) {
  let outline = null;
  let isReached = false;
  let failures = 0;

  const drawOutline = async () => {
    if (isReached || outline) return;
    outline = L.geoJSON(null, { interactive: false, style: { className: "map-outline" } });
    map.getContainer().classList.add("is-outline");
    outline.addTo(map).bringToBack();
    const answer = await fetch(outlineUrl);
    outline?.addData(await answer.json()).bringToBack();
  };
  if (!tiles) return drawOutline();

  const fallBack = () => {
    if (isReached || outline) return;
    note("The street map can’t be reached. The points are still right.");
    drawOutline();
  };
  tiles.on("tileload", () => {
    if (isReached) return;
    isReached = true;
    outline?.remove();
    map.getContainer().classList.remove("is-outline");
    note("");
  });
  tiles.on("tileerror", () => {
    failures += 1;
    if (failures >= FAILURES_BEFORE_OUTLINE) fallBack();
  });
  setTimeout(fallBack, PATIENCE_MS);
  return tiles.addTo(map);
}
