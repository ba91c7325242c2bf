export interface PageRange {
  /** Places of the first and last row shown, from 1. */
  readonly first: number;
  readonly last: number;
  /** Unknown until the records are counted. */
  readonly pages: number | undefined;
  readonly hasNext: boolean;
}

export function pageRange(page: number, perPage: number, rows: number, total: number | undefined): PageRange {
  const first = (page - 1) * perPage + 1;
  const pages = total === undefined ? undefined : Math.ceil(total / perPage);
  // A full page before the count is known may well have another behind it.
  return { first, last: first + rows - 1, pages, hasNext: pages === undefined ? rows === perPage : page < pages };
}
