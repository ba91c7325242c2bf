import { useState } from 'react';

export interface Draft<T> {
  readonly value: T;
  readonly edit: (changes: Partial<T>) => void;
  readonly reset: (value: T) => void;
}

/** What is being edited, until it is saved or discarded. */
export function useDraft<T extends object>(saved: T): Draft<T> {
  const [value, setValue] = useState(saved);
  return {
    value,
    edit: (changes) => setValue((before) => ({ ...before, ...changes })),
    reset: setValue,
  };
}
