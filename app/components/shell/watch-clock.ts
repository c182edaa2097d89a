/** Milliseconds. Timers stop while a laptop sleeps, and have a longest time: so the clock is read at least this often. */
const MINUTE = 60_000;

/** Calls `refresh` once at `time`, in milliseconds since the epoch, and every minute while one is put off. Returns the clean-up function. */
export function watchClock(time: number, isPutOff: { readonly current: boolean }, refresh: () => void): () => void {
  let isPassed = false;
  let timer = setTimeout(check, delay());
  function delay(): number {
    return isPassed ? MINUTE : Math.min(Math.max(time - Date.now(), 0), MINUTE);
  }
  function check() {
    const passesNow = !isPassed && Date.now() >= time;
    isPassed ||= passesNow;
    if (passesNow || isPutOff.current) refresh();
    timer = setTimeout(check, delay());
  }
  return () => clearTimeout(timer);
}
