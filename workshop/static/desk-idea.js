// Opens the part of an idea's page that the address points at: #verbeteren or #opzij.

const wanted = document.getElementById(location.hash.slice(1));
const part = wanted?.closest("details");
if (part) {
  part.open = true;
  wanted.focus();
}
