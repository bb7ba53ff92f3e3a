import { z } from 'zod';
import type { TransportConfig } from '../../shared/config/crates';

/*
 * Where a slot's scripts run, as the settings form holds it. What was typed for one kind of place stays in the draft
 * while another is chosen, so that choosing back loses nothing; only the keys that the chosen kind knows are written.
 */

export type PlaceKind = TransportConfig['kind'];

export const placeKindSchema = z.enum(['local', 'docker', 'compose', 'ssh']) satisfies z.ZodType<PlaceKind>;

/** The keys of `transport` that hold a text which only some kinds know. */
export const placeTexts = [
  'container',
  'service',
  'file',
  'project',
  'program',
  'user',
  'host',
  'runs',
] as const;
export type PlaceText = (typeof placeTexts)[number];

/** The keys that each kind knows beside those of all; in the order in which they are written. */
export const placeTextsOf: Record<PlaceKind, readonly PlaceText[]> = {
  local: [],
  docker: ['container', 'program', 'user', 'runs'],
  compose: ['service', 'file', 'project', 'program', 'user', 'runs'],
  ssh: ['host', 'runs'],
};

/** How messages reach the panel: as the kind of place does it, straight to the listener, or by the supervisor. */
export const messagesSchema = z.enum(['default', 'direct', 'recorded']);
export type MessagesChoice = z.infer<typeof messagesSchema>;

/** Where scripts run and how their messages come, every value as typed text. */
export interface PlaceDraft extends Readonly<Record<PlaceText, string>> {
  readonly kind: PlaceKind;
  readonly messages: MessagesChoice;
  /** The site's monitor that recorded messages are handed on to; empty where there is none. */
  readonly forwardHost: string;
  readonly forwardPort: string;
}

/** No text typed for any kind. */
export const emptyPlaceTexts: Readonly<Record<PlaceText, string>> = {
  container: '',
  service: '',
  file: '',
  project: '',
  program: '',
  user: '',
  host: '',
  runs: '',
};

/** The kind that the file names; this machine where it names none. */
export function kindOf(written: unknown): PlaceKind {
  const kind = placeKindSchema.safeParse(written);
  return kind.success ? kind.data : 'local';
}

/** What the file's `relay` chooses. */
export function messagesOf(relay: unknown): MessagesChoice {
  if (relay === undefined || relay === null) return 'default';
  return relay === false ? 'direct' : 'recorded';
}

/** Whether the supervisor records the slot's messages where the script runs. */
export function recordsMessages({ kind, messages }: Pick<PlaceDraft, 'kind' | 'messages'>): boolean {
  return messages === 'recorded' || (messages === 'default' && kind !== 'local');
}
