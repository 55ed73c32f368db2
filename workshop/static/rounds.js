/* Choosing with dots: plus and minus work at once, and the page says how many dots are left.
   Without this the buttons send the page and get it back. */
const form = document.getElementById('kiezen');
const fields = [...form.querySelectorAll('input[type=number]')];
const most = Number(form.dataset.dots);
const said = form.querySelector('[data-left]');

const count = (field) => Math.max(0, Math.floor(Number(field.value) || 0));
const given = () => fields.reduce((sum, field) => sum + count(field), 0);

function tell() {
  const left = most - given();
  const words = form.dataset;
  const now = left < 0 ? words.many : left === 0 ? words.none : left === 1 ? words.one : words.more.replace('{}', left);
  if (said.textContent !== now) said.textContent = now;
  said.classList.toggle('over', left < 0);
}

form.addEventListener('click', (event) => {
  const button = event.target.closest('button[name]');
  if (!button) return;
  event.preventDefault();
  const field = document.getElementById(`idee-${button.value}`);
  const step = button.name === 'erbij' ? 1 : -1;
  if (step < 0 || given() < most) field.value = Math.max(0, count(field) + step);
  tell();
});
form.addEventListener('input', tell);
tell();
