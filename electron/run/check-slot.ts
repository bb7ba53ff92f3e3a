import { randomUUID } from 'node:crypto';
import type { SlotConfig } from '../../shared/config/crates';
import type { CheckStep } from '../../shared/ipc/calls/scripts-calls';
import type { PublisherService } from '../publisher/publisher-service';
import type { TransportPool } from './transport-pool';

/** How long a message published by the check may take to arrive once it was sent, milliseconds. */
const arrivalPatience = 3000;

/** Tries everything that a run on this slot needs: the way there, Python, its folder, the scripts, publishing. */
export async function checkSlot(
  slot: SlotConfig,
  transports: Pick<TransportPool, 'of'>,
  publisher: Pick<PublisherService, 'status' | 'checks'>,
): Promise<CheckStep[]> {
  const token = randomUUID();
  // Expected before it can be sent, and waited for once it was: ssh may need longer to connect.
  const expected = publisher.checks.expect(token);
  try {
    const host = slot.udpHost;
    const { port } = publisher.status();
    const steps = await transports
      .of(slot.transport)
      .check({ scripts: slot.scripts, udp: { host, port, id: slot.id }, token });
    const sent = steps.find((step) => step.name === 'publish');
    if (sent === undefined) return steps;
    const hasArrived = sent.ok && slot.relay === null && (await expected.arrives(arrivalPatience));
    return [...steps.filter((step) => step !== sent), publishStep(slot, sent, hasArrived)];
  } finally {
    expected.forget();
  }
}

/** With a relay, messages need no way to the listener: that they do not arrive is then no fault. */
function publishStep(slot: SlotConfig, sent: CheckStep, hasArrived: boolean): CheckStep {
  if (slot.relay !== null) {
    return { name: 'publish', ok: true, detail: 'The supervisor records messages where the script runs.' };
  }
  if (!sent.ok) return sent;
  const detail = hasArrived
    ? 'A message published there arrived here.'
    : `${sent.detail}, but no message arrived here: look at udp-host and at firewalls, or let the slot relay.`;
  return { name: 'publish', ok: hasArrived, detail };
}
