/* Photos in the form: shown before sending, one by one removable, made smaller on the phone so that they
   travel fast. Pictures this browser cannot read go as they are; the server makes them safe anyway. */
const SIDE = 1600;
const input = document.getElementById('foto');
const list = document.getElementById('fotos');
let chosen = [], work = Promise.resolve();

/** Wait until all chosen photos are small enough to send. */
export const ready = () => work;

/** Put photos in the form, as if they had been chosen. */
export function choose(files) {
  chosen = chosen.concat(files);
  show();
}

async function smaller(file) {
  try {
    const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const part = Math.min(1, SIDE / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * part);
    canvas.height = Math.round(image.height * part);
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.85));
    return blob ? new File([blob], 'foto.jpg', { type: 'image/jpeg' }) : file;
  } catch (error) {
    return file;
  }
}

function show() {
  const all = new DataTransfer();
  for (const file of chosen) all.items.add(file);
  input.files = all.files;
  list.textContent = '';
  list.hidden = !chosen.length;
  for (const file of chosen) list.append(row(file));
}

function row(file) {
  const item = document.createElement('li'), image = new Image(), button = document.createElement('button');
  image.alt = input.form.dataset.photo;
  image.src = URL.createObjectURL(file);
  image.onload = () => URL.revokeObjectURL(image.src);
  image.onerror = () => image.replaceWith(file.name);
  button.type = 'button';
  button.textContent = input.form.dataset.remove;
  button.onclick = () => {
    chosen = chosen.filter(other => other !== file);
    show();
    input.focus();
  };
  item.append(image, button);
  return item;
}

if (input && window.DataTransfer) {
  input.addEventListener('change', () => {
    const fresh = [...input.files];
    work = work.then(async () => choose(await Promise.all(fresh.map(smaller))));
  });
}
