import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Red-hot to rust: iron in the fire. Shade 7 carries white text at 5.2:1. */
const ferrite: MantineColorsTuple = [
  '#fff3ec',
  '#ffe3d3',
  '#fdc4a6',
  '#faa274',
  '#f6834a',
  '#ee6b2d',
  '#dd5518',
  '#c2450e',
  '#9f3a10',
  '#7c2f11',
];

const steel: MantineColorsTuple = [
  '#d9dce1',
  '#b6bbc4',
  '#9299a5',
  '#6e7682',
  '#4a515c',
  '#373d46',
  '#282d34',
  '#1c2026',
  '#14171b',
  '#0d0f12',
];

export const theme = createTheme({
  colors: { ferrite, dark: steel },
  primaryColor: 'ferrite',
  primaryShade: 7,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, Inter, "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  respectReducedMotion: true,
});
