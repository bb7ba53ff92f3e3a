/** The names of the two channels: calls go up, batches come down. Apart, so that the preload script stays small. */
export const channels = { call: 'panel:call', batch: 'panel:batch' } as const;
