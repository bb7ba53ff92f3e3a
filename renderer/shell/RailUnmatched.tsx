import { Menu } from '@mantine/core';
import { Fragment, useId, type ReactElement } from 'react';
import type { SlotId } from '../../shared/domain/ids';
import type { UnmatchedPublisher } from '../../shared/domain/listener';
import { call } from '../bridge';
import { useNowText } from '../components/clock';
import { StateGlyph } from '../components/StateGlyph';
import { countOf, formatAge } from '../components/time-text';
import { addNotice, reportUnexpected } from '../stores/notice-store';
import { usePanel } from '../stores/panel-store';
import { openPage, useViewStore } from '../stores/view-store';
import railClasses from './Rail.module.css';
import classes from './RailUnmatched.module.css';

/** How many publishers the rail lists; the page behind them has all. */
const listed = 20;

/** Publishers whose id belongs to no slot, each with one click to make it a slot's alias. */
export function RailUnmatched(): ReactElement | null {
  const unmatched = usePanel((state) => state.unmatched);
  const current = useViewStore((view) => view.page === 'unmatched');
  if (unmatched.length === 0) return null;
  return (
    <section aria-label="Not matched" className={classes.unmatched}>
      <div className={railClasses.heading}>
        <h2>Not matched</h2>
        <span>{countOf(unmatched.length, 'id')}</span>
      </div>
      <ul className={railClasses.slots}>
        {unmatched.slice(0, listed).map((publisher) => (
          <Publisher key={publisher.publisherId} publisher={publisher} />
        ))}
      </ul>
      <button
        type="button"
        className={classes.all}
        aria-current={current ? 'page' : undefined}
        onClick={() => openPage('unmatched')}
      >
        {unmatched.length > listed
          ? `Show all ${unmatched.length} and their messages`
          : 'Show their messages'}
      </button>
    </section>
  );
}

function Publisher({ publisher }: { readonly publisher: UnmatchedPublisher }): ReactElement {
  const age = useNowText((now) => formatAge(now - publisher.lastAt));
  const name = useId();
  return (
    <li className={classes.publisher}>
      <StateGlyph state="unmatched" />
      <span id={name} className={classes.name} title={`${publisher.publisherId}, from ${publisher.sender}`}>
        {publisher.publisherId}
      </span>
      <span className={classes.time}>{age}</span>
      <span className={classes.count}>{countOf(publisher.messages, 'message')}</span>
      <AliasMenu publisherId={publisher.publisherId} describedBy={name} />
    </li>
  );
}

interface AliasMenuProps {
  readonly publisherId: string;
  /** The id of the element that names the publisher. */
  readonly describedBy: string;
}

function AliasMenu({ publisherId, describedBy }: AliasMenuProps): ReactElement {
  const crates = usePanel((state) => state.crates);
  const { source, path } = usePanel((state) => state.config);
  return (
    <Menu position="right-start" width={240}>
      <Menu.Target>
        <button type="button" className={classes.alias} aria-describedby={describedBy}>
          Make it an alias of…
        </button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {source === 'demo' ? (
          <Menu.Label>The demo crate has no file yet. Choosing a slot writes {path}.</Menu.Label>
        ) : null}
        {crates.map((crate) => (
          <Fragment key={crate.name}>
            <Menu.Label>{crate.name}</Menu.Label>
            {crate.slots.map((slot) => (
              <Menu.Item key={slot.id} onClick={() => makeAlias(slot.id, publisherId)}>
                {slot.id}
              </Menu.Item>
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function makeAlias(slot: SlotId, publisherId: string): void {
  const ask = async (): Promise<void> => {
    const reply = await call('config.addAlias', { slot, publisherId });
    if (reply.ok)
      addNotice(
        'info',
        `${publisherId} is now an alias of ${slot}. Its messages belong to that slot from now on.`,
      );
    else addNotice('error', reply.error.message);
  };
  ask().catch(reportUnexpected(`Making ${publisherId} an alias of ${slot}`));
}
