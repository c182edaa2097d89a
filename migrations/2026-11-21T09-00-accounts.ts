import { type Kysely, sql } from "kysely";

/**
 * Better Auth's tables as its `compileMigrations()` writes them for our options, with one change:
 * an access key's `reference_id` is its user, so that the key goes when the user goes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table "user" (
      id uuid primary key default gen_random_uuid(),
      name text not null,
      email text not null unique,
      email_verified boolean not null,
      image text,
      created_at timestamptz not null default current_timestamp,
      updated_at timestamptz not null default current_timestamp,
      role text,
      banned boolean,
      ban_reason text,
      ban_expires timestamptz,
      timezone text not null
    )
  `.execute(db);
  await sql`
    create table session (
      id uuid primary key default gen_random_uuid(),
      expires_at timestamptz not null,
      token text not null unique,
      created_at timestamptz not null default current_timestamp,
      updated_at timestamptz not null,
      ip_address text,
      user_agent text,
      user_id uuid not null references "user" (id) on delete cascade,
      impersonated_by text
    )
  `.execute(db);
  await sql`create index session_user_id_idx on session (user_id)`.execute(db);
  await sql`
    create table account (
      id uuid primary key default gen_random_uuid(),
      account_id text not null,
      provider_id text not null,
      user_id uuid not null references "user" (id) on delete cascade,
      access_token text,
      refresh_token text,
      id_token text,
      access_token_expires_at timestamptz,
      refresh_token_expires_at timestamptz,
      scope text,
      password text,
      created_at timestamptz not null default current_timestamp,
      updated_at timestamptz not null
    )
  `.execute(db);
  await sql`create index account_user_id_idx on account (user_id)`.execute(db);
  await sql`
    create table verification (
      id uuid primary key default gen_random_uuid(),
      identifier text not null,
      value text not null,
      expires_at timestamptz not null,
      created_at timestamptz not null default current_timestamp,
      updated_at timestamptz not null default current_timestamp
    )
  `.execute(db);
  await sql`create index verification_identifier_idx on verification (identifier)`.execute(db);
  await sql`
    create table jwks (
      id uuid primary key default gen_random_uuid(),
      public_key text not null,
      private_key text not null,
      created_at timestamptz not null,
      expires_at timestamptz,
      alg text,
      crv text
    )
  `.execute(db);
  await sql`
    create table apikey (
      id uuid primary key default gen_random_uuid(),
      config_id text not null,
      name text,
      start text,
      reference_id uuid not null references "user" (id) on delete cascade,
      prefix text,
      key text not null unique,
      refill_interval integer,
      refill_amount integer,
      last_refill_at timestamptz,
      enabled boolean,
      rate_limit_enabled boolean,
      rate_limit_time_window integer,
      rate_limit_max integer,
      request_count integer,
      remaining integer,
      last_request timestamptz,
      expires_at timestamptz,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      permissions text,
      metadata text
    )
  `.execute(db);
  await sql`create index apikey_reference_id_idx on apikey (reference_id)`.execute(db);
  await sql`
    create table rate_limit (
      id uuid primary key default gen_random_uuid(),
      key text not null unique,
      count integer not null,
      last_request bigint not null
    )
  `.execute(db);
}
