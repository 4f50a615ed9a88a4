import { test } from "vitest";
import { startTestServer } from "#tests/support/start-test-server.ts";
test("stop", async () => {
  const server = await startTestServer({ worker: false });
  console.error("up", new Date().toISOString());
  console.error((await server.request("/api/v1/taxonomy")).status);
  const t = setInterval(() => console.error("waiting", new Date().toISOString()), 2000);
  await server.stop();
  clearInterval(t);
  console.error("down", new Date().toISOString());
}, 60000);
