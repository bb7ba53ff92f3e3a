import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useId, type ReactElement } from 'react';
import type { ScriptEntry } from '../../shared/ipc/calls/scripts-calls';
import classes from './ScriptBox.module.css';
import { groupScripts } from './script-groups';

interface ScriptBoxProps {
  readonly value: string;
  readonly scripts: readonly ScriptEntry[];
  readonly error: string | null;
  readonly onChange: (path: string) => void;
}

/** The text box "Script": any path can be typed; the slot's scripts are offered below it, by folder. */
export function ScriptBox({ value, scripts, error, onChange }: ScriptBoxProps): ReactElement {
  const listLabel = useId();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const groups = groupScripts(scripts, value);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(path) => {
        onChange(path);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          label="Script"
          placeholder="Choose a script, or type its path"
          value={value}
          error={error}
          spellCheck={false}
          autoComplete="off"
          classNames={{ input: classes.input ?? '' }}
          onChange={(event) => {
            onChange(event.currentTarget.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={groups.length === 0}>
        <span id={listLabel} hidden>
          Scripts of this slot
        </span>
        <Combobox.Options labelledBy={listLabel} mah={320} className={classes.options}>
          {groups.map((group) => (
            <Combobox.Group key={group.folder} label={group.folder}>
              {group.scripts.map((script) => (
                <Combobox.Option key={script.path} value={script.path} className={classes.option}>
                  {script.name}
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
