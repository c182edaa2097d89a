import interUrl from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";
import type { ReactNode } from "react";
import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, ScrollRestoration } from "react-router";
import { usePreventDoubleSubmit } from "#app/components/forms/prevent-double-submit.ts";
import { useInvalidFieldFocus } from "#app/components/forms/use-invalid-field-focus.ts";
import { RouteAnnouncer } from "#app/components/shell/route-announcer.tsx";
import { ErrorPage } from "#app/components/ui/error-page.tsx";
import { useLayoutData } from "#app/components/ui/layout-data.ts";
import { useNonce } from "#app/components/ui/nonce.ts";
import { TooOftenPage } from "#app/components/ui/too-often-page.tsx";
import { measureRequest } from "#app/http/metrics.server.ts";
import type { TooOften } from "#app/http/too-often.ts";
import type { Route } from "./+types/root";
import stylesheet from "./app.css?url";

export const middleware: Route.MiddlewareFunction[] = [measureRequest];

export const links: Route.LinksFunction = () => [
  { rel: "preload", href: interUrl, as: "font", type: "font/woff2", crossOrigin: "anonymous" },
  { rel: "stylesheet", href: stylesheet },
  { rel: "icon", href: "/icon.svg", type: "image/svg+xml" },
  { rel: "apple-touch-icon", href: "/apple-touch-icon.png" },
  { rel: "manifest", href: "/manifest.webmanifest" },
];

/** `--paper` of each theme in app.css, for the browser's own interface. */
const PAPER = { light: "#fbfaf8", dark: "#121316" };

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const theme = useLayoutData()?.theme;
  const isChosen = theme === "light" || theme === "dark";
  return (
    <html lang="en" data-theme={isChosen ? theme : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        {(["light", "dark"] as const).map((one) => (
          <meta key={one} name="theme-color" content={PAPER[isChosen ? theme : one]} media={`(prefers-color-scheme: ${one})`} />
        ))}
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <RouteAnnouncer />
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  usePreventDoubleSubmit();
  useInvalidFieldFocus();
  return <Outlet />;
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  if (!isRouteErrorResponse(error)) return <ErrorPage status={500} />;
  return error.status === 429 ? <TooOftenPage {...(error.data as TooOften)} /> : <ErrorPage status={error.status} />;
}
