import { History, LayoutGrid, ListOrdered, type LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { openPage, useViewStore, type Page } from '../stores/view-store';
import classes from './PagesNav.module.css';

const pages: readonly { readonly page: Page; readonly name: string; readonly Icon: LucideIcon }[] = [
  { page: 'overview', name: 'Overview', Icon: LayoutGrid },
  { page: 'queue', name: 'Queue', Icon: ListOrdered },
  { page: 'history', name: 'History', Icon: History },
];

/** The pages that belong to no single slot. */
export function PagesNav(): ReactElement {
  const current = useViewStore((view) => view.page);
  return (
    <nav aria-label="Pages" className={classes.pages}>
      {pages.map(({ page, name, Icon }) => (
        <button
          key={page}
          type="button"
          className={classes.page}
          aria-current={current === page ? 'page' : undefined}
          onClick={() => openPage(page)}
        >
          <Icon size={14} aria-hidden="true" />
          {name}
        </button>
      ))}
    </nav>
  );
}
