import { useEffect, useState } from 'react';
import { errorText } from '../../shared/error-text';
import type { PinSeries } from '../../shared/domain/pin';
import { call } from '../bridge';

/** The history of some pins as last read. */
export interface PinnedSeries {
  /** When main read it, Unix milliseconds. */
  readonly now: number;
  readonly series: ReadonlyMap<number, PinSeries>;
  readonly fault: string | null;
}

/** The least time between two readings, milliseconds. */
export const readEvery = 1000;

/** The most points of a line: about as many as a chart beside the session has pixels. */
const points = 600;

/**
 * Reads the history of the pins of one chart every second, while it is shown and the window is in sight. Each chart for
 * itself, so that many are not all drawn in one frame. `wanted` is the pins' ids with blanks between. Null before the
 * first answer.
 */
export function usePinnedSeries(wanted: string, span: number): PinnedSeries | null {
  const [read, setRead] = useState<PinnedSeries | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isCurrent = true;
    const ids = wanted.split(' ').filter(Boolean).map(Number);
    const readOnce = async (): Promise<void> => {
      if (document.hidden) return;
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
