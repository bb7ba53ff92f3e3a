import { changeQueue } from '../queue/queue-actions';
import { lockRefusal, type Command, type CommandSource } from './command';

/** Pauses and resumes the queue, and resumes the shown slot where it is paused. */
export const queueCommands: CommandSource = ({ panel, slot }) => {
  const locked = lockRefusal(panel);
  const { paused, pausedSlots } = panel.queue;
  const command = (
    id: string,
    title: string,
    detail: string,
    refusal: string | null,
    act: () => void,
  ): Command => ({ id: `queue ${id}`, group: 'Queue', title, detail, refusal, act });
  const ofSlot =
    slot === null || pausedSlots[slot.id] === undefined
      ? []
      : [
          command('resume slot', `Resume ${slot.id}`, 'what waits for it starts again', locked, () =>
            changeQueue('queue.resume', { slot: slot.id }),
          ),
        ];
  return [
    command(
      'pause',
      'Pause queue',
      'nothing more starts by itself',
      paused === null ? locked : 'The queue is paused already.',
      () => changeQueue('queue.pause', { slot: null }),
    ),
    command(
      'resume',
      'Resume queue',
      'what waits starts again',
      paused === null ? 'The queue is not paused.' : locked,
      () => changeQueue('queue.resume', { slot: null }),
    ),
    ...ofSlot,
  ];
};
