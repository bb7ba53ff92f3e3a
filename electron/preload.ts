import { contextBridge, ipcRenderer } from 'electron';
import { channels } from '../shared/ipc/channels';
import type { PanelBridge } from '../shared/ipc/contract';

// Two functions are all that the page gets: one to ask, one to hear. Main checks every word of what is asked.
const bridge: PanelBridge = {
  call: (name, request) => ipcRenderer.invoke(channels.call, name, request),
  onBatch: (listener) => {
    const hear = (_event: unknown, batch: unknown): void => listener(batch);
    ipcRenderer.on(channels.batch, hear);
    return () => {
      ipcRenderer.removeListener(channels.batch, hear);
    };
  },
};

contextBridge.exposeInMainWorld('panel', bridge);
