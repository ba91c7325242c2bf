import type { ReactNode } from 'react';
import classes from './values.module.css';

interface ChipsProps {
  readonly children: readonly ReactNode[];
  /** All of them over as many lines as it takes; else the first few in one line and how many more. */
  readonly whole: boolean;
}

/** As many items as a line shows of a field with several. */
export const CHIPS_IN_LINE = 3;

export function Chips({ children, whole }: ChipsProps) {
  if (whole) return <span className={`${classes.chips} ${classes.wrap}`}>{children}</span>;
  const more = children.length - CHIPS_IN_LINE;
  return (
    <span className={classes.chips}>
      {children.slice(0, CHIPS_IN_LINE)}
      {more > 0 && <span className={classes.more}>+{more}</span>}
    </span>
  );
}
