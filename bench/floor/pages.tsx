import type { IncomingMessage } from "node:http";
import { type PipeableStream, renderToPipeableStream } from "react-dom/server";
import { type EntryContext, ServerRouter } from "react-router";
import { NonceContext } from "#app/components/ui/nonce.ts";
import { findSessionUser } from "./authentication.ts";
import { layoutData, todayData } from "./page-data.ts";
import { MANIFEST, MODULES } from "./page-parts.tsx";

/** A page whose shell is rendered. */
export interface Page {
  status: number;
  body: PipeableStream;
  type: string;
}

export async function today(request: IncomingMessage): Promise<Page> {
  const user = await findSessionUser(request);
  if (!user) throw new Error("no valid session");
  const [frame, shown] = await Promise.all([layoutData(user), todayData(user)]);
  return render("/today", { "routes/signed-in": frame, "routes/today": shown });
}

export async function logIn(): Promise<Page> {
  return render("/login", { "routes/login": { redirectTo: "/today" } });
}

const NONCE = "the-same-for-everybody";

/** Renders React Router's root component with the given routes and data, without matching a route or running a loader. */
function render(path: string, loaderData: Record<string, unknown>): Promise<Page> {
  return new Promise((resolve, reject) => {
    const body = renderToPipeableStream(
      <NonceContext value={NONCE}>
        <ServerRouter context={entryOf(path, loaderData)} url={`http://localhost${path}`} nonce={NONCE} />
      </NonceContext>,
      { nonce: NONCE, onShellReady: () => resolve({ status: 200, body, type: "text/html; charset=utf-8" }), onShellError: reject },
    );
  });
}

function entryOf(pathname: string, loaderData: Record<string, unknown>): EntryContext {
  const ids = ["root", ...Object.keys(loaderData)];
  const matches = ids.map((id, index) => {
    const at = index === ids.length - 1 ? pathname : "/";
    return { params: {}, pathname: at, pathnameBase: at, route: { id, path: at, handle: MODULES[id]?.handle } };
  });
  const routes = Object.fromEntries(ids.map((id) => [id, MANIFEST.routes[id]]));
  const location = { pathname, search: "", hash: "", state: null, key: "default", mask: undefined };
  return {
    manifest: { ...MANIFEST, routes },
    routeModules: MODULES,
    // The data that the browser hydrates with.
    serverHandoffString: JSON.stringify(loaderData).replaceAll("<", "\\u003c"),
    future: {},
    ssr: true,
    isSpaMode: false,
    routeDiscovery: { mode: "initial", manifestPath: "" },
    branches: [],
    staticHandlerContext: {
      basename: "/",
      location,
      matches,
      loaderData,
      actionData: null,
      errors: null,
      statusCode: 200,
      loaderHeaders: {},
      actionHeaders: {},
      _match: () => null,
    },
  };
}
