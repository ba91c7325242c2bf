import type { ComponentType } from 'react';
import type { Collection, Field, FieldType, RecordValue } from '../api/types';
import type { IconName } from '../ui/Icon';
import { BoolValue } from './BoolValue';
import { DateValue } from './DateValue';
import { fieldType } from './fieldType';
import { FileValue } from './FileValue';
import { GeoPointValue } from './GeoPointValue';
import { HtmlValue } from './HtmlValue';
import { JsonValue } from './JsonValue';
import { LinkValue } from './LinkValue';
import { NumberValue } from './NumberValue';
import { RelationValue } from './RelationValue';
import { SelectValue } from './SelectValue';
import { TextValue } from './TextValue';

/** What a relation field needs to show more than ids. */
export interface Related {
  readonly collection: Collection;
  /** Text that stands for a record, by its id; absent while unknown. */
  readonly labels: ReadonlyMap<string, string>;
}

export interface ValueProps {
  readonly field: Field;
  readonly value: RecordValue;
  readonly related?: Related | undefined;
  /** All of it, as in a record's details; else what fits into one line of a table. */
  readonly whole: boolean;
}

/** How one type of field is shown. A new type is added here and nowhere else. */
export interface FieldKind {
  readonly name: string;
  readonly icon: IconName;
  readonly align: 'start' | 'end';
  /** The least width of a column, in CSS pixels. */
  readonly width: number;
  readonly sortable: boolean;
  readonly Value: ComponentType<ValueProps>;
}

const plain = { align: 'start', width: 210, sortable: true } as const;

const KINDS: Readonly<Record<FieldType, FieldKind>> = {
  text: { ...plain, name: 'Text', icon: 'text', Value: TextValue },
  number: { ...plain, name: 'Number', icon: 'number', align: 'end', width: 120, Value: NumberValue },
  bool: { ...plain, name: 'Bool', icon: 'bool', width: 110, Value: BoolValue },
  email: { ...plain, name: 'Email', icon: 'email', Value: TextValue },
  url: { ...plain, name: 'URL', icon: 'url', Value: LinkValue },
  editor: { ...plain, name: 'Rich text', icon: 'editor', width: 280, Value: HtmlValue },
  date: { ...plain, name: 'Date', icon: 'date', width: 190, Value: DateValue },
  autodate: { ...plain, name: 'Automatic date', icon: 'autodate', width: 190, Value: DateValue },
  select: { ...plain, name: 'Select', icon: 'select', width: 150, Value: SelectValue },
  relation: { ...plain, name: 'Relation', icon: 'relation', width: 190, Value: RelationValue },
  file: { ...plain, name: 'File', icon: 'file', width: 200, Value: FileValue },
  json: { ...plain, name: 'JSON', icon: 'json', sortable: false, Value: JsonValue },
  password: { ...plain, name: 'Password', icon: 'password', sortable: false, Value: TextValue },
  geoPoint: { ...plain, name: 'Location', icon: 'geoPoint', width: 190, sortable: false, Value: GeoPointValue },
};

/** How `field` is shown; a type that this version does not know is shown as JSON, which loses nothing. */
export function kindOf(field: Field): FieldKind {
  const type = fieldType(field);
  return type === undefined ? { ...KINDS.json, name: field.type } : KINDS[type];
}
