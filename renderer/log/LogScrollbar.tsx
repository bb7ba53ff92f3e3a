import { useRef, type PointerEvent, type ReactElement } from 'react';
import { formatCount } from '../components/time-text';
import { furthestTop, thumbFor, topAfterDrag, type LogExtent } from './log-scroll';
import classes from './LogScrollbar.module.css';

interface LogScrollbarProps {
  readonly top: number;
  readonly extent: LogExtent;
  /** Length of the track in CSS pixels. */
  readonly track: number;
  /** Id of the element that it scrolls. */
  readonly controls: string;
  readonly onMove: (top: number) => void;
}

interface Drag {
  readonly startY: number;
  readonly startTop: number;
}

/** A scrollbar scaled over all lines of a log, however many there are. The keyboard scrolls the log itself. */
export function LogScrollbar({ top, extent, track, controls, onMove }: LogScrollbarProps): ReactElement {
  const drag = useRef<Drag | null>(null);
  const thumb = thumbFor(top, extent, track);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 || thumb === null) return;
    event.preventDefault();
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
    const onThumb = y >= thumb.offset && y <= thumb.offset + thumb.size;
    // Beside the thumb: its middle goes to the pointer, and the drag goes on from there.
    const startTop = onThumb ? top : topAfterDrag(0, y - thumb.size / 2, extent, track);
    drag.current = { startY: event.clientY, startTop };
    event.currentTarget.setPointerCapture(event.pointerId);
    if (!onThumb) onMove(startTop);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const current = drag.current;
    if (current === null) return;
    onMove(topAfterDrag(current.startTop, event.clientY - current.startY, extent, track));
  };
  const endDrag = (): void => {
    drag.current = null;
  };

  return (
    <div
      className={classes.track}
      data-idle={thumb === null}
      role="scrollbar"
      tabIndex={-1}
      aria-label="Position in the log"
      aria-controls={controls}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={Math.ceil(furthestTop(extent))}
      aria-valuenow={Math.round(top)}
      aria-valuetext={`line ${formatCount(Math.min(extent.total, Math.floor(top) + 1))} of ${formatCount(extent.total)}`}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={endDrag}
      onPointerCancel={endDrag}
    >
      {thumb === null ? null : (
        <div
          className={classes.thumb}
          style={{ height: thumb.size, transform: `translateY(${thumb.offset}px)` }}
        />
      )}
    </div>
  );
}
