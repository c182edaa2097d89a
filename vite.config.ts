import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, isRunnableDevEnvironment, type Plugin } from "vite";

/** Thousands of files, of which the server bundle takes in only what it uses: it starts sooner, in less memory. */
const BUNDLED = ["lucide-react", "zod", "jose", "kysely", "better-auth", "better-call", /^@better-auth\//, /^@noble\//];

export default defineConfig(({ command }) => ({
  plugins: [developmentServer(), tailwindcss(), reactRouter()],
  build: {
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    // On a slow machine it would warn about how long a plugin takes.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  environments: {
    ssr: {
      // The server bundle is the whole process, so that every module in it exists once.
      build: { rollupOptions: { input: "./server.ts" } },
      resolve: { noExternal: command === "build" ? BUNDLED : [] },
    },
  },
}));

/** In development, pages go through the very request listener that production uses. */
function developmentServer(): Plugin {
  return {
    name: "doable-development-server",
    configureServer: (vite) => () => {
      vite.middlewares.use(async (request, response, next) => {
        const { ssr } = vite.environments;
        if (!ssr || !isRunnableDevEnvironment(ssr)) return next();
        try {
          const server: typeof import("./server.ts") = await ssr.runner.import("./server.ts");
          await server.developmentListener(request, response);
        } catch (error) {
          next(error);
        }
      });
    },
  };
}
