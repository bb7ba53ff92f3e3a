import { parentPort } from 'node:worker_threads';
import { readScriptArguments } from './argparse/read-script-arguments';
import type { ModuleText } from './argparse/source-module';
import type { ArgumentsAnswer, ArgumentsQuestion } from './arguments-protocol';

/* The thread that reads scripts, so that main never waits for a large or a strange one. */

if (parentPort === null) throw new Error('arguments-worker is the entry of a worker thread');
const port = parentPort;
port.on('message', ({ id, source, program, modules }: ArgumentsQuestion) => {
  const wanted = new Set<string>();
  const readModule = (name: string): ModuleText | null => {
    const module = modules.get(name);
    if (module === undefined) wanted.add(name);
    return module ?? null;
  };
  const answer: ArgumentsAnswer = {
    id,
    read: readScriptArguments(source, readModule, program),
    wanted: [...wanted],
  };
  port.postMessage(answer);
});
