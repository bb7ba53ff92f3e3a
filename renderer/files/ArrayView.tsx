import { useMemo, type ReactElement } from 'react';
import { assertNever } from '../../shared/assert-never';
import type { FileId } from '../../shared/domain/registered-file';
import type { ArrayPlot, ArrayPreview } from '../../shared/ipc/calls/files-calls';
import { call } from '../bridge';
import { EmptyState } from '../components/EmptyState';
import { countOf, formatCount } from '../components/time-text';
import { useAnswer } from '../components/use-answer';
import { LinePlot } from '../plots/LinePlot';
import classes from './FileViewer.module.css';
import { HeatMap } from './HeatMap';

/** What a NumPy file holds: its shape and type, a plot, and its first values. */
export function ArrayView({ name, file }: { readonly name: string; readonly file: FileId }): ReactElement {
  const answer = useAnswer(file, () => call('files.array', { file }));
  if (answer.state === 'waiting') return <EmptyState title="Reading the array…" />;
  if (answer.state === 'failed')
    return <EmptyState title={`${name} cannot be read`}>{answer.message}</EmptyState>;
  const preview = answer.value;
  return (
    // What scrolls has to be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={classes.scroll} aria-label={`Array of ${name}`} tabIndex={0}>
      <dl className={classes.facts}>
        <dt>Shape</dt>
        <dd>{shapeText(preview)}</dd>
        <dt>Type</dt>
        <dd>
          {preview.dtype} ({preview.typeName})
        </dd>
        <dt>Values</dt>
        <dd>{valuesText(preview)}</dd>
        {preview.minimum === null || preview.maximum === null ? null : (
          <>
            <dt>Range</dt>
            <dd>
              {preview.minimum} to {preview.maximum}
            </dd>
          </>
        )}
      </dl>
      <PlotOf name={name} plot={preview.plot} />
      {preview.first.length === 0 ? null : (
        <>
          <h3 className={classes.subtitle}>
            First {countOf(preview.first.length, 'value')}, in the order of the file
          </h3>
          <pre className={classes.values}>{preview.first.join(', ')}</pre>
        </>
      )}
    </section>
  );
}

function shapeText({ shape, order }: ArrayPreview): string {
  if (shape.length === 0) return '() (a single value)';
  const sides = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  return shape.length === 1 ? sides : `${sides}, ${order} order`;
}

function valuesText({ count, present, first }: ArrayPreview): string {
  if (first.length === 0 && present === 0 && count > 0) return formatCount(count);
  return present < count
    ? `${formatCount(present)} of ${formatCount(count)} are there: the file is cut`
    : formatCount(count);
}

function PlotOf({ name, plot }: { readonly name: string; readonly plot: ArrayPlot }): ReactElement {
  const series = useMemo(() => (plot.kind === 'lines' ? plot.lines : []), [plot]);
  switch (plot.kind) {
    case 'lines':
      return (
        <>
          <LinePlot label={`Plot of ${name}`} series={series} xKind="index" height={320} />
          {plot.perPoint === 1 ? null : (
            <p className={classes.hint}>
              Of every {formatCount(plot.perPoint)} values the lowest and the highest are drawn, so that no
              peak is lost.
            </p>
          )}
        </>
      );
    case 'grid':
      return <HeatMap label={`Plot of ${name}`} grid={plot} />;
    case 'none':
      return <p className={classes.hint}>{plot.reason}</p>;
    default:
      return assertNever(plot);
  }
}
