import { ActionIcon, useComputedColorScheme } from '@mantine/core';
import { RotateCcw, ZoomIn, ZoomOut } from 'lucide-react';
import { useMemo, type KeyboardEvent, type ReactElement } from 'react';
import classes from './LinePlot.module.css';
import { summarize, type PlotSeries } from './plot-data';
import { moveReadout, showAll, zoomBy } from './plot-moves';
import { alignedData, lineDash, lineLooks, type PlotXKind } from './plot-options';
import { plotNumber, plotTime, summaryText } from './plot-text';
import { useUplot } from './use-uplot';

interface LinePlotProps {
  /** The accessible name. */
  readonly label: string;
  readonly series: readonly PlotSeries[];
  /** Whether x is a position or any number (`index`), or Unix milliseconds (`time`), which are shown in UTC. */
  readonly xKind: PlotXKind;
  /** Height of the drawing with its axes, in CSS pixels. */
  readonly height: number;
  /** Unit of the values, as it stands after a number. */
  readonly unit?: string;
  /** What the key says of each line while nothing is read out; left out: its count, bounds and mean. */
  readonly captions?: readonly string[];
}

/** Room for a value of the readout, in characters. */
const valueWidth = 14;

/**
 * Lines over positions or time. Millions of points stay quick: what falls on one pixel is drawn once. Dragging zooms;
 * all else also goes by keyboard. Give `series` that keeps its identity while it does not change.
 */
export function LinePlot(props: LinePlotProps): ReactElement {
  const scheme = useComputedColorScheme('dark');
  // The canvas holds the theme's colours and the lines that it was made with.
  const look = JSON.stringify([scheme, props.xKind, props.series.map(({ name }) => name)]);
  return <Plot key={look} {...props} />;
}

function Plot({ label, series, xKind, height, unit = '', captions }: LinePlotProps): ReactElement {
  const data = useMemo(() => alignedData(series), [series]);
  const names = useMemo(() => series.map(({ name }) => name), [series]);
  const summaries = useMemo(
    () => series.map(({ name, y }) => summaryText(name, summarize(y), unit === '' ? '' : ` ${unit}`)),
    [series, unit],
  );
  const { plot, host, frame, readout, isZoomed } = useUplot({ data, names, xKind, height });

  const zoom = (factor: number): void => {
    if (plot.current !== null) zoomBy(plot.current, factor);
  };
  const reset = (): void => {
    if (plot.current !== null) showAll(plot.current);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const drawn = plot.current;
    if (drawn === null || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (step !== 0) moveReadout(drawn, step * (event.shiftKey ? 10 : 1));
    else if (event.key === '+' || event.key === '=') zoom(0.5);
    else if (event.key === '-') zoom(2);
    else if (event.key === '0') reset();
    else return;
    event.preventDefault();
  };

  const place =
    readout === null ? null : xKind === 'time' ? `${plotTime(readout.x)} UTC` : `x ${plotNumber(readout.x)}`;
  const unitText = unit === '' ? '' : ` ${unit}`;
  const values = names.map((_, position) => {
    const value = readout?.values[position] ?? null;
    return value === null ? 'no value' : `${plotNumber(value)}${unitText}`;
  });
  const valueTexts = names.map((name, position) => `${name}: ${values[position] ?? ''}`);
  const last = Math.max(0, data[0].length - 1);
  return (
    <figure className={classes.plot} aria-label={label}>
      <div className={classes.bar}>
        <span className={classes.place}>{place}</span>
        <ActionIcon size={22} aria-label="Zoom in" title="Zoom in (+)" onClick={() => zoom(0.5)}>
          <ZoomIn size={14} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon
          size={22}
          aria-label="Zoom out"
          title="Zoom out (-)"
          disabled={!isZoomed}
          onClick={() => zoom(2)}
        >
          <ZoomOut size={14} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon
          size={22}
          aria-label="Reset zoom"
          title="Reset zoom (0)"
          disabled={!isZoomed}
          onClick={reset}
        >
          <RotateCcw size={14} aria-hidden="true" />
        </ActionIcon>
      </div>
      <div ref={frame} className={classes.frame} style={{ height }}>
        {/* No input can be drawn in; as a slider, the readout goes by keyboard and is heard. */}
        <div
          ref={host}
          className={classes.canvas}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
          role="slider"
          tabIndex={0}
          aria-label={`Readout of ${label}`}
          aria-valuemin={0}
          aria-valuemax={last}
          aria-valuenow={Math.min(last, readout?.position ?? 0)}
          aria-valuetext={place === null ? 'No position chosen' : `${place}, ${valueTexts.join(', ')}`}
          onKeyDown={onKeyDown}
        />
      </div>
      <figcaption>
        <ul className={classes.key}>
          {(captions ?? summaries).map((text, position) => (
            // Names need not differ: a line is its position.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={position}>
              <LineSwatch position={position} />
              <span>{text}</span>
              {/* Its room is always there: a plot that moved under the pointer would lose its readout by it. */}
              <span className={classes.value} style={{ minWidth: `${valueWidth + unitText.length}ch` }}>
                {readout === null ? null : values[position]}
              </span>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

function LineSwatch({ position }: { readonly position: number }): ReactElement {
  return (
    <svg className={classes.swatch} width="22" height="8" aria-hidden="true">
      <line
        x1="0"
        x2="22"
        y1="4"
        y2="4"
        stroke={`var(--plot-${(position % lineLooks) + 1})`}
        strokeWidth="2"
        strokeDasharray={lineDash(position).join(' ')}
      />
    </svg>
  );
}
