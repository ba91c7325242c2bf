import { ellipsis, isBlank } from './format';
import type { ValueProps } from './registry';
import { Blank } from './Blank';
import classes from './values.module.css';

const LINE_MAX = 160;

export function TextValue({ field, value, whole }: ValueProps) {
  if (isBlank(value)) return <Blank />;
  const text = String(value);
  const font = field.primaryKey ? classes.mono : '';
  return whole ? <span className={`${classes.whole} ${font}`}>{text}</span> : <span className={font}>{ellipsis(text, LINE_MAX)}</span>;
}
