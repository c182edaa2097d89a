import { type Kysely, type RawBuilder, sql } from "kysely";

/**
 * Search folds text in one function, for the index and for queries alike, and a label has one spelling. Every function has
 * an SQL-standard body or a search path of its own: pg_dump writes bodies that are strings as they are, and restores them
 * with an empty search path.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db);
  // Temporary tables last, or anyone's could stand in for ours.
  const searchPath = sql`${sql.id(rows[0]?.schema ?? "public")}, pg_temp`;
  // The older spelling of `und-u-kn-true`, whose option the embedded database ignores.
  await sql`create collation natural_order (provider = icu, locale = 'und@colNumeric=yes')`.execute(db);
  await sql`alter table task drop column search`.execute(db);
  for (const name of ["marked_query(uuid, text)", "marked_search(uuid, tsvector)", "task_search(text, text[], text)"])
    await sql`drop function ${sql.raw(name)}`.execute(db);
  await createSearchFunctions(db, searchPath);
  await createRevisionFunctions(db, searchPath);
  await createLabels(db, searchPath);
  await sql`
    alter table task add column search tsvector generated always as (search_document(user_id, title, labels, notes)) stored
  `.execute(db);
  await sql`create index task_search_idx on task using gin (user_id, search) where deleted_at is null`.execute(db);
  await sql`
    alter table list add column search tsvector generated always as (search_document(user_id, name, '{}', '')) stored
  `.execute(db);
}

/** In PL/pgSQL, which keeps the plans of its statements: SQL functions that call one another would be planned again for each row. */
async function createSearchFunctions(db: Kysely<unknown>, searchPath: RawBuilder<unknown>): Promise<void> {
  const options = sql`language plpgsql immutable strict parallel safe set search_path = ${searchPath}`;
  const separators = sql.lit(`[${rangesOf(SEPARATOR)}]+`);
  const symbols = sql.lit(`[${rangesOf(SYMBOL)}]`);
  const marks = sql.lit(`[${rangesOf(OPTIONAL_MARK)}]+`);
  const unspaced = rangesOf(UNSPACED);
  await sql`drop function search_mark(uuid)`.execute(db);
  // Words between spaces, without case and accents; each symbol is a word. Separates words twice, because some symbols are
  // compatible with letters (U+2122 with "TM"), which must not grow together with the word before.
  await sql`
    create function fold_text(value text) returns text ${options} as $$
    begin
      if octet_length(value) = char_length(value) then
        return regexp_replace(lower(value), '[^a-z0-9]+', ' ', 'g');
      end if;
      value := regexp_replace(regexp_replace(normalize(value, NFC), ${separators}, ' ', 'g'), ${symbols}, ' \\& ', 'g');
      value := normalize(${await unaccent(db)}(regexp_replace(normalize(value, NFKD), ${marks}, '', 'g')), NFKC);
      value := translate(lower(value collate natural_order), 'ς', 'σ');
      value := regexp_replace(regexp_replace(value, ${separators}, ' ', 'g'), ${symbols}, ' \\& ', 'g');
      return regexp_replace(value, ${sql.lit(`[${unspaced}]+`)}, ' \\& ', 'g');
    end $$
  `.execute(db);
  // The words to index. A run of characters of a script without spaces becomes its pairs, and its last character.
  await sql`
    create function search_words(value text) returns text[] ${options} as $$
    begin
      value := fold_text(value);
      if value !~ ${sql.lit(`[${unspaced}]`)} then
        return array_remove(string_to_array(value, ' '), '');
      end if;
      return array(
        select pair.word
        from string_to_table(value, ' ') with ordinality folded (word, place), lateral (
          select folded.word, 1 as part where left(folded.word, 1) !~ ${sql.lit(`[${unspaced}]`)}
          union all
          select character || coalesce(next, ''), part
          from string_to_array(folded.word, null) characters,
            unnest(characters, characters[2:]) with ordinality runs (character, next, part)
          where left(folded.word, 1) ~ ${sql.lit(`[${unspaced}]`)}
        ) pair
        where folded.word <> ''
        order by folded.place, pair.part
      );
    end $$
  `.execute(db);
  // A mark of the user in front of a word, which may be as long as the index allows.
  await sql`
    create function search_lexeme(user_id uuid, word text) returns text language sql immutable strict parallel safe
    return quote_literal(translate(right(user_id::text, 8), '0123456789', 'ghijklmnop') || left(word, 100))
  `.execute(db);
  await sql`
    create function search_document(user_id uuid, title text, labels text[], notes text) returns tsvector ${options} as $$
    begin
      return (
        select coalesce(string_agg(search_lexeme(user_id, word) || ':' || least(place, 16383) || weight, ' '), '')
        from (
          select word, weight, row_number() over (order by weight, part) as place
          from (values (title, 'A'), (array_to_string(labels, ' '), 'B'), (notes, 'C')) texts (value, weight),
            unnest(search_words(value)) with ordinality words (word, part)
        ) placed
      )::tsvector;
    end $$
  `.execute(db);
  // The last word may be the beginning of one. A character by itself begins the pairs of its script. At its cost, the index is used.
  await sql`
    create function search_query(user_id uuid, value text) returns tsquery ${options} cost 1000 as $$
    declare
      words text[] := (search_words(value))[:30];
    begin
      return (
        select coalesce(string_agg(
          search_lexeme(user_id, word)
            || case when part = cardinality(words) or word ~ ${sql.lit(`^[${unspaced}]$`)} then ':*' else '' end,
          ' & '
        ), '')
        from unnest(words) with ordinality each (word, part)
      )::tsquery;
    end $$
  `.execute(db);
}

