import { Modal } from '@mantine/core';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { StrictMode, useState, type ReactElement } from 'react';
import { describe, expect, it } from 'vitest';
import { useGiveFocusBack } from '../../../../renderer/components/use-give-focus-back';
import { sampleState, sampleStatus } from '../support/samples';
import { renderView } from '../support/screen';

function Dialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  useGiveFocusBack();
  return (
    <Modal opened onClose={onClose} title="Dialog">
      <input aria-label="Name" />
    </Modal>
  );
}

/** Two buttons, of which the first opens a dialog; `onClosed` is what else its end does. */
function Page({ onClosed }: { readonly onClosed: (page: HTMLElement) => void }): ReactElement {
  const [page, setPage] = useState<HTMLElement | null>(null);
  const [isOpen, setOpen] = useState(false);
  const close = (): void => {
    setOpen(false);
    if (page !== null) onClosed(page);
  };
  return (
    <div ref={setPage}>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      <button type="button">Other</button>
      {isOpen ? <Dialog onClose={close} /> : null}
    </div>
  );
}

/** Opens the dialog by keyboard and closes it again. */
async function openAndClose(onClosed: (page: HTMLElement) => void = () => undefined): Promise<void> {
  const user = userEvent.setup();
  renderView(
    <StrictMode>
      <Page onClosed={onClosed} />
    </StrictMode>,
    sampleState(sampleStatus(null)),
  );
  await user.tab();
  await user.keyboard('{Enter}');
  const dialog = await screen.findByRole('dialog');
  await waitFor(() => expect(dialog).toContainElement(document.activeElement as HTMLElement));
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
}

describe('a dialog that is drawn only while it is open', () => {
  it('gives the focus back to what opened it', async () => {
    await openAndClose();
    await waitFor(() => expect(screen.getByRole('button', { name: 'Open' })).toHaveFocus());
  });

  it('leaves it where something else has put it', async () => {
    await openAndClose((page) => page.querySelectorAll('button')[1]?.focus());
    expect(screen.getByRole('button', { name: 'Other' })).toHaveFocus();
  });

  it('gives it to nothing that is gone', async () => {
    await openAndClose((page) => page.querySelector('button')?.remove());
    expect(document.body).toHaveFocus();
  });
});
