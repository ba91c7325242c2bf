import { describe, expect, it } from 'vitest';
import { refusal } from './clients.ts';
import { stories } from './stories.ts';

const world = stories();

function selects(rows: Array<[filter: string, records: string]>, collection = 'stories') {
  it.each(rows)('%s selects %s', async (filter, expected) => {
    expect((await world.found(collection, filter)).join(' ')).toBe(expected);
  });
}

describe('geoDistance', () => {
  selects([
    ['geoDistance(place.lon, place.lat, 16.37, 48.21) < 10', 's1'],
    ['geoDistance(place.lon, place.lat, 16.37, 48.21) < 1100', 's1 s4'],
    ['geoDistance(place.lon, place.lat, 16.37, 48.21) < 1300', 's1 s2 s4'],
    ['geoDistance(-0.1276, 51.5072, place.lon, place.lat) < 400', 's2 s4'],
    ['10 > geoDistance(place.lon, place.lat, 16.37, 48.21)', 's1'],
    ['geoDistance(0, 0, 0, 1) > 111 && geoDistance(0, 0, 0, 1) < 112 && rating = 5', 's1'],
    ['geoDistance(place.lon, place.lat, author.city.place.lon, author.city.place.lat) < 10', 's1 s2'],
    ['geoDistance(helpers.city.place.lon, helpers.city.place.lat, 16.37, 48.21) < 10', 's2 s4'],
    ['geoDistance(author.city.place.lon, author.city.place.lat, 16.37, 48.21) < 10', 's1 s4'],
  ]);
});

describe('strftime', () => {
  selects([
    ["strftime('%Y-%m', due) = '2026-03'", 's1 s4'],
    ["strftime('%Y', due) = ''", 's2'],
    ["strftime('%Y', due) != '2026'", 's2 s3'],
    ["strftime('%H', due, '+2 hours') = '12'", 's1'],
    ["strftime('%Y-%m-%d', due, 'start of month', '+1 month', '-1 day') = '2026-03-31'", 's1 s4'],
    ["strftime('%Y', '2026-05-01 10:00:00.000Z') = '2026' && rating = 5", 's1'],
    ['strftime("%H", due) > "10"', 's3 s4'],
    ["strftime('%Y', helpers.stories_via_author.due) ?= '2026'", 's2 s4'],
    ["strftime('%Y') >= '2025' && rating = 5", 's1'],
  ]);

  describe('over relations', () =>
    selects(
      [
        ["strftime('%Y', stories_via_author.due) ?= '2026'", 'ann'],
        ["strftime('%Y', stories_via_author.due) = '2026'", 'ann'],
      ],
      'people',
    ));
});

describe('what is refused', () => {
  it.each([
    'geoDistance(1, 2, 3) < 1',
    'geoDistance(1, 2, 3, 4, 5) < 1',
    'geoDistance("a", 2, 3, 4) < 1',
    'geoDistance(place.lon, place.lat, 16.37, 48.21)',
    'geoDistance(nothing, 1, 2, 3) < 1',
    'geoDistance(1, 2, 3, 4 < 1',
    'strftime() = ""',
    "strftime(title) = ''",
    "strftime('%Y', nothing) = ''",
    "strftime('%Y', due, rating) = ''",
    `strftime('%Y', due${", '+1 day'".repeat(9)}) = ''`,
    'nothing(1) = 1',
    'load_extension("x") = 1',
  ])('%s', async (filter) => {
    expect(await refusal(world.found('stories', filter))).toMatchObject({ status: 400 });
  });

  it('a hidden field within a function, for others than superusers', async () => {
    const filter = "strftime('%Y', author.secret) = ''";
    expect(await refusal(world.found('stories', filter, world.guest))).toMatchObject({ status: 400 });
    expect(await world.found('stories', filter)).toEqual(['s1', 's2', 's3', 's4']);
  });
});
