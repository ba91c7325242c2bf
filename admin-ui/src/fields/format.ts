/** How a field's value reads as one line of text. Shapes on the wire: dates `2026-11-24 08:15:32.123Z`, points `{lon, lat}`. */

const WIRE_DATE = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?Z?$/;

export interface DateParts {
  readonly day: string;
  readonly time: string;
}

/** Splits a date as it is on the wire, in UTC; undefined when it is empty or of another form. */
export function dateParts(value: unknown): DateParts | undefined {
  const [, day, time] = typeof value === 'string' ? (WIRE_DATE.exec(value) ?? []) : [];
  return day === undefined || time === undefined ? undefined : { day, time };
}

/** The same moment on this machine's clock, written out. */
export function localDate(value: string): string {
  const date = new Date(value.replace(' ', 'T'));
  return Number.isNaN(date.getTime()) ? value : date.toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'long' });
}

const UNREAD_ELEMENTS = /<(script|style|head|template|iframe|svg)\b[^>]*>[\s\S]*?(<\/\1\s*>|$)/gi;
const BLOCK_TAGS = /<\/?(p|div|br|li|ul|ol|h[1-6]|blockquote|pre|table|tr|td|th|section|article|hr)\b[^>]*>/gi;
const TAGS = /<\/?[a-z!][^>]*(>|$)/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The words of a piece of HTML, at most `max` characters. For reading only: the result is text and never markup. */
export function htmlExcerpt(html: string, max: number): string {
  const words = html
    .slice(0, max * 20)
    .replace(UNREAD_ELEMENTS, ' ')
    .replace(BLOCK_TAGS, ' ')
    .replace(TAGS, '')
    .replace(/&(?:#(\d{1,6})|([a-z]+));/gi, (whole, code: string | undefined, name: string | undefined) =>
      code !== undefined ? String.fromCodePoint(Number(code)) : (ENTITIES[name?.toLowerCase() ?? ''] ?? whole),
    )
    .replace(/\s+/g, ' ')
    .trim();
  return ellipsis(words, max);
}

export function ellipsis(text: string, max: number): string {
  if (text.length <= max) return text;
  const points = Array.from(text);
  return points.length <= max ? text : `${points.slice(0, max).join('').trimEnd()}…`;
}

export function jsonLine(value: unknown, max: number): string {
  return ellipsis(JSON.stringify(value) ?? '', max);
}

export interface Point {
  readonly lon: number;
  readonly lat: number;
}

export function pointOf(value: unknown): Point | undefined {
  if (typeof value !== 'object' || value === null || !('lon' in value) || !('lat' in value)) return undefined;
  const { lon, lat } = value;
  return typeof lon === 'number' && typeof lat === 'number' ? { lon, lat } : undefined;
}

/** The items of a field that holds one string or several. */
export function stringList(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string' && item !== '') : [];
}

/** The address if a click on it is safe: web and mail only, never `javascript:`. */
export function safeHref(value: string): string | undefined {
  try {
    return ['http:', 'https:', 'mailto:'].includes(new URL(value).protocol) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What a person sees as nothing: the zero values of text, list and JSON fields. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
