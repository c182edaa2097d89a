import { z } from "zod";

const origin = z
  .url({ protocol: /^https?$/, error: "must be an http or https URL" })
  .transform((value) => new URL(value))
  .refine((url) => url.pathname === "/" && !url.search && !url.hash && !url.username, "must be an origin: no path, query or user")
  .transform((url) => url.origin);

const origins = z.string().transform((text, context) => {
  const parsed = text.split(",").map((part) => origin.safeParse(part.trim()));
  if (parsed.every(({ success }) => success)) return parsed.flatMap(({ data }) => data ?? []);
  context.addIssue({ code: "custom", message: "must be origins, such as https://app.example, with commas between them" });
  return z.NEVER;
});

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// URL" });

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Another server that answered at this URL could sign in as anyone. */
const protectedUrl = z.string().refine(isProtected, "must be an https URL, or an http URL of localhost");

function isProtected(text: string): boolean {
  const { protocol, hostname } = URL.parse(text) ?? {};
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.test(hostname ?? ""));
}

function wholeNumber(minimum: number, maximum: number) {
  const error = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, error)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, error);
}

export const Environment = z
  .object({
    PORT: wholeNumber(1, 65_535).default(3000),
    HOST: z.string().optional(),
    DATABASE_URL: postgresUrl.optional(),
    DATABASE_MIGRATION_URL: postgresUrl.optional(),
    DATABASE_POOL_MAX: wholeNumber(1, 100).default(5),
    DATABASE_STATEMENT_TIMEOUT: wholeNumber(1, 3600).default(30),
    DATA_DIR: z.string().default(".data"),
    BETTER_AUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
    BETTER_AUTH_URL: origin.optional(),
    JWT_ALGORITHM: z.enum(["EdDSA", "RS256", "ES256"]).default("EdDSA"),
    JWT_AUDIENCE: z.string().optional(),
    JWT_ROTATION_DAYS: wholeNumber(1, 3650).default(30),
    JWT_GRACE_DAYS: wholeNumber(1, 3650).default(7),
    BETTER_AUTH_JWKS_URL: protectedUrl.optional(),
    API_READS_PER_MINUTE: wholeNumber(1, 100_000_000).default(600),
    API_WRITES_PER_MINUTE: wholeNumber(1, 100_000_000).default(120),
    QUOTA_TASKS: wholeNumber(1, 100_000_000).default(100_000),
    QUOTA_LISTS: wholeNumber(1, 100_000_000).default(1_000),
    QUOTA_TEXT_MB: wholeNumber(1, 1_000_000).default(200),
    REDIS_URL: z.url({ protocol: /^rediss?$/, error: "must be a redis:// URL" }).optional(),
    CORS_ORIGINS: origins.default([]),
    TRUST_PROXY: wholeNumber(0, 10).default(0),
    METRICS_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  })
  .transform((value) => {
    const url = value.BETTER_AUTH_URL ?? `http://localhost:${value.PORT}`;
    return { ...value, BETTER_AUTH_URL: url, JWT_AUDIENCE: value.JWT_AUDIENCE ?? url };
  });

type Environment = z.infer<typeof Environment>;

type Parsed = { success: true; environment: Environment } | { success: false; problems: string[] };

/** Empty variables count as unset. `problems` has one line per invalid variable. */
export function parseEnvironment(variables: Record<string, string | undefined>): Parsed {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""));
  const result = Environment.safeParse(set);
  const problems = [...(result.error?.issues.map(describe) ?? []), ...missing(set)];
  return result.success && problems.length === 0 ? { success: true, environment: result.data } : { success: false, problems };
}

function* missing(set: Record<string, string | undefined>): Generator<string> {
  if (set.DATABASE_URL && !set.BETTER_AUTH_SECRET) {
    yield "BETTER_AUTH_SECRET is required when DATABASE_URL is set (make one with: openssl rand -base64 32)";
  }
  if (set.DATABASE_MIGRATION_URL && !set.DATABASE_URL) yield "DATABASE_MIGRATION_URL needs DATABASE_URL";
}

function describe(issue: z.core.$ZodIssue): string {
  const message = issue.code === "invalid_value" ? `must be one of ${issue.values.join(", ")}` : issue.message;
  return `${issue.path.join(".")} ${message}`;
}

function environmentOrExit(): Environment {
  const parsed = parseEnvironment(process.env);
  if (parsed.success) return parsed.environment;
  process.stderr.write(`Doable can't start, its environment is wrong:\n  ${parsed.problems.join("\n  ")}\nSee .env.example.\n`);
  process.exit(1);
}

export const env = environmentOrExit();

/** For the programs that commands run. */
export const PATH = process.env.PATH ?? "";
