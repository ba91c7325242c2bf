import PocketBase, { ClientResponseError } from 'pocketbase';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { define, guest, id, named, refusal, superuser } from './clients.ts';

let admin: PocketBase;
let pb: PocketBase;

beforeAll(async () => {
  admin = await superuser();
  await define(
    admin,
    {
      name: 'quotes',
      fields: [
        { name: 'text', type: 'text' },
        { name: 'stars', type: 'number' },
        { name: 'good', type: 'bool' },
        { name: 'said', type: 'date' },
        { name: 'more', type: 'json' },
      ],
    },
    { name: 'other_quotes', fields: [{ name: 'text', type: 'text' }] },
  );
});

afterEach(() => pb?.cancelAllRequests());

describe('filter()', () => {
  const said = new Date('2026-02-03T04:05:06.789Z');
  const awkward = 'it\'s "so" \\ n\n{:other} 100% _ünï😀</b> // no comment';

  beforeAll(async () => {
    pb = guest();
    await pb.collection('quotes').create({ id: id('awkward'), text: awkward, stars: 0 });
    await pb
      .collection('quotes')
      .create({ id: id('plain'), text: 'plain', stars: -1.5, good: true, said, more: [1, 'a'] });
    await pb
      .collection('quotes')
      .create({ id: id('object'), text: 'object', stars: 3, more: { a: { b: 'it\'s "c"' } } });
  });

  const found = async (raw: string, params: Record<string, unknown>) =>
    named(await pb.collection('quotes').getFullList({ filter: pb.filter(raw, params), sort: '@rowid' }), 'id');

  it.each<[string, unknown, string[]]>([
    ['text = {:value}', awkward, ['awkward']],
    ['text != {:value}', awkward, ['plain', 'object']],
    ['text ~ {:value}', 'it\'s "so" \\', ['awkward']],
    ['text ~ {:value}', 'n\n{:other}', ['awkward']],
    ['text = {:value}', 'plain" || "" = "', []],
    ["text = {:value} || text = 'none'", "plain' || '' = '", []],
    ['text = {:value}', '', []],
    ['stars = {:value}', -1.5, ['plain']],
    ['stars >= {:value}', 0, ['awkward', 'object']],
    ['stars = {:value}', '3', ['object']],
    ['good = {:value}', true, ['plain']],
    ['good = {:value}', false, ['awkward', 'object']],
    ['said = {:value}', null, ['awkward', 'object']],
    ['said != {:value}', undefined, ['plain']],
    ['said = {:value}', new Date(said), ['plain']],
    ['said < {:value}', new Date(said.getTime() + 1), ['awkward', 'plain', 'object']],
    ['said != "" && said < {:value}', new Date(said.getTime()), []],
    ['more = {:value}', [1, 'a'], ['plain']],
    ['more = {:value}', { a: { b: 'it\'s "c"' } }, ['object']],
    ['more.a.b = {:value}', 'it\'s "c"', ['object']],
    ['more != {:value}', [1, 'a'], ['awkward', 'object']],
  ])('%s with %o', async (raw, value, expected) => {
    expect(await found(raw, { value })).toEqual(expected.map(id));
  });

  it('fills one placeholder many times, and many placeholders once', async () => {
    expect(await found('text = {:a} || (stars > {:b} && stars > {:b})', { a: 'plain', b: 2 })).toEqual(
      ['plain', 'object'].map(id),
    );
    expect(await found('text = {:a} && stars = {:b}', { a: '{:b}', b: -1.5 })).toEqual([]);
  });

  it('leaves a text without parameters alone', () => {
    expect(pb.filter('text = {:a}')).toBe('text = {:a}');
  });
});

