import type { Collection } from '../api/types';
import { examplesFor } from './examples';
import classes from './FilterHelp.module.css';

interface FilterHelpProps {
  readonly collection: Collection;
  readonly onPick: (filter: string) => void;
}

const OPERATORS = [
  ['= !=', 'equal, not equal'],
  ['> >= < <=', 'number, date or text order'],
  ['~ !~', 'contains, does not contain'],
  ['?= ?~ …', 'any item of several'],
  ['&& || ( )', 'and, or, group'],
] as const;

/** The filter language in short, with examples made of this collection's own fields. */
export default function FilterHelp({ collection, onPick }: FilterHelpProps) {
  return (
    <section className={classes.help} aria-label="How to filter">
      <div>
        <h3>Operators</h3>
        <dl className={classes.operators}>
          {OPERATORS.map(([signs, meaning]) => (
            <div key={signs}>
              <dt>{signs}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div>
        <h3>Try one here</h3>
        <ul className={classes.examples}>
          {examplesFor(collection).map((example) => (
            <li key={example}>
              <button type="button" onClick={() => onPick(example)}>
                {example}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
