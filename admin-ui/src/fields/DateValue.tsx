import { dateParts, localDate } from './format';
import type { ValueProps } from './registry';
import { Blank } from './Blank';
import classes from './values.module.css';

/** The date in UTC, as filters compare it; local time is in the tooltip. */
export function DateValue({ value }: ValueProps) {
  const parts = dateParts(value);
  if (parts === undefined) return typeof value === 'string' && value !== '' ? value : <Blank />;
  return (
    <time className={classes.number} dateTime={String(value).replace(' ', 'T')} title={`UTC. Here: ${localDate(String(value))}`}>
      {parts.day}
      <span className={classes.time}>{parts.time}</span>
    </time>
  );
}
