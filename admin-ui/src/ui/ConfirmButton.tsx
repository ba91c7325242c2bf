import { Button } from '@mantine/core';
import { useState } from 'react';
import { Message } from './Message';
import classes from './ConfirmButton.module.css';

interface ConfirmButtonProps {
  readonly label: string;
  /** What it does, asked for once more before it is done. */
  readonly question: string;
  readonly confirm: string;
  readonly size?: 'xs' | 'sm';
  readonly loading?: boolean;
  readonly disabled?: boolean;
  readonly onConfirm: () => void;
}

/** A button for what cannot be taken back: the first press asks, the second does it. */
export function ConfirmButton({ label, question, confirm, size = 'xs', loading = false, disabled = false, onConfirm }: ConfirmButtonProps) {
  const [asked, setAsked] = useState(false);
  if (!asked) {
    return (
      <Button variant="default" size={size} loading={loading} disabled={disabled} onClick={() => setAsked(true)}>
        {label}
      </Button>
    );
  }
  return (
    <div className={classes.ask} onKeyDown={(event) => event.key === 'Escape' && (event.stopPropagation(), setAsked(false))}>
      <Message>{question}</Message>
      <div className={classes.answers}>
        <Button
          size="xs"
          color="red"
          autoFocus
          onClick={() => {
            setAsked(false);
            onConfirm();
          }}
        >
          {confirm}
        </Button>
        <Button size="xs" variant="default" onClick={() => setAsked(false)}>
          Keep
        </Button>
      </div>
    </div>
  );
}
