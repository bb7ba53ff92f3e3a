import type { ScriptArguments } from '../../shared/arguments/argument-form';
import type { ModuleText } from './argparse/source-module';

/** What the worker is asked: one script, and its modules as far as they have been read. */
export interface ArgumentsQuestion {
  readonly id: number;
  readonly source: string;
  /** The script's file name, which argparse calls `prog`. */
  readonly program: string;
  /** Texts by dotted module name; null for one that was not found. */
  readonly modules: ReadonlyMap<string, ModuleText | null>;
}

/** What the worker answers; `wanted` names modules that the script asks for and the question did not have. */
export interface ArgumentsAnswer {
  readonly id: number;
  readonly read: ScriptArguments;
  readonly wanted: readonly string[];
}
