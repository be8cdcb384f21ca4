// Fills vendor/ with what the site serves from npm: copies, and one compiled style sheet.
// Run by `npm run build` from the top of the checkout.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cuss } from "cuss";
import { compile } from "sass";

const FROM = "node_modules";
const TO = "vendor";

// Colours that GOV.UK Frontend writes out instead of reading from a custom property.
const TOKENS = {
  "0b0c0c": "ink",
  "000000": "ink",
  "484949": "ink-quiet",
  "0f385c": "ink",
  "1a65a6": "brand",
  "1d70b8": "brand",
  "0f7a52": "brand",
  "54319f": "brand",
  "0b5c3e": "brand-strong",
  "083d29": "brand-strong",
  ca3535: "danger",
  982828: "danger-strong",
  "651b1b": "danger-strong",
  ffdd00: "focus",
  cecece: "line",
  858686: "edge",
  "8eb8dc": "edge",
  f3f3f3: "brand-soft",
  f4f8fb: "brand-soft",
  d0e6e7: "brand-soft",
  cfe4dc: "l1-soft",
  d2e2f1: "l2-soft",
  ffee80: "l3-soft",
  fde4d7: "l4-soft",
  f4d7e5: "l5-soft",
  f4d7d7: "l5-soft",
  ddd6ec: "l5-soft",
  "651b3e": "ink",
  "2a1950": "ink",
  "0b4144": "ink",
  "7a3c1c": "ink",
};

const COPIES = {
  "leaflet/leaflet.js": "leaflet/dist/leaflet.js",
  "leaflet/leaflet.css": "leaflet/dist/leaflet.css",
  "leaflet/images": "leaflet/dist/images",
  "leaflet/LICENSE.txt": "leaflet/LICENSE",
  "markercluster/leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
  "markercluster/MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
  "markercluster/LICENSE.txt": "leaflet.markercluster/MIT-LICENCE.txt",
  "autocomplete/accessible-autocomplete.min.js":
    "accessible-autocomplete/dist/accessible-autocomplete.min.js",
  "autocomplete/LICENSE.txt": "accessible-autocomplete/LICENSE.txt",
  "govuk/govuk-frontend.min.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js",
  "words/LICENSE.txt": "cuss/license",
};

for (const folder of ["autocomplete", "leaflet", "markercluster", "govuk", "words"]) {
  rmSync(join(TO, folder), { recursive: true, force: true });
}
for (const [to, from] of Object.entries(COPIES)) {
  const target = join(TO, to);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(FROM, from), target, { recursive: true });
  if (target.endsWith(".js")) {
    // The maps of the sources are not served, so nothing may point at them.
    const text = readFileSync(target, "utf8").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
    writeFileSync(target, text);
  }
}

// Words that hold a review for a moderator: those of which the list is sure (2 of 0 to 2).
const strong = Object.keys(cuss).filter((word) => cuss[word] === 2);
writeFileSync(join(TO, "words/strong.txt"), strong.sort().join("\n") + "\n");

const forms = compile("finder/platform/web/static/scss/forms.scss", {
  loadPaths: [FROM],
  style: "compressed",
  quietDeps: true,
});
const ours = forms.css
  .replace(/([^-])color:#fff(?=[;}])/g, "$1color:var(--on-brand)")
  .replace(/background-color:#fff(?=[;}])/g, "background-color:var(--card)")
  .replace(/#([0-9a-f]{6})\b/g, (hex, digits) => {
    const token = TOKENS[digits];
    return token ? `var(--${token})` : hex;
  });
writeFileSync(join(TO, "govuk/forms.css"), ours);
