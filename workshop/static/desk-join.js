// The page for joining: the preview follows what is typed, and words are taken over without a new page.

const words = document.getElementById("woorden");
const preview = document.querySelector("[data-preview]");

if (words) {
  const show = () => (preview.textContent = words.value.trim() || preview.dataset.all || preview.textContent);
  words.addEventListener("input", show);
  document.querySelector("[data-look]").hidden = true;
  for (const button of document.querySelectorAll("[data-take]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      words.value = button.dataset.take;
      show();
      words.focus();
    });
  }
}
