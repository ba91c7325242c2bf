import { Icon, type IconName } from '../ui/Icon';
import { AUDIT_VIEW, auditHref, type ConsoleRoute, MAIL_SETTINGS_HREF } from './route';
import classes from './ServerNav.module.css';

interface ServerPage {
  readonly kind: ConsoleRoute['kind'];
  readonly label: string;
  readonly href: string;
  readonly icon: IconName;
}

const PAGES: readonly ServerPage[] = [
  { kind: 'audit', label: 'Audit log', href: auditHref(AUDIT_VIEW), icon: 'log' },
  { kind: 'mailSettings', label: 'Mail settings', href: MAIL_SETTINGS_HREF, icon: 'email' },
];

/** The pages that are about the whole server. */
export function ServerNav({ route }: { readonly route: ConsoleRoute }) {
  return (
    <nav className={classes.nav} aria-label="Server">
      {PAGES.map(({ kind, label, href, icon }) => (
        <a key={kind} className={classes.link} href={href} aria-current={kind === route.kind ? 'page' : undefined}>
          <Icon name={icon} size={17} />
          {label}
        </a>
      ))}
    </nav>
  );
}
