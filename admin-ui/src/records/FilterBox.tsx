import { Button } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef, useState, type FormEvent } from 'react';
import type { ApiError } from '../api/errors';
import type { Collection } from '../api/types';
import { Icon } from '../ui/Icon';
import type { FilterInput } from './filter';
import classes from './FilterBox.module.css';

const FilterHelp = lazy(() => import('./FilterHelp'));

interface FilterBoxProps {
  readonly collection: Collection;
  readonly input: FilterInput;
  readonly value: string;
  readonly error: ApiError | undefined;
  readonly onApply: (text: string) => void;
}

/** Takes the filter language or plain words; the server's word on a wrong filter is shown right below. `/` comes here. */
export function FilterBox({ collection, input, value, error, onApply }: FilterBoxProps) {
  const [text, setText] = useState(value);
  const [helpOpen, setHelpOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => setText(value), [value]);

  useEffect(() => {
    function focusOnSlash(event: KeyboardEvent) {
      const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [role="dialog"]') !== null;
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      field.current?.focus();
    }
    window.addEventListener('keydown', focusOnSlash);
    return () => window.removeEventListener('keydown', focusOnSlash);
  }, []);

  function apply(next: string) {
    setText(next);
    if (next.trim() !== value) onApply(next.trim());
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    apply(text);
  }

  return (
    <form className={classes.form} role="search" onSubmit={submit}>
      <div className={classes.box} data-invalid={error !== undefined}>
        <Icon name={input.kind === 'search' ? 'search' : 'filter'} size={16} />
        <input
          ref={field}
          className={classes.input}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && setText(value)}
          placeholder={`Words to search for, or a filter such as ${exampleFor(collection)}`}
          aria-label="Filter"
          aria-invalid={error !== undefined}
          aria-describedby="filter-message"
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="search"
        />
        {text.trim() !== value && (
          <Button type="submit" size="compact-sm">
            Apply
          </Button>
        )}
        {text !== '' && (
          <button type="button" className={classes.tool} aria-label="Clear the filter" title="Clear the filter" onClick={() => apply('')}>
            <Icon name="close" size={15} />
          </button>
        )}
        <button
          type="button"
          className={classes.tool}
          aria-label="How to filter"
          title="How to filter"
          aria-expanded={helpOpen}
          onClick={() => setHelpOpen(!helpOpen)}
        >
          <Icon name="help" size={16} />
        </button>
      </div>
      <div id="filter-message">
        {error !== undefined && (
          <p className={classes.error} role="alert">
            {error.detail('filter') ?? error.message}
          </p>
        )}
        {error === undefined && input.kind === 'search' && (
          <p className={classes.note}>
            Searching {listed(input.fields)} for “{input.words}”.
          </p>
        )}
      </div>
      {helpOpen && (
        <Suspense>
          <FilterHelp
            collection={collection}
            onPick={(filter) => {
              setHelpOpen(false);
              apply(filter);
            }}
          />
        </Suspense>
      )}
    </form>
  );
}

const NAMES_MAX = 4;

function listed(names: readonly string[]): string {
  const rest = names.length - NAMES_MAX;
  return rest > 0 ? `${names.slice(0, NAMES_MAX).join(', ')} and ${rest} more` : names.join(', ');
}

function exampleFor(collection: Collection): string {
  const text = collection.fields.find(({ type, system, primaryKey }) => type === 'text' && !system && !primaryKey);
  return `${text?.name ?? 'id'} ~ 'abc'`;
}
