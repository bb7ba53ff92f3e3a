import { describeOutcome, isActive, scriptName, type Run } from '../../shared/domain/run';

/** A moment (Unix milliseconds) in the words of a sentence. */
export function utcTime(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `README.txt` of an archive: what it holds, and what it does not. `now` is when it was made, Unix milliseconds. */
export function archiveReadme(run: Run, leftOut: readonly string[], now: number): string {
  const made = utcTime(now);
  const state = isActive(run)
    ? `THE RUN WAS STILL ACTIVE: everything here goes up to ${made} and no further.`
    : run.outcome === null
      ? 'How it ended is not known.'
      : describeOutcome(run.outcome);
  return `Run ${run.id}: ${scriptName(run.script)} on ${run.slot} (${run.crate})
Exported by SMuRF Panel, ${made}.
${state}

run.json        What ran: script, arguments, environment, times, how it ended, the operator's note.
log.txt         The script's output, both streams in the order in which they came, byte for byte.
log-times.csv   When each piece of log.txt came: offset and length in bytes, stream, Unix seconds, UTC.
session.json    Session data and session messages. NaN and Infinity stand bare; Python's json module reads them:
                    import json; session = json.load(open('session.json'))['data']
messages.jsonl  Published messages, one datagram on each line, as they were received and in that order:
                    [json.loads(line) for line in open('messages.jsonl')]
files/          Files and plots that the script registered. Raw timestreams (.g3) stay where they were written.

${leftOut.length === 0 ? 'Nothing that is known of was left out.' : `Not included:\n${leftOut.map((each) => `- ${each}\n`).join('')}`}
`;
}
