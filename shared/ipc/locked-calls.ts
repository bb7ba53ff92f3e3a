import type { CallName } from './contract';

/**
 * The calls that work while the controls are locked: those that only look, or that concern nothing but this window. A
 * call that is not listed here counts as one that changes something, so that a new one is locked until someone decides
 * otherwise.
 */
const harmless: ReadonlySet<CallName> = new Set<CallName>([
  'panel.snapshot',
  'panel.acknowledge',
  'panel.arrived',
  'preferences.read',
  'controls.lock',
  'controls.unlock',
  'scripts.list',
  'scripts.arguments',
  'log.window',
  'log.find',
  'log.rows',
  'log.marks',
  'log.step',
  'log.row',
  'log.line',
  'log.copy',
  'log.endFind',
  'session.watch',
  'messages.page',
  'messages.read',
  'audit.list',
  'audit.choices',
  'history.list',
  'history.read',
  'history.choices',
  'history.details',
  'history.usual',
  'history.session',
  'files.list',
  'files.inspect',
  'files.text',
  'files.array',
  'export.progress',
  'retention.preview',
  'retention.last',
  'config.read',
  'metadata.changes',
  'metadata.read',
  'values.pins',
  'values.series',
  'alarms.rules',
  'presets.list',
  'queue.read',
  'group.check',
  'group.list',
  'group.read',
  'panel.setFullScreen',
  // Information goes away by itself: that must not ask to unlock a screen that nobody watches.
  'panel.dismissNotice',
  // What was typed last. It changes nothing that runs, and comes a moment after the typing: perhaps after the lock.
  'presets.remember',
]);

/** Whether a call works while the controls are locked. Quitting does, as long as it leaves the runs alone. */
export function worksWhileLocked(name: CallName, request: unknown): boolean {
  if (name === 'panel.quit') return !isAbort(request);
  return harmless.has(name);
}

function isAbort(request: unknown): boolean {
  return (
    typeof request !== 'object' || request === null || !('choice' in request) || request.choice === 'abort'
  );
}
