import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { presetsCalls } from '../../../shared/ipc/calls/presets-calls';
import { failure, success } from '../../../shared/result';

/** Answers the calls about presets, favourite scripts and what was entered last. */
export function presetsHandlers({ store, audit }: HandlerServices): HandlersOf<typeof presetsCalls> {
  return {
    'presets.list': ({ slot }) => store.ask('remembered', { slot }),
    'presets.save': async (preset) => {
      const saved = await store.ask('savePreset', { ...preset, now: Date.now() });
      if (!saved.ok) return saved;
      if (saved.value === 'exists') return taken(preset.name);
      const { slot, script, name, args, replace } = preset;
      audit('preset.save', slot, null, { script, name, args: args.join(' '), replaced: String(replace) });
      return success({});
    },
    'presets.rename': async ({ slot, script, name, to }) => {
      const renamed = await store.ask('renamePreset', { slot, script, name, to });
      if (!renamed.ok) return renamed;
      if (renamed.value === 'exists') return taken(to);
      if (renamed.value === 'unknown') return unknown(name);
      audit('preset.rename', slot, null, { script, name, to });
      return success({});
    },
    'presets.delete': async ({ slot, script, name }) => {
      const deleted = await store.ask('deletePreset', { slot, script, name });
      if (!deleted.ok) return deleted;
      if (deleted.value === 'unknown') return unknown(name);
      audit('preset.delete', slot, null, { script, name });
      return success({});
    },
    'presets.favourite': async (request) => {
      const set = await store.ask('setFavourite', request);
      return set.ok ? success({}) : set;
    },
    'presets.remember': async (request) => {
      const kept = await store.ask('rememberDraft', { ...request, now: Date.now() });
      return kept.ok ? success({}) : kept;
    },
  };
}

function taken(name: string) {
  return failure('preset-exists', `There is already a preset named “${name}” for this script.`);
}

function unknown(name: string) {
  return failure('preset-unknown', `There is no preset named “${name}” for this script any more.`);
}
