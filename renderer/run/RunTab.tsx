import { ActionIcon, Button, Radio, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import { useEffect, type ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import { Banner } from '../components/Banner';
import { ManySlotsBar } from '../many-slots/ManySlotsBar';
import { reportUnexpected } from '../stores/notice-store';
import { usePanel } from '../stores/panel-store';
import { openPage } from '../stores/view-store';
import { ArgumentPane } from './ArgumentPane';
import { useArgumentsReading } from './arguments-store';
import { CommandLine } from './CommandLine';
import { PresetBar } from './PresetBar';
import { loadRemembered } from './remembered-store';
import { readRunForm, runFormSchema } from './run-form';
import { changeRunForm, chooseScript, dismissRefusal, useRunForm, useRunFormStore } from './run-form-store';
import { RunEnvironment } from './RunEnvironment';
import classes from './RunTab.module.css';
import { ScriptBox } from './ScriptBox';
import { loadScripts, useScripts } from './scripts-store';
import { TaskList } from './TaskList';

const logSchema = runFormSchema.shape.log;

/** The Run tab: which script, with which arguments, and where its output goes. */
export function RunTab({ slot }: { readonly slot: SlotConfig }): ReactElement {
  const form = useRunForm(slot.id);
  const refusal = useRunFormStore((store) => store.refusals[slot.id]?.message ?? null);
  const { scripts, problems } = useScripts(slot);
  const onWindows = usePanel((state) => state.facts.platform === 'win32');
  const reading = useArgumentsReading(slot.id, form.script);
  const hasFields = reading.arguments !== null && reading.arguments.form !== null && form.usesFields;
  const read = readRunForm(slot.id, form, reading);
  useEffect(() => {
    loadRemembered(slot.id).catch(reportUnexpected('Reading the presets'));
  }, [slot.id]);
  const argsFault = !read.ok && read.error.code === 'args' ? read.error.message : null;
  const change = (part: Parameters<typeof changeRunForm>[1]): void => changeRunForm(slot.id, part);
  return (
    <div className={classes.tab}>
      <div className={classes.scroll}>
        {refusal === null ? null : (
          <Banner
            tone="error"
            live="alert"
            actions={
              <ActionIcon size="sm" aria-label="Dismiss" onClick={() => dismissRefusal(slot.id)}>
                <X size={14} aria-hidden="true" />
              </ActionIcon>
            }
          >
            {refusal}
          </Banner>
        )}
        {onWindows && slot.transport.kind === 'local' ? (
          <Banner tone="info">
            On Windows a local script ends with the panel; use a container or another machine for long runs.
          </Banner>
        ) : null}
        {problems.map((problem) => (
          <Banner key={problem} tone="warning" actions={<ScriptFaultActions slot={slot} />}>
            {problem}
          </Banner>
        ))}
        <div className={classes.form}>
          <TaskList slot={slot} form={form} />
          <ScriptBox
            slot={slot.id}
            value={form.script}
            scripts={scripts}
            error={null}
            onChange={(script) => chooseScript(slot.id, script)}
          />
          <PresetBar key={form.script} slot={slot} form={form} />
          <ArgumentPane slot={slot} form={form} />
          <TextInput
            label="Arguments"
            description={hasFields ? 'Further words, put after those of the form exactly as typed' : null}
            placeholder="As on a command line, for example --band 4 --step 0.025"
            value={form.args}
            error={argsFault}
            spellCheck={false}
            autoComplete="off"
            classNames={{ input: classes.mono ?? '' }}
            onChange={(event) => change({ args: event.currentTarget.value })}
          />
          <Radio.Group
            label="Output"
            value={form.log}
            onChange={(value) => change({ log: logSchema.parse(value) })}
          >
            <div className={classes.choices}>
              <Radio value="run-log" label="Run’s log" />
              <Radio value="append" label="Also append to a file" />
              <Radio value="discard" label="Discard output" />
            </div>
          </Radio.Group>
          {form.log === 'append' ? (
            <TextInput
              label="File to append to"
              description="A path on the machine where the script runs"
              placeholder="/data/logs/tuning.log"
              value={form.logPath}
              error={form.logPath.trim() === '' ? 'Type the path of the file.' : null}
              spellCheck={false}
              classNames={{ input: classes.mono ?? '' }}
              onChange={(event) => change({ logPath: event.currentTarget.value })}
            />
          ) : null}
          {form.log === 'discard' ? (
            <p className={classes.note}>
              Nothing that the script prints is kept. Its session data and messages are, as always.
            </p>
          ) : null}
          <RunEnvironment slot={slot} />
        </div>
      </div>
      <div className={classes.foot}>
        <CommandLine slot={slot} form={form} />
        <ManySlotsBar key={slot.id} slot={slot} />
      </div>
    </div>
  );
}

function ScriptFaultActions({ slot }: { readonly slot: SlotConfig }): ReactElement {
  return (
    <>
      <Button onClick={() => void loadScripts(slot.id).catch(reportUnexpected('Listing the scripts'))}>
        Look again
      </Button>
      <Button onClick={() => openPage('settings')}>Open Settings</Button>
    </>
  );
}
