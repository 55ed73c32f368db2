// Deciding: an example goes into the field to be changed, and what could be plainer is said while one types.
// Without this module a chosen example is used as it is, and saving says the same.

const CHECK_MS = 600;
const form = document.getElementById("besluit");
const reason = document.getElementById("reden");
const known = new Set([...(form?.querySelectorAll("[data-example]") ?? [])].map((one) => one.value));
let checking;
let round = 0;

async function check() {
  const mine = ++round;
  const body = new URLSearchParams([...new FormData(form)].filter(([name]) => name === "reden" || name === "vervolg"));
  try {
    const answer = await fetch(form.dataset.plain, { method: "POST", body, redirect: "error" });
    if (!answer.ok || mine !== round) return;
    const found = await answer.json();
    for (const list of form.querySelectorAll("[data-remarks]")) {
      list.replaceChildren(
        ...found[list.dataset.remarks].map((text) => {
          const line = document.createElement("li");
          line.textContent = text;
          return line;
        }),
      );
    }
  } catch {
    // no network: saving says the same later
  }
}

form?.addEventListener("input", (event) => {
  if (event.target.matches("[data-example]") && (!reason.value.trim() || known.has(reason.value))) reason.value = event.target.value;
  clearTimeout(checking);
  checking = setTimeout(check, CHECK_MS);
});

form?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-save]"));
  }
});

// A number chosen by key goes on to the reason; a click stays where it is.
document.addEventListener("keydown", (event) => {
  const chosen = /^[1-4]$/.test(event.key) && event.defaultPrevented && form?.querySelector(`[data-page-key="${event.key}"]`);
  if (chosen?.checked) reason.focus();
});
