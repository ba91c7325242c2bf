import type { ValueProps } from './registry';
import { Blank } from './Blank';
import classes from './values.module.css';

/** Digits as the server wrote them: grouping would make a year or a code look like a quantity. */
export function NumberValue({ value }: ValueProps) {
  return typeof value === 'number' ? <span className={classes.number}>{value}</span> : <Blank />;
}
