import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createRef, useSyncExternalStore, type ReactElement } from 'react';
import { expect, it } from 'vitest';
import { FindBox } from '../../../../renderer/log/FindBox';
import { LogFinder } from '../../../../renderer/log/log-finder';
import type { LogFindStatus } from '../../../../shared/domain/log-find';
import { success } from '../../../../shared/result';
import { sampleState, sampleStatus } from '../support/samples';
import { renderView } from '../support/screen';

const searching: LogFindStatus = {
  id: 1,
  rows: null,
  progress: 0.4,
  complete: false,
  matchingLines: 3,
  matches: 3,
  fault: null,
  note: null,
};

it('the matches are read out at the end of a search and at each step, not while their number grows', async () => {
  const user = userEvent.setup();
  let status = searching;
  let ordinal = 0;
  const finder = new LogFinder({
    find: async () => success(status),
    step: async () => {
      ordinal += 1;
      return success({ line: ordinal, row: ordinal, inLine: 0, ordinal, wrapped: false });
    },
    marks: async () => success([]),
  });
  const input = createRef<HTMLInputElement>();
  function Box(): ReactElement {
    useSyncExternalStore(finder.subscribe, finder.revision);
    return <FindBox finder={finder} input={input} from={() => 0} onClose={() => undefined} />;
  }
  renderView(<Box />, sampleState(sampleStatus(null)));
  const matches = screen.getByRole('status', { name: 'Matches' });
  const says = (text: string): Promise<unknown> => waitFor(() => expect(matches).toHaveTextContent(text));

  await user.type(screen.getByRole('searchbox'), 'a');
  await says('1 of 3, searching … 40 %');
  expect(matches).toHaveAttribute('aria-live', 'off');
  status = { ...searching, progress: 1, complete: true, matches: 9 };
  await says('1 of 9');
  expect(matches).toHaveAttribute('aria-live', 'polite');

  // The log grows, and its end is searched.
  status = { ...searching, progress: 0.9, matches: 11 };
  finder.announce(200);
  await says('1 of 11, searching … 90 %');
  expect(matches).toHaveAttribute('aria-live', 'off');
  status = { ...searching, progress: 1, complete: true, matches: 12 };
  await says('1 of 12');
  expect(matches).toHaveAttribute('aria-live', 'off');

  await user.keyboard('{Enter}');
  await says('2 of 12');
  expect(matches).toHaveAttribute('aria-live', 'polite');
});
