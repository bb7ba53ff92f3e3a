import { describe, expect, it } from 'vitest';
import { calls, type CallName } from '../../../shared/ipc/contract';
import { worksWhileLocked } from '../../../shared/ipc/locked-calls';

/** Words that tell of a change. A call named by one of these must never work while the controls are locked. */
const changing =
  /\.(start|abort|giveUp|save|saveList|write|edit|add\w*|remove|delete|rename|set\w*|move|skip|pause|resume|apply|pin|unpin|group|acknowledge|install|download|cancel|clear\w*)$/i;

/** Named so too, and they concern this window alone. */
const ofTheWindow: ReadonlySet<CallName> = new Set<CallName>(['panel.acknowledge', 'panel.setFullScreen']);

describe('while the controls are locked', () => {
  const names = Object.keys(calls) as CallName[];

  it.each(names.filter((name) => changing.test(name) && !ofTheWindow.has(name)))(
    '%s does not work',
    (name) => {
      expect(worksWhileLocked(name, {})).toBe(false);
    },
  );

  it('a call that nobody has thought of does not work', () => {
    expect(worksWhileLocked('run.explode' as CallName, {})).toBe(false);
    expect(worksWhileLocked('toString' as CallName, {})).toBe(false);
  });

  it('the window goes on showing, and can be unlocked', () => {
    for (const name of ['panel.snapshot', 'panel.acknowledge', 'controls.unlock', 'log.window'] as const)
      expect(worksWhileLocked(name, {})).toBe(true);
  });

  it('a notice can be dismissed, and goes away by itself', () => {
    expect(worksWhileLocked('panel.dismissNotice', { id: 1 })).toBe(true);
  });

  it('quitting works unless it aborts', () => {
    expect(worksWhileLocked('panel.quit', { choice: 'leave-running' })).toBe(true);
    expect(worksWhileLocked('panel.quit', { choice: 'cancel' })).toBe(true);
    expect(worksWhileLocked('panel.quit', { choice: 'abort' })).toBe(false);
    expect(worksWhileLocked('panel.quit', null)).toBe(false);
  });
});
