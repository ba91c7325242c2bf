import type { Collection } from '../api/types';
import { isSearchable } from '../fields/fieldType';

/** A word that only the filter language uses: an operator, a macro, a call with its bracket, a list. */
const LANGUAGE = /[=<>~]|&&|\|\||@\w|^!|\w\(|\bin\s*\[/;

export type FilterInput =
  | { readonly kind: 'none' }
  /** Text in the filter language, sent as it is. */
  | { readonly kind: 'filter'; readonly filter: string }
  /** Plain words, looked for in every text-like field. */
  | { readonly kind: 'search'; readonly filter: string; readonly words: string; readonly fields: readonly string[] };

/** Reads what was typed into the filter box: the filter language, or words to look for. */
export function readFilter(input: string, collection: Collection): FilterInput {
  const text = input.trim();
  if (text === '') return { kind: 'none' };
  const fields = collection.fields.filter(isSearchable).map((field) => field.name);
  const namesField = collection.fields.some((field) => field.name === text);
  if (LANGUAGE.test(text) || namesField || fields.length === 0) return { kind: 'filter', filter: text };
  const words = quote(text);
  return { kind: 'search', filter: fields.map((field) => `${field} ~ ${words}`).join(' || '), words: text, fields };
}

export function filterText(input: FilterInput): string {
  return input.kind === 'none' ? '' : input.filter;
}

/** `text` as a literal of the filter language. */
export function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
