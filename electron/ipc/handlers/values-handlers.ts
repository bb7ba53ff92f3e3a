import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { alarmsCalls } from '../../../shared/ipc/calls/alarms-calls';
import type { metadataCalls } from '../../../shared/ipc/calls/metadata-calls';
import type { valuesCalls } from '../../../shared/ipc/calls/values-calls';
import { watchedPathText } from '../../../shared/domain/watched-value';
import { stringifyPythonJson } from '../../../shared/python-json';
import { failure, success } from '../../../shared/result';
import { registerRow } from '../../values/registers';

/** Answers the calls about registers. */
export function metadataHandlers({ values }: HandlerServices): HandlersOf<typeof metadataCalls> {
  return {
    'metadata.changes': ({ slot, since, limit }) => {
      const registers = values.registers.of(slot);
      const changed = registers.changes(since, limit);
      const { version, more } = changed;
      const rows = changed.registers.map(registerRow);
      return success({ version, more, rows, total: registers.count, faults: registers.faults });
    },
    'metadata.read': ({ slot, path }) => {
      const register = values.registers.of(slot).find(path);
      return register === null
        ? failure('register-unknown', `Nothing was received for the register ${path}.`)
        : success({ text: stringifyPythonJson(register.value), row: registerRow(register) });
    },
  };
}

/** Answers the calls about pinned values. */
export function valuesHandlers({ values }: HandlerServices): HandlersOf<typeof valuesCalls> {
  return {
    'values.pins': ({ slot }) => success({ pins: values.pins.list(slot) }),
    'values.pin': async ({ watched }) => {
      const pinned = await values.pins.pin(watched);
      return pinned.ok ? success({ pin: pinned.value }) : pinned;
    },
    'values.unpin': async ({ pin }) => {
      const unpinned = await values.pins.unpin(pin);
      return unpinned.ok ? success({}) : unpinned;
    },
    'values.group': async ({ pin, chart }) => {
      const grouped = await values.pins.group(pin, chart);
      return grouped.ok ? success({}) : grouped;
    },
    'values.series': ({ pins, span, points }) => success(values.pins.series(pins, span, points)),
  };
}

/** Answers the calls about alarms. */
export function alarmsHandlers({ values, actor, audit }: HandlerServices): HandlersOf<typeof alarmsCalls> {
  return {
    'alarms.rules': ({ slot }) => success({ rules: values.alarms.list(slot) }),
    'alarms.save': async ({ id, rule }) => {
      const saved = await values.alarms.save(id, rule);
      if (!saved.ok) return saved;
      const { watched, condition, delay, severity, enabled } = rule;
      audit(id === null ? 'alarm.add' : 'alarm.change', watched.slot, null, {
        value: watchedPathText(watched),
        condition: stringifyPythonJson(condition),
        delay: String(delay),
        severity,
        enabled: String(enabled),
      });
      return success({ id: saved.value });
    },
    'alarms.remove': async ({ id }) => {
      const removed = await values.alarms.remove(id);
      if (!removed.ok) return removed;
      const { watched } = removed.value;
      audit('alarm.remove', watched.slot, null, { value: watchedPathText(watched) });
      return success({});
    },
    'alarms.acknowledge': ({ rules }) => {
      const seen = values.alarms.acknowledge(rules, actor);
      for (const { watched, name } of seen) {
        audit('alarm.acknowledge', watched.slot, null, { value: watchedPathText(watched), name });
      }
      return success({ acknowledged: seen.length });
    },
  };
}
