/** The parameters of a connection URL that Postgres's own programs take from the environment. */
const VARIABLES: Record<string, string> = {
  host: "PGHOST",
  sslmode: "PGSSLMODE",
  sslrootcert: "PGSSLROOTCERT",
  channel_binding: "PGCHANNELBINDING",
  options: "PGOPTIONS",
};

/**
 * A connection URL as environment variables for pg_dump and its like: as an argument every user of the machine could read its password.
 * Leaves out what only pg knows.
 */
export function libpqVariables(url: string): Record<string, string> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const parts = { PGHOST: hostname, PGPORT: port, PGUSER: username, PGPASSWORD: password, PGDATABASE: pathname.slice(1) };
  const set = Object.entries(parts).flatMap(([name, value]) => (value ? [[name, decodeURIComponent(value)]] : []));
  const parameters = [...searchParams].flatMap(([name, value]) => (VARIABLES[name] ? [[VARIABLES[name], value]] : []));
  const variables: Record<string, string> = Object.fromEntries([...set, ...parameters]);
  // pg's word for TLS without a verified certificate.
  return variables.PGSSLMODE === "no-verify" ? { ...variables, PGSSLMODE: "require" } : variables;
}
