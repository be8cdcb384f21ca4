// Suggests places of the site's own index while somebody types. The combobox comes only when the
// box is first entered; without it, or without this script, the box is the same plain box.

const MOST_WAITED_MS = 3000;

function escaped(text) {
  const box = document.createElement("span");
  box.textContent = text;
  return box.innerHTML;
}

function asking(address) {
  let last = null;
  return async (typed, show) => {
    last?.abort();
    last = new AbortController();
    const asked = last;
    const timer = setTimeout(() => asked.abort(), MOST_WAITED_MS);
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(typed)}`, {
        signal: asked.signal,
      });
      show(answer.ok ? (await answer.json()).places : []);
    } catch {
      if (asked === last) show([]);
    } finally {
      clearTimeout(timer);
    }
  };
}

function replaced(box) {
  const { combobox, suggest } = box.dataset;
  const typed = box.value;
  const parts = ["aria-invalid", "aria-describedby", "autocapitalize", "enterkeyhint", "spellcheck"];
  const kept = parts.map((name) => [name, box.getAttribute(name)]).filter(([, value]) => value);
  const form = box.form;
  const place = document.createElement("div");
  place.className = "suggest";
  const { id, name, required } = box;
  box.replaceWith(place);
  window.accessibleAutocomplete({
    element: place,
    id,
    name,
    required,
    defaultValue: typed,
    source: asking(suggest),
    minLength: 2,
    confirmOnBlur: false,
    showNoOptionsFound: false,
    displayMenu: "overlay",
    inputClasses: "input",
    templates: {
      inputValue: (one) => one?.near ?? "",
      suggestion: (one) => escaped(one?.label ?? ""),
    },
    onConfirm: (one) => {
      if (!one) return;
      // The combobox shows what was chosen a moment after this call.
      setTimeout(() => form.requestSubmit());
    },
  });
  const input = place.querySelector("input");
  kept.forEach(([attribute, value]) => input.setAttribute(attribute, value));
  return input;
}

export function startSuggest() {
  const box = document.querySelector("[data-suggest]");
  if (!box) return;
  box.addEventListener(
    "focus",
    async () => {
      try {
        await import(box.dataset.combobox);
      } catch {
        return;
      }
      const isInIt = document.activeElement === box;
      const input = replaced(box);
      if (isInIt) {
        input.focus();
        // The combobox selects all that is in it once it has rendered, which is queued before this:
        // the next letter would then replace what is typed already.
        await Promise.resolve();
        input.setSelectionRange(input.value.length, input.value.length);
      }
    },
    { once: true },
  );
}
