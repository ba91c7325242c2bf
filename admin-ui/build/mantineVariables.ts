import {
  convertCssVariables,
  type ConvertCSSVariablesInput,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  type MantineThemeOverride,
  mergeMantineTheme,
} from '@mantine/core';
import type { Plugin } from 'vite';

const ID = 'virtual:theme-variables.css';

/**
 * Writes the theme's CSS variables into the style sheet at build time. At run time Mantine would put them into a
 * `<style>` element, which `style-src 'self'` refuses. Variables that keep Mantine's default are in its own style sheet.
 */
export function mantineVariables(theme: MantineThemeOverride): Plugin {
  return {
    name: 'ferritedb-theme-variables',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load: (id) => (id === `\0${ID}` ? convertCssVariables(changed(theme)) : undefined),
  };
}

function changed(theme: MantineThemeOverride): ConvertCSSVariablesInput {
  const defaults = defaultCssVariablesResolver(DEFAULT_THEME);
  const ours = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
  return {
    variables: difference(ours.variables, defaults.variables),
    light: difference(ours.light, defaults.light),
    dark: difference(ours.dark, defaults.dark),
  };
}

function difference(ours: Record<string, string>, defaults: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(ours).filter(([name, value]) => defaults[name] !== value));
}
