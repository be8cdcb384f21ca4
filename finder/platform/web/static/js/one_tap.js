// "Was it on?" in one tap. A group's page is the same for everybody and holds no form, so the
// form is fetched when a parent taps, and sent with that answer. Where this fails, and without a
// script, the link leads to the form itself.

export function startOneTap() {
  for (const link of document.querySelectorAll("[data-one-tap]")) {
    link.addEventListener("click", tapped);
  }
}

function tapped(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const link = event.currentTarget;
  // A second tap goes to the form: it is not counted twice.
  link.removeEventListener("click", tapped);
  send(link).catch(() => location.assign(link.href));
}

async function send(link) {
  const answer = await fetch(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const form = document.adoptNode(page.querySelector("form.was-on-days"));
  const button = form.querySelector(`button[value="${link.dataset.oneTap}"]`);
  if (!button) throw new Error("That day is not asked about any more");
  form.hidden = true;
  document.body.append(form);
  form.requestSubmit(button);
}
