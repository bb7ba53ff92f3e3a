import { useEffect } from 'react';
import { usePanel } from '../stores/panel-store';
import { lockControls } from './lock-store';

/** What counts as somebody being there. */
const inputs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Locks the controls after the time without input that the preferences say. */
export function useIdleLock(): void {
  const lockAfter = usePanel((state) => state.preferences.lockAfter);
  const locked = usePanel((state) => state.lock !== null);
  useEffect(() => {
    if (lockAfter === null || locked) return undefined;
    const patience = lockAfter * 60_000;
    let lastInput = performance.now();
    const noteInput = (): void => {
      lastInput = performance.now();
    };
    // One timer that looks when it is due, since a pointer moves hundreds of times a second.
    const look = (): void => {
      const left = lastInput + patience - performance.now();
      if (left <= 0) lockControls('idle');
      timer = window.setTimeout(look, left <= 0 ? patience : left);
    };
    let timer = window.setTimeout(look, patience);
    for (const input of inputs) window.addEventListener(input, noteInput, { capture: true, passive: true });
    return () => {
      window.clearTimeout(timer);
      for (const input of inputs) window.removeEventListener(input, noteInput, { capture: true });
    };
  }, [lockAfter, locked]);
}
