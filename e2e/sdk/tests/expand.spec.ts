import type PocketBase from 'pocketbase';
import { beforeAll, describe, expect, it } from 'vitest';
import { account, define, guest, id, named, signedIn, superuser } from './clients.ts';

let admin: PocketBase;
const pb = guest();

beforeAll(async () => {
  admin = await superuser();
  const [clubs, players, games, moves] = await define(
    admin,
    { name: 'clubs', fields: [{ name: 'name', type: 'text' }] },
    {
      name: 'players',
      type: 'auth',
      fields: [
        { name: 'name', type: 'text' },
        { name: 'rank', type: 'number', hidden: true },
      ],
    },
    { name: 'games', fields: [{ name: 'name', type: 'text' }] },
    { name: 'moves', fields: [{ name: 'name', type: 'text' }] },
    { name: 'diaries', fields: [{ name: 'name', type: 'text' }], viewRule: null },
    { name: 'letters', fields: [{ name: 'name', type: 'text' }], viewRule: 'name != "sealed"' },
    { name: 'medals', fields: [{ name: 'name', type: 'text' }] },
  );
  const relation = (name: string, to: { id: string }, maxSelect = 1) => ({
    name,
    type: 'relation',
    collectionId: to.id,
    maxSelect,
  });
  await admin.collections.update('players', { fields: [...players!.fields, relation('club', clubs!)] });
  await admin.collections.update('games', {
    fields: [
      ...games!.fields,
      relation('winner', players!),
      relation('players', players!, 5),
      relation('diary', await admin.collections.getOne('diaries')),
      relation('letters', await admin.collections.getOne('letters'), 3),
    ],
  });
  await admin.collections.update('moves', { fields: [...moves!.fields, relation('game', games!)] });
  await admin.collections.update('medals', {
    fields: [...(await admin.collections.getOne('medals')).fields, relation('player', players!)],
    indexes: ['CREATE UNIQUE INDEX idx_medals_player ON medals (player)'],
  });

  await admin.collection('clubs').create({ id: id('club'), name: 'Club' });
  for (const [name, club] of [
    ['ann', id('club')],
    ['bob', ''],
  ]) {
    await admin
      .collection('players')
      .create(account(`${name}@example.net`, { id: id(name!), name, club, rank: 1, emailVisibility: name === 'bob' }));
  }
  await admin.collection('diaries').create({ id: id('diary'), name: 'Diary' });
  await admin.collection('letters').create({ id: id('open'), name: 'open' });
  await admin.collection('letters').create({ id: id('sealed'), name: 'sealed' });
  await admin.collection('games').create({
    id: id('game'),
    name: 'Game',
    winner: id('ann'),
    players: [id('bob'), id('ann')],
    diary: id('diary'),
    letters: [id('sealed'), id('open')],
  });
  for (const name of ['e4', 'e5']) await admin.collection('moves').create({ name, game: id('game') });
  await admin.collection('medals').create({ name: 'gold', player: id('ann') });
});

const game = (expand: string, client = pb) => client.collection('games').getOne(id('game'), { expand });

