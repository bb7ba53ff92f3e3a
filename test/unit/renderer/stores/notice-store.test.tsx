import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Notices } from '../../../../renderer/shell/Notices';
import { addNotice, useNoticeStore } from '../../../../renderer/stores/notice-store';
import { sampleState, sampleStatus, start } from '../support/samples';
import { renderView } from '../support/screen';

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  useNoticeStore.setState({ notices: [] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('a failure that comes again is announced again, last and with its time, and stands once', () => {
  renderView(<Notices />, sampleState(sampleStatus(null)));
  act(() => addNotice('error', 'Not saved.'));
  act(() => addNotice('error', 'Another.'));
  const [first] = screen.getAllByRole('alert');
  vi.setSystemTime(start + 60_000);
  act(() => addNotice('error', 'Not saved.'));
  const alerts = screen.getAllByRole('alert');
  expect(alerts.map((alert) => alert.textContent)).toEqual(['Another.02:00:00', 'Not saved.02:01:00']);
  // A new element: only that is announced.
  expect(first).not.toBeInTheDocument();
});
