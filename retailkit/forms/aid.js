// What a form needs of its page besides its fields: keys that stay with it, a name for itself,
// errors tied to their fields, words that are read aloud, and a focus that does not get lost.

const CUT_OFF = ".jupyter-widgets-disconnected";

export default {
  render({ model, el }) {
    const end = new AbortController();
    const begin = () => {
      if (end.signal.aborted) return;
      const form = el.closest(".rk-form");
      // a form is put together before it is put on the page
      if (form) lookAfter(form, model, end.signal);
      else requestAnimationFrame(begin);
    };
    begin();
    return () => end.abort();
  },
};

function lookAfter(form, model, signal) {
  const mark = Math.random().toString(36).slice(2); // no other form on the page has it
  let pressedHere = false; // the same form may be on the page twice
  const goOn = () => {
    if (pressedHere) moveTo(form, model.get("place").name);
    pressedHere = false;
  };
  const press = (event) => {
    if (!event.target.closest("button")) return;
    if (event.detail > 1) event.stopPropagation(); // the second half of a double click
    else pressedHere = true;
  };
  const keepUp = () => {
    describe(form, mark);
    if (form.querySelector(CUT_OFF)) closeDown(form, model.get("cut_off"));
  };
  const changes = new MutationObserver(keepUp);
  // before the notebook sees the key
  window.addEventListener("keydown", (event) => keepKey(form, event), { capture: true, signal });
  form.addEventListener("click", press, { capture: true, signal });
  model.on("change:place", goOn);
  changes.observe(form, { subtree: true, childList: true, attributeFilter: ["class"] });
  signal.addEventListener("abort", () => {
    model.off("change:place", goOn);
    changes.disconnect();
  });
  keepUp();
}

// A notebook takes a letter for a command (x deletes the cell) unless the element that has the
// focus says no. Saving the notebook is still the notebook's business.
function keepKey(form, event) {
  if (!form.contains(event.target)) return;
  const saving = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
  event.target.toggleAttribute("data-lm-suppress-shortcuts", !saving);
  // a key held down presses a button once
  if (event.repeat && event.target.matches("button")) event.preventDefault();
}

function describe(form, mark) {
  const title = form.querySelector(".rk-title");
  title.id = `rk-${mark}-title`;
  set(form, { role: "group", "aria-labelledby": title.id });
  set(said(form), { role: "status", "aria-atomic": "true" });
  form.querySelectorAll(".rk-note").forEach((note, place) => {
    note.id = `rk-${mark}-note-${place}`;
    const wrong = note.textContent.trim() !== "";
    const control = note.previousElementSibling.querySelector("input, select, textarea");
    set(control, { "aria-describedby": note.id, "aria-invalid": String(wrong) });
  });
  const card = form.querySelector(".rk-intro");
  if (!card) return;
  card.id = `rk-${mark}-card`;
  const names = { "aria-labelledby": title.id, "aria-describedby": card.id };
  set(card, { role: "group", tabindex: "-1", ...names });
}

function moveTo(form, name) {
  const field = form.querySelector(`.rk-question-${name}`);
  if (field) field.querySelector("input, select, textarea").focus();
  if (name !== "card") return;
  // what was said of the last card stands above the next one, and both are to be seen
  form.querySelector(".rk-intro").focus({ preventScroll: true });
  said(form).scrollIntoView({ block: "nearest" });
}

// Nobody listens to a form whose kernel is gone: what is written in it can still be read.
function closeDown(form, words) {
  if (said(form).textContent === words) return;
  said(form).textContent = words;
  form.querySelectorAll("button").forEach((button) => (button.disabled = true));
}

function said(form) {
  return form.querySelector(".rk-said .widget-html-content");
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
