import { ActionIcon, Menu, Tooltip, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import {
  Check,
  CircleHelp,
  ClipboardList,
  Monitor,
  Moon,
  Search,
  Settings,
  Sun,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import type { ReactElement } from 'react';
import { AlarmMenu } from '../alarms/AlarmMenu';
import { openPalette } from '../palette/palette-store';
import { LockButton } from '../care/LockButton';
import { usePanel } from '../stores/panel-store';
import { openPage, useViewStore } from '../stores/view-store';
import { badgeText, describeConfig } from './config-text';
import { openShortcuts } from './shortcuts-store';
import classes from './TopBar.module.css';

/** The product's name, where its configuration comes from, and what concerns the whole panel. */
export function TopBar(): ReactElement {
  const inSettings = useViewStore((view) => view.page === 'settings');
  const inAudit = useViewStore((view) => view.page === 'audit');
  return (
    <header className={classes.bar}>
      <span className={classes.product}>SMuRF Panel</span>
      <ConfigBadge />
      <span className={classes.space} />
      <Tooltip label="Commands (Ctrl K)">
        <ActionIcon aria-label="Commands" onClick={openPalette}>
          <Search size={16} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <AlarmMenu />
      <Tooltip label="Audit: who did what" disabled={inAudit}>
        <ActionIcon
          aria-label="Audit"
          aria-current={inAudit ? 'page' : undefined}
          onClick={() => openPage(inAudit ? 'slot' : 'audit')}
        >
          <ClipboardList size={16} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <LockButton />
      <Tooltip label="Settings" disabled={inSettings}>
        <ActionIcon
          aria-label="Settings"
          aria-current={inSettings ? 'page' : undefined}
          onClick={() => openPage(inSettings ? 'slot' : 'settings')}
        >
          <Settings size={16} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <SchemeMenu />
      <Tooltip label="Keyboard shortcuts">
        <ActionIcon aria-label="Keyboard shortcuts" onClick={openShortcuts}>
          <CircleHelp size={16} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}

function ConfigBadge(): ReactElement {
  const config = usePanel((state) => state.config);
  const hasCrates = usePanel((state) => state.crates.length > 0);
  const site = usePanel((state) => state.site);
  const faulty = config.source === 'last-good' || config.problems.length > 0;
  return (
    <Tooltip label={describeConfig(config)}>
      <button
        type="button"
        className={`${classes.badge} ${faulty ? classes.faulty : site === null ? '' : classes.site}`}
        onClick={() => openPage('settings')}
      >
        {faulty ? <TriangleAlert size={12} aria-hidden="true" /> : null}
        {badgeText(config, hasCrates, site)}
      </button>
    </Tooltip>
  );
}

const schemes: readonly { scheme: MantineColorScheme; name: string; Icon: LucideIcon }[] = [
  { scheme: 'light', name: 'Light', Icon: Sun },
  { scheme: 'dark', name: 'Dark', Icon: Moon },
  { scheme: 'auto', name: 'As the system', Icon: Monitor },
];

function SchemeMenu(): ReactElement {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const chosen = schemes.find(({ scheme }) => scheme === colorScheme);
  const ChosenIcon = chosen?.Icon ?? Monitor;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={`Colour scheme: ${(chosen?.name ?? 'As the system').toLowerCase()}`}>
          <ChosenIcon size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(({ scheme, name, Icon }) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon size={14} aria-hidden="true" />}
            rightSection={scheme === colorScheme ? <Check size={14} aria-hidden="true" /> : null}
            aria-current={scheme === colorScheme}
            onClick={() => setColorScheme(scheme)}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
