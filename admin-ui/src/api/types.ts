/** The shapes of the wire contract that the admin UI reads. */

export const FIELD_TYPES = [
  'text',
  'number',
  'bool',
  'email',
  'url',
  'editor',
  'date',
  'autodate',
  'select',
  'relation',
  'file',
  'json',
  'password',
  'geoPoint',
] as const;

export type FieldType = (typeof FIELD_TYPES)[number];

/** A field of a collection. Options that only some types have are optional here: the server leaves them out elsewhere. */
export interface Field {
  readonly id: string;
  readonly name: string;
  /** One of {@link FIELD_TYPES}, or a type that this version of the UI does not know. */
  readonly type: string;
  readonly system: boolean;
  readonly hidden: boolean;
  readonly presentable: boolean;
  readonly required?: boolean;
  readonly help?: string;
  readonly primaryKey?: boolean;
  readonly values?: readonly string[] | null;
  readonly maxSelect?: number;
  readonly collectionId?: string;
  readonly protected?: boolean;
}

export type CollectionType = 'base' | 'auth' | 'view';

export interface Collection {
  readonly id: string;
  readonly name: string;
  readonly type: CollectionType;
  readonly system: boolean;
  readonly fields: readonly Field[];
}

export type RecordValue = unknown;

export interface RecordItem {
  readonly id: string;
  readonly collectionId: string;
  readonly collectionName: string;
  readonly [field: string]: RecordValue;
}

/** `totalItems` and `totalPages` are -1 when the request said `skipTotal`. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly page: number;
  readonly perPage: number;
  readonly totalItems: number;
  readonly totalPages: number;
}

export interface AuthResponse {
  readonly token: string;
  readonly record: RecordItem;
}
