import type { ConfigEdit } from '../../shared/ipc/calls/config-calls';
import type { ConfigDraft, CrateDraft, SlotDraft } from './config-draft';
import {
  crateValue,
  envValue,
  numberOf,
  pathsValue,
  relayValue,
  runsValue,
  slotValue,
  tasksValue,
  transportTexts,
  transportValue,
  trimmed,
  type Plain,
} from './draft-document';

type Path = ConfigEdit['path'];

/**
 * The edits that make the file of `before` that of `after`: only values that changed, at their place in the file, so
 * that everything else keeps its comments. Changes come first, then removals from the last position to the first, then
 * what is new at the end, so that each edit's positions hold when it is applied in order.
 */
export function configEdits(before: ConfigDraft, after: ConfigDraft): ConfigEdit[] {
  return [
    ...changed(['site'], trimmed(before.site), trimmed(after.site)),
    ...changed(['listener', 'host'], trimmed(before.host), trimmed(after.host)),
    ...changed(['listener', 'port'], numberOf(before.port), numberOf(after.port)),
    ...changed(['retention', 'messages'], numberOf(before.keptMessages), numberOf(after.keptMessages)),
    ...retentionEdits(runsValue(before), runsValue(after)),
    ...changed(['updates', 'feed'], trimmed(before.updateFeed), trimmed(after.updateFeed)),
    ...listEdits(['crates'], before.crates, after.crates, crateEdits, crateValue),
  ];
}

function retentionEdits(
  before: Record<string, Plain | undefined>,
  after: Record<string, Plain | undefined>,
): ConfigEdit[] {
  return Object.keys(after).flatMap((key) => changed(['retention', 'runs', key], before[key], after[key]));
}

interface Entry {
  readonly origin: number | null;
}

function listEdits<Item extends Entry>(
  path: Path,
  before: readonly Item[],
  after: readonly Item[],
  edit: (path: Path, before: Item, after: Item) => ConfigEdit[],
  write: (item: Item) => Plain,
): ConfigEdit[] {
  const kept = new Map(after.flatMap((item) => (item.origin === null ? [] : [[item.origin, item] as const])));
  const edits: ConfigEdit[] = [];
  const removals: ConfigEdit[] = [];
  for (const [position, item] of before.entries()) {
    const now = kept.get(item.origin ?? position);
    if (now === undefined) removals.unshift({ path: [...path, position] });
    else edits.push(...edit([...path, position], item, now));
  }
  const added = after.filter((item) => item.origin === null);
  const first = before.length - removals.length;
  const additions = added.map((item, index) => ({ path: [...path, first + index], value: write(item) }));
  return [...edits, ...removals, ...additions];
}

function crateEdits(path: Path, before: CrateDraft, after: CrateDraft): ConfigEdit[] {
  const name = changed([...path, 'name'], before.name.trim(), after.name.trim());
  const [slotBefore] = before.slots;
  const [slotAfter] = after.slots;
  if (!after.hasSlots && slotBefore !== undefined && slotAfter !== undefined) {
    return [...name, ...slotFieldEdits(path, slotBefore, slotAfter)];
  }
  return [...name, ...listEdits([...path, 'slots'], before.slots, after.slots, slotEdits, slotValue)];
}

function slotEdits(path: Path, before: SlotDraft, after: SlotDraft): ConfigEdit[] {
  return [
    ...changed([...path, 'slot'], numberOf(before.number), numberOf(after.number)),
    ...slotFieldEdits(path, before, after),
  ];
}

function slotFieldEdits(path: Path, before: SlotDraft, after: SlotDraft): ConfigEdit[] {
  return [
    ...changed([...path, 'publisher-id'], before.publisherId.trim(), after.publisherId.trim()),
    ...changed([...path, 'aliases'], listOf(before.aliases), listOf(after.aliases)),
    ...changed([...path, 'udp-host'], trimmed(before.udpHost), trimmed(after.udpHost)),
    ...transportEdits([...path, 'transport'], before, after),
    ...relayEdits([...path, 'relay'], relayValue(before), relayValue(after)),
    ...changed([...path, 'scripts'], listOf(before.scripts), listOf(after.scripts)),
    ...changed([...path, 'tasks'], listOf(tasksValue(before.tasks)), listOf(tasksValue(after.tasks))),
    ...changed([...path, 'paths'], listOf(pathsValue(before.paths)), listOf(pathsValue(after.paths))),
    ...changed([...path, 'abort', 'interrupt'], numberOf(before.interrupt), numberOf(after.interrupt)),
    ...changed([...path, 'abort', 'terminate'], numberOf(before.terminate), numberOf(after.terminate)),
  ];
}

function transportEdits(path: Path, before: SlotDraft, after: SlotDraft): ConfigEdit[] {
  // A transport needs its `kind`, so one that the file may not have is written whole.
  if (transportValue(before) === undefined) return changed(path, undefined, transportValue(after));
  const envBefore = envValue(before.env);
  const envAfter = envValue(after.env);
  const names = new Set([...Object.keys(envBefore), ...Object.keys(envAfter)]);
  const textsBefore = transportTexts(before);
  const textsAfter = transportTexts(after);
  const keys = new Set([...Object.keys(textsBefore), ...Object.keys(textsAfter)]);
  return [
    ...changed([...path, 'kind'], before.kind, after.kind),
    ...[...keys].flatMap((key) => changed([...path, key], textsBefore[key], textsAfter[key])),
    ...[...names].flatMap((name) => changed([...path, 'env', name], envBefore[name], envAfter[name])),
  ];
}

function relayEdits(
  path: Path,
  before: ReturnType<typeof relayValue>,
  after: ReturnType<typeof relayValue>,
): ConfigEdit[] {
  if (typeof before !== 'object' || typeof after !== 'object') return changed(path, before, after);
  return ['host', 'port'].flatMap((key) =>
    changed([...path, 'forward', key], before.forward[key], after.forward[key]),
  );
}

function listOf<Item extends Plain>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items;
}

function changed(path: Path, before: Plain | undefined, after: Plain | undefined): ConfigEdit[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [after === undefined ? { path } : { path, value: after }];
}
