import { MantineProvider, Modal } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { panelTheme } from '../../../../renderer/theme/theme';

it('a click beside a dialog does not close it, Escape does', async () => {
  const user = userEvent.setup();
  const onClose = vi.fn<() => void>();
  render(
    <MantineProvider env="test" theme={panelTheme}>
      <Modal opened onClose={onClose} title="Typed into">
        <input aria-label="Text" />
      </Modal>
    </MantineProvider>,
  );
  await user.type(screen.getByRole('textbox', { name: 'Text' }), 'precious');
  fireEvent.click(document.querySelector('.mantine-Modal-overlay')!);
  fireEvent.click(document.querySelector('.mantine-Modal-inner')!);
  expect(onClose).not.toHaveBeenCalled();
  await user.keyboard('{Escape}');
  expect(onClose).toHaveBeenCalledTimes(1);
});
