import classes from './values.module.css';

/** Stands for a value that is empty, and says so to screen readers. */
export function Blank() {
  return (
    <span className={classes.blank} role="img" aria-label="empty">
      –
    </span>
  );
}
