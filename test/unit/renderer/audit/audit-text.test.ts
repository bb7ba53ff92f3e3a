import { describe, expect, it } from 'vitest';
import { noAuditFilters, readAuditFilter, restricts } from '../../../../renderer/audit/audit-filter';
import { actionText, detailText, nameText } from '../../../../renderer/audit/audit-text';

describe('what the audit says', () => {
  it('has words for what it knows, and shows the rest as it was kept', () => {
    expect(actionText('run.abort')).toBe('Aborted a run');
    expect(actionText('squid.fry')).toBe('squid.fry');
    expect(actionText('toString')).toBe('toString');
  });

  it('tells the script and the outcome of a start first', () => {
    expect(detailText({ action: 'run.start', detail: { script: '/s/take_iv.py', outcome: 'started' } })).toBe(
      'take_iv.py: started',
    );
    expect(detailText({ action: 'run.start', detail: {} })).toBe('');
    const group = {
      group: 'group-1',
      script: '/s/take_iv.py',
      slots: 'crate1slot2 crate1slot3',
      outcome: 'queued',
    };
    expect(detailText({ action: 'group.start', detail: group })).toBe('take_iv.py on 2 slots: queued');
    expect(detailText({ action: 'config.add-alias', detail: { publisherId: 'uxm' } })).toBe(
      'publisher id: uxm',
    );
  });

  it('writes names as words', () => expect(nameText('publisherId')).toBe('publisher id'));
});

describe('the filters of the audit', () => {
  it('count the last day in, and leave what is no day out', () => {
    const filter = readAuditFilter({ ...noAuditFilters, fromDay: '2026-11-23', toDay: '2026-11-23' });
    expect((filter.to ?? 0) - (filter.from ?? 0)).toBe(24 * 3600 * 1000);
    expect(restricts({ ...noAuditFilters, fromDay: 'yesterday', text: '  ' })).toBe(false);
    expect(restricts({ ...noAuditFilters, actor: 'ocs' })).toBe(true);
  });
});
