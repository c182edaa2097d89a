import { type SqlBool, sql } from "kysely";

/** How long a change can be undone. */
export const UNDO_MINUTES = 10;

/** Of a row `log` of the change log. */
export const IS_RECENT = sql<SqlBool>`(log.at > now() - make_interval(mins => ${UNDO_MINUTES}))`;
