import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, isRunnableDevEnvironment, type Plugin } from "vite";

export default defineConfig({
  plugins: [developmentServer(), tailwindcss(), reactRouter()],
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 600 },
  environments: {
    // The server bundle is the whole process, so that every module in it exists once.
    ssr: { build: { rollupOptions: { input: "./server.ts" } } },
  },
});

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
