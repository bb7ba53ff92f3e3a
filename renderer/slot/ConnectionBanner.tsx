import type { ReactElement } from 'react';
import { describeTransport } from '../../shared/config/crates';
import { isActive, type LostConnection, type Run } from '../../shared/domain/run';
import { Banner } from '../components/Banner';
import { useNowText } from '../components/clock';
import { usePanel } from '../stores/panel-store';
import { lostForText, nextTryText } from './connection-text';
import { GiveUp } from './GiveUp';

/** Says that the way to a run is cut, what becomes of the run or of the rest of its output, and when the panel tries again. */
export function ConnectionBanner({ run }: { readonly run: Run }): ReactElement | null {
  const lost = run.connection;
  const place = usePanel((state) => {
    const slot = state.crates.flatMap((crate) => crate.slots).find((each) => each.id === run.slot);
    // A run keeps the place where it was started; one of this machine says that the slot was configured anew since.
    return slot === undefined || slot.transport.kind === 'local' ? null : describeTransport(slot.transport);
  });
  if (lost === null) return null;
  // The times change by themselves and are no news to be read out.
  return (
    <Banner tone="warning" live="alert" actions={isActive(run) ? <GiveUp run={run} lost={lost} /> : null}>
      Connection{place === null ? '' : ` to ${place}`} lost{' '}
      <span aria-live="off">
        <LostFor lost={lost} /> ago
      </span>
      {isActive(run)
        ? '; the run goes on there.'
        : '; what was not fetched of the output of this run is fetched later.'}{' '}
      {lost.message}{' '}
      <span aria-live="off">
        <NextTry lost={lost} />
      </span>
    </Banner>
  );
}

function LostFor({ lost }: { readonly lost: LostConnection }): string {
  return useNowText((now) => lostForText(lost, now));
}

function NextTry({ lost }: { readonly lost: LostConnection }): string {
  return useNowText((now) => nextTryText(lost, now), true);
}
