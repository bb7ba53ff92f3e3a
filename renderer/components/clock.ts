import { useEffect } from 'react';
import { create } from 'zustand';

/*
 * One clock for the whole window, so that hundreds of ages do not each have a timer. It ticks once a second, and four
 * times a second while something shown counts down.
 */

const slowPeriod = 1000;
const fastPeriod = 250;

const useClock = create<{ readonly now: number }>(() => ({ now: Date.now() }));

let users = 0;
let fastUsers = 0;
let timer: ReturnType<typeof setInterval> | undefined;
let period = 0;

function adjust(): void {
  const wanted = users === 0 ? 0 : fastUsers > 0 ? fastPeriod : slowPeriod;
  if (wanted === period) return;
  clearInterval(timer);
  timer = undefined;
  period = wanted;
  if (wanted === 0) return;
  timer = setInterval(tick, wanted);
  tick();
}

function tick(): void {
  useClock.setState({ now: Date.now() });
}

/** The time in Unix milliseconds, new every second; `fast` makes it four times a second while the view is drawn. */
export function useNow(fast = false): number {
  useTicking(fast);
  return useClock((clock) => clock.now);
}

/** What `select` makes of the time; the view draws anew only when that changes. */
export function useNowText(select: (now: number) => string, fast = false): string {
  useTicking(fast);
  return useClock((clock) => select(clock.now));
}

function useTicking(fast: boolean): void {
  useEffect(() => {
    users += 1;
    if (fast) fastUsers += 1;
    adjust();
    return () => {
      users -= 1;
      if (fast) fastUsers -= 1;
      adjust();
    };
  }, [fast]);
}
