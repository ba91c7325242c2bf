export type Direction = 'ascending' | 'descending';

export interface SortKey {
  readonly field: string;
  readonly direction: Direction;
}

/** The server refuses more keys than this. */
const KEYS_MAX = 8;

export function parseSort(sort: string): readonly SortKey[] {
  return sort
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map((item) => ({ field: item.replace(/^[+-]/, ''), direction: item.startsWith('-') ? 'descending' : 'ascending' }));
}

export function formatSort(keys: readonly SortKey[]): string {
  return keys.map(({ field, direction }) => (direction === 'descending' ? `-${field}` : field)).join(',');
}

/**
 * The order after a click on a column's header: ascending, then descending, then none. With `keepOthers` the other
 * columns' order stays and this one is added behind it.
 */
export function toggleSort(sort: string, field: string, { keepOthers = false } = {}): string {
  const keys = parseSort(sort);
  const current = keys.find((key) => key.field === field)?.direction;
  const next: SortKey[] =
    current === undefined ? [{ field, direction: 'ascending' }] : current === 'ascending' ? [{ field, direction: 'descending' }] : [];
  if (!keepOthers) return formatSort(next);
  const replaced = current === undefined ? [...keys, ...next] : keys.flatMap((key) => (key.field === field ? next : [key]));
  return formatSort(replaced.slice(0, KEYS_MAX));
}
