import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { noAuditFilters } from '../../../../renderer/audit/audit-filter';
import { useAuditStore } from '../../../../renderer/audit/audit-store';
import { AuditPage } from '../../../../renderer/audit/AuditPage';
import { PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleState, sampleStatus, slotId, start } from '../support/samples';
import { layOutElements, renderView } from '../support/screen';

beforeEach(() => {
  useAuditStore.setState({ draft: noAuditFilters, selected: null });
  layOutElements(1000, 480);
});
afterEach(() => vi.restoreAllMocks());

it('the Audit page keeps its filters and its selection while another page is shown', async () => {
  const user = userEvent.setup();
  const bridge = new PanelBridgeDouble({
    'audit.list': () =>
      success({
        entries: [
          { position: 7, at: start, actor: 'ocs', action: 'run.start', slot: slotId, run: null, detail: {} },
        ],
        total: 1,
      }),
    'audit.choices': () => success({ actions: ['run.start'], slots: [slotId], actors: ['ocs'] }),
  });
  const open = (): void => void renderView(<AuditPage />, sampleState(sampleStatus(null)));
  const text = (): HTMLElement => screen.getByRole('textbox', { name: /^Details|^Text/ });
  open();
  await user.type(text(), 'iv');
  await waitFor(() => expect(bridge.asked('audit.list').at(-1)?.filter.text).toBe('iv'));
  await user.click(
    await within(screen.getByRole('grid', { name: 'Audit' })).findByRole('row', { name: /ocs/ }),
  );
  expect(screen.getByRole('region', { name: 'Entry' })).toBeInTheDocument();
  cleanup();
  open();
  expect(text()).toHaveValue('iv');
  expect(await screen.findByRole('region', { name: 'Entry' })).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Clear all' }));
  expect(text()).toHaveValue('');
});
