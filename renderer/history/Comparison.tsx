import { Button, Switch, TextInput } from '@mantine/core';
import { Copy } from 'lucide-react';
import { useDeferredValue, useMemo, useState, type ReactElement } from 'react';
import type { Run } from '../../shared/domain/run';
import { copyText } from '../components/clipboard';
import { EmptyState } from '../components/EmptyState';
import { countOf } from '../components/time-text';
import { VirtualGrid, type GridColumn } from '../components/VirtualGrid';
import { ComparedPlots } from '../files/ComparedPlots';
import { LinePlot } from '../plots/LinePlot';
import { reportUnexpected } from '../stores/notice-store';
import { compareSessions, pathText, type ComparedValue } from './compare-session';
import { comparedFacts, comparisonText, differenceText, runLine, valueText } from './compare-text';
import classes from './Compare.module.css';
import { ComparedFacts } from './ComparedFacts';
import type { ComparedRuns } from './use-compared-sessions';

/** A comparison that has been read: facts, then values, then the lines of the value that is selected. */
export function Comparison({ before, after, first, second }: ComparedRuns): ReactElement {
  const [onlyDifferences, setOnlyDifferences] = useState(true);
  const [search, setSearch] = useState('');
  const [percent, setPercent] = useState('0');
  const [selected, setSelected] = useState<string | null>(null);
  const tolerance = readTolerance(percent);
  const usedTolerance = useDeferredValue(tolerance ?? 0);
  const values = useMemo(
    () => compareSessions(first.data, second.data, usedTolerance),
    [first, second, usedTolerance],
  );
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const rows = useMemo(
    () => values.filter((value) => (!onlyDifferences || value.kind !== 'same') && contains(value, wanted)),
    [values, onlyDifferences, wanted],
  );
  const differing = useMemo(() => values.filter(({ kind }) => kind !== 'same').length, [values]);
  const shown = rows.find((row) => keyOf(row) === selected) ?? null;
  const copy = (): void => {
    copyText('The comparison', comparisonText(before, after, rows)).catch(reportUnexpected('Copying'));
  };
  return (
    <div className={classes.comparison}>
      <ComparedFacts facts={comparedFacts(before, after)} />
      <div className={classes.tools}>
        <output aria-label="Differences">
          {differing === 0
            ? `No difference in ${countOf(values.length, 'value')}`
            : `${differing} of ${countOf(values.length, 'value')} ${differing === 1 ? 'differs' : 'differ'}`}
        </output>
        <span className={classes.space} />
        <Switch
          label="Only differences"
          checked={onlyDifferences}
          onChange={(event) => setOnlyDifferences(event.currentTarget.checked)}
        />
        <TextInput
          aria-label="Find in the comparison"
          placeholder="Find key or value"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <span className={classes.tolerance}>
          <span aria-hidden="true">Tolerance, %</span>
          <TextInput
            aria-label="Tolerance, %"
            value={percent}
            error={tolerance === null}
            title="Numbers that differ by no more than this part of the larger one count as the same"
            onChange={(event) => setPercent(event.currentTarget.value)}
          />
        </span>
        <Button leftSection={<Copy size={13} aria-hidden="true" />} onClick={copy}>
          Copy as text
        </Button>
      </div>
      {rows.length === 0 ? (
        <EmptyState title={emptyTitle(values, differing, wanted)}>
          {values.length === 0
            ? 'Neither run published session data.'
            : wanted === ''
              ? 'Turn “Only differences” off to see every value.'
              : 'Change what is looked for, or show values that are the same too.'}
        </EmptyState>
      ) : (
        <VirtualGrid
          label="Compared values"
          columns={columns}
          rows={rows}
          keyOf={keyOf}
          rowHeight={26}
          selected={selected}
          onSelect={(row) => setSelected(keyOf(row))}
          onNearEnd={() => undefined}
          footer={null}
        />
      )}
      {shown === null ? null : <Selected value={shown} before={before} after={after} />}
      <ComparedPlots before={before} after={after} />
    </div>
  );
}

function emptyTitle(values: readonly ComparedValue[], differing: number, wanted: string): string {
  if (values.length === 0) return 'There is nothing to compare';
  return differing === 0 && wanted === '' ? 'The session data are the same' : 'No value fits';
}

function Selected({
  value,
  before,
  after,
}: {
  readonly value: ComparedValue;
  readonly before: Run;
  readonly after: Run;
}): ReactElement {
  const lists = value.lists;
  const series = useMemo(
    () =>
      lists === null
        ? null
        : [
            { name: `First: ${runLine(before)}`, x: null, y: lists.before },
            { name: `Second: ${runLine(after)}`, x: null, y: lists.after },
          ],
    [lists, before, after],
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
    <section className={classes.selected} aria-label="Selected value" tabIndex={0}>
      {series === null ? (
        <dl className={classes.wholeValues}>
          <dt>First</dt>
          <dd>{valueText(value.before) || 'not there'}</dd>
          <dt>Second</dt>
          <dd>{valueText(value.after) || 'not there'}</dd>
        </dl>
      ) : (
        <LinePlot label={pathText(value.path)} series={series} xKind="index" height={200} />
      )}
    </section>
  );
}

const kindWords = { same: 'same', changed: 'changed', added: 'added', removed: 'removed' } as const;
const kindSigns = { same: '=', changed: '≠', added: '+', removed: '−' } as const;

const columns: readonly GridColumn<ComparedValue>[] = [
  {
    name: 'State',
    width: '92px',
    cell: ({ kind }) => (
      <span className={classes.kind} data-kind={kind}>
        <span aria-hidden="true">{kindSigns[kind]}</span> {kindWords[kind]}
      </span>
    ),
  },
  {
    name: 'Value',
    width: 'minmax(120px, 1.2fr)',
    cell: ({ path }) => <span className={classes.mono}>{pathText(path)}</span>,
    title: ({ path }) => pathText(path),
  },
  {
    name: 'First',
    width: 'minmax(90px, 1fr)',
    cell: ({ before }) => <span className={classes.mono}>{valueText(before)}</span>,
    title: ({ before }) => valueText(before),
  },
  {
    name: 'Second',
    width: 'minmax(90px, 1fr)',
    cell: ({ after }) => <span className={classes.mono}>{valueText(after)}</span>,
    title: ({ after }) => valueText(after),
  },
  {
    name: 'Difference',
    width: 'minmax(110px, 1fr)',
    cell: (value) => <span className={classes.mono}>{differenceText(value)}</span>,
    title: differenceText,
  },
];

function keyOf({ path }: ComparedValue): string {
  return JSON.stringify(path);
}

function contains(value: ComparedValue, wanted: string): boolean {
  if (wanted === '') return true;
  return [pathText(value.path), valueText(value.before), valueText(value.after)].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

/** Percent as typed, as a part of one; null where it is none. */
function readTolerance(text: string): number | null {
  const percent = text.trim() === '' ? 0 : Number(text.trim().replace(',', '.'));
  return Number.isFinite(percent) && percent >= 0 ? percent / 100 : null;
}
