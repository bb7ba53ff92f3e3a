import { ActionIcon, Combobox, TextInput, Tooltip, useCombobox } from '@mantine/core';
import { Star } from 'lucide-react';
import { useId, type ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import type { ScriptEntry } from '../../shared/ipc/calls/scripts-calls';
import { reportUnexpected } from '../stores/notice-store';
import { setFavourite, useRemembered } from './remembered-store';
import classes from './ScriptBox.module.css';
import { groupScripts, namedScript } from './script-groups';

interface ScriptBoxProps {
  readonly slot: SlotConfig['id'];
  readonly value: string;
  readonly scripts: readonly ScriptEntry[];
  readonly error: string | null;
  readonly onChange: (path: string) => void;
}

/**
 * The text box "Script": any path can be typed; favourites, the scripts run last, and the slot's scripts by folder are
 * offered below it, as far as they hold what was typed.
 */
export function ScriptBox({ slot, value, scripts, error, onChange }: ScriptBoxProps): ReactElement {
  const listLabel = useId();
  const remembered = useRemembered(slot);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const groups = groupScripts(scripts, value, remembered);
  return (
    <div className={classes.row} data-guide="script">
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
              <Combobox.Group key={`${group.kind} ${group.title}`} label={group.title}>
                {group.scripts.map((script) => (
                  <Combobox.Option key={script.path} value={script.path} className={classes.option}>
                    <span>{script.name}</span>
                    {group.kind === 'folder' ? null : (
                      <span className={classes.folder} aria-hidden="true">
                        {script.folder}
                      </span>
                    )}
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <FavouriteButton
        slot={slot}
        script={namedScript(scripts, value)}
        isFavourite={remembered.favourites.includes(namedScript(scripts, value))}
      />
    </div>
  );
}

interface FavouriteButtonProps {
  readonly slot: SlotConfig['id'];
  readonly script: string;
  readonly isFavourite: boolean;
}

function FavouriteButton({ slot, script, isFavourite }: FavouriteButtonProps): ReactElement {
  return (
    <Tooltip
      label={isFavourite ? 'No favourite of this slot any more' : 'Favourites of this slot are listed first'}
    >
      <ActionIcon
        className={classes.star ?? ''}
        aria-label="Favourite"
        aria-pressed={isFavourite}
        disabled={script === ''}
        onClick={() => {
          setFavourite(slot, script, !isFavourite).catch(reportUnexpected('Keeping the favourite'));
        }}
      >
        <Star size={15} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}