describe('expand', () => {
  it('is not there unless asked for', async () => {
    expect(await pb.collection('games').getOne(id('game'))).not.toHaveProperty('expand');
  });

  it('shows an object for a single relation, and a list in the order of the field for several', async () => {
    const { expand } = await game('winner, players');

    expect(expand!.winner).toMatchObject({ id: id('ann'), name: 'Ann'.toLowerCase(), collectionName: 'players' });
    expect(named(expand!.players)).toEqual(['bob', 'ann']);
  });

  it('follows relations of relations', async () => {
    const { expand } = await game('winner.club,players.club');

    expect(expand!.winner.expand.club).toMatchObject({ name: 'Club' });
    expect(expand!.players[0].expand).toEqual({});
    expect(expand!.players[1].expand.club).toMatchObject({ name: 'Club' });
  });

  it('shows the records that relate to this one', async () => {
    const { expand } = await game('moves_via_game');

    expect(named(expand!.moves_via_game)).toEqual(['e4', 'e5']);
  });

  it('goes back and forth', async () => {
    const club = await pb
      .collection('clubs')
      .getOne(id('club'), { expand: 'players_via_club.games_via_winner.moves_via_game' });

    expect(named(club.expand!.players_via_club[0].expand.games_via_winner[0].expand.moves_via_game)).toEqual([
      'e4',
      'e5',
    ]);
  });

  it('finds records that relate to this one among others', async () => {
    const bob = await pb.collection('players').getOne(id('bob'), { expand: 'games_via_players,games_via_winner' });

    expect(named(bob.expand!.games_via_players)).toEqual(['Game']);
    expect(bob.expand).not.toHaveProperty('games_via_winner');
  });

  it('shows one record where a unique index lets only one relate to this one', async () => {
    const ann = await pb.collection('players').getOne(id('ann'), { expand: 'medals_via_player' });

    expect(ann.expand!.medals_via_player).toMatchObject({ name: 'gold' });
  });

  it('still takes the old form of a relation back', async () => {
    const { expand } = await game('moves(game)');

    expect(named(expand!['moves(game)'] ?? expand!.moves_via_game)).toEqual(['e4', 'e5']);
  });

  it('leaves out what the caller may not view', async () => {
    const { expand } = await game('diary,letters');

    expect(expand).not.toHaveProperty('diary');
    expect(named(expand!.letters)).toEqual(['open']);
    const all = await game('diary,letters', admin);
    expect(all.expand!.diary).toMatchObject({ name: 'Diary' });
    expect(named(all.expand!.letters)).toEqual(['sealed', 'open']);
  });

  it.each(['nothing', 'name', 'diary', 'nothing_via_game', 'moves_via_name', 'winner_via_', ','])(
    'ignores %s, which is unknown or forbidden',
    async (expand) => {
      expect(await game(expand)).not.toHaveProperty('expand');
    },
  );

  it('hides fields and e-mails of related records as it does of others', async () => {
    const { expand } = await game('players');
    expect(expand!.players[0]).toMatchObject({ email: 'bob@example.net' });
    expect(expand!.players[1]).not.toHaveProperty('email');
    expect(expand!.players[0]).not.toHaveProperty('rank');

    const own = await game('winner', await signedIn('players', 'ann@example.net'));
    expect(own.expand!.winner).toMatchObject({ email: 'ann@example.net' });
    expect(own.expand!.winner).not.toHaveProperty('rank');
    expect((await game('winner', admin)).expand!.winner).toMatchObject({ email: 'ann@example.net', rank: 1 });
  });

  it('works for each record of a list', async () => {
    const moves = await pb.collection('moves').getFullList({ expand: 'game.winner', sort: 'name' });

    expect(moves.map((move) => move.expand!.game.expand.winner.name)).toEqual(['ann', 'ann']);
  });

  it('works for the record of a sign-in', async () => {
    const client = guest();
    const { record } = await client.collection('players').authWithPassword('ann@example.net', 'correct horse battery', {
      expand: 'club',
      fields: 'token,record.id,record.expand.club.name',
    });

    expect(record.expand!.club).toEqual({ name: 'Club' });
    expect(client.authStore.record!.expand!.club).toEqual({ name: 'Club' });
    expect((await client.collection('players').authRefresh({ expand: 'club' })).record.expand!.club).toMatchObject({
      name: 'Club',
    });
  });
});

