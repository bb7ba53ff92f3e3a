import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { channels } from '../../shared/ipc/channels';
import type { Reply } from '../../shared/ipc/contract';
import type { Batch } from '../../shared/ipc/state';
import { isTrustedSender } from '../security/policy';
import { answerCall, type CallHandlers, type CallRefusal } from './answer';

/** What the gate needs beside the handlers. */
export interface GateOptions {
  readonly developmentOrigin: string | null;
  /** Calls that are known and fit, and still are not to be answered: those that change things while locked. */
  readonly refusal: CallRefusal;
  readonly onRefused: (what: string) => void;
  /** An error that no handler expected. */
  readonly onUnexpected: (call: string, error: unknown) => void;
}

/** The one way from the renderer into main. Returns how to close it. */
export function openGate(handlers: CallHandlers, options: GateOptions): () => void {
  ipcMain.handle(
    channels.call,
    async (event: IpcMainInvokeEvent, name: unknown, request: unknown): Promise<Reply> => {
      const frame = event.senderFrame;
      const sender = frame === null ? null : { url: frame.url, isMainFrame: frame.parent === null };
      if (!isTrustedSender(sender, options.developmentOrigin)) {
        options.onRefused(`a call from ${sender?.url ?? 'a frame that is gone'}`);
        return {
          ok: false,
          error: { code: 'sender-refused', message: 'This page may not control the panel.' },
        };
      }
      return answerCall(handlers, name, request, options.onUnexpected, options.refusal);
    },
  );
  return () => ipcMain.removeHandler(channels.call);
}

/** Sends a batch to the window's page, where there still is one. */
export function sendBatch(window: BrowserWindow | null, batch: Batch): void {
  if (window === null || window.isDestroyed() || window.webContents.isCrashed()) return;
  window.webContents.send(channels.batch, batch);
}
