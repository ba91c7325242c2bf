import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';
import classes from './Notice.module.css';

interface NoticeProps {
  readonly icon: IconName;
  readonly title: string;
  readonly tone?: 'neutral' | 'danger';
  readonly action?: ReactNode;
  readonly children?: ReactNode;
}

/** Fills the place of content that is not there: nothing yet, nothing found, or an error. */
export function Notice({ icon, title, tone = 'neutral', action, children }: NoticeProps) {
  return (
    <div className={classes.notice} data-tone={tone} role={tone === 'danger' ? 'alert' : 'status'}>
      <span className={classes.icon}>
        <Icon name={icon} size={22} />
      </span>
      <h2 className={classes.title}>{title}</h2>
      <div className={classes.text}>{children}</div>
      {action}
    </div>
  );
}
