import { publicUrl } from "#app/http/public-url.ts";
import { resource } from "#app/http/resource.ts";
import { publicJsonResponse } from "#app/http/response.ts";
import { openApiDocument } from "#app/openapi/document.ts";

let built: ReturnType<typeof openApiDocument> | undefined;

export const loader = resource({
  GET: ({ request }) => {
    built ??= openApiDocument(publicUrl("/").origin);
    return publicJsonResponse(request, built);
  },
});
export const action = loader;
