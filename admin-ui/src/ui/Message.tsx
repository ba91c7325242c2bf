import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';
import classes from './Message.module.css';

const ICONS: Readonly<Record<'info' | 'done' | 'problem', IconName | undefined>> = { info: undefined, done: 'check', problem: 'alert' };

interface MessageProps {
  readonly tone?: keyof typeof ICONS;
  readonly children: ReactNode;
}

/** One sentence beside what it is about; read out when it appears. */
export function Message({ tone = 'info', children }: MessageProps) {
  const icon = ICONS[tone];
  return (
    <p className={classes.message} data-tone={tone} role={tone === 'problem' ? 'alert' : 'status'}>
      {icon !== undefined && <Icon name={icon} size={16} />}
      <span>{children}</span>
    </p>
  );
}
