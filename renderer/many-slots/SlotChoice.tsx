import { Button, Checkbox } from '@mantine/core';
import type { ReactElement } from 'react';
import type { CrateConfig } from '../../shared/config/crates';
import type { SlotId } from '../../shared/domain/ids';
import { isActive } from '../../shared/domain/run';
import { usePanel } from '../stores/panel-store';
import { toggled } from './many-slots-form';
import classes from './SlotChoice.module.css';

interface SlotChoiceProps {
  readonly crates: readonly CrateConfig[];
  readonly chosen: ReadonlySet<SlotId>;
  readonly onChange: (chosen: ReadonlySet<SlotId>) => void;
}

/** Which slots: by crate, each crate with one box for all of it. */
export function SlotChoice({ crates, chosen, onChange }: SlotChoiceProps): ReactElement {
  const all = crates.flatMap((crate) => crate.slots.map((slot) => slot.id));
  return (
    <fieldset className={classes.choice}>
      <legend className={classes.legend}>
        Slots <span className={classes.count}>{chosen.size} chosen</span>
      </legend>
      <div className={classes.whole}>
        <Button size="compact-xs" onClick={() => onChange(new Set(all))}>
          All
        </Button>
        <Button size="compact-xs" onClick={() => onChange(new Set())}>
          None
        </Button>
      </div>
      <div className={classes.crates}>
        {crates.map((crate) => (
          <Crate key={crate.name} crate={crate} chosen={chosen} onChange={onChange} />
        ))}
      </div>
    </fieldset>
  );
}

function Crate({
  crate,
  chosen,
  onChange,
}: {
  readonly crate: CrateConfig;
  readonly chosen: ReadonlySet<SlotId>;
  readonly onChange: (chosen: ReadonlySet<SlotId>) => void;
}): ReactElement {
  const slots = crate.slots.map((slot) => slot.id);
  const count = slots.filter((slot) => chosen.has(slot)).length;
  return (
    <fieldset className={classes.crate} aria-label={crate.name}>
      <Checkbox
        size="xs"
        className={classes.name ?? ''}
        label={crate.name}
        checked={count === slots.length && count > 0}
        indeterminate={count > 0 && count < slots.length}
        onChange={() => onChange(toggled(chosen, slots))}
      />
      <div className={classes.slots}>
        {slots.map((slot) => (
          <SlotBox
            key={slot}
            slot={slot}
            checked={chosen.has(slot)}
            onChange={() => onChange(toggled(chosen, [slot]))}
          />
        ))}
      </div>
    </fieldset>
  );
}

function SlotBox({
  slot,
  checked,
  onChange,
}: {
  readonly slot: SlotId;
  readonly checked: boolean;
  readonly onChange: () => void;
}): ReactElement {
  const isBusy = usePanel((state) => {
    const run = state.slots[slot]?.run ?? null;
    return run !== null && isActive(run);
  });
  return (
    <Checkbox
      size="xs"
      label={slot}
      aria-label={slot}
      {...(isBusy ? { description: 'busy' } : {})}
      classNames={{ labelWrapper: classes.label ?? '', description: classes.busy ?? '' }}
      checked={checked}
      onChange={onChange}
    />
  );
}
