import sirv from "sirv";

const HASHED = "/assets/";

export function staticFiles(directory: string) {
  return sirv(directory, {
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders(response, pathname) {
      const policy = pathname.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "public, max-age=3600";
      response.setHeader("Cache-Control", policy);
    },
  });
}
