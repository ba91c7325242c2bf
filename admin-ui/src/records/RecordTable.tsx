import { memo, useEffect, useRef, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';
import type { Collection, Field, RecordItem } from '../api/types';
import { kindOf, type Related } from '../fields/registry';
import { Icon } from '../ui/Icon';
import { parseSort, toggleSort } from './sort';
import classes from './RecordTable.module.css';

interface RecordTableProps {
  readonly collection: Collection;
  readonly columns: readonly Field[];
  /** Undefined while the first page is on its way. */
  readonly records: readonly RecordItem[] | undefined;
  /** The rows are those of the page before. */
  readonly stale: boolean;
  readonly related: ReadonlyMap<string, Related>;
  readonly sort: string;
  readonly opened: string | undefined;
  readonly onSort: (sort: string) => void;
  readonly onOpen: (id: string) => void;
}

const PLACEHOLDER_ROWS = 12;

/** The records of one page. Arrow keys walk its rows, Enter opens one; Shift and a click on a header sort by several. */
export function RecordTable({ collection, columns, records, stale, related, sort, opened, onSort, onOpen }: RecordTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  useFocusAfterClosing(opened, body);
  const width = columns.reduce((sum, field) => sum + columnWidth(field), 0);

  function open(row: HTMLElement | null) {
    if (row?.dataset.record !== undefined) onOpen(row.dataset.record);
  }

  function click(event: MouseEvent) {
    const selectingText = window.getSelection()?.isCollapsed === false;
    if (!selectingText) open(rowOf(event));
  }

  function walk(event: KeyboardEvent) {
    const row = rowOf(event);
    if (event.key === 'Enter' && event.target === row) open(row);
    const next = row === null ? null : target(event.key, row, body.current);
    if (!(next instanceof HTMLElement)) return;
    event.preventDefault();
    next.focus();
  }

  return (
    <table className={classes.table} style={{ minWidth: width }} data-stale={stale}>
      <caption className={classes.caption}>Records of {collection.name}</caption>
      <colgroup>
        {columns.map((field) => (
          <col key={field.name} style={{ width: columnWidth(field) }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map((field) => (
            <HeaderCell key={field.name} field={field} sort={sort} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody ref={body} onClick={click} onKeyDown={walk}>
        {records === undefined
          ? Array.from({ length: PLACEHOLDER_ROWS }, (_, row) => <PlaceholderRow key={row} columns={columns} />)
          : records.map((record, index) => (
              // By place, not by id: rows are filled anew from page to page, which takes half as long as making new ones.
              <Row
                key={index}
                record={record}
                columns={columns}
                related={related}
                reachable={index === 0}
                opened={record.id === opened}
              />
            ))}
      </tbody>
    </table>
  );
}

/** Puts the focus on the row whose details were just closed, so that the keyboard goes on from there. */
function useFocusAfterClosing(opened: string | undefined, body: RefObject<HTMLElement | null>): void {
  const last = useRef(opened);
  useEffect(() => {
    const closed = opened === undefined ? last.current : undefined;
    last.current = opened;
    if (closed === undefined) return;
    body.current?.querySelector<HTMLElement>(`tr[data-record="${CSS.escape(closed)}"]`)?.focus();
  }, [opened, body]);
}

interface HeaderCellProps {
  readonly field: Field;
  readonly sort: string;
  readonly onSort: (sort: string) => void;
}

function HeaderCell({ field, sort, onSort }: HeaderCellProps) {
  const kind = kindOf(field);
  const direction = parseSort(sort).find((key) => key.field === field.name)?.direction;
  const content = (
    <>
      <Icon name={kind.icon} size={15} className={classes.kind} />
      <span className={classes.label}>{field.name}</span>
      {field.hidden && <Icon name="eyeOff" size={14} label="Hidden from everyone but superusers" />}
      {direction !== undefined && <Icon name={direction} size={14} className={classes.direction} />}
    </>
  );
  return (
    <th scope="col" data-align={kind.align} aria-sort={direction ?? (kind.sortable ? 'none' : undefined)} title={`${field.name}: ${kind.name}`}>
      {kind.sortable ? (
        <button
          className={classes.header}
          onClick={(event) => onSort(toggleSort(sort, field.name, { keepOthers: event.shiftKey }))}
        >
          {content}
        </button>
      ) : (
        <span className={classes.header}>{content}</span>
      )}
    </th>
  );
}

interface RowProps {
  readonly record: RecordItem;
  readonly columns: readonly Field[];
  readonly related: ReadonlyMap<string, Related>;
  /** The one row that Tab reaches; the others are reached from it. */
  readonly reachable: boolean;
  readonly opened: boolean;
}

/** Drawn again only when something of its own changes: a page may have thousands of cells. */
const Row = memo(function Row({ record, columns, related, reachable, opened }: RowProps) {
  return (
    <tr tabIndex={reachable ? 0 : -1} className={classes.row} data-record={record.id} aria-current={opened ? true : undefined}>
      {columns.map((field) => {
        const { Value, align } = kindOf(field);
        return (
          <td key={field.name} data-align={align}>
            <Value field={field} value={record[field.name]} related={related.get(field.name)} whole={false} />
          </td>
        );
      })}
    </tr>
  );
});

const CHARACTER_WIDTH = 8;
const HEADER_EXTRAS_WIDTH = 72;

/** Room for the values, and for the whole name with its icons unless it is a very long one. */
function columnWidth(field: Field): number {
  return Math.max(kindOf(field).width, Math.min(field.name.length * CHARACTER_WIDTH + HEADER_EXTRAS_WIDTH, 320));
}

function PlaceholderRow({ columns }: { readonly columns: readonly Field[] }) {
  return (
    <tr aria-hidden>
      {columns.map(({ name }) => (
        <td key={name}>
          <span className={classes.placeholder} />
        </td>
      ))}
    </tr>
  );
}

function rowOf(event: MouseEvent | KeyboardEvent): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest('tr') : null;
}

function target(key: string, row: HTMLElement, body: HTMLElement | null): Element | null | undefined {
  switch (key) {
    case 'ArrowDown':
      return row.nextElementSibling;
    case 'ArrowUp':
      return row.previousElementSibling;
    case 'Home':
      return body?.firstElementChild;
    case 'End':
      return body?.lastElementChild;
    default:
      return null;
  }
}
