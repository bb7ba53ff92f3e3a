import type { ReactElement } from 'react';
import { describeTransport } from '../../shared/config/crates';
import type { LostConnection, Run } from '../../shared/domain/run';
import { Banner } from '../components/Banner';
import { useNowText } from '../components/clock';
import { usePanel } from '../stores/panel-store';
import { lostConnection, lostForText, nextTryText } from './connection-text';
import { GiveUp } from './GiveUp';

/** Says that the way to a run is cut, that the run itself goes on, and when the panel tries again. */
export function ConnectionBanner({ run }: { readonly run: Run }): ReactElement | null {
  const lost = lostConnection(run);
  const place = usePanel((state) => {
    const slot = state.crates.flatMap((crate) => crate.slots).find((each) => each.id === run.slot);
    // A run keeps the place where it was started; one of this machine says that the slot was configured anew since.
    return slot === undefined || slot.transport.kind === 'local' ? null : describeTransport(slot.transport);
  });
  if (lost === null) return null;
  // The times change by themselves and are no news to be read out.
  return (
    <Banner tone="warning" live="alert" actions={<GiveUp run={run} lost={lost} />}>
      Connection{place === null ? '' : ` to ${place}`} lost{' '}
      <span aria-live="off">
        <LostFor lost={lost} /> ago
      </span>
      ; the run goes on there. {lost.message}{' '}
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
