import { useEffect, useState } from 'react';
import { errorText } from '../../shared/error-text';
import type { PinSeries } from '../../shared/domain/pin';
import { call } from '../bridge';
import { refreshPins } from './pin-store';

/** The history of some pins as last read. */
export interface PinnedSeries {
  /** When main read it, Unix milliseconds. */
  readonly now: number;
  readonly series: ReadonlyMap<number, PinSeries>;
  readonly fault: string | null;
}

/** The least time between two readings, milliseconds. */
const readEvery = 1000;

/** The most points of a line: more than a chart has pixels. */
const points = 1200;

/** Reads the history of pins every second while it is shown and the window is in sight. Null before the first answer. */
export function usePinnedSeries(pins: readonly number[], span: number): PinnedSeries | null {
  const [read, setRead] = useState<PinnedSeries | null>(null);
  const wanted = pins.join(' ');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isCurrent = true;
    const ids = wanted.split(' ').filter(Boolean).map(Number);
    const readOnce = async (): Promise<void> => {
      if (document.hidden) return;
      await refreshPins();
      const reply = await call('values.series', { pins: ids, span, points });
      if (!isCurrent) return;
      if (reply.ok) {
        const series = new Map(reply.value.series.map((each) => [each.pin, each]));
        setRead({ now: reply.value.now, series, fault: null });
      } else setRead((before) => withFault(before, reply.error.message));
    };
    const goOn = (): void => {
      readOnce()
        .catch((error: unknown) => {
          if (isCurrent) setRead((before) => withFault(before, errorText(error)));
        })
        .finally(() => {
          if (isCurrent) timer = setTimeout(goOn, readEvery);
        });
    };
    goOn();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [wanted, span]);
  return read;
}

function withFault(before: PinnedSeries | null, fault: string): PinnedSeries {
  return { now: before?.now ?? Date.now(), series: before?.series ?? new Map(), fault };
}
