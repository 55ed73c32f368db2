// Choosing a card without loading the page again. Without this module the same button sends the form.

const form = document.getElementById("kiezen");
const count = document.getElementById("gekozen-aantal");

function said(total) {
  if (!total) return count.dataset.none;
  return total === 1 ? count.dataset.one : count.dataset.many.replace("{n}", total);
}

form.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!button?.matches(".pick")) return;
  event.preventDefault();
  const chosen = button.name === "kies";
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ [button.name]: button.value }),
      redirect: "error",
    });
    if (!answer.ok) throw new Error(answer.status);
    count.textContent = said((await answer.json()).total);
  } catch {
    const plain = document.createElement("input");
    Object.assign(plain, { type: "hidden", name: button.name, value: button.value });
    form.append(plain);
    form.submit();
    return;
  }
  button.name = chosen ? "weg" : "kies";
  button.closest("[data-item]").classList.toggle("chosen", chosen);
});
