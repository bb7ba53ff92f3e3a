import { assertNever } from '../../shared/assert-never';
import { success } from '../../shared/result';
import type { StoreAnswer, StoreCall } from './protocol';
import type { ValueQuestions } from './value-records';
import type { ValueTables } from './value-tables';

type ValueCall = Extract<StoreCall, { readonly name: keyof ValueQuestions }>;

/** Answers what is asked of registers, pins and alarms. Throws what SQLite throws. */
export function answerValueCall(tables: ValueTables, call: ValueCall): StoreAnswer<keyof ValueQuestions> {
  const { registers, pins, alarms } = tables;
  switch (call.name) {
    case 'readRegisters':
      return success(registers.read(call.request.slot, call.request.after, call.request.limit));
    case 'saveRegisters':
      registers.save(call.request.registers);
      return success(null);
    case 'readPins':
      return success(pins.read());
    case 'addPin':
      return success(pins.add(call.request.watched, call.request.pinnedAt));
    case 'keepPins':
      pins.keep(call.request.pins);
      return success(null);
    case 'groupPin':
      pins.group(call.request.pin, call.request.chart);
      return success(null);
    case 'removePin':
      pins.remove(call.request.pin);
      return success(null);
    case 'readPinPoints':
      return success(pins.points(call.request.pin, call.request.from));
    case 'savePinPoints':
      pins.savePoints(call.request.points, call.request.forgetBefore);
      return success(null);
    case 'readAlarmRules':
      return success(alarms.read());
    case 'saveAlarmRule':
      return success(alarms.save(call.request.id, call.request.rule));
    case 'keepAlarmRules':
      alarms.keep(call.request.rules);
      return success(null);
    case 'removeAlarmRule':
      alarms.remove(call.request.id);
      return success(null);
    case 'saveAlarms':
      alarms.saveAlarms(call.request.alarms);
      return success(null);
    default:
      return assertNever(call);
  }
}
