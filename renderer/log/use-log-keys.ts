import { useEffect, type RefObject } from 'react';
import type { LogFinder } from './log-finder';

interface LogKeys {
  readonly view: RefObject<HTMLElement | null>;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly finder: LogFinder;
  readonly from: () => number;
  readonly onGoTo: () => void;
  readonly onCopy: () => void;
  readonly onDetail: () => void;
}

/**
 * The keys of a log that is shown: Ctrl+F, F3 and Ctrl+G from anywhere in the window, Ctrl+C and Enter (or
 * pressing twice) within the log.
 */
export function useLogKeys({ view, input, finder, from, onGoTo, onCopy, onDetail }: LogKeys): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (document.querySelector('[role="dialog"][aria-modal="true"]') !== null || event.altKey) return;
      const isCommand = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      const isInLog = view.current?.contains(document.activeElement) === true;
      if (isCommand && key === 'f') {
        input.current?.focus();
        input.current?.select();
      } else if (isCommand && key === 'g') onGoTo();
      else if (event.key === 'F3') finder.step(!event.shiftKey, from());
      else if (isInLog && isCommand && key === 'c' && document.getSelection()?.isCollapsed !== false)
        onCopy();
      else if (isInLog && !isCommand && event.key === 'Enter') onDetail();
      else return;
      event.preventDefault();
    };
    const onDoubleClick = (event: MouseEvent): void => {
      if (event.target instanceof Node && view.current?.contains(event.target) === true) onDetail();
    };
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('dblclick', onDoubleClick);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('dblclick', onDoubleClick);
    };
  });
}
