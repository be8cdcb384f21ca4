// Says how many characters are left in a box; and takes the reader to what went wrong.
const QUIET_MS = 700;

function enhance(box) {
  const most = Number(box.dataset.count);
  const seen = document.createElement("p");
  const heard = document.createElement("p");
  seen.className = "counter small quiet";
  seen.setAttribute("aria-hidden", "true");
  heard.className = "hidden";
  heard.setAttribute("role", "status");
  box.after(seen, heard);
  let waiting = 0;
  const show = () => {
    const left = most - box.value.length;
    const number = Math.abs(left).toLocaleString("en-GB");
    seen.textContent = left < 0 ? `${number} too many` : `${number} left`;
    seen.classList.toggle("counter-over", left < 0);
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      heard.textContent = left < most / 5 ? seen.textContent : "";
    }, QUIET_MS);
  };
  box.addEventListener("input", show);
  show();
}

export function startCount() {
  document.querySelectorAll("[data-count]").forEach(enhance);
  document.querySelector("[data-focus]")?.focus();
}
