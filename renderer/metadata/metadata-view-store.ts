import { z } from 'zod';
import { create } from 'zustand';
import type { SlotId } from '../../shared/domain/ids';
import { openSlot, openTab } from '../stores/view-store';

/** The parts of the Metadata tab. */
const metadataParts = ['registers', 'charts', 'alarms'] as const;
export const metadataPartSchema = z.enum(metadataParts);
export type MetadataPart = z.infer<typeof metadataPartSchema>;

/** Which part of the Metadata tab is shown, on every slot alike. */
export const useMetadataView = create<{ readonly part: MetadataPart }>(() => ({ part: 'registers' }));

/** Chooses the part of the Metadata tab. */
export function showMetadataPart(part: MetadataPart): void {
  useMetadataView.setState({ part });
}

/** Opens a slot's Metadata tab at a part of it. */
export function openMetadata(slot: SlotId, part: MetadataPart): void {
  showMetadataPart(part);
  openTab(slot, 'metadata');
  openSlot(slot);
}
