import { createServer } from "node:http";
import { join } from "node:path";
import next from "next";
import { readConfig } from "#lib/platform/index.ts";
import { openRuntime, useRuntime } from "#lib/runtime/index.ts";
import { endWithParent } from "#scripts/child-process.ts";

// The same build of the same pages and the same database, with nothing before Next: what `next start` does, but for the
// runtime, which the pages expect to be open.
const config = readConfig(process.env);
process.env["NEXTAUTH_URL"] = config.publicUrl;
process.env["NEXTAUTH_SECRET"] = config.authSecret;
const deps = await openRuntime(config, "client", []);
useRuntime(deps);
const app = next({ dev: false, dir: join(import.meta.dirname, "..", ".."), hostname: config.host, port: config.port });
await app.prepare();
const handle = app.getRequestHandler();
const server = createServer((request, response) => void handle(request, response));
server.listen(config.port, config.host);
endWithParent(async () => {
  server.closeAllConnections();
  await deps.queue.stop();
  await deps.db.$disconnect();
});
