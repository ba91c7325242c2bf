import { describe, expect, test } from 'vitest';
import { dateParts, ellipsis, htmlExcerpt, isBlank, jsonLine, pointOf, safeHref, stringList } from './format';

describe('dates', () => {
  test.each(['2026-11-24 08:15:32.123Z', '2026-11-24T08:15:32Z', '2026-11-24 08:15:32.123456Z'])('%s splits into day and time', (value) => {
    expect(dateParts(value)).toEqual({ day: '2026-11-24', time: '08:15:32' });
  });

  test.each(['', 'yesterday', null, 7])('%j is no date', (value) => {
    expect(dateParts(value)).toBeUndefined();
  });
});

describe('the excerpt of HTML', () => {
  test.each([
    ['<p>One <b>two</b></p><p>three</p>', 'One two three'],
    ['a &amp; b &lt;c&gt; &#65; &nbsp; &unknown;', 'a & b <c> A &unknown;'],
    ['x<script>alert(1)</script>y<style>p{}</style>z', 'x y z'],
    ['<script>never closed', ''],
    ['2 < 3 and 4 > 1', '2 < 3 and 4 > 1'],
    ['cut <b', 'cut'],
  ])('of %j is %j', (html, words) => {
    expect(htmlExcerpt(html, 100)).toBe(words);
  });

  test('is cut with an ellipsis', () => {
    expect(htmlExcerpt('<p>one two three</p>', 8)).toBe('one two…');
  });

  test('of a megabyte of brackets is quick', () => {
    const start = performance.now();
    htmlExcerpt('<'.repeat(1_000_000), 160);
    htmlExcerpt('<script'.repeat(100_000), 160);
    expect(performance.now() - start).toBeLessThan(200);
  });
});

test('text is cut between characters, never inside one', () => {
  expect(ellipsis('👩👩👩', 2)).toBe('👩👩…');
  expect(ellipsis('👩👩👩', 3)).toBe('👩👩👩');
});

test('JSON is one line', () => {
  expect(jsonLine({ a: [1, 'x'] }, 50)).toBe('{"a":[1,"x"]}');
  expect(jsonLine({ a: 'long enough' }, 5)).toBe('{"a":…');
});

test('a point is read only when both halves are numbers', () => {
  expect(pointOf({ lon: 13.4, lat: 52.5 })).toEqual({ lon: 13.4, lat: 52.5 });
  expect(pointOf({ lon: 13.4 })).toBeUndefined();
  expect(pointOf(null)).toBeUndefined();
});

test('one string and several read alike', () => {
  expect(stringList('a')).toEqual(['a']);
  expect(stringList(['a', '', 3, 'b'])).toEqual(['a', 'b']);
  expect(stringList('')).toEqual([]);
  expect(stringList(null)).toEqual([]);
});

test('only web and mail addresses can be clicked', () => {
  expect(safeHref('https://example.com/a')).toBe('https://example.com/a');
  expect(safeHref('mailto:a@example.com')).toBe('mailto:a@example.com');
  expect(safeHref('javascript:alert(1)')).toBeUndefined();
  expect(safeHref(' java\nscript:alert(1)')).toBeUndefined();
  expect(safeHref('data:text/html,x')).toBeUndefined();
  expect(safeHref('example.com')).toBeUndefined();
});

test('false and 0 are values, not blanks', () => {
  expect([undefined, null, '', []].every(isBlank)).toBe(true);
  expect([false, 0, 'x', [0], {}].some(isBlank)).toBe(false);
});
