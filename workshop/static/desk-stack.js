// Makes the pages of paper live: drop files anywhere on the form, see them being sent, see a stack being read.
// Without this module the form sends and the page is looked at again by its link.

const form = document.querySelector("[data-drop]");
const box = document.querySelector("[data-stack]");

if (form) {
  const input = form.querySelector("input[type=file]");
  const problem = form.querySelector("[data-problem]");
  const line = form.querySelector("[data-progress]");
  const bar = line.querySelector("progress");

  const refuse = (text) => {
    problem.textContent = text;
    problem.hidden = false;
    line.hidden = true;
    form.querySelector("button").disabled = false;
    problem.scrollIntoView({ block: "nearest" });
  };

  const tooLarge = (files) => {
    const whole = files.reduce((sum, file) => sum + file.size, 0);
    if (files.some((file) => file.size > Number(form.dataset.mostFile) << 20)) return form.dataset.fileTooLarge;
    return whole > Number(form.dataset.most) * 1048576 ? form.dataset.tooLarge : "";
  };

  const send = () => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = (event) => {
      bar.value = event.lengthComputable ? (100 * event.loaded) / event.total : 0;
    };
    request.onerror = () => refuse(form.dataset.broke);
    request.onload = () => {
      const type = request.getResponseHeader("Content-Type") ?? "";
      const answer = type.startsWith("application/json") ? JSON.parse(request.responseText) : {};
      if (answer.go) location.assign(answer.go);
      else if (request.status === 401) location.reload();
      else refuse(answer.problem ?? (request.status === 413 ? form.dataset.tooLarge : form.dataset.broke));
    };
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(new FormData(form));
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const large = tooLarge([...input.files]);
    if (large) return refuse(large);
    problem.hidden = true;
    line.hidden = false;
    form.querySelector("button").disabled = true;
    send();
  });

  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.toggle("over", kind === "dragenter" || kind === "dragover");
    });
  }
  form.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      form.querySelector("button").focus();
    }
  });
}

async function look() {
  try {
    const answer = await fetch(box.dataset.stack, { headers: { Accept: "application/json" } });
    const stack = answer.ok ? await answer.json() : null;
    if (stack && !["received", "reading"].includes(stack.state)) return location.reload();
    if (stack && stack.waits !== box.dataset.turn) return location.reload();
    const bar = box.querySelector("progress");
    if (stack?.expected && !bar.hasAttribute("value")) return location.reload();
    if (stack?.expected) bar.value = stack.pages;
    const said = box.querySelector("#hoever");
    const now = stack ? said.textContent.replace(/\d+/, stack.pages) : said.textContent;
    if (now !== said.textContent) said.textContent = now;
  } catch {
    // No connection for a moment: the next look tries again.
  }
  setTimeout(look, 1000);
}

if (box) setTimeout(look, 1000);
