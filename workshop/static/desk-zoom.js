// Makes a picture in a box larger and smaller, by its buttons; the box scrolls.

export function zoom(box, larger, smaller) {
  const image = box.querySelector("img");
  let times = 1;
  const set = (wanted) => {
    times = Math.min(5, Math.max(1, wanted));
    image.style.width = `${times * 100}%`;
    image.style.maxWidth = "none";
    box.classList.toggle("zoomed", times > 1);
  };
  larger.addEventListener("click", () => set(times * 1.4));
  smaller.addEventListener("click", () => set(times / 1.4));
}
