import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { setPinned, useHistoryStore } from '../../../../renderer/history/history-store';
import { NoteEditor } from '../../../../renderer/history/NoteEditor';
import { useNoteStore } from '../../../../renderer/history/note-store';
import { useNoticeStore } from '../../../../renderer/stores/notice-store';
import { controlsLockedMessage } from '../../../../shared/domain/controls-lock';
import type { RunMark } from '../../../../shared/domain/history';
import type { PanelState } from '../../../../shared/ipc/state';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleState, sampleStatus, start } from '../support/samples';
import { renderView, showState } from '../support/screen';

beforeEach(() => {
  useHistoryStore.setState({ marks: {} });
  useNoteStore.setState({ unkept: {} });
  useNoticeStore.setState({ notices: [] });
});

describe('a note', () => {
  const mark: RunMark = { run: sampleRun().id, note: '', pinned: true };

  it('is kept when the field is left, and when the editor goes', async () => {
    const user = userEvent.setup();
    const bridge = new PanelBridgeDouble({ 'history.setNote': () => success({}) });
    const view = renderView(<NoteEditor mark={mark} />, sampleState(sampleStatus(null)));
    await user.type(screen.getByRole('textbox', { name: 'Note' }), 'a');
    await user.tab();
    await waitFor(() => expect(bridge.asked('history.setNote')).toEqual([{ run: mark.run, note: 'a' }]));
    expect(await screen.findByText('Saved')).toBeInTheDocument();
    await user.type(screen.getByRole('textbox', { name: 'Note' }), 'b');
    act(() => view.unmount());
    expect(bridge.asked('history.setNote').at(-1)).toEqual({ run: mark.run, note: 'ab' });
    await waitFor(() => expect(useHistoryStore.getState().marks[mark.run]).toEqual({ ...mark, note: 'ab' }));
  });

  it('and a pin are kept apart, whichever comes first', async () => {
    const user = userEvent.setup();
    const bridge = new PanelBridgeDouble({
      'history.setNote': () => success({}),
      'history.setPinned': () => success({}),
    });
    const read: RunMark = { run: mark.run, note: '', pinned: false };
    const kept = (): RunMark | undefined => useHistoryStore.getState().marks[mark.run];
    renderView(<NoteEditor mark={read} />, sampleState(sampleStatus(null)));
    await user.type(screen.getByRole('textbox', { name: 'Note' }), 'a');
    await user.tab();
    // As a click right after typing does: the view has not been told of the note yet.
    setPinned(read, true);
    await waitFor(() => expect(kept()).toEqual({ ...read, note: 'a', pinned: true }));
    await user.type(screen.getByRole('textbox', { name: 'Note' }), 'b');
    await user.tab();
    await waitFor(() => expect(kept()).toEqual({ ...read, note: 'ab', pinned: true }));
    expect(bridge.asked('history.setPinned')).toEqual([{ run: mark.run, pinned: true }]);
  });

  it('that cannot be kept says so at the field, and is not lost with it', async () => {
    const user = userEvent.setup();
    const bridge = new PanelBridgeDouble({
      'history.setNote': () => failure('store-disk-full', 'The disk is full.'),
    });
    const view = renderView(<NoteEditor mark={mark} />, sampleState(sampleStatus(null)));
    await user.type(screen.getByRole('textbox', { name: 'Note' }), 'precious');
    await user.tab();
    expect(await screen.findByText(/Not kept: The disk is full\./)).toBeInTheDocument();
    await user.type(screen.getByRole('textbox', { name: 'Note' }), '!');
    act(() => view.unmount());
    await waitFor(() => expect(useNoticeStore.getState().notices.at(-1)?.message).toContain('precious!'));
    expect(bridge.asked('history.setNote').map(({ note }) => note)).toEqual(['precious', 'precious!']);
  });

  describe('that main refuses', () => {
    const field = (): HTMLElement => screen.getByRole('textbox', { name: 'Note' });
    const notices = (): string[] => useNoticeStore.getState().notices.map(({ message }) => message);
    const sent = (bridge: PanelBridgeDouble): string[] =>
      bridge.asked('history.setNote').map(({ note }) => note);
    const free = sampleState(sampleStatus(null));
    const locked: PanelState = { ...free, lock: { since: start, by: 'ocs', reason: 'operator' } };
    let refusal: string | null = 'The disk is full.';
    const refusing = (): PanelBridgeDouble =>
      new PanelBridgeDouble({
        'history.setNote': () => (refusal === null ? success({}) : failure('refused', refusal)),
      });

    beforeEach(() => {
      refusal = 'The disk is full.';
    });

    it('after its editor has gone is said in a notice, and stands in the editor again', async () => {
      const user = userEvent.setup();
      const bridge = refusing();
      bridge.hold('history.setNote');
      const view = renderView(<NoteEditor mark={mark} />, free);
      await user.type(field(), 'precious');
      await user.tab();
      act(() => view.unmount());
      bridge.release('history.setNote');
      await waitFor(() =>
        expect(notices()).toEqual([
          `The note on run ${mark.run} could not be kept (The disk is full.): precious`,
        ]),
      );
      renderView(<NoteEditor mark={mark} />, free);
      expect(field()).toHaveValue('precious');
      expect(screen.getByText(/Not kept: The disk is full\./)).toBeInTheDocument();
      refusal = null;
      await user.type(field(), '!');
      await user.tab();
      expect(await screen.findByText('Saved')).toBeInTheDocument();
      expect(sent(bridge)).toEqual(['precious', 'precious!']);
      expect(notices()).toEqual([]);
    });

    it('is tried again when its editor goes, and said in a notice where that fails too', async () => {
      const user = userEvent.setup();
      const bridge = refusing();
      const view = renderView(<NoteEditor mark={mark} />, free);
      await user.type(field(), 'precious');
      await user.tab();
      expect(await screen.findByText(/Not kept/)).toBeInTheDocument();
      expect(notices()).toEqual([]);
      act(() => view.unmount());
      await waitFor(() => expect(notices()).toHaveLength(1));
      expect(sent(bridge)).toEqual(['precious', 'precious']);
    });

    it('because of the lock is kept once that is lifted, with its editor or without', async () => {
      const user = userEvent.setup();
      const bridge = refusing();
      refusal = controlsLockedMessage;
      const view = renderView(<NoteEditor mark={mark} />, locked);
      await user.type(field(), 'one');
      await user.tab();
      expect(await screen.findByText(/It is tried again once they are unlocked\.$/)).toBeInTheDocument();
      refusal = null;
      act(() => showState(free));
      expect(await screen.findByText('Saved')).toBeInTheDocument();
      expect(sent(bridge)).toEqual(['one', 'one']);

      refusal = controlsLockedMessage;
      act(() => showState(locked));
      await user.type(field(), ' two');
      act(() => view.unmount());
      await waitFor(() => expect(notices()).toHaveLength(1));
      refusal = null;
      act(() => showState(free));
      expect(notices()).toEqual([]);
      await waitFor(() => expect(useNoteStore.getState().unkept).toEqual({}));
      expect(sent(bridge)).toEqual(['one', 'one', 'one two', 'one two']);
      expect(useHistoryStore.getState().marks[mark.run]?.note).toBe('one two');
    });
  });
});
