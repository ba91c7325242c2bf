import { stringList } from './format';
import type { ValueProps } from './registry';
import { Blank } from './Blank';
import { Chips } from './Chips';
import classes from './values.module.css';

const HUES = 6;

/** Each option keeps its colour everywhere: it comes from the option's place in the field's list. */
export function SelectValue({ field, value, whole }: ValueProps) {
  const chosen = stringList(value);
  if (chosen.length === 0) return <Blank />;
  return (
    <Chips whole={whole}>
      {chosen.map((option) => {
        const place = field.values?.indexOf(option) ?? -1;
        return (
          <span
            key={option}
            className={`${classes.chip} ${classes.option} ${place < 0 ? classes.unknown : ''}`}
            {...(place < 0 ? {} : { 'data-hue': place % HUES })}
          >
            <span>{option}</span>
          </span>
        );
      })}
    </Chips>
  );
}
