import type { DatabaseSync } from 'node:sqlite';
import { AlarmTable } from './alarm-table';
import { PinTable } from './pin-table';
import { RegisterTable } from './register-table';

/** The tables of registers, pins and alarms. */
export class ValueTables {
  readonly registers: RegisterTable;
  readonly pins: PinTable;
  readonly alarms: AlarmTable;

  constructor(database: DatabaseSync) {
    this.registers = new RegisterTable(database);
    this.pins = new PinTable(database);
    this.alarms = new AlarmTable(database);
  }
}