describe('auto-cancellation', () => {
  const all = { status: 0, isAbort: true };
  const settled = async (...requests: Array<Promise<unknown>>) =>
    (await Promise.allSettled(requests)).map((result) =>
      result.status === 'fulfilled'
        ? 'done'
        : result.reason instanceof ClientResponseError && result.reason.isAbort
          ? 'aborted'
          : result.reason,
    );

  it('lets only the last of equal requests through', async () => {
    pb = guest();
    const quotes = pb.collection('quotes');

    expect(await settled(quotes.getList(1, 20), quotes.getList(2, 20), quotes.getList(3, 20))).toEqual([
      'aborted',
      'aborted',
      'done',
    ]);
    expect(
      await settled(quotes.getList(), pb.collection('other_quotes').getList(), quotes.getOne(id('plain'))),
    ).toEqual(['done', 'done', 'done']);
  });

  it('goes by the request key', async () => {
    pb = guest();
    const quotes = pb.collection('quotes');

    expect(
      await settled(
        quotes.getList(1, 20, { requestKey: 'test' }),
        pb.collection('other_quotes').getList(1, 20, { requestKey: 'test' }),
        quotes.getList(1, 20, { requestKey: null }),
        quotes.getList(1, 20, { requestKey: null }),
        quotes.getList(1, 20, { $autoCancel: false }),
        quotes.getList(1, 20, { $cancelKey: 'old' }),
        quotes.getList(1, 20, { $cancelKey: 'old' }),
        quotes.getFirstListItem('stars = 3'),
        quotes.getFirstListItem('stars = 0'),
      ),
    ).toEqual(['aborted', 'done', 'done', 'done', 'done', 'aborted', 'done', 'done', 'done']);
  });

  it('can be switched off', async () => {
    pb = guest().autoCancellation(false);
    const quotes = pb.collection('quotes');

    expect(await settled(quotes.getList(), quotes.getList(), quotes.getList())).toEqual(['done', 'done', 'done']);
  });

  it('can be asked for', async () => {
    pb = guest();
    const first = settled(
      pb.collection('quotes').getList(1, 1, { requestKey: 'mine' }),
      pb.collection('other_quotes').getList(),
    );
    pb.cancelRequest('mine');
    expect(await first).toEqual(['aborted', 'done']);

    const second = settled(pb.collection('quotes').getList(), pb.collection('other_quotes').getList());
    pb.cancelAllRequests();
    expect(await second).toEqual(['aborted', 'aborted']);
  });

  it('says so in the error', async () => {
    pb = guest();
    const attempt = refusal(pb.collection('quotes').getList());
    pb.cancelAllRequests();
    const error = await attempt;

    expect(error).toMatchObject({ ...all, url: '', response: {}, name: 'ClientResponseError 0' });
    expect(error.message).toContain('autocancelled');
  });

  it('of a write leaves the record whole: changed or not, and the server ready for the next', async () => {
    pb = guest();
    const { id: quote } = await pb.collection('quotes').create({ text: 'before', stars: 7 });
    const changes = Array.from({ length: 20 }, (_, at) =>
      pb.collection('quotes').update(quote, { text: `after ${at}`, stars: at }),
    );

    const outcomes = await settled(...changes);
    expect(outcomes.at(-1)).toBe('done');
    expect(outcomes.slice(0, -1)).toEqual(Array(19).fill('aborted'));
    await vi.waitFor(async () => {
      const { text, stars } = await pb.collection('quotes').getOne(quote);
      expect(text).toBe(`after ${stars}`);
    });
    expect(await pb.collection('quotes').delete(quote)).toBe(true);
  });
});

describe('requests', () => {
  it('pass through beforeSend', async () => {
    pb = guest();
    pb.beforeSend = (url, options) => ({
      url: url.replace('/nowhere/', '/quotes/'),
      options: {
        ...options,
        headers: { ...options.headers, 'X-Custom': 'x' },
        query: { ...options.query, fields: 'text' },
      },
    });

    expect(await pb.collection('nowhere').getOne(id('plain'))).toEqual({ text: 'plain' });
  });

  it('pass through afterSend, with the answer as it came', async () => {
    pb = guest();
    const seen: unknown[] = [];
    pb.afterSend = (response, data) => {
      seen.push([response.status, response.headers.get('Content-Type')]);
      return { ...data, added: true };
    };

    expect(await pb.collection('quotes').getOne(id('plain'))).toMatchObject({ text: 'plain', added: true });
    const { id: quote } = await pb.collection('quotes').create({ text: 'x' });
    await pb.collection('quotes').delete(quote);
    await refusal(pb.collection('quotes').getOne(quote));

    expect(seen).toEqual([
      [200, 'application/json'],
      [200, 'application/json'],
      [204, null],
      [404, 'application/json'],
    ]);
  });

  it('may use another fetch and other options of it', async () => {
    pb = guest();
    let asked = '';
    const page = await pb.collection('quotes').getList(1, 1, {
      keepalive: false,
      cache: 'no-store',
      fetch: async (url, config) => {
        asked = String(url);
        expect(new Headers(config?.headers).get('Accept-Language')).toBe('en-US');
        return fetch(url, config);
      },
    });

    expect(page.items).toHaveLength(1);
    expect(asked).toBe(`${pb.baseURL}/api/collections/quotes/records?page=1&perPage=1`);
  });

  it('may go anywhere by send', async () => {
    pb = guest();

    expect(
      await pb.send('/api/collections/quotes/records', {
        query: { fields: 'text', filter: 'text = "plain"', skipTotal: true },
      }),
    ).toMatchObject({
      items: [{ text: 'plain' }],
    });
    expect(await refusal(pb.send('/api/nothing/here', {}))).toMatchObject({ status: 404, response: { data: {} } });
    expect(await refusal(pb.send('/api/collections/quotes/records', { method: 'PUT' }))).toMatchObject({ status: 404 });
  });

  it('work from a base URL with a slash at its end, and in another language', async () => {
    pb = new PocketBase(`${guest().baseURL}/`, null, 'de-AT');

    expect(pb.buildURL('/api/x')).toBe(`${guest().baseURL}/api/x`);
    expect((await pb.collection('quotes').getList(1, 1)).items).toHaveLength(1);
  });

  it('ask whether the server is healthy', async () => {
    expect(await guest().health.check()).toEqual({ code: 200, message: 'API is healthy.', data: {} });
  });
});
