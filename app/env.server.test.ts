import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { Environment, parseEnvironment } from "#app/env.server.ts";

const SECRET = "x".repeat(32);

function problems(variables: Record<string, string>): string[] {
  const parsed = parseEnvironment(variables);
  return parsed.success ? [] : parsed.problems;
}

function named(variables: Record<string, string>): (string | undefined)[] {
  return problems(variables).map((problem) => problem.split(" ")[0]);
}

test("every variable is optional", () => {
  expect(parseEnvironment({})).toEqual({
    success: true,
    environment: {
      PORT: 3000,
      DATABASE_POOL_MAX: 5,
      DATABASE_STATEMENT_TIMEOUT: 30,
      DATA_DIR: ".data",
      BETTER_AUTH_URL: "http://localhost:3000",
      JWT_ALGORITHM: "EdDSA",
      JWT_AUDIENCE: "http://localhost:3000",
      JWT_ROTATION_DAYS: 30,
      JWT_GRACE_DAYS: 7,
      API_READS_PER_MINUTE: 600,
      API_WRITES_PER_MINUTE: 120,
      TOKENS_PER_MINUTE_BY_KEY: 60,
      TOKENS_PER_MINUTE_BY_ADDRESS: 120,
      QUOTA_TASKS: 100_000,
      QUOTA_LISTS: 1_000,
      QUOTA_TEXT_MB: 200,
      CORS_ORIGINS: [],
      TRUST_PROXY: 0,
      LOG_LEVEL: "info",
    },
  });
});

test(".env.example lists every variable with its default", () => {
  const defaults: Record<string, unknown> = Environment.in.parse({});
  const variables = Object.keys(Environment.in.shape).map((name) => [name, String(defaults[name] ?? "")]);
  expect(parseEnv(readFileSync(".env.example", "utf8"))).toEqual(Object.fromEntries(variables));
});

test("empty variables count as unset, and unknown ones are ignored", () => {
  const names = ["PORT", "DATABASE_URL", "BETTER_AUTH_SECRET", "BETTER_AUTH_URL", "JWT_ALGORITHM", "TRUST_PROXY", "METRICS_TOKEN"];
  expect(parseEnvironment({ ...Object.fromEntries(names.map((name) => [name, ""])), PATH: "/bin" })).toEqual(parseEnvironment({}));
});

test("BETTER_AUTH_URL defaults to the port, and JWT_AUDIENCE to the URL", () => {
  expect(parseEnvironment({ PORT: "8080" })).toMatchObject({
    environment: { BETTER_AUTH_URL: "http://localhost:8080", JWT_AUDIENCE: "http://localhost:8080" },
  });
  expect(parseEnvironment({ BETTER_AUTH_URL: "https://Doable.example:443/", JWT_AUDIENCE: "scripts" })).toMatchObject({
    environment: { BETTER_AUTH_URL: "https://doable.example", JWT_AUDIENCE: "scripts" },
  });
});

test("a number must be whole and within its bounds", () => {
  const bounds: Record<string, [number, number]> = {
    PORT: [1, 65_535],
    DATABASE_POOL_MAX: [1, 100],
    DATABASE_STATEMENT_TIMEOUT: [1, 3600],
    JWT_ROTATION_DAYS: [1, 3650],
    JWT_GRACE_DAYS: [1, 3650],
    API_READS_PER_MINUTE: [1, 100_000_000],
    API_WRITES_PER_MINUTE: [1, 100_000_000],
    TOKENS_PER_MINUTE_BY_KEY: [1, 100_000_000],
    TOKENS_PER_MINUTE_BY_ADDRESS: [1, 100_000_000],
    QUOTA_TASKS: [1, 100_000_000],
    QUOTA_LISTS: [1, 100_000_000],
    QUOTA_TEXT_MB: [1, 1_000_000],
    TRUST_PROXY: [0, 10],
  };
  for (const [name, [minimum, maximum]] of Object.entries(bounds)) {
    for (const value of [minimum, maximum]) expect(problems({ [name]: String(value) })).toEqual([]);
    for (const value of [minimum - 1, maximum + 1, "1.5", "1e3", "0x10", " 1", "many"]) {
      expect(named({ [name]: String(value) }), `${name}=${value}`).toEqual([name]);
    }
  }
});

