import { expect, test } from "vitest";
import { libpqVariables } from "#app/db/libpq.ts";

test("each part of a connection URL becomes the variable that Postgres's programs read", () => {
  const query = "sslmode=no-verify&channel_binding=require&options=-c%20search_path%3Ddoable&sslrootcert=system&uselibpqcompat=true";
  expect(libpqVariables(`postgres://robin:p%40ss@db.example:6432/doable?${query}`)).toEqual({
    PGHOST: "db.example",
    PGPORT: "6432",
    PGUSER: "robin",
    PGPASSWORD: "p@ss",
    PGDATABASE: "doable",
    PGSSLMODE: "require",
    PGSSLROOTCERT: "system",
    PGCHANNELBINDING: "require",
    PGOPTIONS: "-c search_path=doable",
  });
});

test("what the URL does not name is left to the programs' defaults, and a socket's folder is the host", () => {
  expect(libpqVariables("postgres://db.example/doable")).toEqual({ PGHOST: "db.example", PGDATABASE: "doable" });
  expect(libpqVariables("postgres:///doable?host=/run/postgresql")).toEqual({ PGHOST: "/run/postgresql", PGDATABASE: "doable" });
});
