import { isBlank, safeHref } from './format';
import type { ValueProps } from './registry';
import { Blank } from './Blank';
import classes from './values.module.css';

export function LinkValue({ value }: ValueProps) {
  if (isBlank(value)) return <Blank />;
  const address = String(value);
  const href = safeHref(address);
  if (href === undefined) return <span className={classes.whole}>{address}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" onClick={(event) => event.stopPropagation()}>
      {address}
    </a>
  );
}
