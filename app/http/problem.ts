export const TITLES = {
  malformed_json: [400, "The body is not JSON"],
  malformed_request: [400, "The request can't be read"],
  unauthorized: [401, "A valid bearer token is required"],
  user_mismatch: [403, "This path belongs to another user"],
  insufficient_scope: [403, "The token's scope does not cover this"],
  not_found: [404, "There is nothing here"],
  method_not_allowed: [405, "This path does not answer that method"],
  idempotency_in_progress: [409, "The first request with this Idempotency-Key is still running"],
  external_id_taken: [409, "Another task has this external_id"],
  has_open_subtasks: [409, "The task has open subtasks"],
  not_recurring: [409, "The task has no next occurrence"],
  resync_required: [410, "Changes can't be read from that token on any more: read everything again"],
  version_conflict: [412, "The resource has changed since that version"],
  body_too_large: [413, "The body is too large"],
  unsupported_media_type: [415, "The body must be JSON"],
  invalid_fields: [422, "Some fields are not valid"],
  quota_exceeded: [422, "The account has no room for this"],
  batch_failed: [422, "An operation failed, so that nothing was done"],
  idempotency_key_reused: [422, "This Idempotency-Key was used for another request"],
  not_done: [424, "Not done, because another operation of the batch failed"],
  rate_limited: [429, "Too many requests"],
  internal_error: [500, "Something went wrong on our side"],
  unavailable: [503, "The service can't answer right now"],
} as const satisfies Record<string, [status: number, title: string]>;

export type ProblemCode = keyof typeof TITLES;

export interface FieldError {
  /** A JSON Pointer into the body (RFC 6901), or `?name` for a query parameter. */
  pointer: string;
  message: string;
}

/** The errors of one part of a body, with their pointers into the whole. */
export function prefixPointers(part: string, errors: FieldError[]): FieldError[] {
  return errors.map(({ pointer, message }) => ({ pointer: part + pointer, message }));
}

/** Adds the further errors, except at pointers that have one already. */
export function addErrors(errors: FieldError[], further: FieldError[]): FieldError[] {
  const known = new Set(errors.map(({ pointer }) => pointer));
  return [...errors, ...further.filter(({ pointer }) => !known.has(pointer))];
}

/** In one response. */
export const MAX_ERRORS = 100;

/** The first errors, and the number of the others as a last one. `total` counts those that `errors` leaves out as well. */
export function reportedErrors(errors: FieldError[], total = errors.length, maximum = MAX_ERRORS): FieldError[] {
  const more = total - maximum;
  return more > 0 ? [...errors.slice(0, maximum), { pointer: "", message: `and ${more.toLocaleString("en")} more` }] : errors;
}

interface ProblemDetails {
  detail?: string;
  errors?: FieldError[];
  /** With those that `errors` leaves out. */
  errorCount?: number;
  headers?: Record<string, string>;
  /** Extension members (RFC 9457, section 3.2). */
  extension?: Record<string, unknown>;
}

/** An error response, thrown like `redirect()`. */
export class Problem {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return TITLES[this.code][0];
  }

  /** Problem Details for HTTP APIs (RFC 9457). */
  document(requestId: string, maxErrors = MAX_ERRORS) {
    const [status, title] = TITLES[this.code];
    const { detail, errors, errorCount, extension } = this.details;
    return {
      type: `urn:doable:problem:${this.code}`,
      title,
      status,
      code: this.code,
      ...(detail && { detail }),
      ...(errors && { errors: reportedErrors(errors, errorCount, maxErrors) }),
      ...extension,
      request_id: requestId,
    };
  }

  toResponse(requestId: string): Response {
    const text = JSON.stringify(this.document(requestId));
    return new Response(text, {
      status: this.status,
      headers: {
        "Content-Type": "application/problem+json",
        "Content-Length": String(Buffer.byteLength(text)),
        "Cache-Control": "no-store",
        ...this.details.headers,
      },
    });
  }
}
