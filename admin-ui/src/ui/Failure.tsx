import { Button } from '@mantine/core';
import { ApiError, messageOf } from '../api/errors';
import { Notice } from './Notice';
import classes from './Failure.module.css';

interface FailureProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** An error in the place of what it kept from being shown, with all that the server said. */
export function Failure({ error, onRetry }: FailureProps) {
  const refusal = error instanceof ApiError ? error : undefined;
  return (
    <Notice
      icon="alert"
      tone="danger"
      title={refusal === undefined ? 'No answer' : `The server answered ${refusal.status}`}
      action={
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {messageOf(error)}
      {refusal !== undefined && refusal.details.length > 0 && (
        <ul className={classes.details}>
          {refusal.details.map(({ path, message }) => (
            <li key={path}>
              <code>{path}</code> {message}
            </li>
          ))}
        </ul>
      )}
      {refusal?.requestId !== undefined && <p className={classes.request}>Request {refusal.requestId}</p>}
    </Notice>
  );
}
