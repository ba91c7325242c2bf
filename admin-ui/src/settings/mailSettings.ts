import type { Settings, SettingsChanges } from '../api/types';

/** The part of the settings that this page edits. */
export function mailSettings({ meta, smtp }: Settings): Settings {
  const { appName, appURL, senderName, senderAddress } = meta;
  const { enabled, host, port, username, authMethod, tls, localName } = smtp;
  return {
    meta: { appName, appURL, senderName, senderAddress },
    smtp: { enabled, host, port, username, authMethod, tls, localName },
  };
}

/** The values that differ; a password is one as soon as it is typed, because none is ever read. */
export function settingsChanges(saved: Settings, draft: Settings): SettingsChanges {
  const meta = difference(saved.meta, draft.meta);
  const smtp = difference(saved.smtp, draft.smtp);
  return {
    ...(Object.keys(meta).length > 0 ? { meta } : {}),
    ...(Object.keys(smtp).length > 0 ? { smtp } : {}),
  };
}

function difference<T extends object>(saved: T, draft: T): Partial<T> {
  const before = new Map<string, unknown>(Object.entries(saved));
  return Object.fromEntries(Object.entries(draft).filter(([name, value]) => before.get(name) !== value)) as Partial<T>;
}

/** The values that were asked for and are not in force: the server's configuration file or environment decides on them. */
export function overruled(changes: SettingsChanges, now: Settings): readonly string[] {
  const { meta, smtp } = settingsChanges(now, { meta: { ...now.meta, ...changes.meta }, smtp: { ...now.smtp, ...changes.smtp } });
  const names = (section: string, values: object = {}) => Object.keys(values).map((name) => `${section}.${name}`);
  return [...names('meta', meta), ...names('smtp', smtp)].filter((name) => name !== 'smtp.password');
}