describe('fields', () => {
  const fields = (wanted: string, expand = '') => pb.collection('games').getOne(id('game'), { fields: wanted, expand });

  it.each<[string, unknown]>([
    ['name', { name: 'Game' }],
    [' name , winner ', { name: 'Game', winner: id('ann') }],
    ['name,nothing', { name: 'Game' }],
    ['nothing', {}],
    ['collectionName', { collectionName: 'games' }],
    ['expand.winner.name', { expand: { winner: { name: 'ann' } } }],
    ['expand.players.name', { expand: { players: [{ name: 'bob' }, { name: 'ann' }] } }],
    [
      'name,expand.winner.expand.club.name',
      { name: 'Game', expand: { winner: { expand: { club: { name: 'Club' } } } } },
    ],
  ])('%s picks', async (wanted, expected) => {
    expect(await fields(wanted, 'winner.club,players')).toEqual(expected);
  });

  it('takes * for all of a level that is not named otherwise', async () => {
    const all = await fields('*,expand.winner.name', 'winner');
    expect(all).toMatchObject({ name: 'Game', winner: id('ann'), expand: { winner: { name: 'ann' } } });
    expect(Object.keys(all.expand!.winner)).toEqual(['name']);

    const whole = await fields('name,expand.winner.*', 'winner');
    expect(Object.keys(whole).toSorted()).toEqual(['expand', 'name']);
    expect(whole.expand!.winner).toMatchObject({ id: id('ann'), collectionName: 'players', club: id('club') });
  });

  it('applies to the items of a page, whose totals stay', async () => {
    expect(await pb.collection('moves').getList(1, 1, { fields: 'name', sort: 'name' })).toEqual({
      items: [{ name: 'e4' }],
      page: 1,
      perPage: 1,
      totalItems: 2,
      totalPages: 2,
    });
  });

  it('goes into json', async () => {
    await define(admin, { name: 'papers', fields: [{ name: 'body', type: 'json' }] });
    const { id: paper } = await pb
      .collection('papers')
      .create({ body: { a: { b: 1, c: 2 }, list: [{ x: 1, y: 2 }, { x: 3 }] } });

    expect(await pb.collection('papers').getOne(paper, { fields: 'body.a.b,body.list.x' })).toEqual({
      body: { a: { b: 1 }, list: [{ x: 1 }, { x: 3 }] },
    });
  });

  it('applies to collections and to what a sign-in answers', async () => {
    const { items } = await admin.collections.getList(1, 1, { fields: 'name,fields.name', filter: 'name = "clubs"' });
    expect(items[0]).toEqual({ name: 'clubs', fields: [{ name: 'id' }, { name: 'name' }] });

    const client = guest();
    const answer = await client
      .collection('players')
      .authWithPassword('ann@example.net', 'correct horse battery', { fields: 'token,record.id' });
    expect(answer).toEqual({ token: expect.any(String), record: { id: id('ann') } });
  });
});

describe(':excerpt', () => {
  const body =
    '<h1>Title</h1><p>Some   <b>bold</b> &amp; plain text,\n</p><script>evil()</script><ul><li>one</li><li>two 😀 three</li></ul>';
  let html: string;

  beforeAll(async () => {
    await define(admin, {
      name: 'pages',
      fields: [
        { name: 'body', type: 'editor' },
        { name: 'number', type: 'number' },
      ],
    });
    html = (await pb.collection('pages').create({ body, number: 12345 })).id;
  });

  const excerpt = async (fields: string) => (await pb.collection('pages').getOne(html, { fields })).body;

  it('makes plain text of HTML, cut to so many characters', async () => {
    expect(await excerpt('body:excerpt(200)')).toBe('Title Some bold & plain text, one two 😀 three');
    expect(await excerpt('body:excerpt(5)')).toBe('Title');
    expect(await excerpt('body:excerpt(10)')).toBe('Title Some');
    expect(await excerpt('body:excerpt(10,true)')).toBe('Title Some...');
    expect(await excerpt('body:excerpt(10, true)')).toBe('Title Some...');
    expect(await excerpt('body:excerpt(10,false)')).toBe('Title Some');
    expect(await excerpt('body:excerpt(200,true)')).toBe('Title Some bold & plain text, one two 😀 three');
  });

  it('counts characters, not their halves', async () => {
    const text = 'Title Some bold & plain text, one two 😀';
    expect(await excerpt(`body:excerpt(${[...text].length})`)).toBe(text);
  });

  it('goes with other fields, in lists, and leaves what is no text', async () => {
    const page = await pb.collection('pages').getList(1, 1, { fields: 'number:excerpt(2),body:excerpt(5,true),id' });

    expect(page.items).toEqual([{ id: html, number: 12345, body: 'Title...' }]);
    expect(await pb.collection('pages').getOne(html, { fields: '*,body:excerpt(5)' })).toMatchObject({
      id: html,
      number: 12345,
      body: 'Title',
    });
  });

  it('works on related records', async () => {
    expect(
      await pb
        .collection('games')
        .getOne(id('game'), { expand: 'winner', fields: 'expand.winner.name:excerpt(2,true)' }),
    ).toEqual({ expand: { winner: { name: 'an...' } } });
  });
});
