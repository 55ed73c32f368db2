/* On every participants' page: larger letters without losing what was typed, reading aloud, and
   delivering what could not be sent before. Pages do all they must without any of this. */
import './letters.js';
import './aloud.js';
import { deliver } from './outbox.js';

addEventListener('online', deliver);
document.addEventListener('visibilitychange', () => { if (!document.hidden) deliver(); });
deliver();
