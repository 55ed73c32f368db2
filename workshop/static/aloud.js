/* Reads the card aloud, only where the phone itself has a voice in the card's language: no words leave
   the phone. Never starts by itself; the same button stops it. */
const button = document.querySelector('.aloud');

if (button && window.speechSynthesis) {
  const { language, read, stop } = button.dataset;
  const words = [...document.querySelectorAll('[data-aloud]')].map(part => part.innerText).join('.\n');
  const voice = () => speechSynthesis.getVoices().find(
    one => one.localService && one.lang.toLowerCase().replace('_', '-').split('-')[0] === language);
  const show = speaking => {
    button.textContent = speaking ? stop : read;
    button.setAttribute('aria-pressed', speaking);
  };
  const offer = () => { button.hidden = !voice(); };

  button.addEventListener('click', () => {
    const speaking = button.getAttribute('aria-pressed') === 'true';
    speechSynthesis.cancel();
    show(!speaking);
    if (speaking) return;
    const speech = new SpeechSynthesisUtterance(words);
    speech.voice = voice();
    speech.lang = speech.voice.lang;
    speech.rate = 0.9;
    speech.onend = speech.onerror = () => show(false);
    speechSynthesis.speak(speech);
  });
  addEventListener('pagehide', () => speechSynthesis.cancel());
  if (speechSynthesis.addEventListener) speechSynthesis.addEventListener('voiceschanged', offer);
  offer();
}
