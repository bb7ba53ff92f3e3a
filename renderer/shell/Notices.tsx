import { ActionIcon } from '@mantine/core';
import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import { useEffect, useRef, type ReactElement } from 'react';
import type { Notice } from '../../shared/ipc/state';
import { call } from '../bridge';
import { UtcMoment } from '../components/UtcMoment';
import { dismissOwnNotice, reportUnexpected, useNoticeStore } from '../stores/notice-store';
import { usePanelStore } from '../stores/panel-store';
import classes from './Notices.module.css';

const icons = { info: Info, warning: TriangleAlert, error: CircleAlert };

/** Information goes away by itself after this many milliseconds; warnings and errors stay. */
const informationLasts = 10_000;

const none: readonly Notice[] = [];

/** What the operator has to know that belongs to no view, newest at the bottom. */
export function Notices(): ReactElement {
  const own = useNoticeStore((store) => store.notices);
  const fromMain = usePanelStore((store) => store.state?.notices ?? none);
  const all = [
    ...fromMain.map((notice) => ({
      notice,
      key: `main-${notice.id}`,
      dismiss: () => dismissMainNotice(notice.id),
    })),
    ...own.map((notice) => ({ notice, key: `own-${notice.id}`, dismiss: () => dismissOwnNotice(notice.id) })),
  ].toSorted((left, right) => left.notice.at - right.notice.at);
  return (
    <section className={classes.stack} aria-label="Notices">
      {all.map(({ notice, key, dismiss }) => (
        <NoticeCard key={key} notice={notice} onDismiss={dismiss} />
      ))}
    </section>
  );
}

interface NoticeCardProps {
  readonly notice: Notice;
  readonly onDismiss: () => void;
}

function NoticeCard({ notice, onDismiss }: NoticeCardProps): ReactElement {
  const Icon = icons[notice.severity];
  useDismissInformation(notice, onDismiss);
  return (
    <div
      className={`${classes.notice} ${classes[notice.severity]}`}
      role={notice.severity === 'error' ? 'alert' : 'status'}
    >
      <Icon className={classes.icon} size={15} aria-hidden="true" />
      <p className={classes.message}>{notice.message}</p>
      <time className={classes.time}>
        <UtcMoment at={notice.at} />
      </time>
      <ActionIcon size="sm" aria-label="Dismiss" onClick={onDismiss}>
        <X size={14} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}

function useDismissInformation(notice: Notice, onDismiss: () => void): void {
  const dismiss = useRef(onDismiss);
  useEffect(() => {
    dismiss.current = onDismiss;
  }, [onDismiss]);
  useEffect(() => {
    if (notice.severity !== 'info') return undefined;
    const timer = setTimeout(() => dismiss.current(), informationLasts);
    return () => clearTimeout(timer);
  }, [notice.severity]);
}

function dismissMainNotice(id: number): void {
  call('panel.dismissNotice', { id }).catch(reportUnexpected('Dismissing a notice'));
}
