import { useLocalStorage } from '@mantine/hooks';
import { useMemo } from 'react';
import type { Collection, Field } from '../api/types';
import { columnFields, shownFields } from './columns';

export interface Columns {
  readonly all: readonly Field[];
  readonly shown: readonly Field[];
  toggle(name: string): void;
  showAll(): void;
}

/** Which of a collection's columns are shown; remembered in this browser. */
export function useColumns(collection: Collection): Columns {
  const [hidden, setHidden] = useLocalStorage<readonly string[]>({
    key: `ferritedb.hidden-columns.${collection.id}`,
    defaultValue: [],
    getInitialValueInEffect: false,
    deserialize: parseNames,
  });
  return useMemo(() => {
    const all = columnFields(collection);
    return {
      all,
      shown: shownFields(all, new Set(hidden)),
      toggle: (name) => setHidden(hidden.includes(name) ? hidden.filter((other) => other !== name) : [...hidden, name]),
      showAll: () => setHidden([]),
    };
  }, [collection, hidden, setHidden]);
}

function parseNames(text: string | undefined): readonly string[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}
