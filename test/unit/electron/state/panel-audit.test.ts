import { expect, it } from 'vitest';
import { PanelAudit } from '../../../../electron/state/panel-audit';
import { Signal } from '../../../../electron/state/signal';
import type { AuditRecord } from '../../../../electron/store/records';
import type { PanelConfig } from '../../../../shared/config/crates';
import { keepEveryRun } from '../../../../shared/domain/history';

const config: PanelConfig = {
  listener: { host: '127.0.0.1', port: 0 },
  retention: { messages: 1, runs: keepEveryRun },
  site: null,
  updates: { feed: null },
  crates: [],
};

it('keeps the start, configurations that came later, and the end, but not the first configuration', async () => {
  const kept: AuditRecord[] = [];
  const signal = new Signal<PanelConfig>((error) => {
    throw error;
  });
  const audit = new PanelAudit({
    config: signal,
    audit: (entry) => kept.push(entry),
    actor: 'ocs',
    version: '1.2.3',
    now: () => 7,
  });
  signal.emit(config);
  audit.open();
  signal.emit(config);
  await audit.close();
  await audit.close();
  signal.emit(config);
  expect(kept.map(({ action, detail }) => [action, detail])).toEqual([
    ['panel.start', { version: '1.2.3' }],
    ['config.in-force', { crates: '0' }],
    ['panel.stop', {}],
  ]);
  expect(kept.every(({ at, actor }) => at === 7 && actor === 'ocs')).toBe(true);
});
