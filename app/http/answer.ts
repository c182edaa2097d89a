/** JSON that a browser or proxy may keep only to ask again with its entity tag. */
export function answerJson(body: unknown, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  const text = JSON.stringify(body);
  return new Response(text, {
    status: init.status ?? 200,
    headers: {
      "Content-Type": "application/json",
      "Content-Length": String(Buffer.byteLength(text)),
      "Cache-Control": "private, no-cache",
      ...init.headers,
    },
  });
}
