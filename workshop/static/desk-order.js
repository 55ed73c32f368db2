// Looks every second how far a print is, and shows the page again when that changed.

const box = document.querySelector("[data-order]");

async function look() {
  try {
    const answer = await fetch(box.dataset.order, { headers: { Accept: "application/json" } });
    if (answer.ok && (await answer.json()).state !== box.dataset.state) return location.reload();
  } catch {
    // No connection for a moment: the next look tries again.
  }
  setTimeout(look, 1000);
}

setTimeout(look, 1000);
