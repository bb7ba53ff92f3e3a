import type { ReactElement } from 'react';
import type { CrateConfig } from '../../shared/config/crates';
import { isActive } from '../../shared/domain/run';
import { usePanel } from '../stores/panel-store';
import { useSelectedSlot, useViewStore } from '../stores/view-store';
import classes from './Rail.module.css';
import { PagesNav } from './PagesNav';
import { RailSlot } from './RailSlot';
import { RailUnmatched } from './RailUnmatched';

/** The crates with their slots, and the publishers that belong to none. */
export function Rail(): ReactElement {
  const crates = usePanel((state) => state.crates);
  const selected = useSelectedSlot();
  const page = useViewStore((view) => view.page);
  return (
    <div className={classes.rail}>
      <PagesNav />
      <nav aria-label="Crates" className={classes.crates}>
        {crates.length === 0 ? <p className={classes.none}>No crates</p> : null}
        {crates.map((crate) => (
          <section key={crate.name} className={classes.crate}>
            <CrateHeader crate={crate} />
            <ul className={classes.slots}>
              {crate.slots.map((slot) => (
                <li key={slot.id}>
                  <RailSlot
                    slot={slot.id}
                    current={page === 'slot' && selected?.id === slot.id}
                    reachable={selected?.id === slot.id}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <RailUnmatched />
    </div>
  );
}

function CrateHeader({ crate }: { readonly crate: CrateConfig }): ReactElement {
  const running = usePanel(
    (state) =>
      crate.slots.filter((slot) => {
        const run = state.slots[slot.id]?.run ?? null;
        return run !== null && isActive(run);
      }).length,
  );
  return (
    <div className={classes.heading}>
      <h2 title={crate.name}>{crate.name}</h2>
      <span>
        {running} of {crate.slots.length} running
      </span>
    </div>
  );
}
