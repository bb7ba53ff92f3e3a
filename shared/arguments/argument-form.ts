import { z } from 'zod';

/*
 * What a script says of its arguments, read from its argparse calls without running it. Words are argparse's own:
 * https://docs.python.org/3/library/argparse.html
 */

/** How many words one use of an argument takes: one, `?`, `*`, `+`, exactly N, or all that follow. */
const argumentCountSchema = z.union([
  z.enum(['one', 'optional', 'any', 'some', 'remainder']),
  z.object({ exactly: z.number().int().min(1) }),
]);
export type ArgumentCount = z.infer<typeof argumentCountSchema>;

/** What a word has to be. `custom` names a conversion of the script's own, which only the script can check. */
export const argumentTypeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text') }),
  z.object({ type: z.literal('integer') }),
  z.object({ type: z.literal('number') }),
  z.object({ type: z.literal('custom'), name: z.string() }),
]);
export type ArgumentType = z.infer<typeof argumentTypeSchema>;

/** What an argument does, which decides what its field is. */
const argumentActionSchema = z.discriminatedUnion('kind', [
  /** Takes words; `repeats` for `append` and `extend`, which may be given several times. */
  z.object({
    kind: z.literal('value'),
    value: argumentTypeSchema,
    /** The only words allowed, as typed on a command line; null for any. */
    choices: z.array(z.string()).nullable(),
    count: argumentCountSchema,
    repeats: z.boolean(),
  }),
  /** Given or not: `store_true`, `store_false`, `store_const`, `append_const`. */
  z.object({ kind: z.literal('switch') }),
  /** `BooleanOptionalAction`: `--flag` or `--no-flag`. */
  z.object({ kind: z.literal('on-off'), off: z.string() }),
  /** `count`: given as often as the number says, as `-vvv`. */
  z.object({ kind: z.literal('count') }),
]);
export type ArgumentAction = z.infer<typeof argumentActionSchema>;

/** A default as the script has it: words that give the same when typed, or Python text that says it where none do. */
const argumentDefaultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('words'), words: z.array(z.string()) }),
  z.object({ kind: z.literal('expression'), text: z.string() }),
]);
export type ArgumentDefault = z.infer<typeof argumentDefaultSchema>;

/** One argument of a script. */
export const argumentSchema = z.object({
  /** argparse's `dest`; unique among the arguments of one parser, except for alternatives that share one. */
  dest: z.string(),
  /** The option's spellings in the script's order; empty for a positional argument. */
  flags: z.array(z.string()),
  /** What its field is called: the first long spelling (`--bands`), else the first short one, else the metavar or dest. */
  name: z.string(),
  /** What its words are called in the usage; null where the script does not say. */
  metavar: z.string().nullable(),
  action: argumentActionSchema,
  required: z.boolean(),
  /** Null where there is none, or `None`. */
  default: argumentDefaultSchema.nullable(),
  /** Help text with `%(default)s` and its like filled in; null where there is none or it is suppressed. */
  help: z.string().nullable(),
  /** The title of its `add_argument_group`; null in argparse's own groups. */
  group: z.string().nullable(),
  /** Position of its mutually exclusive group in the form's `exclusive`; null where it has none. */
  exclusive: z.number().int().nullable(),
  /** Line of its `add_argument` call, from 1. */
  line: z.number().int(),
});
export type Argument = z.infer<typeof argumentSchema>;

/** The arguments of one parser, and of its commands where it has subparsers. */
export interface ArgumentForm {
  /** Positional arguments in their order, then or among them options, as the script adds them. */
  readonly arguments: readonly Argument[];
  /** Mutually exclusive groups: whether one of them must be given. */
  readonly exclusive: readonly { readonly required: boolean }[];
  readonly commands: ArgumentCommands | null;
  readonly description: string | null;
}

/** Subparsers: the word that chooses, and the form that follows each. */
export interface ArgumentCommands {
  /** `dest` or `metavar` or title, as the field is called. */
  readonly name: string;
  readonly required: boolean;
  /** How many of the form's positional arguments come before the command. */
  readonly after: number;
  readonly choices: readonly {
    readonly name: string;
    readonly aliases: readonly string[];
    readonly help: string | null;
    readonly form: ArgumentForm;
  }[];
}

export const argumentFormSchema: z.ZodType<ArgumentForm> = z.lazy(() =>
  z.object({
    arguments: z.array(argumentSchema),
    exclusive: z.array(z.object({ required: z.boolean() })),
    commands: z
      .object({
        name: z.string(),
        required: z.boolean(),
        after: z.number().int(),
        choices: z.array(
          z.object({
            name: z.string(),
            aliases: z.array(z.string()),
            help: z.string().nullable(),
            form: argumentFormSchema,
          }),
        ),
      })
      .nullable(),
    description: z.string().nullable(),
  }),
);

/** What was read of a script's arguments. */
export const scriptArgumentsSchema = z.object({
  /** Null where the script has no argparse parser that could be found. */
  form: argumentFormSchema.nullable(),
  /** Sentences on what could not be read, each with its line where there is one; these go into the raw box. */
  unread: z.array(z.object({ line: z.number().int().nullable(), message: z.string() })),
});
export type ScriptArguments = z.infer<typeof scriptArgumentsSchema>;
