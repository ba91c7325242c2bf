import { ActionIcon } from '@mantine/core';
import { PER_PAGE_CHOICES, type RecordsView } from '../app/route';
import { Icon } from '../ui/Icon';
import { pageRange } from './paging';
import classes from './Pager.module.css';

type PageView = Pick<RecordsView, 'page' | 'perPage'>;

interface PagerProps {
  readonly view: PageView;
  /** What the rows are, one and many. */
  readonly nouns?: readonly [one: string, many: string];
  readonly rows: number;
  /** How many there are; undefined while they are being counted. */
  readonly total: number | undefined;
  readonly disabled: boolean;
  readonly onChange: (change: Partial<PageView>) => void;
  /** The pointer or the focus is on the next page's button: its rows can be fetched ahead. */
  readonly onNextLikely?: () => void;
}

const RECORDS = ['record', 'records'] as const;

export function Pager({ view, nouns = RECORDS, rows, total, disabled, onChange, onNextLikely }: PagerProps) {
  const { first, last, pages, hasNext } = pageRange(view.page, view.perPage, rows, total);
  return (
    <footer className={classes.pager}>
      <p className={classes.range} aria-live="polite">
        {disabled ? '' : rows === 0 ? counted(total, nouns) : `${first}–${last} of ${counted(total, nouns)}`}
      </p>
      <label className={classes.size}>
        Rows
        <select value={view.perPage} onChange={(event) => onChange({ perPage: Number(event.target.value), page: 1 })}>
          {PER_PAGE_CHOICES.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      </label>
      <nav className={classes.pages} aria-label="Pages">
        <ActionIcon variant="default" size={34} aria-label="Previous page" disabled={disabled || view.page <= 1} onClick={() => onChange({ page: view.page - 1 })}>
          <Icon name="chevronLeft" size={16} />
        </ActionIcon>
        <span className={classes.page}>
          Page {view.page}
          {pages !== undefined && pages > 0 && ` of ${pages.toLocaleString('en')}`}
        </span>
        <ActionIcon
          variant="default"
          size={34}
          aria-label="Next page"
          disabled={disabled || !hasNext}
          onClick={() => onChange({ page: view.page + 1 })}
          onPointerEnter={() => onNextLikely?.()}
          onFocus={() => onNextLikely?.()}
        >
          <Icon name="chevronRight" size={16} />
        </ActionIcon>
      </nav>
    </footer>
  );
}

function counted(total: number | undefined, [one, many]: readonly [string, string]): string {
  if (total === undefined) return '…';
  return `${total.toLocaleString('en')} ${total === 1 ? one : many}`;
}
