import { localStorageColorSchemeManager } from '@mantine/core';

export const colorSchemes = localStorageColorSchemeManager({ key: 'ferritedb.color-scheme' });

/** Sets the chosen scheme before the first paint; Mantine keeps it up to date from then on. */
export function applyColorScheme(): void {
  const chosen = colorSchemes.get('auto');
  const dark = chosen === 'dark' || (chosen === 'auto' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
}
