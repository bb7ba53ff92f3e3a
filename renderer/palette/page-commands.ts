import { windowShortcuts } from '../shell/shortcut-table';
import { openPage, type Page } from '../stores/view-store';
import type { CommandSource } from './command';

const pages = [
  {
    page: 'overview',
    title: 'Overview',
    detail: 'All slots at once',
    keys: windowShortcuts['page-overview'],
  },
  {
    page: 'queue',
    title: 'Queue',
    detail: 'Runs that wait for their turn',
    keys: windowShortcuts['page-queue'],
  },
  {
    page: 'history',
    title: 'History',
    detail: 'Every run of every slot',
    keys: windowShortcuts['page-history'],
  },
  { page: 'audit', title: 'Audit', detail: 'Who did what, and when', keys: windowShortcuts['page-audit'] },
  { page: 'settings', title: 'Settings', detail: 'Crates, slots, listener', keys: windowShortcuts.settings },
  { page: 'unmatched', title: 'Not matched', detail: 'Messages that belong to no slot', keys: null },
] as const satisfies readonly { page: Page; title: string; detail: string; keys: unknown }[];

/** The pages that belong to no slot. */
export const pageCommands: CommandSource = () =>
  pages.map(({ page, title, detail, keys }) => ({
    id: `page ${page}`,
    group: 'Pages',
    title,
    detail,
    ...(keys === null ? {} : { keys: keys.keys }),
    refusal: null,
    act: () => openPage(page),
  }));