test("BETTER_AUTH_URL must be an origin", () => {
  for (const url of [
    "doable.example",
    "ftp://doable.example",
    "https://doable.example/app",
    "https://doable.example/?a=1",
    "https://a@b.c",
  ]) {
    expect(named({ BETTER_AUTH_URL: url }), url).toEqual(["BETTER_AUTH_URL"]);
  }
});

test("URLs of databases and key sets must have the right scheme", () => {
  for (const url of ["mysql://localhost/x", "localhost:5432", "https://localhost"]) {
    expect(named({ DATABASE_URL: url, BETTER_AUTH_SECRET: SECRET })).toEqual(["DATABASE_URL"]);
  }
  for (const url of ["postgres://user:pw@host/db?sslmode=require", "postgresql://host/db"]) {
    expect(problems({ DATABASE_URL: url, DATABASE_MIGRATION_URL: url, BETTER_AUTH_SECRET: SECRET })).toEqual([]);
  }
  expect(named({ BETTER_AUTH_JWKS_URL: "file:///etc/passwd" })).toEqual(["BETTER_AUTH_JWKS_URL"]);
  for (const url of [
    "http://issuer.example/jwks",
    "http://localhost.example/jwks",
    "http://127.0.0.1.example/",
    "http://localhost@issuer.example/",
  ])
    expect(problems({ BETTER_AUTH_JWKS_URL: url }), url).toEqual([
      "BETTER_AUTH_JWKS_URL must be an https URL, or an http URL of localhost",
    ]);
  for (const url of ["https://issuer.example/jwks?v=1", "http://localhost:3001/jwks", "http://127.0.0.1/jwks", "http://[::1]:3001/jwks"])
    expect(problems({ BETTER_AUTH_JWKS_URL: url }), url).toEqual([]);
});

test("an enum must be one of its values, and the problem lists them", () => {
  expect(problems({ JWT_ALGORITHM: "HS256" })).toEqual(["JWT_ALGORITHM must be one of EdDSA, RS256, ES256"]);
  expect(named({ LOG_LEVEL: "loud" })).toEqual(["LOG_LEVEL"]);
});

test("a secret must be long enough", () => {
  expect(problems({ BETTER_AUTH_SECRET: "x".repeat(31) })).toEqual(["BETTER_AUTH_SECRET must have at least 32 characters"]);
  expect(named({ METRICS_TOKEN: "x".repeat(15) })).toEqual(["METRICS_TOKEN"]);
  expect(problems({ BETTER_AUTH_SECRET: SECRET, METRICS_TOKEN: "x".repeat(16) })).toEqual([]);
});

test("the secret is required with DATABASE_URL", () => {
  expect(named({ DATABASE_URL: "postgres://localhost/doable" })).toEqual(["BETTER_AUTH_SECRET"]);
  expect(named({ DATABASE_MIGRATION_URL: "postgres://localhost/doable" })).toEqual(["DATABASE_MIGRATION_URL"]);
});

test("all problems are reported together", () => {
  const wrong = { PORT: "0", DATABASE_URL: "postgres://localhost/doable", JWT_ALGORITHM: "none", BETTER_AUTH_URL: "x", LOG_LEVEL: "x" };
  expect(named(wrong).toSorted()).toEqual(["BETTER_AUTH_SECRET", "BETTER_AUTH_URL", "JWT_ALGORITHM", "LOG_LEVEL", "PORT"]);
});

test("origins are normalized, and each must be valid", () => {
  expect(parseEnvironment({ CORS_ORIGINS: "https://App.example:443/, http://localhost:5173" })).toMatchObject({
    environment: { CORS_ORIGINS: ["https://app.example", "http://localhost:5173"] },
  });
  for (const value of [
    "*",
    "null",
    "app.example",
    "https://app.example/path",
    "https://app.example,",
    "https://app.example http://b.example",
  ])
    expect(problems({ CORS_ORIGINS: value }), value).toEqual([
      "CORS_ORIGINS must be origins, such as https://app.example, with commas between them",
    ]);
});

test("REDIS_URL must be a redis URL", () => {
  for (const url of ["redis://127.0.0.1:6379/1", "rediss://user:password@redis.example"]) expect(problems({ REDIS_URL: url })).toEqual([]);
  for (const url of ["127.0.0.1:6379", "http://redis.example", "redis"])
    expect(problems({ REDIS_URL: url })).toEqual(["REDIS_URL must be a redis:// URL"]);
});
