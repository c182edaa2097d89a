import redoc from "redoc/bundles/redoc.standalone.js?url";
import { requestInfoContext } from "#app/context.ts";
import type { Route } from "./+types/api-viewer";

/** Redoc on the description of the API. It draws its styles itself, with the nonce that it finds in the page. */
export function loader({ context }: Route.LoaderArgs) {
  const { nonce } = context.get(requestInfoContext);
  const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta property="csp-nonce" nonce="${nonce}">
    <title>The API, in Redoc · Doable</title>
    <link rel="icon" href="/icon.svg">
  </head>
  <body>
    <noscript>This page needs JavaScript. <a href="/api/docs">Read about the API without it.</a></noscript>
    <redoc spec-url="/api/docs/openapi.json" disable-telemetry="true"></redoc>
    <script type="module" src="${redoc}"></script>
  </body>
</html>
`;
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "private, no-cache" } });
}
