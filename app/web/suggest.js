// Suggestions below a field while something is typed: a list that keyboards and screen readers know (ARIA combobox).

let lists = 0;
const PAUSE = 120; // milliseconds after the last letter

/** Put suggestions on `field`. `ask(q)` gives a promise of items, `draw(item)` the contents of one, `take(item)` chooses it. */
export function suggestOn(field, { ask, draw, take, shortest = 1 }) {
  const list = document.createElement("ul");
  list.id = `suggestions-${++lists}`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  const around = document.createElement("span");
  around.className = "suggesting";
  const focused = document.activeElement === field;
  field.replaceWith(around);
  around.append(field, list);
  if (focused) field.focus();
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
    field.setAttribute(name, value);
  }

  let items = [];
  let at = -1; // the one that Enter would take; none at first, so that Enter searches
  let asked = 0;
  let timer = 0;

  function close() {
    clearTimeout(timer);
    asked++;
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function mark(next) {
    at = next;
    [...list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === at)));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  }

  function choose(item) {
    close();
    take(item);
  }

  function show(found) {
    items = found;
    list.replaceChildren(...items.map((item, place) => {
      const one = document.createElement("li");
      one.id = `${list.id}-${place}`;
      one.setAttribute("role", "option");
      one.setAttribute("aria-selected", "false");
      one.dir = "auto";
      one.append(...draw(item));
      // Before the field loses the focus, which would close the list.
      one.addEventListener("mousedown", (event) => { event.preventDefault(); choose(item); });
      return one;
    }));
    at = -1;
    list.hidden = !items.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
  }

  async function look() {
    const mine = ++asked;
    const q = field.value.trim();
    if (Array.from(q).length < shortest) return close();
    try {
      const found = await ask(q);
      if (mine === asked && document.activeElement === field) show(found);
    } catch { if (mine === asked) close(); } // the search itself tells what is wrong
  }

  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, PAUSE); });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && list.hidden) look();
    else if (list.hidden) {
      if (event.key === "Enter") close(); // also what is still being asked for
      return;
    }
    else if (event.key === "ArrowDown") mark(at + 1 < items.length ? at + 1 : -1);
    else if (event.key === "ArrowUp") mark(at < 0 ? items.length - 1 : at - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && at >= 0) choose(items[at]);
    else {
      if (event.key === "Enter") close();
      return;
    }
    event.preventDefault();
  });
}
