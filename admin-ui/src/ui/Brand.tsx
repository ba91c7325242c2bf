import classes from './Brand.module.css';

/** The mark: iron's sign, Fe, on a tile as in the table of elements. */
export function Mark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg className={classes.mark} width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="8.5" />
      <path d="M8 23V9.5h7M8 16h5.8m3.7 2.7h7.3a3.7 3.7 0 1 0-1.3 3" />
    </svg>
  );
}

export function Brand({ size = 28 }: { readonly size?: number }) {
  return (
    <span className={classes.brand}>
      <Mark size={size} />
      FerriteDB
    </span>
  );
}