/** The name of the extension's function, in whichever schema it was created. */
async function unaccent(db: Kysely<unknown>): Promise<RawBuilder<unknown>> {
  await sql`create extension if not exists unaccent`.execute(db);
  const { rows } = await sql<{ schema: string }>`
    select extnamespace::regnamespace::text as schema from pg_extension where extname = 'unaccent'
  `.execute(db);
  return sql`${sql.raw(rows[0]?.schema ?? "public")}.unaccent`;
}

/** The same as before, but that a revision has no search vector. */
async function createRevisionFunctions(db: Kysely<unknown>, searchPath: RawBuilder<unknown>): Promise<void> {
  for (const name of ["task", "list"])
    await sql`
      create or replace function ${sql.ref(`keep_${name}_revision`)}() returns trigger language plpgsql set search_path = ${searchPath} as $$
      begin
        insert into ${sql.ref(`${name}_revision`)} (user_id, ${sql.ref(`${name}_id`)}, version, ${sql.ref(name)}, change_seq)
        values (old.user_id, old.id, old.version, to_jsonb(old) - 'search', new.change_seq);
        return null;
      end $$
    `.execute(db);
}

/** Labels that differ only in case or in Unicode's form are one, in the spelling that came first. */
async function createLabels(db: Kysely<unknown>, searchPath: RawBuilder<unknown>): Promise<void> {
  // Case folding as Unicode defines it comes with Postgres 18; upper case takes apart what lower case does not, such as ß.
  await sql`
    create function label_key(name text) returns text language sql immutable strict parallel safe
    return normalize(lower(upper(normalize(name, NFKC) collate natural_order)), NFKC)
  `.execute(db);
  await sql`
    create table label (
      user_id uuid not null references "user" (id) on delete cascade,
      key text generated always as (label_key(name)) stored,
      name text not null check (char_length(name) between 1 and 50),
      primary key (user_id, key)
    )
  `.execute(db);
  await sql`
    insert into label (user_id, name)
    select user_id, name from (
      select distinct on (user_id, label_key(name)) user_id, name
      from task, unnest(labels) with ordinality given (name, place)
      order by user_id, label_key(name), created_at, id, place
    ) first
  `.execute(db);
  // Each label in its stored spelling, once. One that is not stored stays as it is.
  await sql`
    create function stored_labels(user_id uuid, labels text[]) returns text[] language sql stable parallel safe
    return array(
      select coalesce(label.name, given.name)
      from unnest(stored_labels.labels) with ordinality given (name, place)
      left join label on label.user_id = stored_labels.user_id and label.key = label_key(given.name)
      group by 1
      order by min(given.place)
    )
  `.execute(db);
  await mergeLabels(db);
  await sql`
    create function store_labels() returns trigger language plpgsql set search_path = ${searchPath} as $$
    begin
      insert into label (user_id, name)
      select new.user_id, given.name from unnest(new.labels) with ordinality given (name, place)
      where not exists (select from label where label.user_id = new.user_id and label.key = label_key(given.name))
      order by given.place
      on conflict (user_id, key) do nothing;
      new.labels := stored_labels(new.user_id, new.labels);
      return new;
    end $$
  `.execute(db);
  await sql`
    create trigger task_insert_labels before insert on task
    for each row when (new.labels <> '{}') execute function store_labels()
  `.execute(db);
  await sql`
    create trigger task_update_labels before update of labels on task
    for each row when (new.labels <> '{}' and new.labels <> old.labels) execute function store_labels()
  `.execute(db);
}

/** A change like any other, so that readers of changes are told. */
async function mergeLabels(db: Kysely<unknown>): Promise<void> {
  await sql`
    insert into change_sequence (user_id, last_value)
    select distinct user_id, 1 from task where labels <> '{}' and stored_labels(user_id, labels) <> labels
    on conflict (user_id) do update set last_value = change_sequence.last_value + 1
  `.execute(db);
  await sql`
    update task set labels = stored_labels(task.user_id, labels), updated_at = now(), version = version + 1, change_seq = last_value
    from change_sequence
    where change_sequence.user_id = task.user_id and labels <> '{}' and stored_labels(task.user_id, labels) <> labels
  `.execute(db);
}

/** Separators of words. ASCII symbols, as in code and prices, are not searched for, so they separate too. */
const SEPARATOR = /[\p{P}\p{Z}\p{C}\p{Sk}$+<=>^`|~]/u;
const SYMBOL = /[\p{Sm}\p{Sc}\p{So}]/u;
/** Accents, points and variation selectors, but not the marks that make other syllables in Japanese. */
const OPTIONAL_MARK = /[[[\p{Script=Inherited}\p{Script=Hebrew}]&&\p{M}]--[\u3099\u309A]]/v;
/** Scripts without spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}\u3099\u309A\u30FC]/u;

/** The characters that match, as ranges in a bracket expression of Postgres, whose own classes depend on the locale. */
function rangesOf(pattern: RegExp): string {
  const ranges: [first: number, last: number][] = [];
  for (let code = 1; code <= 0x10ffff; code++) {
    if (!pattern.test(String.fromCodePoint(code))) continue;
    const range = ranges.at(-1);
    if (range?.[1] === code - 1) range[1] = code;
    else ranges.push([code, code]);
  }
  const escaped = (code: number) => `\\U${code.toString(16).padStart(8, "0")}`;
  return ranges.map(([first, last]) => (first === last ? escaped(first) : `${escaped(first)}-${escaped(last)}`)).join("");
}
