// Fetches Leaflet, its clusters, and folium's shell: classic scripts, in this order.

export async function loadLeaflet({ leafletCss, clusterCss, leafletJs, clusterJs, shellJs }) {
  await Promise.all([style(leafletCss), style(clusterCss), script(leafletJs), script(clusterJs)]);
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) keepStill();
  // A cluster is not a tab stop of its own: the map is one (keys.js).
  L.MarkerCluster.prototype.options.keyboard = false;
  await script(shellJs);
  return {
    map: window.map_groups,
    tiles: window.tile_layer_groups,
    cluster: window.marker_cluster_groups,
  };
}

function keepStill() {
  L.Map.mergeOptions({
    zoomAnimation: false,
    fadeAnimation: false,
    markerZoomAnimation: false,
    inertia: false,
  });
  L.MarkerClusterGroup.prototype.options.animate = false;
  const { panBy } = L.Map.prototype;
  L.Map.include({
    panBy(offset, options) {
      return panBy.call(this, offset, { ...options, animate: false });
    },
  });
}

function style(href) {
  return added(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
}

function script(src) {
  return added(Object.assign(document.createElement("script"), { src, async: false }));
}

function added(element) {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", resolve);
    element.addEventListener("error", () => reject(new Error("a file of the map is missing")));
    // Before the site's own sheet, which has the last word.
    if (element.rel) document.head.prepend(element);
    else document.head.append(element);
  });
}
