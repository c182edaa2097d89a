import { renderToStaticMarkup } from "react-dom/server";
import { ErrorPage } from "#app/components/ui/error-page.tsx";
import stylesheet from "../app.css?url";

/** For requests that no route handles. `back` is the path of the form, if known. */
export function errorDocument(status: number, back: string | undefined): string {
  const page = renderToStaticMarkup(
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <link rel="stylesheet" href={stylesheet} />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        <ErrorPage status={status} back={back} />
      </body>
    </html>,
  );
  return `<!doctype html>${page}`;
}
