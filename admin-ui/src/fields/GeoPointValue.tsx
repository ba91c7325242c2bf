import { pointOf } from './format';
import type { ValueProps } from './registry';
import { Blank } from './Blank';
import classes from './values.module.css';

/** Latitude, then longitude, as maps write them; 0, 0 is the field's empty value. */
export function GeoPointValue({ value }: ValueProps) {
  const point = pointOf(value);
  if (point === undefined || (point.lat === 0 && point.lon === 0)) return <Blank />;
  return (
    <span className={classes.number}>
      {point.lat}, {point.lon}
    </span>
  );
}
