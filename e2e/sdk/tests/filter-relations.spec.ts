import { describe, expect, it } from 'vitest';
import { define, guest, id, refusal } from './clients.ts';
import { stories } from './stories.ts';

const world = stories();

function selects(rows: Array<[filter: string, records: string]>, collection = 'stories') {
  it.each(rows)('%s selects %s', async (filter, expected) => {
    expect((await world.found(collection, filter)).join(' ')).toBe(expected);
  });
}

describe('relations to several records', () => {
  selects([
    ['helpers.name = "Bob"', ''],
    ['helpers.name ?= "Bob"', 's1 s4'],
    ['helpers.name = "Ann"', 's2'],
    ['helpers.name != "Bob"', 's2 s3'],
    ['helpers.name ?!= "Bob"', 's1 s2 s3 s4'],
    ['helpers.name = ""', 's3'],
    ['helpers.name != ""', 's1 s2 s4'],
    ['helpers.age > 20', 's2 s4'],
    ['helpers.age ?> 40', 's2 s4'],
    ['helpers.age ?< 10', 's1'],
    ['helpers.name ~ "b"', ''],
    ['helpers.name ?~ "b"', 's1 s4'],
    ['helpers.name !~ "b"', 's2'],
    ['helpers.name ?!~ "b"', 's1 s2 s4'],
    [`helpers.id ?= "${id('bob')}"`, 's1 s4'],
    [`helpers.id = "${id('ann')}"`, 's2'],
    ['helpers.city.name ?= "London"', 's1 s4'],
    ['helpers.city.name = "Vienna"', 's2'],
    ['helpers.skills:length ?= 2', 's2 s4'],
    ['helpers.name ?= "Bob" && helpers.age ?= 23', 's1 s4'],
    ['helpers.name ?= "Bob" && helpers.age ?= 0', ''],
    ['helpers.name ?= "Bob" || rating = 2.5', 's1 s2 s4'],
    ['helpers.name ?= "Cid" && author.name = "Ann"', 's1'],
    ['helpers.name ?= author.name', 's3 s4'],
    ['helpers.age < author.age', 's1'],
    ['helpers.age ?< author.age', 's1 s4'],
    ['author.age ?> helpers.age', 's1 s4'],
    ['helpers.name:lower ?= "bob"', 's1 s4'],
    ['helpers.name:lower = "ann"', 's2'],
  ]);
});

describe('relations back', () => {
  selects([
    ['notes_via_story.text ?= "bad"', 's1'],
    ['notes_via_story.text = "bad"', ''],
    ['notes_via_story.text = "good"', 's2'],
    ['notes_via_story.text ?= "good"', 's1 s2'],
    ['notes_via_story.text ?~ "oo"', 's1 s2'],
    ['notes_via_story.text != "bad"', 's2 s3 s4'],
    ['notes_via_story.score > 3', 's2'],
    ['notes_via_story.score ?> 3', 's1 s2'],
    ['notes_via_story.id = ""', 's3 s4'],
    ['notes_via_story.id != ""', 's1 s2'],
    ['notes_via_story.text ?= "bad" && notes_via_story.score ?= 5', ''],
    ['notes_via_story.text ?= "bad" && notes_via_story.score ?= 1', 's1'],
    ['notes_via_story.text ?= "bad" || rating = 0', 's1 s3'],
    ['notes_via_story.text ?= null', 's3 s4'],
    ['notes_via_story.score ?= 0', ''],
    ['notes_via_story.text !~ "a"', 's2'],
    ['notes_via_story.text ?!~ "a"', 's1 s2'],
    ['(notes_via_story.text ?= "bad" && rating = 5) || helpers.name ?= "Ann"', 's1 s2 s4'],
    ['helpers.stories_via_author.title ?= "Red Fox"', 's2 s4'],
    ['helpers.stories_via_helpers.title ?= "Red Fox"', 's1 s4'],
    ['author.stories_via_author.id ?= id', 's1 s2 s4'],
    ['author.stories_via_author.author.stories_via_author.author.stories_via_author.title ?~ "red"', 's1 s4'],
    ['diaries_via_story.text ?= "secret" || drafts_via_story.text ?= "first"', 's1 s2'],
  ]);

  describe('to people', () =>
    selects(
      [
        ['stories_via_author.title ?~ "fox"', 'ann bob'],
        ['stories_via_author.title ?= "Red Fox"', 'ann'],
        ['stories_via_author.rating > 0', 'bob'],
        ['stories_via_author.rating ?> 0', 'ann bob'],
        ['stories_via_helpers.title ?= "Red Fox"', 'bob cid'],
        ['stories_via_helpers.title ~ "fox"', 'ann bob cid'],
        ['stories_via_author.notes_via_story.text ?= "bad"', 'ann'],
        ['stories_via_author.helpers.name ?= "Cid"', 'ann'],
        ['stories_via_author.marks:each ?= "c"', 'ann'],
        ['stories_via_author.id = ""', 'cid'],
      ],
      'people',
    ));

  describe('to cities', () =>
    selects([['people_via_city.stories_via_author.notes_via_story.score ?= 1', 'vienna']], 'cities'));
});

