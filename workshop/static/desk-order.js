// Looks every second how far a print is, and shows the page again when that changed.

const box = document.querySelector("[data-order]");

const bar = box.querySelector("progress");
const said = document.querySelector("#hoever");

async function look() {
  try {
    const answer = await fetch(box.dataset.order, { headers: { Accept: "application/json" } });
    const order = answer.ok ? await answer.json() : null;
    if (order && (order.state !== box.dataset.state || order.waits !== box.dataset.turn)) return location.reload();
    if (order && order.total) {
      if (!bar) return location.reload();
      bar.value = order.done;
      said.textContent = said.textContent.replace(/\d+/, order.done);
    }
  } catch {
    // No connection for a moment: the next look tries again.
  }
  setTimeout(look, 1000);
}

setTimeout(look, 1000);
