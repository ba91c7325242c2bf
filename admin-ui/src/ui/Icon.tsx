/** Line drawings on a 24 × 24 grid, one path each. */
const PATHS = {
  alert: 'M12 4 2.8 19.5h18.4L12 4Zm0 6v4.5m0 2.5v.2',
  ascending: 'M12 19V5m-5 5 5-5 5 5',
  auth: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8c.6-3.6 3.6-5.5 7.5-5.5s6.9 1.9 7.5 5.5',
  autodate: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.5 2',
  base: 'M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3Zm0 0v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3',
  bool: 'M8 6h8a6 6 0 0 1 0 12H8A6 6 0 0 1 8 6Zm8 3a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  chevronDown: 'm6 9 6 6 6-6',
  chevronLeft: 'm15 6-6 6 6 6',
  chevronRight: 'm9 6 6 6-6 6',
  close: 'M6 6l12 12M18 6 6 18',
  columns: 'M4 5h16v14H4V5Zm5.5 0v14m5-14v14',
  copy: 'M9 9h11v11H9V9Zm-3.5 6H4V4h11v1.5',
  date: 'M4 6h16v14H4V6Zm0 5h16M8.5 3.5V8m7-4.5V8',
  descending: 'M12 5v14m5-5-5 5-5-5',
  editor: 'M5 6h14M5 10.5h14M5 15h14M5 19.5h8',
  email: 'M3.5 6h17v12.5h-17V6Zm0 1 8.5 6.5L20.5 7',
  external: 'M10 5H5v14h14v-5M14 4.5h5.5V10m0-5.5L11 13',
  eyeOff: 'M4 4l16 16M9.5 5.6A9.5 9.5 0 0 1 21 12a12 12 0 0 1-2.5 3.3M6 7.5A12 12 0 0 0 3 12c2 3.8 5.2 6 9 6 1.2 0 2.3-.2 3.3-.6M10 10.2a2.7 2.7 0 0 0 3.8 3.8',
  file: 'M6 3h8l5 5v13H6V3Zm8 0v5h5',
  filter: 'M4 5h16l-6.2 7.5V19l-3.6 1.5v-8L4 5Z',
  geoPoint: 'M12 21c4.5-4.6 7-8.2 7-11.2A7 7 0 0 0 5 9.8C5 12.8 7.5 16.4 12 21Zm0-8.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4Z',
  help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm-2.6-11.4c.3-1.5 1.4-2.3 2.7-2.3 1.5 0 2.6.9 2.6 2.3 0 1.9-2.7 2.1-2.7 4.1m0 2.8v.2',
  json: 'M9 4H8C6.3 4 6 5 6 6.5v3C6 11 5 12 3.5 12 5 12 6 13 6 14.5v3C6 19 6.3 20 8 20h1m6-16h1c1.7 0 2 1 2 2.5v3c0 1.5 1 2.5 2.5 2.5-1.5 0-2.5 1-2.5 2.5v3c0 1.5-.3 2.5-2 2.5h-1',
  log: 'M6 3.5h12v17H6v-17Zm3 5h6m-6 4h6m-6 4h3.5',
  menu: 'M4 6.5h16M4 12h16M4 17.5h16',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z',
  number: 'M9 4 7 20m10-16-2 16M4.5 9h16M3.5 15h16',
  options: 'M4 7h8m4 0h4M4 17h4m4 0h8M14 4.5v5M10 14.5v5',
  password: 'M5 11h14v9H5v-9Zm3 0V8a4 4 0 0 1 8 0v3m-4 3.5v2',
  plus: 'M12 5v14M5 12h14',
  refresh: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.3M20 4.5v4.8h-4.8',
  relation: 'M10 14a4.2 4.2 0 0 0 6 0l3-3a4.2 4.2 0 0 0-6-6l-1.2 1.2M14 10a4.2 4.2 0 0 0-6 0l-3 3a4.2 4.2 0 0 0 6 6l1.2-1.2',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm4.8-1.7L20 20',
  select: 'M9.5 6.5H20M9.5 12H20M9.5 17.5H20M4.5 6.5h.7M4.5 12h.7M4.5 17.5h.7',
  signOut: 'M10 4H5v16h5m4.5-12 4 4-4 4m4-4H9.5',
  sun: 'M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM12 2.5v2m0 15v2M2.5 12h2m15 0h2M5.3 5.3l1.4 1.4m10.6 10.6 1.4 1.4m0-13.4-1.4 1.4M6.7 17.3l-1.4 1.4',
  system: 'M3.5 5h17v11h-17V5ZM8.5 20h7M12 16v4',
  text: 'M5 7.5V5h14v2.5M12 5v14m-3 0h6',
  trash: 'M4.5 7h15M9.5 7V4.5h5V7m3.3 0-.8 13H7L6.2 7m4 4v5.5m3.6-5.5v5.5',
  url: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c2.5 2.6 3.7 5.6 3.7 9s-1.2 6.4-3.7 9c-2.5-2.6-3.7-5.6-3.7-9S9.5 5.6 12 3Z',
  view: 'M3 12c2-3.8 5.2-6 9-6s7 2.2 9 6c-2 3.8-5.2 6-9 6s-7-2.2-9-6Zm9 2.7a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4Z',
} as const;

export type IconName = keyof typeof PATHS;

interface IconProps {
  readonly name: IconName;
  readonly size?: number;
  /** Read out by screen readers; leave it out where a text beside the icon says the same. */
  readonly label?: string;
  readonly className?: string | undefined;
}

export function Icon({ name, size = 18, label, className }: IconProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={size < 18 ? 2 : 1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
