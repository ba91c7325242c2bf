import { type ReactNode, useEffect } from 'react';
import { Brand } from './Brand';
import { Icon } from './Icon';
import classes from './PageCard.module.css';

interface PageCardProps {
  readonly title: string;
  /** Tells where this is, for those who came by a link and may never have heard of FerriteDB. */
  readonly place?: string | undefined;
  readonly children?: ReactNode;
}

/** A page of one card in the middle: everything that is shown to someone who is not signed in. */
export function PageCard({ title, place, children }: PageCardProps) {
  useTitle(title);
  return (
    <main className={classes.page}>
      <div className={classes.panel}>
        <Brand size={32} />
        <h1 className={classes.title}>{title}</h1>
        {place !== undefined && <p className={classes.place}>{place}</p>}
        {children}
      </div>
    </main>
  );
}

interface OutcomeProps {
  readonly tone: 'done' | 'problem';
  readonly title: string;
  readonly place?: string | undefined;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** How something ended, in place of the form that it began with; read out, because the form is gone. */
export function Outcome({ tone, title, place, children, action }: OutcomeProps) {
  useTitle(title);
  return (
    <main className={classes.page}>
      <div className={classes.panel}>
        <div role={tone === 'problem' ? 'alert' : 'status'}>
          <h1 className={`${classes.title} ${classes.outcome}`}>
            <span className={classes.badge} data-tone={tone}>
              <Icon name={tone === 'problem' ? 'alert' : 'check'} size={20} />
            </span>
            {title}
          </h1>
          {place !== undefined && <p className={classes.place}>{place}</p>}
          <p className={classes.text}>{children}</p>
        </div>
        {action !== undefined && <div className={classes.actions}>{action}</div>}
      </div>
    </main>
  );
}

function useTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · FerriteDB`;
  }, [title]);
}
