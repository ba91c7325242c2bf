import { Icon } from '../ui/Icon';
import type { ValueProps } from './registry';
import classes from './values.module.css';

export function BoolValue({ value }: ValueProps) {
  const on = value === true;
  return (
    <span className={classes.bool} data-on={on}>
      <Icon name={on ? 'check' : 'close'} size={14} />
      {on ? 'True' : 'False'}
    </span>
  );
}
