import { jsonLine } from './format';
import type { ValueProps } from './registry';
import { Blank } from './Blank';
import classes from './values.module.css';

const LINE_MAX = 120;

export function JsonValue({ value, whole }: ValueProps) {
  if (value === undefined || value === null) return <Blank />;
  if (whole) return <pre className={classes.source}>{JSON.stringify(value, null, 2)}</pre>;
  return <span className={classes.mono}>{jsonLine(value, LINE_MAX)}</span>;
}
