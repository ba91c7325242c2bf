import type { Collection } from '../api/types';

export interface CollectionGroups {
  readonly user: readonly Collection[];
  readonly system: readonly Collection[];
}

/** The collections whose name holds `wanted`, by name, those of the system apart. */
export function groupCollections(collections: readonly Collection[], wanted: string): CollectionGroups {
  const part = wanted.trim().toLowerCase();
  const found = collections.filter(({ name }) => name.toLowerCase().includes(part)).sort((a, b) => a.name.localeCompare(b.name));
  return { user: found.filter(({ system }) => !system), system: found.filter(({ system }) => system) };
}
