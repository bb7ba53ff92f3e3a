import { Button } from '@mantine/core';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { slotIdSchema } from '../../shared/domain/ids';
import { call } from '../bridge';
import { reportUnexpected } from '../stores/notice-store';
import { usePanel } from '../stores/panel-store';
import type { PairDraft } from './config-draft';
import { PairRows } from './PairRows';
import type { SlotPartProps } from './PlaceFields';
import classes from './Rows.module.css';
import { takePathMapWish } from './settings-store';

/** The path map of a slot, each row of which can be tried before it is saved. */
export function PathRows({ slot, fault, onChange }: SlotPartProps): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!takePathMapWish()) return;
    place.current?.scrollIntoView({ block: 'center' });
    place.current?.querySelector<HTMLElement>('input, button')?.focus();
  }, []);
  return (
    <div ref={place}>
      <PairRows
        title="Where this machine sees the script’s files"
        leftName="Path for the script"
        rightName="Path here"
        rows={slot.paths}
        fault={fault('paths')}
        onChange={(paths) => onChange({ paths })}
        renderBelow={(row, index) => <PathTest publisherId={slot.publisherId} row={row} index={index} />}
      />
    </div>
  );
}

interface PathTestProps {
  readonly publisherId: string;
  readonly row: PairDraft;
  readonly index: number;
}

interface Verdict {
  /** The row as it was tried; it says nothing about another. */
  readonly of: string;
  readonly isGood: boolean;
  readonly message: string;
}

function PathTest({ publisherId, row, index }: PathTestProps): ReactElement {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [isTrying, setTrying] = useState(false);
  const isKnown = usePanel((state) => Object.hasOwn(state.slots, publisherId.trim()));
  const from = row.left.trim();
  const to = row.right.trim();
  const of = JSON.stringify([publisherId, from, to]);
  const tryIt = async (): Promise<void> => {
    const reply = await call('files.testPath', { slot: slotIdSchema.parse(publisherId.trim()), from, to });
    setVerdict(reply.ok ? { of, ...reply.value } : { of, isGood: false, message: reply.error.message });
  };
  const shown = verdict?.of === of ? verdict : null;
  return (
    <>
      <Button
        size="compact-xs"
        disabled={isTrying || from === '' || to === '' || !isKnown}
        {...(isKnown ? {} : { title: 'Save the slot first.' })}
        onClick={() => {
          setTrying(true);
          tryIt()
            .catch(reportUnexpected('Testing the path map'))
            .finally(() => setTrying(false));
        }}
      >
        Test this
      </Button>
      <output className={classes.verdict} data-good={shown?.isGood} aria-label={`Test of row ${index + 1}`}>
        {isTrying ? 'Testing…' : (shown?.message ?? '')}
      </output>
    </>
  );
}
