import { ActionIcon, Menu, SegmentedControl, Switch } from '@mantine/core';
import { EllipsisVertical } from 'lucide-react';
import { useEffect, useMemo, useState, type ReactElement } from 'react';
import { z } from 'zod';
import type { SlotConfig } from '../../shared/config/crates';
import type { Pin } from '../../shared/domain/pin';
import { watchedPathText } from '../../shared/domain/watched-value';
import { editAlarm } from '../alarms/alarm-editor-store';
import { newAlarmForm } from '../alarms/alarm-form';
import { Banner } from '../components/Banner';
import { EmptyState } from '../components/EmptyState';
import { Space, ToolBar } from '../components/ListPane';
import { LinePlot } from '../plots/LinePlot';
import { reportUnexpected } from '../stores/notice-store';
import { chartSpans, chartsOf, lineOf, pinCaption, pinName, type Chart } from './chart-data';
import classes from './MetadataView.module.css';
import { groupPin, refreshPins, unpinValue, usePinStore } from './pin-store';
import { readEvery, usePinnedSeries } from './use-pinned-series';

const spanSchema = z.enum(['minute', 'tenMinutes', 'hour']);
const spanChoices = [
  { value: 'minute', label: '1 min' },
  { value: 'tenMinutes', label: '10 min' },
  { value: 'hour', label: '1 h' },
];
const chartHeight = 170;

/** Charts of pinned values: registers, and places in session data. */
export function PinnedCharts({ slot }: { readonly slot: SlotConfig }): ReactElement {
  const { pins, isRead, fault } = usePinStore();
  const [span, setSpan] = useState<z.infer<typeof spanSchema>>('tenMinutes');
  const [allSlots, setAllSlots] = useState(false);
  const shown = useMemo(
    () =>
      chartsOf(pins).filter((chart) => allSlots || chart.pins.some((pin) => pin.watched.slot === slot.id)),
    [pins, allSlots, slot.id],
  );
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) refreshPins().catch(reportUnexpected('Reading the pinned values'));
    }, readEvery);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <ToolBar>
        <SegmentedControl
          aria-label="Span of the charts"
          data={spanChoices}
          value={span}
          onChange={(value) => setSpan(spanSchema.parse(value))}
        />
        <Space />
        <Switch
          label="All slots"
          checked={allSlots}
          onChange={(event) => setAllSlots(event.currentTarget.checked)}
        />
      </ToolBar>
      {fault === null ? null : (
        <Banner tone="error" live="alert">
          The pinned values could not be read, so what is shown may be old. {fault}
        </Banner>
      )}
      <div className={classes.charts}>
        {shown.length === 0 && isRead ? (
          <EmptyState title="Nothing is pinned">
            Pin a register with the button at its row’s end, or a number in the session data. Its last hour is
            kept from then on, also while this window is closed.
          </EmptyState>
        ) : null}
        {shown.map((chart) => (
          <PinnedChart key={chart.id} chart={chart} charts={shown} span={chartSpans[span]} />
        ))}
      </div>
    </>
  );
}

interface PinnedChartProps {
  readonly chart: Chart;
  readonly charts: readonly Chart[];
  readonly span: number;
}

function PinnedChart({ chart, charts, span }: PinnedChartProps): ReactElement {
  const { pins } = chart;
  const names = pins.map((pin) => pinName(pin, pins)).join('\n');
  const ids = pins.map((pin) => pin.id).join(' ');
  const read = usePinnedSeries(ids, span);
  // Made anew with each reading only, so that the plot is not drawn for nothing.
  const series = useMemo(() => {
    if (read === null) return [];
    const { now } = read;
    const each = names.split('\n');
    return ids
      .split(' ')
      .map((id, index) => lineOf(each[index] ?? '', read.series.get(Number(id)), now, span));
  }, [names, ids, read, span]);
  const now = read?.now ?? 0;
  const captions = pins.map((pin) =>
    pinCaption(pins.length === 1 ? '' : pinName(pin, pins), pin, read?.series.get(pin.id), now),
  );
  const title = pins.map((pin) => watchedPathText(pin.watched)).join(', ');
  return (
    <section className={classes.chart} aria-label={`Chart of ${title}`}>
      {pins.map((pin) => (
        <div key={pin.id} className={classes.chartHead}>
          <h2>
            {pinName(
              pin,
              charts.flatMap((each) => each.pins),
            )}
          </h2>
          <span className={classes.quiet}>
            {pin.watched.source === 'session' ? 'session data' : 'register'}
          </span>
          <Space />
          <PinMenu pin={pin} chart={chart} charts={charts} />
        </div>
      ))}
      {read === null || read.fault === null ? null : (
        <Banner tone="error" live="alert">
          This chart may be old. {read.fault}
        </Banner>
      )}
      {read === null ? null : (
        <LinePlot label={title} series={series} xKind="time" height={chartHeight} captions={captions} />
      )}
    </section>
  );
}

interface PinMenuProps {
  readonly pin: Pin;
  readonly chart: Chart;
  readonly charts: readonly Chart[];
}

function PinMenu({ pin, chart, charts }: PinMenuProps): ReactElement {
  const path = watchedPathText(pin.watched);
  const others = charts.filter((each) => each.id !== chart.id);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={22} aria-label={`Actions for ${path}`}>
          <EllipsisVertical size={14} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => editAlarm(null, newAlarmForm(pin.watched.slot, pin.watched))}>
          Add alarm…
        </Menu.Item>
        {chart.pins.length > 1 ? (
          <Menu.Item onClick={() => groupPin(pin, pin.id)}>Draw in a chart of its own</Menu.Item>
        ) : null}
        {others.map((other) => (
          <Menu.Item key={other.id} onClick={() => groupPin(pin, other.id)}>
            Draw with {other.pins.map((each) => pinName(each, [...other.pins, pin])).join(', ')}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => unpinValue(pin)}>Unpin</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
