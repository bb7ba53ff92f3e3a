import { Button, Checkbox, Modal, NumberInput, Radio, TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { SlotId } from '../../shared/domain/ids';
import { groupModeSchema, onFailureSchema, type GroupMode, type OnFailure } from '../../shared/domain/queue';
import { isActive } from '../../shared/domain/run';
import { call } from '../bridge';
import { Banner } from '../components/Banner';
import { countOf } from '../components/time-text';
import { useGiveFocusBack } from '../components/use-give-focus-back';
import { splitCommandLine } from '../run/command-line';
import { reportUnexpected } from '../stores/notice-store';
import { usePanel } from '../stores/panel-store';
import { openPage } from '../stores/view-store';
import { emptyWish, inOrder, type ManySlotsStart } from './many-slots-form';
import { MemberList } from './MemberList';
import classes from './RunOnSlotsDialog.module.css';
import { SlotChoice } from './SlotChoice';
import { useMemberCheck } from './use-member-check';

interface RunOnSlotsDialogProps {
  readonly start: ManySlotsStart | null;
  readonly onClose: () => void;
}

/** One script on any set of slots: which, in which manner, and what stands against it. */
export function RunOnSlotsDialog({ start, onClose }: RunOnSlotsDialogProps): ReactElement {
  useGiveFocusBack();
  const crates = usePanel((state) => state.crates);
  const [wish] = useState(start?.wish ?? emptyWish);
  const [script, setScript] = useState(wish.script);
  const [argsText, setArgsText] = useState(wish.args);
  const [chosen, setChosen] = useState<ReadonlySet<SlotId>>(
    () => new Set(start === null ? [] : [start.slot]),
  );
  const [mode, setMode] = useState<GroupMode>('concurrent');
  const [settle, setSettle] = useState(0);
  const [onFailure, setOnFailure] = useState<OnFailure>('stop');
  const [waits, setWaits] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isAsking, setIsAsking] = useState(false);

  const slots = inOrder(crates, chosen);
  const args = splitCommandLine(argsText);
  const busySlots = usePanel((state) =>
    slots
      .filter(({ id }) => {
        const run = state.slots[id]?.run ?? null;
        return run !== null && isActive(run);
      })
      .map(({ id }) => id)
      .join(' '),
  );
  const checks = useMemberCheck(
    slots.map((slot) => slot.id),
    script,
    args.ok ? args.value : null,
    busySlots,
  );
  const obstacles = [...checks.members.values()].flatMap(({ obstacle }) => obstacle ?? []);
  const faults = obstacles.filter(({ kind }) => kind === 'fault').length;
  const busy = obstacles.filter(({ kind }) => kind === 'busy').length;
  const isComplete = slots.length > 0 && script.trim() !== '' && args.ok && faults === 0 && !isAsking;

  const submit = async (isImmediate: boolean): Promise<void> => {
    if (!args.ok) return;
    setIsAsking(true);
    setRefusal(null);
    try {
      const reply = await call('group.start', {
        slots: slots.map((slot) => slot.id),
        script: script.trim(),
        args: args.value,
        log: wish.log,
        task: script.trim() === wish.script ? wish.task : null,
        mode,
        settle,
        onFailure,
        // What is put in the queue waits anyway.
        whenBusy: waits || !isImmediate ? 'wait' : 'refuse',
        isImmediate,
      });
      if (!reply.ok) {
        setRefusal(reply.error.message);
        return;
      }
      onClose();
      openPage('queue');
    } finally {
      setIsAsking(false);
    }
  };
  const ask = (isImmediate: boolean): void =>
    void submit(isImmediate).catch(reportUnexpected('Starting the group'));

  return (
    <Modal
      opened
      onClose={onClose}
      title="Run on slots"
      size={860}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ body: classes.body ?? '' }}
    >
      <div className={classes.command}>
        <TextInput
          label="Script"
          data-autofocus={start === null ? true : undefined}
          placeholder="A script of the slots’ folders, or a full path"
          value={script}
          spellCheck={false}
          autoComplete="off"
          classNames={{ input: classes.mono ?? '' }}
          onChange={(event) => setScript(event.currentTarget.value)}
        />
        <TextInput
          label="Arguments"
          description="{slot} and {id} stand for each slot’s number and publisher id"
          value={argsText}
          error={args.ok ? null : args.error.message}
          spellCheck={false}
          autoComplete="off"
          classNames={{ input: classes.mono ?? '' }}
          onChange={(event) => setArgsText(event.currentTarget.value)}
        />
      </div>
      <SlotChoice crates={crates} chosen={chosen} onChange={setChosen} />
      <div className={classes.manner}>
        <Radio.Group label="Order" value={mode} onChange={(value) => setMode(groupModeSchema.parse(value))}>
          <div className={classes.options}>
            <Radio value="concurrent" label="All at once" />
            <Radio value="sequential" label="One after another" />
          </div>
        </Radio.Group>
        <Radio.Group
          label="When one fails"
          value={onFailure}
          onChange={(value) => setOnFailure(onFailureSchema.parse(value))}
        >
          <div className={classes.options}>
            <Radio value="stop" label="Start no more" />
            <Radio value="go-on" label="Go on" />
          </div>
        </Radio.Group>
        <NumberInput
          label="Settle time"
          description="Seconds after each slot’s run"
          min={0}
          max={86_400}
          allowNegative={false}
          className={classes.settle ?? ''}
          value={settle}
          onChange={(value) => setSettle(Math.min(86_400, Math.max(0, Number(value) || 0)))}
        />
      </div>
      {slots.length === 0 || script.trim() === '' ? (
        <p className={classes.hint}>Choose the script and the slots; the command lines then appear here.</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
        <section className={classes.preview} tabIndex={0} aria-label="What will be run">
          <MemberList
            slots={slots}
            script={script}
            args={args.ok ? args.value : []}
            checks={checks}
            isNumbered={mode === 'sequential'}
          />
        </section>
      )}
      {busy > 0 ? (
        <Checkbox
          size="xs"
          label={`Wait for ${countOf(busy, 'busy slot')}`}
          checked={waits}
          onChange={(event) => setWaits(event.currentTarget.checked)}
        />
      ) : null}
      {refusal === null && checks.fault === null ? null : (
        <Banner tone="error" live="alert">
          {refusal ?? checks.fault}
        </Banner>
      )}
      <div className={classes.buttons}>
        <output className={classes.verdict}>
          {checks.isChecking ? 'Checking the slots …' : verdict(faults, busy, waits)}
        </output>
        <Button onClick={onClose}>Cancel</Button>
        <Button disabled={!isComplete} onClick={() => ask(false)}>
          Add to queue
        </Button>
        <Button variant="filled" disabled={!isComplete || (busy > 0 && !waits)} onClick={() => ask(true)}>
          Start on {countOf(slots.length, 'slot')}
        </Button>
      </div>
    </Modal>
  );
}

function verdict(faults: number, busy: number, waits: boolean): string {
  if (faults > 0) return `It cannot run on ${countOf(faults, 'slot')}: see above.`;
  if (busy > 0 && !waits) {
    return `${countOf(busy, 'slot is', 'slots are')} busy: leave them out, wait for them, or add to the queue.`;
  }
  return '';
}
