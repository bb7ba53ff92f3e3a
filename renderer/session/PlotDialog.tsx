import { Button, Modal, NativeSelect } from '@mantine/core';
import { useMemo, useState, type ReactElement } from 'react';
import type { Session } from '../../shared/domain/session';
import { copyText } from '../components/clipboard';
import { EmptyState } from '../components/EmptyState';
import { countOf, formatCount } from '../components/time-text';
import { useGiveFocusBack } from '../components/use-give-focus-back';
import { VirtualGrid, type GridColumn } from '../components/VirtualGrid';
import { LinePlot } from '../plots/LinePlot';
import { reportUnexpected } from '../stores/notice-store';
import { numberText } from './json-preview';
import type { JsonPath } from './json-tree';
import { numberLines, type NumberLine } from './plot-lines';
import { pythonPath } from './python-path';
import classes from './PlotDialog.module.css';
import { valueAt } from './tree-unfold';

/** How many lines one plot holds, so that they can be told apart. */
const linesAtOnce = 8;

interface PlotDialogProps {
  readonly data: Session['data'];
  readonly path: JsonPath;
  readonly onClose: () => void;
}

/** Numbers of the session's data as lines, and as a table. They stay current while the script publishes. */
export function PlotDialog({ data, path, onClose }: PlotDialogProps): ReactElement {
  useGiveFocusBack();
  const value = valueAt(data, path);
  const lines = useMemo(() => numberLines(value), [value]);
  const name = pythonPath(path);
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Plot of ${name}`}
      size="min(1100px, 92vw)"
      closeButtonProps={{ 'aria-label': 'Close the plot' }}
    >
      {lines.length === 0 ? (
        <EmptyState compact title="No numbers any more">
          What is published as {name} now is no list of numbers.
        </EmptyState>
      ) : (
        <PlottedLines name={name} lines={lines} />
      )}
    </Modal>
  );
}

interface PlottedLinesProps {
  readonly name: string;
  readonly lines: readonly NumberLine[];
}

function PlottedLines({ name, lines }: PlottedLinesProps): ReactElement {
  const [first, setFirst] = useState(0);
  const [xName, setXName] = useState('');
  const x = lines.find((line) => line.name === xName) ?? null;
  const drawn = useMemo(() => {
    const others = lines.filter((line) => line !== x);
    return others.slice(first, first + linesAtOnce);
  }, [lines, x, first]);
  const series = useMemo(
    () => drawn.map((line) => ({ name: line.name, x: x?.values ?? null, y: line.values })),
    [drawn, x],
  );
  const shown = useMemo(() => (x === null ? drawn : [x, ...drawn]), [x, drawn]);
  const count = lines.length - (x === null ? 0 : 1);
  return (
    <div className={classes.content}>
      {lines.length === 1 ? null : (
        <div className={classes.choices}>
          <NativeSelect
            size="xs"
            aria-label="Horizontal axis"
            value={xName}
            onChange={(event) => setXName(event.currentTarget.value)}
            data={[
              { value: '', label: 'over position' },
              ...lines.slice(0, 100).map((line) => ({ value: line.name, label: `over ${line.name}` })),
            ]}
          />
          {count <= linesAtOnce ? null : (
            <>
              <span>
                Lines {formatCount(first + 1)} to {formatCount(Math.min(count, first + linesAtOnce))} of{' '}
                {formatCount(count)}
              </span>
              <Button
                size="compact-xs"
                disabled={first === 0}
                onClick={() => setFirst(Math.max(0, first - linesAtOnce))}
              >
                Previous lines
              </Button>
              <Button
                size="compact-xs"
                disabled={first + linesAtOnce >= count}
                onClick={() => setFirst(first + linesAtOnce)}
              >
                Next lines
              </Button>
            </>
          )}
        </div>
      )}
      <LinePlot label={name} series={series} xKind="index" height={280} />
      <ValueTable name={name} lines={shown} />
    </div>
  );
}

function ValueTable({ name, lines }: PlottedLinesProps): ReactElement {
  const [selected, setSelected] = useState<number | null>(null);
  const length = lines.reduce((most, line) => Math.max(most, line.values.length), 0);
  const positions = useMemo(() => Array.from({ length }, (_, index) => index), [length]);
  const columns = useMemo<readonly GridColumn<number>[]>(
    () => [
      { name: 'Position', width: '90px', align: 'right', cell: (position) => position },
      ...lines.map((line): GridColumn<number> => ({
        name: line.name,
        width: 'minmax(90px, 1fr)',
        align: 'right',
        cell: (position) => valueText(line, position),
      })),
    ],
    [lines],
  );
  const copy = (): void => {
    const head = ['position', ...lines.map((line) => line.name)].join('\t');
    const rows = positions.map((position) =>
      [position, ...lines.map((line) => valueText(line, position))].join('\t'),
    );
    copyText(`The table of ${name}`, [head, ...rows].join('\n')).catch(reportUnexpected('Copying'));
  };
  return (
    <>
      <div className={classes.choices}>
        <span className={classes.space}>{countOf(length, 'position')}</span>
        <Button size="compact-xs" onClick={copy}>
          Copy table
        </Button>
      </div>
      <div className={classes.table}>
        <VirtualGrid
          label="Values of the plot"
          columns={columns}
          rows={positions}
          keyOf={(position) => position}
          rowHeight={22}
          selected={selected}
          onSelect={setSelected}
          onNearEnd={doNothing}
          footer=""
        />
      </div>
    </>
  );
}

/** All rows are there from the beginning. */
function doNothing(): void {}

function valueText({ values }: NumberLine, position: number): string {
  const value = values[position];
  return value === undefined ? '' : numberText(value);
}
