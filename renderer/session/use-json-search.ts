import { useDebouncedValue, useThrottledValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { Json } from '../../shared/json';
import { searchJson, type JsonMatches } from './json-search';

/** The longest that the search goes on at a stretch, in milliseconds, so that frames are not missed. */
const stretch = 6;

/** What was found for which text. */
export interface FoundJson extends JsonMatches {
  readonly text: string;
}

/** Looks for text in data, anew when either changes, in stretches between which the window answers. Null: not yet. */
export function useJsonSearch(data: { readonly [key: string]: Json }, typed: string): FoundJson | null {
  const [text] = useDebouncedValue(typed, 150);
  // Data that changes all the time is not searched at every change.
  const searched = useThrottledValue(data, 1000);
  const [found, setFound] = useState<FoundJson | null>(null);
  useEffect(() => {
    if (text === '') return undefined;
    const steps = searchJson(searched, text);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const goOn = (): void => {
      const until = performance.now() + stretch;
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done === true) {
          setFound({ ...step.value, text });
          return;
        }
        if (performance.now() > until) break;
      }
      timer = setTimeout(goOn);
    };
    goOn();
    return () => clearTimeout(timer);
  }, [searched, text]);
  return typed !== '' && found?.text === typed ? found : null;
}