describe(':each', () => {
  selects([
    ['marks:each = "a"', 's2'],
    ['marks:each ?= "a"', 's1 s2'],
    ['marks:each != "a"', 's3 s4'],
    ['marks:each ?!= "a"', 's1 s3 s4'],
    ['marks:each ?~ "c"', 's4'],
    ['marks:each > "a"', 's4'],
    ['marks:each ?> "b"', 's4'],
    ['marks:each = ""', 's3'],
    ['marks:each ?= "a" && marks:each ?= "b"', ''],
    ['marks:each ?= "a" || marks:each ?= "c"', 's1 s2 s4'],
    ['author.skills:each ?= "sql"', 's1 s4'],
    ['author.skills:each = "java"', 's2'],
    ['helpers.skills:each ?= "sql"', 's2 s4'],
  ]);
});

describe('any collection', () => {
  selects([
    ['@collection.people.age ?= 23 && rating = 5', 's1'],
    ['@collection.people.age ?= 99 && rating = 5', ''],
    ['@collection.notes.story ?= id', 's1 s2'],
    ['@collection.notes.story ?= id && @collection.notes.text ?= "bad"', 's1'],
    ['@collection.people.name ?= "Ann" && @collection.people.age ?= 23', ''],
    ['@collection.people:x.name ?= "Ann" && @collection.people:y.age ?= 23 && rating = 5', 's1'],
    ['@collection.people.name = "Ann"', ''],
    ['@collection.notes.score > 0', 's1 s2 s3 s4'],
    ['@collection.stories.rating ?> rating', 's2 s3 s4'],
    ['@collection.notes.story.author.name ?= author.name && rating = 5', 's1'],
    ['@collection.notes:one.story ?= id && @collection.notes:two.text ?= "bad"', 's1 s2'],
  ]);
});

describe('a relation back that a unique index lets only one record have', () => {
  it('is compared as a single value', async () => {
    const stories = await world.admin.collections.getOne('stories');
    await define(world.admin, {
      name: 'covers',
      fields: [
        { name: 'story', type: 'relation', collectionId: stories.id, maxSelect: 1 },
        { name: 'text', type: 'text' },
      ],
      indexes: ['CREATE UNIQUE INDEX idx_covers_story ON covers (story)'],
    });
    await world.admin.collection('covers').create({ story: id('s1'), text: 'hard' });

    expect(await world.found('stories', 'covers_via_story.text = "hard"')).toEqual(['s1']);
    expect(await world.found('stories', 'covers_via_story.text != "hard"')).toEqual(['s2', 's3', 's4']);
  });
});

describe('a path that is too long', () => {
  it('is refused', async () => {
    const path = `${'author.stories_via_author.'.repeat(3)}author.name`;
    expect(await refusal(world.found('stories', `${path} ?= "Ann"`))).toMatchObject({ status: 400 });
  });
});

describe('sorting', () => {
  const order = async (sort: string, filter = '') =>
    (await world.admin.collection('stories').getFullList({ sort, filter }))
      .map((story) => story.id.replace(/0*$/, ''))
      .join(' ');

  it('and filtering by several records repeats none', async () => {
    expect(await order('-rating', 'helpers.name ?!= "Nobody"')).toBe('s1 s2 s3 s4');
  });
});

