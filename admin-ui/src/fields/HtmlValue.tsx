import { htmlExcerpt, isBlank } from './format';
import type { ValueProps } from './registry';
import { Blank } from './Blank';
import classes from './values.module.css';

const LINE_MAX = 160;

/** Its words in a line; the whole of it as source and never as a page: what is stored may be anybody's HTML. */
export function HtmlValue({ value, whole }: ValueProps) {
  if (isBlank(value)) return <Blank />;
  const html = String(value);
  return whole ? <pre className={classes.source}>{html}</pre> : htmlExcerpt(html, LINE_MAX);
}
