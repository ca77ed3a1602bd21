// A short tone of two notes, made by the browser itself: nothing is loaded for it.
const NOTES = [[659.25, 0], [880, 0.14]];
const LOUD = 0.12;
const FADE_SECONDS = 0.32;

export async function playTone() {
  const Context = window.AudioContext;
  if (!Context) return;
  const context = new Context();
  try {
    // A browser keeps a page silent until somebody has touched it; then nothing is heard, and nothing is wrong.
    if (context.state === "suspended") await Promise.race([context.resume(), new Promise((go) => setTimeout(go, 300))]);
    if (context.state === "suspended") return;
    const ends = NOTES.map(([pitch, after]) => {
      const begin = context.currentTime + after;
      const volume = context.createGain();
      volume.gain.setValueAtTime(0.0001, begin);
      volume.gain.exponentialRampToValueAtTime(LOUD, begin + 0.015);
      volume.gain.exponentialRampToValueAtTime(0.0001, begin + FADE_SECONDS);
      const note = context.createOscillator();
      note.frequency.value = pitch;
      note.connect(volume).connect(context.destination);
      note.start(begin);
      note.stop(begin + FADE_SECONDS);
      return new Promise((ended) => note.addEventListener("ended", ended, { once: true }));
    });
    await Promise.all(ends);
  } finally {
    context.close();
  }
}