describe('for others than superusers', () => {
  const found = (filter: string) => world.found('stories', filter, world.guest);

  it('a relation back is followed only through collections that they may list', async () => {
    expect(await refusal(found('diaries_via_story.text ?= "secret"'))).toMatchObject({ status: 400 });
    expect(await refusal(found('rating = 5 || diaries_via_story.id != ""'))).toMatchObject({ status: 400 });
    expect(await world.found('stories', 'diaries_via_story.text ?= "secret"')).toEqual(['s1']);
  });

  it('a relation back shows only what their list rule shows', async () => {
    expect(await found('drafts_via_story.text ?= "first"')).toEqual(['s1']);
    expect(await found('drafts_via_story.open ?= false')).toEqual([]);
    expect(await world.found('stories', 'drafts_via_story.text ?= "first"')).toEqual(['s1', 's2']);
    expect(await found('drafts_via_story.text ?= "first" || rating < 9')).toEqual(['s1', 's3', 's4']);
  });

  it('hidden fields and e-mails of several stay hidden', async () => {
    expect(await refusal(found('helpers.secret ?= "x"'))).toMatchObject({ status: 400 });
    expect(await found('helpers.email ?~ "example"')).toEqual(['s2', 's4']);
    expect(await found('helpers.email ?= "bob@example.com"')).toEqual([]);
    expect(await world.found('stories', 'helpers.email ?= "bob@example.com"')).toEqual(['s1', 's4']);
  });
});

describe('rules', () => {
  it('go along relations of the caller and of the record', async () => {
    await world.admin.collections.update('stories', {
      listRule: 'helpers.id ?= @request.auth.id || author = @request.auth.id',
    });
    const bob = world.guest;
    await bob.collection('people').authWithPassword('bob@example.com', 'correct horse battery');
    expect(await world.found('stories', '', bob)).toEqual(['s1', 's2', 's4']);

    await world.admin.collections.update('stories', {
      listRule: '@request.auth.stories_via_author.marks:each ?= "a" && notes_via_story.text ?= "bad"',
    });
    expect(await world.found('stories', '', bob)).toEqual(['s1']);
    bob.authStore.clear();
    expect(await world.found('stories', '', bob)).toEqual([]);
    await world.admin.collections.update('stories', { listRule: '' });
  });

  it('along such paths guard every action', async () => {
    await world.admin.collections.update('notes', {
      viewRule: 'story.helpers.id ?= @request.auth.id',
      updateRule: 'story.author.stories_via_author.helpers.name ?= @request.auth.name',
      deleteRule: 'story.helpers:each ?= @request.auth.id',
      createRule: 'story.author = @request.auth.id && @request.body.story.helpers.name ?= "Bob"',
    });
    const [ann, bob] = await Promise.all(
      ['ann', 'bob'].map(async (name) => {
        const pb = guest(world.admin.baseURL);
        await pb.collection('people').authWithPassword(`${name}@example.com`, 'correct horse battery');
        return pb.collection('notes');
      }),
    );

    expect(await bob!.getOne(id('n1'))).toMatchObject({ text: 'good' });
    expect(await refusal(bob!.getOne(id('n3')))).toMatchObject({ status: 404 });
    expect(await ann!.getOne(id('n3'))).toMatchObject({ text: 'good' });
    expect(await bob!.update(id('n1'), { score: 5 })).toMatchObject({ score: 5 });
    expect(await refusal(bob!.update(id('n3'), { score: 5 }))).toMatchObject({ status: 404 });
    const { id: made } = await ann!.create({ story: id('s1'), text: 'by ann' });
    expect(await refusal(bob!.create({ story: id('s1'), text: 'by bob' }))).toMatchObject({ status: 400 });
    expect(await refusal(ann!.create({ story: id('s2'), text: 'by ann' }))).toMatchObject({ status: 400 });
    expect(await refusal(ann!.delete(made))).toMatchObject({ status: 404 });
    expect(await bob!.delete(made)).toBe(true);
  });
});
