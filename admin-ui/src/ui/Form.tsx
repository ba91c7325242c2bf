import { Button, Switch, Textarea, TextInput, type TextareaProps, type TextInputProps } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Icon, type IconName } from './Icon';
import { Message } from './Message';
import { refusalText } from './problems';
import classes from './Form.module.css';

interface FormPageProps {
  readonly icon: IconName;
  readonly title: string;
  readonly tag?: string;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  readonly dirty: boolean;
  readonly saving: boolean;
  readonly saved: boolean;
  /** What is to be known of what was saved, if it is more than that it was. */
  readonly savedNote?: string | undefined;
  readonly error: unknown;
  /** Whether a problem is shown beside its field; the others are shown beside the button. */
  readonly inPlace: (path: string) => boolean;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}

/** A page of settings: sections under one another, and a bar to save them that comes with the first change. */
export function FormPage({ icon, title, tag, tools, children, dirty, saving, saved, savedNote, error, inPlace, onSave, onDiscard }: FormPageProps) {
  const form = useRef<HTMLFormElement>(null);
  useWarningBeforeLeaving(dirty);
  useEffect(() => {
    if (error === null) return;
    const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    for (let around = first?.closest('details'); around; around = around.parentElement?.closest('details')) around.open = true;
    first?.focus();
  }, [error]);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (dirty) onSave();
  }

  return (
    <form ref={form} className={classes.page} aria-label={title} onSubmit={submit} noValidate>
      <header className={classes.head}>
        <h1 className={classes.title}>
          <Icon name={icon} size={20} className={classes.icon} />
          <span className={classes.name}>{title}</span>
          {tag !== undefined && <span className={classes.tag}>{tag}</span>}
        </h1>
        {tools}
      </header>
      <div className={classes.body}>
        <div className={classes.sections}>{children}</div>
      </div>
      {(dirty || saved) && (
        <footer className={classes.save}>
          <div>
            {error !== null && dirty && <Message tone="problem">{refusalText(error, inPlace)}</Message>}
            {saved && !dirty && <Message tone={savedNote === undefined ? 'done' : 'info'}>{savedNote ?? 'Saved.'}</Message>}
          </div>
          {dirty && (
            <>
              <Button variant="default" onClick={onDiscard} disabled={saving}>
                Discard
              </Button>
              <Button type="submit" loading={saving}>
                Save changes
              </Button>
            </>
          )}
        </footer>
      )}
    </form>
  );
}

function useWarningBeforeLeaving(dirty: boolean) {
  useEffect(() => {
    if (!dirty) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty]);
}

interface SectionProps {
  readonly title: string;
  readonly about?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ title, about, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div>
        <h2 className={classes.heading} id={id}>
          {title}
        </h2>
        {about !== undefined && <p className={classes.about}>{about}</p>}
      </div>
      <div className={classes.fields}>{children}</div>
    </section>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly description?: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly error?: string | undefined;
  readonly onChange: (checked: boolean) => void;
}

export function Toggle({ onChange, error, ...props }: ToggleProps) {
  return (
    <Switch
      {...props}
      withThumbIndicator={false}
      error={error}
      aria-invalid={error === undefined ? undefined : true}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

interface TextProps extends Omit<TextInputProps, 'onChange' | 'value' | 'error'> {
  readonly value: string;
  readonly error?: string | undefined;
  readonly onChange: (value: string) => void;
}

export function TextField({ onChange, ...props }: TextProps) {
  return <TextInput {...props} onChange={(event) => onChange(event.currentTarget.value)} />;
}

interface AreaProps extends Omit<TextareaProps, 'onChange' | 'value' | 'error'> {
  readonly value: string;
  readonly error?: string | undefined;
  readonly onChange: (value: string) => void;
}

/** Text of several lines in a fixed pitch: rules, mails, JSON. */
export function CodeArea({ onChange, ...props }: AreaProps) {
  return (
    <Textarea
      resize="vertical"
      spellCheck={false}
      autoComplete="off"
      {...props}
      className={classes.code}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface NumberProps {
  readonly label: string;
  readonly description?: ReactNode;
  readonly value: number;
  readonly min?: number;
  readonly max?: number;
  readonly disabled?: boolean;
  readonly error?: string | undefined;
  readonly onChange: (value: number) => void;
}

/** A whole number. What is no number while it is typed counts as 0, which the server refuses where it must. */
export function NumberField({ value, onChange, ...props }: NumberProps) {
  const [text, setText] = useState(String(value));
  const shown = Number(text) === value ? text : String(value);
  return (
    <TextInput
      {...props}
      type="number"
      step={1}
      inputMode="numeric"
      value={shown}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(Number(event.currentTarget.value));
      }}
    />
  );
}
