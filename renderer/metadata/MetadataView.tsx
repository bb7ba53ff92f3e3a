import { SegmentedControl } from '@mantine/core';
import { useEffect, type ReactElement } from 'react';
import { assertNever } from '../../shared/assert-never';
import type { SlotConfig } from '../../shared/config/crates';
import { countAll, noSlotAlarms } from '../../shared/domain/alarm';
import { AlarmRules } from '../alarms/AlarmRules';
import { ListPane } from '../components/ListPane';
import { reportUnexpected } from '../stores/notice-store';
import { usePanel } from '../stores/panel-store';
import classes from './MetadataView.module.css';
import {
  metadataPartSchema,
  showMetadataPart,
  useMetadataView,
  type MetadataPart,
} from './metadata-view-store';
import { refreshPins, usePinStore } from './pin-store';
import { PinnedCharts } from './PinnedCharts';
import { RegistersView } from './RegistersView';

/** What a slot's server says of itself: its registers, charts of pinned values, and alarms on values. */
export function MetadataView({ slot }: { readonly slot: SlotConfig }): ReactElement {
  const part = useMetadataView((view) => view.part);
  const pinned = usePinStore((store) => store.pins.filter((pin) => pin.watched.slot === slot.id).length);
  const alarms = usePanel((state) => countAll((state.alarms.slots[slot.id] ?? noSlotAlarms).all));
  useEffect(() => {
    refreshPins().catch(reportUnexpected('Reading the pinned values'));
  }, []);
  const parts = [
    { value: 'registers', label: 'Registers' },
    { value: 'charts', label: withCount('Charts', pinned) },
    { value: 'alarms', label: withCount('Alarms', alarms) },
  ];
  return (
    <ListPane>
      <div className={classes.parts}>
        <SegmentedControl
          aria-label="Part of the metadata"
          data={parts}
          value={part}
          onChange={(value) => showMetadataPart(metadataPartSchema.parse(value))}
        />
      </div>
      <Part part={part} slot={slot} />
    </ListPane>
  );
}

function Part({ part, slot }: { readonly part: MetadataPart; readonly slot: SlotConfig }): ReactElement {
  switch (part) {
    case 'registers':
      return <RegistersView slot={slot} />;
    case 'charts':
      return <PinnedCharts slot={slot} />;
    case 'alarms':
      return <AlarmRules slot={slot} />;
    default:
      return assertNever(part);
  }
}

function withCount(name: string, count: number): string {
  return count === 0 ? name : `${name} (${count})`;
}
