# syntax=docker/dockerfile:1

FROM node:26-slim AS build
WORKDIR /doable
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:26-slim
ENV NODE_ENV=production
WORKDIR /doable
COPY --from=build /doable/package.json ./
COPY --from=build /doable/node_modules ./node_modules
COPY --from=build /doable/migrations ./migrations
# The sources: `npm run doctor` and the other commands run from them.
COPY --from=build /doable/app ./app
COPY --from=build /doable/build ./build
# The embedded database, used when DATABASE_URL is not set.
RUN install -d -o node -g node -m 0700 .data
VOLUME /doable/.data
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Without npm, which does not forward SIGTERM.
CMD ["node", "build/server/index.js"]
