import { Icon } from '../ui/Icon';
import { stringList } from './format';
import type { ValueProps } from './registry';
import { Blank } from './Blank';
import { Chips } from './Chips';
import classes from './values.module.css';

export function FileValue({ value, whole }: ValueProps) {
  const names = stringList(value);
  if (names.length === 0) return <Blank />;
  return (
    <Chips whole={whole}>
      {names.map((name) => (
        <span key={name} className={classes.chip} title={name}>
          <Icon name="file" size={13} />
          <span>{name}</span>
        </span>
      ))}
    </Chips>
  );
}
