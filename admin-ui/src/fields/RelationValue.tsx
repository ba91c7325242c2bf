import { collectionView, recordsHref } from '../app/route';
import { Icon } from '../ui/Icon';
import { stringList } from './format';
import type { ValueProps } from './registry';
import { Blank } from './Blank';
import { Chips } from './Chips';
import classes from './values.module.css';

/** Links to the related records: a click opens the record in its own collection. */
export function RelationValue({ value, related, whole }: ValueProps) {
  const ids = stringList(value);
  if (ids.length === 0) return <Blank />;
  return (
    <Chips whole={whole}>
      {ids.map((id) => {
        const label = related?.labels.get(id);
        const text = <span className={label === undefined ? classes.mono : undefined}>{label ?? id}</span>;
        if (related === undefined) {
          return (
            <span key={id} className={classes.chip}>
              {text}
            </span>
          );
        }
        return (
          <a
            key={id}
            className={classes.chip}
            href={recordsHref({ ...collectionView(related.collection.name), record: id })}
            title={`${related.collection.name}: ${id}`}
            onClick={(event) => event.stopPropagation()}
          >
            <Icon name="relation" size={13} />
            {text}
          </a>
        );
      })}
    </Chips>
  );
}
